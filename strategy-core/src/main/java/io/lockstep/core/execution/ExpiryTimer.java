package io.lockstep.core.execution;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.decision.DecisionWriter;
import io.lockstep.core.instance.TimerIds;
import io.lockstep.core.order.ExpiryQueue;
import io.lockstep.core.order.Order;
import io.lockstep.sbe.OrderReason;

/**
 * When orders that are good till a time are over: one timer of the core's own, always due with the first, whether the venue knows of
 * expiries or not. An order that is to be gone for another reason needs none. Times are sequenced. No allocation but for more orders than
 * ever before.
 */
final class ExpiryTimer
{
    private final DecisionWriter decisions;
    private final ExpiryQueue queue = new ExpiryQueue();

    ExpiryTimer(final DecisionWriter decisions)
    {
        this.decisions = decisions;
    }

    /** An order was opened, or has another expiry. */
    void add(final Order order)
    {
        if (order.expireTimeNs() != Nulls.NULL_TIME_NS)
        {
            queue.add(order);
            if (queue.first() == order)
            {
                decisions.scheduleTimer(TimerIds.EXPIRY, order.expireTimeNs());
            }
        }
    }

    /** The order is over, or is to be; or its expiry is about to change. */
    void remove(final Order order)
    {
        if (order.expireTimeNs() == Nulls.NULL_TIME_NS)
        {
            return;
        }
        final boolean wasFirst = queue.first() == order;
        if (queue.remove(order) && wasFirst)
        {
            onFirstGone(order.expireTimeNs());
        }
    }

    private void onFirstGone(final long expireTimeNs)
    {
        final Order first = queue.first();
        if (first == null)
        {
            decisions.cancelTimer(TimerIds.EXPIRY);
        }
        else if (first.expireTimeNs() != expireTimeNs)
        {
            decisions.scheduleTimer(TimerIds.EXPIRY, first.expireTimeNs());
        }
    }

    /** Takes out the next that is over by then, or returns null. */
    Order takeDue(final long deadlineNs)
    {
        final Order first = queue.first();
        final boolean isDue = first != null && first.expireTimeNs() <= deadlineNs;
        if (isDue)
        {
            queue.remove(first);
        }
        return isDue ? first : null;
    }

    /** All that were due are taken out: the timer waits for the next. */
    void scheduleNext()
    {
        if (queue.first() != null)
        {
            decisions.scheduleTimer(TimerIds.EXPIRY, queue.first().expireTimeNs());
        }
    }

    /** An order was restored; its timer was, too, by the host. */
    void restore(final Order order)
    {
        if (order.expireTimeNs() != Nulls.NULL_TIME_NS && order.wish() == OrderReason.NONE)
        {
            queue.add(order);
        }
    }
}
