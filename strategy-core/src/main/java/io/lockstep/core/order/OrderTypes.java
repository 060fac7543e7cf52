package io.lockstep.core.order;

import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;

/**
 * What the types of orders have in common. Each means what FIX says of OrdType(40); no state.
 */
public final class OrderTypes
{
    private OrderTypes()
    {
    }

    /** Whether an order of the type waits for a trigger. */
    public static boolean isTriggered(final OrdType ordType)
    {
        return switch (ordType)
        {
            case STOP, STOP_LIMIT, MARKET_IF_TOUCHED, LIMIT_IF_TOUCHED, TRAILING_STOP, TRAILING_STOP_LIMIT -> true;
            case MARKET, LIMIT, NULL_VAL, SBE_UNKNOWN -> false;
        };
    }

    /** Whether the trigger follows the market. */
    public static boolean isTrailing(final OrdType ordType)
    {
        return ordType == OrdType.TRAILING_STOP || ordType == OrdType.TRAILING_STOP_LIMIT;
    }

    /** What the order is once its trigger was reached; of a type without trigger the type itself. */
    public static OrdType working(final OrdType ordType)
    {
        return switch (ordType)
        {
            case MARKET, STOP, MARKET_IF_TOUCHED, TRAILING_STOP -> OrdType.MARKET;
            case LIMIT, STOP_LIMIT, LIMIT_IF_TOUCHED, TRAILING_STOP_LIMIT -> OrdType.LIMIT;
            case NULL_VAL, SBE_UNKNOWN -> ordType;
        };
    }

    /**
     * How long the order is good for at the venue, once a trigger that it has was reached: one that has become a market order fills at
     * once or not at all. Till when an order is good at most the engine keeps, which then cancels it.
     */
    public static TimeInForce working(final OrdType ordType, final TimeInForce timeInForce)
    {
        if (isTriggered(ordType) && working(ordType) == OrdType.MARKET && timeInForce != TimeInForce.FILL_OR_KILL)
        {
            return TimeInForce.IMMEDIATE_OR_CANCEL;
        }
        return isTimed(timeInForce) ? TimeInForce.GOOD_TILL_CANCEL : timeInForce;
    }

    /** Whether an order is good till a time. */
    public static boolean isTimed(final TimeInForce timeInForce)
    {
        return timeInForce == TimeInForce.GOOD_TILL_DATE || timeInForce == TimeInForce.DAY;
    }

    /** Whether a rising market triggers the order, and not a falling one; of a type with a trigger. */
    public static boolean isRising(final OrdType ordType, final Side side)
    {
        return switch (ordType)
        {
            case STOP, STOP_LIMIT, TRAILING_STOP, TRAILING_STOP_LIMIT -> side == Side.BUY;
            case MARKET_IF_TOUCHED, LIMIT_IF_TOUCHED -> side == Side.SELL;
            case MARKET, LIMIT, NULL_VAL, SBE_UNKNOWN -> throw new IllegalArgumentException("no trigger: " + ordType);
        };
    }
}
