package io.lockstep.sequencer.aeron;

import org.agrona.concurrent.EpochClock;

import java.util.concurrent.TimeUnit;

/**
 * Milliseconds of the monotonic clock, which nobody sets and which is one for all processes of a host: what a media driver and
 * its clients tell each other by it stays true when the wall clock steps. Any thread; no allocation.
 */
public final class SteadyEpochClock implements EpochClock
{
    public static final SteadyEpochClock INSTANCE = new SteadyEpochClock();

    private SteadyEpochClock()
    {
    }

    @Override
    public long time()
    {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
