package io.lockstep.sequencer.config;

import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * What a thread does when it has nothing to do.
 */
public enum IdleKind
{
    /** Never leaves its core; for a core of its own. */
    SPIN, YIELD,
    /** Spins, then yields, then parks for up to a millisecond. */
    BACKOFF, SLEEP;

    public IdleStrategy create()
    {
        return switch (this)
        {
            case SPIN -> BusySpinIdleStrategy.INSTANCE;
            case YIELD -> new YieldingIdleStrategy();
            case BACKOFF -> new BackoffIdleStrategy(100, 10, 1_000, 1_000_000);
            case SLEEP -> new SleepingMillisIdleStrategy(1);
        };
    }
}
