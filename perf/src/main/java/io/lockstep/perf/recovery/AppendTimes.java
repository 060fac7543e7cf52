package io.lockstep.perf.recovery;

import org.HdrHistogram.Histogram;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How long something took each time, and how often longer than a millisecond.
 */
final class AppendTimes
{
    private static final long STALL_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long MAX_NS = TimeUnit.SECONDS.toNanos(10);

    private final Histogram histogram = new Histogram(MAX_NS, 3);
    private long stalls;

    void add(final long timeNs)
    {
        histogram.recordValue(Math.min(timeNs, MAX_NS));
        stalls += timeNs > STALL_NS ? 1 : 0;
    }

    Histogram histogram()
    {
        return histogram;
    }

    /** Times longer than a millisecond. */
    long stalls()
    {
        return stalls;
    }

    Map<String, Object> json()
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("p50Ns", histogram.getValueAtPercentile(50));
        values.put("p90Ns", histogram.getValueAtPercentile(90));
        values.put("p99Ns", histogram.getValueAtPercentile(99));
        values.put("p999Ns", histogram.getValueAtPercentile(99.9));
        values.put("p9999Ns", histogram.getValueAtPercentile(99.99));
        values.put("maxNs", histogram.getMaxValue());
        values.put("count", histogram.getTotalCount());
        values.put("above1Ms", stalls);
        return values;
    }
}
