package io.lockstep.core.order;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.NewOrderSingleEncoder;
import io.lockstep.sbe.OffsetUnit;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import io.lockstep.sbe.TriggerSource;

/**
 * What a caller asks for: all terms of one order. Filled fluently, {@link #clear} first, and read by whoever takes it before the call
 * returns; it is checked there, not here, and may hold what makes no sense. Prices in ticks, quantities in lots, times in sequenced
 * nanoseconds. One thread; no allocation, so one object serves all orders of a caller.
 * <pre>
 * context.send(context.terms().sell().stop(9_950).quantity(10).reduceOnly().reason(OrderReason.STOP));
 * </pre>
 */
public final class OrderTerms
{
    /** Of no list. */
    public static final int NO_LIST = NewOrderSingleEncoder.listIdNullValue();

    private Side side;
    private OrdType ordType;
    private TimeInForce timeInForce;
    private ExecInst execInst;
    private OrderReason reason;
    private TriggerSource triggerSource;
    private OffsetUnit offsetUnit;
    private boolean postOnlySlide;
    private boolean reduceOnly;
    private boolean waitsForList;
    private int listId;
    private int quoteExponent;
    private long quoteMantissa;
    private long priceTicks;
    private long quantityLots;
    private long triggerPxTicks;
    private long trailingOffset;
    private long limitOffsetTicks;
    private long activationPxTicks;
    private long displayQtyLots;
    private long expireTimeNs;

    public OrderTerms()
    {
        clear();
    }

    /** Nothing is asked for; good till cancelled, and for no reason. */
    public OrderTerms clear()
    {
        side = Side.NULL_VAL;
        ordType = OrdType.NULL_VAL;
        timeInForce = TimeInForce.GOOD_TILL_CANCEL;
        execInst = ExecInst.NONE;
        reason = OrderReason.NONE;
        triggerSource = TriggerSource.NULL_VAL;
        offsetUnit = OffsetUnit.NULL_VAL;
        postOnlySlide = false;
        reduceOnly = false;
        waitsForList = false;
        listId = NO_LIST;
        quoteMantissa = Nulls.NULL_LONG;
        quoteExponent = 0;
        priceTicks = Nulls.NULL_PRICE_TICKS;
        quantityLots = Nulls.NULL_LONG;
        triggerPxTicks = Nulls.NULL_PRICE_TICKS;
        trailingOffset = Nulls.NULL_LONG;
        limitOffsetTicks = Nulls.NULL_LONG;
        activationPxTicks = Nulls.NULL_PRICE_TICKS;
        displayQtyLots = Nulls.NULL_LONG;
        expireTimeNs = Nulls.NULL_TIME_NS;
        return this;
    }

    /** The same as is asked for there. */
    public OrderTerms set(final OrderTerms other)
    {
        side = other.side;
        ordType = other.ordType;
        timeInForce = other.timeInForce;
        execInst = other.execInst;
        reason = other.reason;
        triggerSource = other.triggerSource;
        offsetUnit = other.offsetUnit;
        postOnlySlide = other.postOnlySlide;
        reduceOnly = other.reduceOnly;
        waitsForList = other.waitsForList;
        listId = other.listId;
        quoteExponent = other.quoteExponent;
        quoteMantissa = other.quoteMantissa;
        priceTicks = other.priceTicks;
        quantityLots = other.quantityLots;
        triggerPxTicks = other.triggerPxTicks;
        trailingOffset = other.trailingOffset;
        limitOffsetTicks = other.limitOffsetTicks;
        activationPxTicks = other.activationPxTicks;
        displayQtyLots = other.displayQtyLots;
        expireTimeNs = other.expireTimeNs;
        return this;
    }

    // What is to be traded.

    public OrderTerms side(final Side newSide)
    {
        side = newSide;
        return this;
    }

    public OrderTerms buy()
    {
        return side(Side.BUY);
    }

    public OrderTerms sell()
    {
        return side(Side.SELL);
    }

    public OrderTerms quantity(final long lots)
    {
        quantityLots = lots;
        return this;
    }

    /** In place of a quantity: lots worth so much of the quote currency, rounded down, when it is asked for. */
    public OrderTerms quoteAmount(final Decimal amount)
    {
        return quoteAmount(amount.mantissa(), amount.exponent());
    }

