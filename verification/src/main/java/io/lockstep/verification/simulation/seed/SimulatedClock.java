package io.lockstep.verification.simulation.seed;

import org.agrona.concurrent.EpochNanoClock;

/**
 * True time, which the scheduler moves, and the node's wall clock, which drifts, steps, jumps and stands still against it.
 */
public final class SimulatedClock implements EpochNanoClock
{
    static final long START_NS = 1_700_000_000_000_000_000L;
    private static final long PPM = 1_000_000;

    private long trueNs = START_NS;
    private long offsetNs;
    private long driftPpm;
    private long driftSinceNs = START_NS;
    private long stalledAtNs;
    private long stalledUntilNs;
    private long unseenStepNs;
    private boolean hasStoodStill;

    public void advance(final long ns)
    {
        trueNs += ns;
    }

    /** What gateways and network go by. */
    public long trueNs()
    {
        return trueNs;
    }

    /** The node's wall clock. */
    @Override
    public long nanoTime()
    {
        return trueNs < stalledUntilNs ? stalledAtNs : trueNs + offsetNs + drifted();
    }

    private long drifted()
    {
        return (trueNs - driftSinceNs) / PPM * driftPpm;
    }

    public void step(final long ns)
    {
        offsetNs += ns;
        unseenStepNs += ns;
    }

    /** How far it has stepped since the last call; 0 while it stands still and right after that, for then steps show late. */
    public long takeStep()
    {
        if (trueNs < stalledUntilNs)
        {
            return 0;
        }
        final long stepNs = hasStoodStill ? 0 : unseenStepNs;
        unseenStepNs = 0;
        hasStoodStill = false;
        return stepNs;
    }

    public void drift(final long newDriftPpm)
    {
        offsetNs += drifted();
        driftSinceNs = trueNs;
        driftPpm = newDriftPpm;
    }

    public void stall(final long ns)
    {
        stalledAtNs = nanoTime();
        hasStoodStill = true;
        stalledUntilNs = trueNs + ns;
    }

    /** Runs at the pace of true time again, from wherever it is. */
    public void heal()
    {
        drift(0);
        stalledUntilNs = trueNs;
    }
}
