package io.lockstep.core.reference;

import io.lockstep.sbe.OffsetUnit;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import io.lockstep.sbe.TriggerSource;

/**
 * What one order is asked to be. {@link #NONE} stands where there is no number; prices in ticks, quantities in lots, times in nanoseconds.
 *
 * @param isPostOnly whether it may not match on arrival.
 * @param slides     whether it is then moved, rather than rejected.
 */
record Asked(
    Side side,
    OrdType type,
    TimeInForce timeInForce,
    long lots,
    long price,
    long trigger,
    TriggerSource source,
    long offset,
    OffsetUnit unit,
    long limitOffset,
    long activation,
    boolean isPostOnly,
    boolean slides,
    boolean isReduceOnly,
    long expiryNs)
{
    static final long NONE = Long.MIN_VALUE;

    static Asked market(final Side side, final long lots)
    {
        return new Asked(side, OrdType.MARKET, TimeInForce.IMMEDIATE_OR_CANCEL, lots, NONE, NONE,
            TriggerSource.NULL_VAL,
            NONE, OffsetUnit.NULL_VAL, NONE, NONE, false, false, false, NONE);
    }

    static Asked limit(final Side side, final long lots, final long price)
    {
        return market(side, lots).ofType(OrdType.LIMIT).at(price).during(TimeInForce.GOOD_TILL_CANCEL, NONE);
    }

    Asked ofType(final OrdType newType)
    {
        return new Asked(side, newType, timeInForce, lots, price, trigger, source, offset, unit, limitOffset,
            activation,
            isPostOnly, slides, isReduceOnly, expiryNs);
    }

    Asked of(final long newLots)
    {
        return new Asked(side, type, timeInForce, newLots, price, trigger, source, offset, unit, limitOffset,
            activation,
            isPostOnly, slides, isReduceOnly, expiryNs);
    }

    Asked at(final long newPrice)
    {
        return new Asked(side, type, timeInForce, lots, newPrice, trigger, source, offset, unit, limitOffset,
            activation,
            isPostOnly, slides, isReduceOnly, expiryNs);
    }

    Asked during(final TimeInForce newTimeInForce, final long newExpiryNs)
    {
        return new Asked(side, type, newTimeInForce, lots, price, trigger, source, offset, unit, limitOffset,
            activation,
            isPostOnly, slides, isReduceOnly, newExpiryNs);
    }

    Asked triggeredAt(final long newTrigger, final TriggerSource newSource)
    {
        return new Asked(side, type, timeInForce, lots, price, newTrigger, newSource, offset, unit, limitOffset,
            activation,
            isPostOnly, slides, isReduceOnly, expiryNs);
    }

    Asked trailing(
        final long newOffset,
        final OffsetUnit newUnit,
        final long newLimitOffset,
        final long newActivation,
        final TriggerSource newSource)
    {
        return new Asked(side, type, timeInForce, lots, price, trigger, newSource, newOffset, newUnit, newLimitOffset,
            newActivation, isPostOnly, slides, isReduceOnly, expiryNs);
    }

    Asked postOnly(final boolean alsoSlides)
    {
        return new Asked(side, type, timeInForce, lots, price, trigger, source, offset, unit, limitOffset, activation,
            true,
            alsoSlides, isReduceOnly, expiryNs);
    }

    Asked reduceOnly()
    {
        return new Asked(side, type, timeInForce, lots, price, trigger, source, offset, unit, limitOffset, activation,
            isPostOnly, slides, true, expiryNs);
    }

    boolean isBuy()
    {
        return side == Side.BUY;
    }

    /** Whether it waits for the market before it leaves. */
    boolean isTriggered()
    {
        return type != OrdType.MARKET && type != OrdType.LIMIT;
    }

    boolean isTrailing()
    {
        return type == OrdType.TRAILING_STOP || type == OrdType.TRAILING_STOP_LIMIT;
    }

    /** What it is at the venue. */
    boolean leavesAsLimit()
    {
        return switch (type)
        {
            case LIMIT, STOP_LIMIT, LIMIT_IF_TOUCHED, TRAILING_STOP_LIMIT -> true;
            case MARKET, STOP, MARKET_IF_TOUCHED, TRAILING_STOP, NULL_VAL, SBE_UNKNOWN -> false;
        };
    }

    /** Whether a rising market triggers it: a stop that buys, and an order to sell that waits to be touched. */
    boolean isRising()
    {
        final boolean waitsToBeTouched = type == OrdType.MARKET_IF_TOUCHED || type == OrdType.LIMIT_IF_TOUCHED;
        return isBuy() != waitsToBeTouched;
    }

    /** How long it is good for at the venue. */
    TimeInForce venueTimeInForce()
    {
        if (isTriggered() && !leavesAsLimit() && timeInForce != TimeInForce.FILL_OR_KILL)
        {
            return TimeInForce.IMMEDIATE_OR_CANCEL;
        }
        return timeInForce == TimeInForce.GOOD_TILL_DATE ? TimeInForce.GOOD_TILL_CANCEL : timeInForce;
    }

    private static String text(final String name, final long value)
    {
        return value == NONE ? "" : " " + name + "=" + value;
    }

    @Override
    public String toString()
    {
        return side + " " + type + " " + timeInForce + " " + lots + text("price", price) + text("trigger", trigger) +
            text("offset", offset) + text("limitOffset", limitOffset) + text("activation", activation) +
            text("expiryNs", expiryNs) + (source == TriggerSource.NULL_VAL ? "" : " " + source) +
            (unit == OffsetUnit.NULL_VAL ? "" : " " + unit) + (isPostOnly ? " POST_ONLY" : "")
            + (slides ? " SLIDES" : "") +
            (isReduceOnly ? " REDUCE_ONLY" : "");
    }
}