    /** As above: mantissa x 10^exponent. */
    public OrderTerms quoteAmount(final long mantissa, final int exponent)
    {
        quoteMantissa = mantissa;
        quoteExponent = exponent;
        return this;
    }

    // The type.

    /** At once, at any price; what is not filled is cancelled. */
    public OrderTerms market()
    {
        return ordType(OrdType.MARKET).timeInForce(TimeInForce.IMMEDIATE_OR_CANCEL);
    }

    public OrderTerms limit(final long limitPriceTicks)
    {
        return ordType(OrdType.LIMIT).price(limitPriceTicks);
    }

    /** A market order once the market has moved to the trigger price, up for a buy and down for a sale. */
    public OrderTerms stop(final long newTriggerPxTicks)
    {
        return ordType(OrdType.STOP).trigger(newTriggerPxTicks);
    }

    /** Likewise a limit order. */
    public OrderTerms stopLimit(final long newTriggerPxTicks, final long limitPriceTicks)
    {
        return ordType(OrdType.STOP_LIMIT).trigger(newTriggerPxTicks).price(limitPriceTicks);
    }

    /** A market order once the market has come to the trigger price, down for a buy and up for a sale. */
    public OrderTerms marketIfTouched(final long newTriggerPxTicks)
    {
        return ordType(OrdType.MARKET_IF_TOUCHED).trigger(newTriggerPxTicks);
    }

    /** Likewise a limit order. */
    public OrderTerms limitIfTouched(final long newTriggerPxTicks, final long limitPriceTicks)
    {
        return ordType(OrdType.LIMIT_IF_TOUCHED).trigger(newTriggerPxTicks).price(limitPriceTicks);
    }

    /** A stop whose trigger price follows the market at the offset, and never goes away from it. */
    public OrderTerms trailingStop(final long offset, final OffsetUnit unit)
    {
        return ordType(OrdType.TRAILING_STOP).trailing(offset, unit);
    }

    /**
     * Likewise a stop-limit.
     *
     * @param newLimitOffsetTicks how much worse than the trigger price the limit price is.
     */
    public OrderTerms trailingStopLimit(final long offset, final OffsetUnit unit, final long newLimitOffsetTicks)
    {
        return ordType(OrdType.TRAILING_STOP_LIMIT).trailing(offset, unit).limitOffset(newLimitOffsetTicks);
    }

    public OrderTerms ordType(final OrdType newOrdType)
    {
        ordType = newOrdType;
        return this;
    }

    /** The limit price. */
    public OrderTerms price(final long newPriceTicks)
    {
        priceTicks = newPriceTicks;
        return this;
    }

    /** The trigger price; by what the order would take, unless {@link #on} says otherwise. */
    public OrderTerms trigger(final long newTriggerPxTicks)
    {
        triggerPxTicks = newTriggerPxTicks;
        return triggerSource == TriggerSource.NULL_VAL ? on(TriggerSource.BID_ASK) : this;
    }

    /** How far behind the market a trailing stop stays. */
    public OrderTerms trailing(final long offset, final OffsetUnit unit)
    {
        trailingOffset = offset;
        offsetUnit = unit;
        return triggerSource == TriggerSource.NULL_VAL ? on(TriggerSource.BID_ASK) : this;
    }

    public OrderTerms limitOffset(final long newLimitOffsetTicks)
    {
        limitOffsetTicks = newLimitOffsetTicks;
        return this;
    }

    /** A trailing stop begins to follow when the market has reached this price. */
    public OrderTerms activation(final long newActivationPxTicks)
    {
        activationPxTicks = newActivationPxTicks;
        return this;
    }

    /** Which price triggers it. */
    public OrderTerms on(final TriggerSource newTriggerSource)
    {
        triggerSource = newTriggerSource;
        return this;
    }

    // How long it is good for.

    public OrderTerms timeInForce(final TimeInForce newTimeInForce)
    {
        timeInForce = newTimeInForce;
        return this;
    }

    /** Until this sequenced time. */
    public OrderTerms goodTillDate(final long newExpireTimeNs)
    {
        return timeInForce(TimeInForce.GOOD_TILL_DATE).expireTime(newExpireTimeNs);
    }

    /** Until the end of the trading day. */
    public OrderTerms day()
    {
        return timeInForce(TimeInForce.DAY);
    }

    public OrderTerms expireTime(final long newExpireTimeNs)
    {
        expireTimeNs = newExpireTimeNs;
        return this;
    }

