package io.lockstep.verification.simulation.audit;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.TradingCore;
import io.lockstep.core.host.CoreHost;
import io.lockstep.core.host.TimerQueue;
import io.lockstep.core.instance.TimerIds;
import io.lockstep.core.order.OpenOrders;
import io.lockstep.core.order.Order;
import io.lockstep.sbe.OrderReason;
import org.agrona.collections.MutableLong;

/**
 * Orders that are to be gone, between two turns of the loop: of each it is known when its cancel is sent again, also while one is under
 * way, and a timer is set for the first.
 */
public final class WishAudit
{
    private WishAudit()
    {
    }

    public static void requireKept(final CoreHost host)
    {
        final TradingCore core = host.core();
        final long timerNs = timerNs(host.timers(), TimerIds.WISHES);
        for (int id = 0; id < core.instrumentCount(); id++)
        {
            final OpenOrders open = core.openOrders(id);
            for (Order order = open.first(); order != null; order = open.next(order))
            {
                if (order.wish() != OrderReason.NONE &&
                    (order.wishRetryNs() == Nulls.NULL_TIME_NS || order.wishRetryNs() < timerNs))
                {
                    throw new SimulationFailure(Invariant.WISHES_KEPT, "nothing follows for an order that is to be " +
                        "gone: instrumentId=" + id + " wish=" + order.wish() + " state=" + order.state() +
                        " sequence=" + order.sequence() + " wishRetryNs=" + order.wishRetryNs() + " timerNs=" +
                        timerNs);
                }
            }
        }
    }

    /** When one of the core's own timers is due; never without one. */
    static long timerNs(final TimerQueue timers, final long timerId)
    {
        final MutableLong dueNs = new MutableLong(Long.MAX_VALUE);
        timers.forEach((id, deadlineNs) -> dueNs.set(id == timerId ? deadlineNs : dueNs.get()));
        return dueNs.get();
    }

    /** At the end, when everything was to be cancelled and all is at rest but for timers. */
    public static void requireFulfilled(final TradingCore core)
    {
        SimulationFailure.requireEqual(
            Invariant.WISHES_KEPT, "open orders of a node that is killed", 0, core.openOrderCount());
    }
}
