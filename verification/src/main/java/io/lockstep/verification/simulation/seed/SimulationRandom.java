package io.lockstep.verification.simulation.seed;

import io.lockstep.gateways.generator.SplitMix64;

/**
 * The only source of chance in a simulation: SplitMix64, integers alone, the same on every JVM. Each part of a simulation
 * has one of its own, so that one part's draws do not move another's.
 */
public final class SimulationRandom
{
    private final SplitMix64 random;

    public SimulationRandom(final long seed)
    {
        random = new SplitMix64(seed);
    }

    public long next()
    {
        return random.next();
    }

    /** From 0 to bound - 1. */
    public int below(final int bound)
    {
        return random.below(bound);
    }

    /** From least to most, both possible. */
    public int between(final int least, final int most)
    {
        return least + below(most - least + 1);
    }

    public long betweenNs(final long leastNs, final long mostNs)
    {
        return leastNs + Math.floorMod(next(), mostNs - leastNs + 1);
    }

    /** Whether an event of so many in 10,000 happens. */
    public boolean chance(final int of10000)
    {
        return below(10_000) < of10000;
    }

    public boolean flip()
    {
        return next() < 0;
    }

    public <T> T choose(final T[] values)
    {
        return values[below(values.length)];
    }

    public SimulationRandom fork()
    {
        return new SimulationRandom(next());
    }
}
