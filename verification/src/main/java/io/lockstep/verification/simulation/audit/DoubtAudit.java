package io.lockstep.verification.simulation.audit;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.TradingCore;
import io.lockstep.core.host.CoreHost;
import io.lockstep.core.instance.TimerIds;
import io.lockstep.core.order.OpenOrders;
import io.lockstep.core.order.Order;

/**
 * Orders whose newest request has no answer, between two turns of the loop: it is known when each comes in doubt, or is asked of again; a
 * timer is set for the first; and a venue is asked when one is in doubt, unless it is away and says all when it is back.
 */
public final class DoubtAudit
{
    private DoubtAudit()
    {
    }

    public static void requireAsked(final CoreHost host)
    {
        final TradingCore core = host.core();
        final long timerNs = WishAudit.timerNs(host.timers(), TimerIds.DOUBTS);
        for (int id = 0; id < core.instrumentCount(); id++)
        {
            final OpenOrders open = core.openOrders(id);
            for (Order order = open.first(); order != null; order = open.next(order))
            {
                if (order.state().isPending())
                {
                    requireAsked(order, core.slot(id).venue().inquiries(), timerNs);
                }
            }
        }
    }

    private static void requireAsked(final Order order, final long inquiries, final long timerNs)
    {
        if (order.answerDueNs() == Nulls.NULL_TIME_NS || order.answerDueNs() < timerNs)
        {
            throw new SimulationFailure(Invariant.DOUBTS_ASKED, "nobody will ask of an order: instrumentId=" +
                order.instrumentId() + " state=" + order.state() + " sequence=" + order.sequence() +
                " answerDueNs=" + order.answerDueNs() + " timerNs=" + timerNs + " inquiries=" + inquiries);
        }
    }

    /**
     * Whether some request has no answer, or a cancel was refused, as it is when the venue's word of the order's end is lost: until that is
     * settled, node and venue may differ.
     */
    public static boolean isAnyUnanswered(final TradingCore core)
    {
        for (int id = 0; id < core.instrumentCount(); id++)
        {
            final OpenOrders open = core.openOrders(id);
            for (Order order = open.first(); order != null; order = open.next(order))
            {
                if (order.state().isPending() || order.wishAttempts() > 0)
                {
                    return true;
                }
            }
        }
        return false;
    }
}
