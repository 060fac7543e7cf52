package io.lockstep.core.execution;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.decision.DecisionWriter;
import io.lockstep.core.instance.TimerIds;

/**
 * When cancels of orders that are to be gone are sent again: one timer of the core's own for all of them, due with the first. Times are
 * sequenced, in nanoseconds. No allocation.
 */
final class WishTimer
{
    static final long REFUSED_MIN_NS = 100_000_000L;
    static final long REFUSED_MAX_NS = 10_000_000_000L;
    static final long UNANSWERED_MIN_NS = 5_000_000_000L;
    static final long UNANSWERED_MAX_NS = 60_000_000_000L;
    private static final int DOUBLINGS_MAX = 7;

    private final DecisionWriter decisions;
    private long timerNs = Nulls.NULL_TIME_NS;
    private boolean sweeping;

    WishTimer(final DecisionWriter decisions)
    {
        this.decisions = decisions;
    }

    /** When a cancel that was refused is sent again, or one that has found no room. */
    long afterRefusalNs(final int attempts)
    {
        return decisions.nowNs() + Math.min(REFUSED_MAX_NS, REFUSED_MIN_NS << Math.min(attempts, DOUBLINGS_MAX));
    }

    /** When a cancel that is sent now is sent again if nothing is heard of it. */
    long afterSilenceNs(final int attempts)
    {
        return decisions.nowNs() + Math.min(UNANSWERED_MAX_NS, UNANSWERED_MIN_NS << Math.min(attempts, DOUBLINGS_MAX));
    }

    /** Something is to be sent again then; null is never. */
    void schedule(final long dueNs)
    {
        if (dueNs != Nulls.NULL_TIME_NS && (timerNs == Nulls.NULL_TIME_NS || dueNs < timerNs))
        {
            timerNs = dueNs;
            if (!sweeping)
            {
                decisions.scheduleTimer(TimerIds.WISHES, dueNs);
            }
        }
    }

    /** A timer has fired. Returns whether it is the newest: then all that waits is gone through, and {@link #end} called. */
    boolean begin(final long deadlineNs)
    {
        if (deadlineNs != timerNs)
        {
            return false;
        }
        timerNs = Nulls.NULL_TIME_NS;
        sweeping = true;
        return true;
    }

    void end()
    {
        sweeping = false;
        if (timerNs != Nulls.NULL_TIME_NS)
        {
            decisions.scheduleTimer(TimerIds.WISHES, timerNs);
        }
    }

    /** Of the first that is due, or null. */
    long timerNs()
    {
        return timerNs;
    }

    void restore(final long newTimerNs)
    {
        timerNs = newTimerNs;
    }
}
