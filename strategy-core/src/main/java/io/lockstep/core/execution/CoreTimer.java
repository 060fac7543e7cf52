package io.lockstep.core.execution;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.decision.DecisionWriter;

/**
 * A timer of the core's own that serves all orders: due with the first of what waits. Times are sequenced, in nanoseconds. No allocation.
 */
final class CoreTimer
{
    private static final int DOUBLINGS_MAX = 7;

    private final DecisionWriter decisions;
    private final long timerId;
    private long timerNs = Nulls.NULL_TIME_NS;
    private boolean sweeping;

    CoreTimer(final DecisionWriter decisions, final long timerId)
    {
        this.decisions = decisions;
        this.timerId = timerId;
    }

    /** So long after now: the shortest time, doubled with each attempt so far, and at most the longest. */
    long afterNs(final long minNs, final long maxNs, final int attempts)
    {
        return decisions.nowNs() + Math.min(maxNs, minNs << Math.min(attempts, DOUBLINGS_MAX));
    }

    /** Something is due then; null is never. */
    void schedule(final long dueNs)
    {
        if (dueNs != Nulls.NULL_TIME_NS && (timerNs == Nulls.NULL_TIME_NS || dueNs < timerNs))
        {
            timerNs = dueNs;
            if (!sweeping)
            {
                decisions.scheduleTimer(timerId, dueNs);
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
            decisions.scheduleTimer(timerId, timerNs);
        }
    }

    static boolean isDue(final long dueNs, final long deadlineNs)
    {
        return dueNs != Nulls.NULL_TIME_NS && dueNs <= deadlineNs;
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
