package io.lockstep.perf.latency.fork;

import org.HdrHistogram.Histogram;

/**
 * What is said of a distribution.
 */
public enum Quantile
{
    P50("p50Ns", "p50", 50), P90("p90Ns", "p90", 90), P99("p99Ns", "p99", 99), P999("p999Ns", "p99.9",
        99.9), MAX("maxNs", "max", 100);

    private final String key;
    private final String label;
    private final double percentile;

    Quantile(final String key, final String label, final double percentile)
    {
        this.key = key;
        this.label = label;
        this.percentile = percentile;
    }

    /** In JSON. */
    public String key()
    {
        return key;
    }

    /** Of the values, so many in a hundred are no greater. */
    public double percentile()
    {
        return percentile;
    }

    /** For people. */
    public String label()
    {
        return label;
    }

    public long valueNs(final Histogram histogram)
    {
        return this == MAX ? histogram.getMaxValue() : histogram.getValueAtPercentile(percentile);
    }
}
