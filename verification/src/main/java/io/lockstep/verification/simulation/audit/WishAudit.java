package io.lockstep.verification.simulation.audit;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.TradingCore;
import io.lockstep.core.order.OpenOrders;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderState;
import io.lockstep.sbe.OrderReason;

/**
 * Orders that are to be gone, between two turns of the loop: a cancel of each is under way, or waits to be sent again.
 */
public final class WishAudit
{
    private WishAudit()
    {
    }

    public static void requireKept(final TradingCore core)
    {
        for (int id = 0; id < core.instrumentCount(); id++)
        {
            final OpenOrders open = core.openOrders(id);
            for (Order order = open.first(); order != null; order = open.next(order))
            {
                final boolean isUnderWay = order.state() == OrderState.PENDING_CANCEL ||
                    order.wishRetryNs() != Nulls.NULL_TIME_NS;
                if (order.wish() != OrderReason.NONE && !isUnderWay)
                {
                    throw new SimulationFailure(Invariant.WISHES_KEPT, "nothing is under way for an order that is to " +
                        "be gone: instrumentId=" + id + " wish=" + order.wish() + " state=" + order.state() +
                        " sequence=" + order.sequence());
                }
            }
        }
    }

    /** At the end, when everything was to be cancelled and all is at rest but for timers. */
    public static void requireFulfilled(final TradingCore core)
    {
        SimulationFailure.requireEqual(
            Invariant.WISHES_KEPT, "open orders of a node that is killed", 0, core.openOrderCount());
    }
}
