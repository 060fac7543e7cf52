package io.lockstep.core.instance;

import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.StrategySectionDecoder;
import io.lockstep.sbe.StrategySectionEncoder;

/**
 * How many signals were for an instance, since it was defined. No allocation.
 */
public final class SignalCounts
{
    private long taken;
    private long refused;

    /** Signals that it has taken. */
    public long taken()
    {
        return taken;
    }

    /** Signals that were for it, and that the router or it has refused. */
    public long refused()
    {
        return refused;
    }

    /** One more; the instance's first instrument must be touched. */
    public void count(final boolean isTaken)
    {
        taken += isTaken ? 1 : 0;
        refused += isTaken ? 0 : 1;
    }

    void save(final StrategySectionEncoder section)
    {
        section.signalsTaken(taken).signalsRefused(refused);
    }

    /**
     * Sections of before there were signals say nothing of them.
     *
     * @throws IllegalArgumentException when a count is negative.
     */
    void restore(final StrategySectionDecoder section)
    {
        if (section.actingVersion() < StrategySectionDecoder.signalsTakenSinceVersion())
        {
            return;
        }
        taken = section.signalsTaken();
        refused = section.signalsRefused();
        if (taken < 0 || refused < 0)
        {
            throw new IllegalArgumentException(
                "signalsTaken=" + taken + " signalsRefused=" + refused + ": expected no negative number");
        }
    }

    long chain(final long hash)
    {
        return Xxh64.chain(Xxh64.chain(hash, taken), refused);
    }
}
