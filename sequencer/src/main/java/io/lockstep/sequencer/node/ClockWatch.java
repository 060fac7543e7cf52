package io.lockstep.sequencer.node;

import org.agrona.concurrent.EpochNanoClock;

/**
 * Compares the loop's clock, which runs on from its start by the monotonic clock, with the wall clock as it is set now. A
 * difference that was not there before is a step of the wall clock. One thread; no allocation.
 */
final class ClockWatch
{
    private final EpochNanoClock running;
    private final EpochNanoClock wall;
    private final long stepMaxNs;
    private long differenceNs;

    /**
     * @param running   what the loop is stamped with.
     * @param wall      the wall clock.
     * @param stepMaxNs the largest step that is let pass.
     */
    ClockWatch(final EpochNanoClock running, final EpochNanoClock wall, final long stepMaxNs)
    {
        this.running = running;
        this.wall = wall;
        this.stepMaxNs = stepMaxNs;
        differenceNs = differenceNs();
    }

    private long differenceNs()
    {
        return wall.nanoTime() - running.nanoTime();
    }

    /**
     * Returns how far the wall clock has stepped since the last call that returned a step, or since the start: negative is
     * back; 0 while it is no more than the largest that is let pass.
     */
    long stepNs()
    {
        final long newDifferenceNs = differenceNs();
        final long stepNs = newDifferenceNs - differenceNs;
        if (Math.abs(stepNs) <= stepMaxNs)
        {
            return 0;
        }
        differenceNs = newDifferenceNs;
        return stepNs;
    }
}
