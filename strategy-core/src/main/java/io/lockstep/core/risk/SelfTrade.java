package io.lockstep.core.risk;

import io.lockstep.core.order.Order;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.Side;

/** Whether two of our orders could trade with each other. No state, no allocation. */
public final class SelfTrade
{
    private SelfTrade()
    {
    }

    /** Whether an order at the venue, or on its way there, could trade with the one that is asked for. */
    public static boolean isPossible(final OrderIntent intent, final Order resting)
    {
        return resting.side() == other(intent.side()) && resting.workingType() == OrdType.LIMIT &&
            resting.exposureLots() > 0 && crosses(intent, bestTicks(resting));
    }

    private static Side other(final Side side)
    {
        return side == Side.BUY ? Side.SELL : Side.BUY;
    }

    /** The price that it trades at; while a replace is under way the venue may have either. */
    public static long bestTicks(final Order resting)
    {
        return resting.side() == Side.BUY
            ? Math.max(resting.priceTicks(), resting.pendingPriceTicks())
            : Math.min(resting.priceTicks(), resting.pendingPriceTicks());
    }

    private static boolean crosses(final OrderIntent intent, final long restingTicks)
    {
        if (intent.ordType() == OrdType.MARKET)
        {
            return true;
        }
        return intent.side() == Side.BUY ? intent.priceTicks() >= restingTicks : intent.priceTicks() <= restingTicks;
    }
}
