package io.lockstep.perf.gate;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is said of one part.
 *
 * @param bytecodes    executed in a step.
 * @param bytes        allocated in a step.
 * @param ratio        of a step's time to the kernel's; not-a-number when it was not measured.
 * @param ratioMax     the greatest that passes; not-a-number when there is nothing to judge it by.
 * @param bytecodesMax likewise.
 * @param bytesMax     likewise.
 */
record PartVerdict(
    String part,
    double bytecodes,
    double bytecodesMax,
    double bytes,
    double bytesMax,
    double ratio,
    double ratioMax)
{
    /** Another compiler of Java may make other bytecodes of the same source. */
    private static final double BYTECODES_TOLERANCE = 0.01;
    /** Kernels, firmware and neighbours change what a cache miss or a branch costs in terms of other work. */
    private static final double RATIO_TOLERANCE_MIN = 0.3;
    /** Times the spread that was seen when the baseline was made. */
    private static final double SPREADS = 2;

    static PartVerdict of(
        final String part, final double bytecodes, final double bytes, final double ratio, final Baseline.Counts counts,
        final Baseline.Ratio agreed)
    {
        return new PartVerdict(part, bytecodes, counts == null ? Double.NaN : bytecodesMax(counts), bytes,
            counts == null ? Double.NaN : counts.bytes(), ratio, agreed == null ? Double.NaN : ratioMax(agreed));
    }

    private static double bytecodesMax(final Baseline.Counts counts)
    {
        return counts.bytecodes() * (1 + BYTECODES_TOLERANCE);
    }

    static double ratioMax(final Baseline.Ratio agreed)
    {
        return agreed.median() * (1 + Math.max(RATIO_TOLERANCE_MIN, SPREADS * (agreed.spread() - 1)));
    }

    /** A part that nobody has agreed on does not pass. */
    boolean passes()
    {
        return bytecodes <= bytecodesMax && bytes <= bytesMax && !(ratio > ratioMax);
    }

    String problem()
    {
        if (Double.isNaN(bytecodesMax))
        {
            return "not in the baseline";
        }
        final StringBuilder problem = new StringBuilder();
        problem.append(bytecodes > bytecodesMax ? " executes more" : "");
        problem.append(bytes > bytesMax ? " allocates more" : "");
        problem.append(ratio > ratioMax ? " takes longer" : "");
        return problem.length() == 0 ? "ok" : problem.substring(1);
    }

    Map<String, Object> json()
    {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("part", part);
        json.put("passed", passes());
        json.put("bytecodes", bytecodes);
        json.put("bytecodesMax", nullable(bytecodesMax));
        json.put("bytes", bytes);
        json.put("bytesMax", nullable(bytesMax));
        json.put("ratio", nullable(ratio));
        json.put("ratioMax", nullable(ratioMax));
        json.put("problem", problem());
        return json;
    }

    private static Double nullable(final double value)
    {
        return Double.isNaN(value) ? null : value;
    }
}
