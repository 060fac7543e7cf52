package io.lockstep.gateways.generator;

/**
 * The SplitMix64 generator (Steele, Lea, Flood 2014; constants of its reference implementation): integers only, so that
 * a seed gives the same numbers on every JVM. For one thread, no allocation.
 */
public final class SplitMix64
{
    private static final long GOLDEN_GAMMA = 0x9E37_79B9_7F4A_7C15L;

    private long state;

    public SplitMix64(final long seed)
    {
        state = seed;
    }

    public long next()
    {
        state += GOLDEN_GAMMA;
        long z = state;
        z = (z ^ z >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ z >>> 27) * 0x94D0_49BB_1331_11EBL;
        return z ^ z >>> 31;
    }

    /** From 0 to bound - 1, for a positive bound; the bias is below bound / 2^32. */
    public int below(final int bound)
    {
        return (int)((next() >>> 32) * bound >>> 32);
    }

    /** Whether an event of so many in 65,536 happens. */
    boolean chance(final int of65536)
    {
        return (int)(next() >>> 48) < of65536;
    }
}
