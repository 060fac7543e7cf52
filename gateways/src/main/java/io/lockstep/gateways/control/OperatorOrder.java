package io.lockstep.gateways.control;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.OrderFields;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.OffsetUnit;
import io.lockstep.sbe.OperatorOrderEncoder;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import io.lockstep.sbe.TriggerSource;

/**
 * The terms of an order by hand: prices in ticks, quantities in lots, times in nanoseconds since 1970. Filled fluently; what is not said
 * is not there. The core checks them.
 */
public final class OperatorOrder
{
    private final Side side;
    private final OrdType ordType;
    private final TimeInForce timeInForce;
    private ExecInst execInst = ExecInst.NONE;
    private TriggerSource triggerSource = TriggerSource.NULL_VAL;
    private OffsetUnit offsetUnit = OffsetUnit.NULL_VAL;
    private boolean slides;
    private boolean reduceOnly;
    private long quantityLots = Nulls.NULL_LONG;
    private Decimal quoteAmount;
    private long priceTicks = Nulls.NULL_PRICE_TICKS;
    private long triggerPxTicks = Nulls.NULL_PRICE_TICKS;
    private long trailingOffset = Nulls.NULL_LONG;
    private long limitOffsetTicks = Nulls.NULL_LONG;
    private long activationPxTicks = Nulls.NULL_PRICE_TICKS;
    private long displayQtyLots = Nulls.NULL_LONG;
    private long expireTimeNs = Nulls.NULL_TIME_NS;

    public OperatorOrder(final Side side, final OrdType ordType, final TimeInForce timeInForce)
    {
        this.side = side;
        this.ordType = ordType;
        this.timeInForce = timeInForce;
    }

    public OperatorOrder quantity(final long lots)
    {
        quantityLots = lots;
        return this;
    }

    /** In place of a quantity. */
    public OperatorOrder quoteAmount(final Decimal amount)
    {
        quoteAmount = amount;
        return this;
    }

    public OperatorOrder price(final long ticks)
    {
        priceTicks = ticks;
        return this;
    }

    /** Of which price it is a trigger. */
    public OperatorOrder triggeredBy(final TriggerSource source)
    {
        triggerSource = source;
        return this;
    }

    public OperatorOrder trigger(final long ticks)
    {
        triggerPxTicks = ticks;
        return this;
    }

    public OperatorOrder trailing(final long offset, final OffsetUnit unit)
    {
        trailingOffset = offset;
        offsetUnit = unit;
        return this;
    }

    public OperatorOrder limitOffset(final long ticks)
    {
        limitOffsetTicks = ticks;
        return this;
    }

    public OperatorOrder activation(final long ticks)
    {
        activationPxTicks = ticks;
        return this;
    }

    public OperatorOrder display(final long lots)
    {
        displayQtyLots = lots;
        return this;
    }

    public OperatorOrder expireTime(final long timeNs)
    {
        expireTimeNs = timeNs;
        return this;
    }

    /**
     * Not matched on arrival.
     *
     * @param mayMove moved rather than rejected.
     */
    public OperatorOrder postOnly(final boolean mayMove)
    {
        execInst = ExecInst.PARTICIPATE_DONT_INITIATE;
        slides = mayMove;
        return this;
    }

    public OperatorOrder reduceOnly()
    {
        reduceOnly = true;
        return this;
    }

    OperatorOrderEncoder encode(final OperatorOrderEncoder order)
    {
        OrderFields.none(order).side(side).ordType(ordType).timeInForce(timeInForce).execInst(execInst)
            .priceTicks(priceTicks).orderQtyLots(quantityLots).triggerSource(triggerSource).offsetUnit(offsetUnit)
            .triggerPxTicks(triggerPxTicks).trailingOffset(trailingOffset).limitOffsetTicks(limitOffsetTicks)
            .activationPxTicks(activationPxTicks).displayQtyLots(displayQtyLots).expireTimeNs(expireTimeNs);
        order.flags().postOnlySlide(slides).reduceOnly(reduceOnly);
        return quoteAmount == null
            ? order
            : order.quoteMantissa(quoteAmount.mantissa()).quoteExponent((byte)quoteAmount.exponent());
    }
}
