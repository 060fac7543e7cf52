package io.lockstep.gateways.generator;

/**
 * Time between events: exponential, and clustered, because markets are quiet most of the time and busy at once. It is
 * in one of two states, quiet or burst; in a burst events come eight times as fast as the mean. A fifth of the events
 * are in bursts and the quiet ones are slower for it, so that the mean over both is the one asked for.
 */
final class Arrivals
{
    private static final int TABLE_SIZE = 4096;
    private static final int SCALE_BITS = 16;
    private static final int BURST_BEGINS_OF_65536 = 128;
    private static final int BURST_ENDS_OF_65536 = 512;
    private static final int BURST_SPEED = 8;
    /** (1 - 1/5 x 1/8) / (4/5), the mean while quiet relative to the mean over all. */
    private static final int QUIET_NUMERATOR = 39;
    private static final int QUIET_DENOMINATOR = 32;

    /** Quantiles of the exponential distribution of mean 1, scaled; a table, because a logarithm an event is slower. */
    private static final int[] QUANTILES = new int[TABLE_SIZE];

    static
    {
        for (int i = 0; i < TABLE_SIZE; i++)
        {
            QUANTILES[i] = (int)StrictMath
                .rint(-StrictMath.log((i + 0.5) / TABLE_SIZE) * (1 << SCALE_BITS));
        }
    }

    private final long quietMeanNs;
    private final long burstMeanNs;
    private boolean burst;

    Arrivals(final long meanNs)
    {
        quietMeanNs = Math.multiplyExact(meanNs, QUIET_NUMERATOR) / QUIET_DENOMINATOR;
        burstMeanNs = meanNs / BURST_SPEED;
    }

    long nextNs(final SplitMix64 random)
    {
        burst = burst ? !random.chance(BURST_ENDS_OF_65536) : random.chance(BURST_BEGINS_OF_65536);
        final long quantile = QUANTILES[(int)(random.next() >>> 52)];
        return (burst ? burstMeanNs : quietMeanNs) * quantile >>> SCALE_BITS;
    }
}
