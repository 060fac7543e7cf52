package io.lockstep.perf.latency.fork;

import java.util.Arrays;
import java.util.List;

/**
 * The median of the forks' values, and how far they lie apart.
 */
public record Spread(double median, double min, double max)
{
    /** None gives not-a-number. An even number gives the lower of the two in the middle, which some fork did see. */
    public static Spread of(final double... values)
    {
        if (values.length == 0)
        {
            return new Spread(Double.NaN, Double.NaN, Double.NaN);
        }
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Spread(sorted[(sorted.length - 1) / 2], sorted[0], sorted[sorted.length - 1]);
    }

    public static Spread of(final List<? extends Number> values)
    {
        return of(values.stream().mapToDouble(Number::doubleValue).toArray());
    }
}
