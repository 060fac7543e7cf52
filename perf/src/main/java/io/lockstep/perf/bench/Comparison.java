package io.lockstep.perf.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One benchmark in two results.
 */
record Comparison(Score before, Score after, Verdict verdict)
{
    /** What can be said of a difference. */
    enum Verdict
    {
        /** The intervals of both errors are apart. */
        BETTER, WORSE,
        /** They overlap, or one of them is not known. */
        NOISE,
        /** The loop allocates where it did not, or more; a count, so there is no noise in it beyond a byte. */
        ALLOCATES_MORE,
        /** Not in both files, or not in the same unit. */
        NOT_COMPARABLE
    }

    private static final double ALLOCATION_TOLERANCE_BYTES = 1;

    /** In the order of the first, then what only the second has. */
    static List<Comparison> of(final BenchResult before, final BenchResult after)
    {
        final Map<String, Score> afterByName = after.scores().stream()
            .collect(Collectors.toMap(Score::name, Function.identity()));
        final List<Comparison> comparisons = new ArrayList<>();
        for (final Score score : before.scores())
        {
            comparisons.add(of(score, afterByName.remove(score.name())));
        }
        after.scores().stream().filter((score) -> afterByName.containsKey(score.name()))
            .forEach((score) -> comparisons.add(of(null, score)));
        return comparisons;
    }

    private static Comparison of(final Score before, final Score after)
    {
        return new Comparison(before, after, verdict(before, after));
    }

    private static Verdict verdict(final Score before, final Score after)
    {
        if (before == null || after == null || !before.unit().equals(after.unit()))
        {
            return Verdict.NOT_COMPARABLE;
        }
        if (after.allocatedBytesPerOp() - before.allocatedBytesPerOp() >= ALLOCATION_TOLERANCE_BYTES)
        {
            return Verdict.ALLOCATES_MORE;
        }
        final double distance = after.value() - before.value();
        // Also so when an error is not a number.
        if (!(Math.abs(distance) > before.error() + after.error()))
        {
            return Verdict.NOISE;
        }
        return distance < 0 == after.isLowerBetter() ? Verdict.BETTER : Verdict.WORSE;
    }

    String name()
    {
        return before == null ? after.name() : before.name();
    }

    /** After by before; not-a-number where one is missing. */
    double ratio()
    {
        return before == null || after == null ? Double.NaN : after.value() / before.value();
    }
}
