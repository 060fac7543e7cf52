package io.lockstep.core.signal;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.order.OpenOrders;
import io.lockstep.core.order.Order;
import io.lockstep.core.risk.Refusal;
import io.lockstep.sbe.RiskReason;

/**
 * What became of the newest signal: the model and the lots it was given, its first order, or the reason why not. No allocation.
 */
public final class SignalAnswer
{
    private final Refusal refusal = new Refusal();
    private int strategyId;
    private int instrumentId;
    private long quantityLots;
    private int incarnation;
    private long sequence;
    private int ordinal;

    /** Nothing is known yet. */
    void begin()
    {
        refusal.because(RiskReason.NONE);
        strategyId = Nulls.NULL_INSTRUMENT_ID;
        instrumentId = Nulls.NULL_INSTRUMENT_ID;
        quantityLots = Nulls.NULL_LONG;
        ordinal = 0;
    }

    /** The reason, NONE when the model has taken it, with limit and value where there are some. */
    public Refusal refusal()
    {
        return refusal;
    }

    public boolean isTaken()
    {
        return refusal.reason() == RiskReason.NONE;
    }

    /** Null when it did not come to a model. */
    public int strategyId()
    {
        return strategyId;
    }

    /** Null when the symbol is of no instrument. */
    public int instrumentId()
    {
        return instrumentId;
    }

    /** What the model was given to trade; null when it was given nothing. */
    public long quantityLots()
    {
        return quantityLots;
    }

    /** Whether the model has asked for an order at once, that was let out or is held. */
    public boolean hasOrder()
    {
        return ordinal > 0;
    }

    /** Of its first order, like {@link #sequence} and {@link #ordinal}: what its ClOrdID is made of. */
    public int incarnation()
    {
        return incarnation;
    }

    public long sequence()
    {
        return sequence;
    }

    public int ordinal()
    {
        return ordinal;
    }

    void instrument(final int newInstrumentId)
    {
        instrumentId = newInstrumentId;
    }

    void model(final int newStrategyId)
    {
        strategyId = newStrategyId;
    }

    void given(final long lots)
    {
        quantityLots = lots;
    }

    /**
     * The model has answered: what it has asked for in this input is looked up among its open orders, and where there is none and a
     * check has refused one, in the result of that check.
     *
     * @param reason of the model.
     */
    void answered(final Leg leg, final RiskReason reason, final long inputSequence)
    {
        for (int i = 0; i < leg.legCount() && !hasOrder(); i++)
        {
            lookUp(leg.instance().leg(i).openOrders(), inputSequence);
        }
        final Refusal checked = leg.slot().risk().refusal();
        if (reason != RiskReason.NONE)
        {
            refusal.because(reason);
        }
        else if (!hasOrder() && checked.reason() != RiskReason.NONE)
        {
            refusal.as(checked);
        }
    }

    private void lookUp(final OpenOrders open, final long inputSequence)
    {
        for (Order order = open.first(); order != null && !hasOrder(); order = open.next(order))
        {
            if (order.sequence() == inputSequence)
            {
                incarnation = order.incarnation();
                sequence = order.sequence();
                ordinal = order.ordinal();
            }
        }
    }
}
