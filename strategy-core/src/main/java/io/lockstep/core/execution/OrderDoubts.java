package io.lockstep.core.execution;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.decision.DecisionWriter;
import io.lockstep.core.instance.TimerIds;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.instrument.Slots;
import io.lockstep.core.order.OpenOrders;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderEvent;
import io.lockstep.core.order.OrderStore;
import io.lockstep.core.venue.Venue;
import io.lockstep.core.venue.Venues;

/**
 * Orders whose newest request, a new order, a cancel or a replace, has no answer. After the time that the venue's definition says such an
 * order is in doubt: it stays what it is and counts in every limit, a decision says so, and the venue is asked how its orders stand.
 * What the venue answers settles it ({@link Reconciler}); nothing else does but a late answer to the request itself. While there is
 * none, the venue is asked ever more rarely, at most each {@value #AGAIN_MAX_NS} ns. A venue that is away is not asked: it says all when it is
 * back. One timer of the core's own serves all orders. No allocation.
 */
public final class OrderDoubts
{
    static final long AGAIN_MAX_NS = 60_000_000_000L;

    private final OrderStore orders;
    private final Venues venues;
    private final Slots slots;
    private final DecisionWriter decisions;
    private final CoreTimer timer;

    OrderDoubts(final OrderStore orders, final Venues venues, final Slots slots, final DecisionWriter decisions)
    {
        this.orders = orders;
        this.venues = venues;
        this.slots = slots;
        this.decisions = decisions;
        timer = new CoreTimer(decisions, TimerIds.DOUBTS);
    }

    /** A request about the order is sent. */
    void expect(final Order order)
    {
        final long afterNs = slots.get(order.instrumentId()).venue().inDoubtAfterNs();
        if (afterNs != Venue.NEVER)
        {
            orders.expectAnswer(order, decisions.nowNs() + afterNs);
            timer.schedule(order.answerDueNs());
        }
    }

    /** Something has happened to an order that is still open: with another request under way, the wait for its answer begins anew. */
    void onEvent(final Order order, final OrderEvent event)
    {
        if (order.answerDueNs() == Nulls.NULL_TIME_NS)
        {
            return;
        }
        if (!order.state().isPending())
        {
            orders.answered(order, Nulls.NULL_TIME_NS);
        }
        else if (event.isAnswer())
        {
            orders.answered(order, Nulls.NULL_TIME_NS);
            expect(order);
        }
    }

    /** The core's own timer: what has no answer by now is in doubt. */
    public void onTimer(final long deadlineNs, final Reconciler reconciler)
    {
        if (!timer.begin(deadlineNs))
        {
            return;
        }
        for (int id = 0; id < venues.count(); id++)
        {
            final Venue venue = venues.get(id);
            if (doubt(venue, deadlineNs) && !venue.isReconciling())
            {
                ask(venue, reconciler);
            }
        }
        timer.end();
    }

    /** Returns whether an order of the venue is in doubt anew, or still. */
    private boolean doubt(final Venue venue, final long deadlineNs)
    {
        boolean isFound = false;
        for (int id = 0; id < slots.count(); id++)
        {
            final InstrumentSlot slot = slots.get(id);
            if (slot.venue() == venue && slot.openOrders().count() > 0)
            {
                isFound |= doubt(slot.openOrders(), venue, deadlineNs);
            }
        }
        return isFound;
    }

    private boolean doubt(final OpenOrders open, final Venue venue, final long deadlineNs)
    {
        boolean isFound = false;
        for (Order order = open.first(); order != null; order = open.next(order))
        {
            if (CoreTimer.isDue(order.answerDueNs(), deadlineNs))
            {
                doubt(order, venue);
                isFound = true;
            }
            timer.schedule(order.answerDueNs());
        }
        return isFound;
    }

    private void doubt(final Order order, final Venue venue)
    {
        slots.touch(order.instrumentId());
        final long afterNs = Math.min(AGAIN_MAX_NS, venue.inDoubtAfterNs());
        orders.doubt(order, timer.afterNs(afterNs, AGAIN_MAX_NS, order.inquiries() + 1));
        decisions.inDoubt(order, !venue.isReconciling());
    }

    private static void ask(final Venue venue, final Reconciler reconciler)
    {
        if (!venue.isAsked())
        {
            reconciler.beginInquiry(venue);
        }
        venue.onInquiry();
    }

    /** When the first request without an answer puts its order in doubt, or null. */
    public long timerNs()
    {
        return timer.timerNs();
    }

    public void restore(final long newTimerNs)
    {
        timer.restore(newTimerNs);
    }
}