    // What else it is to do.

    /** Rejected rather than matched on arrival. */
    public OrderTerms postOnly()
    {
        return execInst(ExecInst.PARTICIPATE_DONT_INITIATE);
    }

    /** Moved one price increment from the other side rather than rejected. */
    public OrderTerms postOnlySlide()
    {
        postOnlySlide = true;
        return postOnly();
    }

    public OrderTerms execInst(final ExecInst newExecInst)
    {
        execInst = newExecInst;
        return this;
    }

    /** Shrinks with the position, and never turns it. */
    public OrderTerms reduceOnly()
    {
        reduceOnly = true;
        return this;
    }

    /** Shows so many lots at once. */
    public OrderTerms display(final long newDisplayQtyLots)
    {
        displayQtyLots = newDisplayQtyLots;
        return this;
    }

    public OrderTerms reason(final OrderReason newReason)
    {
        reason = newReason;
        return this;
    }

    /** Part of a list. */
    public OrderTerms list(final int newListId)
    {
        listId = newListId;
        return this;
    }

    /** Held until its list lets it out; its trigger, if it has one, counts from then on. */
    public OrderTerms heldForList()
    {
        waitsForList = true;
        return this;
    }

    // What is read.

    public Side side()
    {
        return side;
    }

    public OrdType ordType()
    {
        return ordType;
    }

    public TimeInForce timeInForce()
    {
        return timeInForce;
    }

    public ExecInst execInst()
    {
        return execInst;
    }

    public boolean isPostOnly()
    {
        return execInst == ExecInst.PARTICIPATE_DONT_INITIATE;
    }

    public boolean isPostOnlySlide()
    {
        return postOnlySlide;
    }

    public boolean isReduceOnly()
    {
        return reduceOnly;
    }

    public boolean waitsForList()
    {
        return waitsForList;
    }

    public OrderReason reason()
    {
        return reason;
    }

    /** Null: none. */
    public TriggerSource triggerSource()
    {
        return triggerSource;
    }

    /** Null: none. */
    public OffsetUnit offsetUnit()
    {
        return offsetUnit;
    }

    /** {@link #NO_LIST}: of none. */
    public int listId()
    {
        return listId;
    }

    public boolean hasQuoteAmount()
    {
        return quoteMantissa != Nulls.NULL_LONG;
    }

    public long quoteMantissa()
    {
        return quoteMantissa;
    }

    public int quoteExponent()
    {
        return quoteExponent;
    }

    /** Limit price, or null. */
    public long priceTicks()
    {
        return priceTicks;
    }

    /** Null where a quote amount stands in its place. */
    public long quantityLots()
    {
        return quantityLots;
    }

    /** Null: none. */
    public long triggerPxTicks()
    {
        return triggerPxTicks;
    }

    /** Null: none. */
    public long trailingOffset()
    {
        return trailingOffset;
    }

    /** Null: none. */
    public long limitOffsetTicks()
    {
        return limitOffsetTicks;
    }

    /** Null: none. */
    public long activationPxTicks()
    {
        return activationPxTicks;
    }

    /** Null: all of it. */
    public long displayQtyLots()
    {
        return displayQtyLots;
    }

    /** Null: none. */
    public long expireTimeNs()
    {
        return expireTimeNs;
    }

    /** Whether the engine keeps the order at first: for a trigger, or for its list. */
    public boolean isHeld()
    {
        return waitsForList || OrderTypes.isTriggered(ordType);
    }

    /** Whether side, type, price, quantity, time in force and instruction are all that is asked for. */
    public boolean isPlain()
    {
        return (ordType == OrdType.MARKET || ordType == OrdType.LIMIT) && !OrderTypes.isTimed(timeInForce)
            && !waitsForList && !postOnlySlide &&
            !reduceOnly && triggerSource == TriggerSource.NULL_VAL && offsetUnit == OffsetUnit.NULL_VAL &&
            listId == NO_LIST && quoteMantissa == Nulls.NULL_LONG && triggerPxTicks == Nulls.NULL_PRICE_TICKS &&
            trailingOffset == Nulls.NULL_LONG && limitOffsetTicks == Nulls.NULL_LONG &&
            activationPxTicks == Nulls.NULL_PRICE_TICKS && displayQtyLots == Nulls.NULL_LONG &&
            expireTimeNs == Nulls.NULL_TIME_NS;
    }
}
