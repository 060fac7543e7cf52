package io.lockstep.tools.simulation;

/**
 * The only source of chance in a simulation: SplitMix64, integers alone, the same on every JVM. Each part of a simulation
 * has one of its own, so that one part's draws do not move another's.
 */
final class SimulationRandom
{
    private static final long GOLDEN_GAMMA = 0x9E37_79B9_7F4A_7C15L;

    private long state;

    SimulationRandom(final long seed)
    {
        state = seed;
    }

    long next()
    {
        state += GOLDEN_GAMMA;
        long z = state;
        z = (z ^ z >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ z >>> 27) * 0x94D0_49BB_1331_11EBL;
        return z ^ z >>> 31;
    }

    /** From 0 to bound - 1. */
    int below(final int bound)
    {
        return (int)((next() >>> 32) * bound >>> 32);
    }

    /** From least to most, both possible. */
    int between(final int least, final int most)
    {
        return least + below(most - least + 1);
    }

    long betweenNs(final long leastNs, final long mostNs)
    {
        return leastNs + Math.floorMod(next(), mostNs - leastNs + 1);
    }

    /** Whether an event of so many in 10,000 happens. */
    boolean chance(final int of10000)
    {
        return below(10_000) < of10000;
    }

    boolean flip()
    {
        return next() < 0;
    }

    <T> T choose(final T[] values)
    {
        return values[below(values.length)];
    }

    SimulationRandom fork()
    {
        return new SimulationRandom(next());
    }
}
