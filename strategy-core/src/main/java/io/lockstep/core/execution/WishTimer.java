package io.lockstep.core.execution;

import io.lockstep.core.decision.DecisionWriter;
import io.lockstep.core.instance.TimerIds;

/** When cancels of orders that are to be gone are sent again. */
final class WishTimer
{
    static final long REFUSED_MIN_NS = 100_000_000L;
    static final long REFUSED_MAX_NS = 10_000_000_000L;
    static final long UNANSWERED_MIN_NS = 5_000_000_000L;
    static final long UNANSWERED_MAX_NS = 60_000_000_000L;

    private final CoreTimer timer;

    WishTimer(final DecisionWriter decisions)
    {
        timer = new CoreTimer(decisions, TimerIds.WISHES);
    }

    /** When a cancel that was refused is sent again, or one that has found no room. */
    long afterRefusalNs(final int attempts)
    {
        return timer.afterNs(REFUSED_MIN_NS, REFUSED_MAX_NS, attempts);
    }

    /** When a cancel that is sent now is sent again if nothing is heard of it. */
    long afterSilenceNs(final int attempts)
    {
        return timer.afterNs(UNANSWERED_MIN_NS, UNANSWERED_MAX_NS, attempts);
    }

    CoreTimer timer()
    {
        return timer;
    }
}
