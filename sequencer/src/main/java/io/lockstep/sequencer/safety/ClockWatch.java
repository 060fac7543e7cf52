package io.lockstep.sequencer.safety;

import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;

/**
 * Compares the wall clock with the monotonic one: by how much more one went on than the other since the last look is what the
 * wall clock has stepped. That it is slewed, a little with each look, is no step. One thread; no allocation.
 */
public final class ClockWatch
{
    private final NanoClock monotonic;
    private final EpochNanoClock wall;
    private final long stepMaxNs;
    private long differenceNs;

    /**
     * @param monotonic never set by anybody.
     * @param wall      the wall clock.
     * @param stepMaxNs the largest step that is let pass.
     */
    public ClockWatch(final NanoClock monotonic, final EpochNanoClock wall, final long stepMaxNs)
    {
        this.monotonic = monotonic;
        this.wall = wall;
        this.stepMaxNs = stepMaxNs;
        differenceNs = differenceNs();
    }

    private long differenceNs()
    {
        return wall.nanoTime() - monotonic.nanoTime();
    }

    /**
     * Returns how far the wall clock has stepped since the last call, or since the start: negative is back; 0 when it is no more
     * than the largest that is let pass.
     */
    public long takeStepNs()
    {
        final long newDifferenceNs = differenceNs();
        final long stepNs = newDifferenceNs - differenceNs;
        differenceNs = newDifferenceNs;
        return Math.abs(stepNs) <= stepMaxNs ? 0 : stepNs;
    }
}
