package io.lockstep.perf.latency.report;

import io.lockstep.peers.Tally;
import io.lockstep.perf.latency.fork.Quantile;
import io.lockstep.perf.latency.path.MeasuredPath;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which figures of a run say something of what was measured, and which say more of the machine: an event that goes out late, or a
 * thread that waits for a processor, is in the tail of a distribution long before it is in its middle.
 *
 * @param late       paths of a fork whose sender fell behind, in order.
 * @param missing    paths of a fork that lack orders, in order.
 * @param paths      how many paths of a fork were measured.
 * @param processors of the machine.
 * @param mediansHold whether late events have left every median what it is.
 */
public record Reliability(List<LatePath> late, List<MissingOrders> missing, int paths, int processors,
    boolean mediansHold)
{
    /** Threads that spin at once: the sender's, the loop's and the media driver's; and one processor for all else. */
    static final int PROCESSORS_NEEDED = 4;
    /** Of the events that are slower than a quantile, so many may be late ones and leave it what it is. */
    private static final double LATE_IN_TAIL_MAX = 0.5;
    private static final double PERCENT = 100;

    /** A path of a fork whose sender fell behind. */
    record LatePath(int rate, int fork, MeasuredPath path, long late, long events)
    {
        double share()
        {
            return (double)late / events;
        }

        String problem()
        {
            return String.format(Locale.ROOT,
                "the sender fell behind: rate=%d fork=%d path=%s late=%.1f%% of %d events: expected at most %.0f%% sent later than %d ms after their time",
                rate, fork, path.key(), PERCENT * share(), events, PERCENT * Tally.LATE_SHARE_MAX,
                Tally.LATE_NS / 1_000_000);
        }
    }

    /** A path of a fork on which orders did not come back. */
    record MissingOrders(int rate, int fork, MeasuredPath path, long received, long sent)
    {
        String problem()
        {
            return "orders are missing: rate=" + rate + " fork=" + fork + " path=" + path.key() + " received=" +
                received + ": expected " + sent + " and at least 1";
        }
    }

    static Reliability of(final List<RateFigures> rates, final int processors)
    {
        final List<LatePath> late = new ArrayList<>();
        final List<MissingOrders> missing = new ArrayList<>();
        int paths = 0;
        for (final RateFigures rate : rates)
        {
            late.addAll(rate.latePaths());
            missing.addAll(rate.missingOrders());
            paths += rate.forkCount() * (MeasuredPath.values().length - 1);
        }
        return new Reliability(late, missing, paths, processors, rates.stream().allMatch(Reliability::mediansHold));
    }

    private static boolean mediansHold(final RateFigures rate)
    {
        return Stream.of(MeasuredPath.values()).allMatch((path) -> hidesLate(Quantile.P50, rate.lateShare(path)));
    }

    private static boolean hidesLate(final Quantile quantile, final double lateShare)
    {
        return lateShare <= LATE_IN_TAIL_MAX * (1 - quantile.percentile() / PERCENT);
    }

    /**
     * Whether a quantile says something of the path.
     *
     * @param lateShare of the path's events that went out late.
     */
    boolean isReliable(final Quantile quantile, final double lateShare)
    {
        final boolean isTail = quantile.compareTo(Quantile.P90) > 0;
        return (!isTail || hasProcessors()) && hidesLate(quantile, lateShare);
    }

    /** What stands behind a ratio of tick-to-trade to floor: a star where late events are in either. */
    String ratioMark(final RateFigures rate, final Quantile quantile)
    {
        final boolean holds = isReliable(quantile, rate.lateShare(MeasuredPath.TICK_TO_TRADE)) &&
            isReliable(quantile, rate.lateShare(MeasuredPath.FLOOR));
        return holds ? "" : " *";
    }

    /** Whether what spins has a processor each. */
    boolean hasProcessors()
    {
        return processors >= PROCESSORS_NEEDED;
    }

    public boolean isValid()
    {
        return late.isEmpty() && missing.isEmpty();
    }

    /** Why the run is not valid, a line for each path of a fork; empty when it is. */
    List<String> problems()
    {
        final List<String> problems = new ArrayList<>();
        late.forEach((path) -> problems.add(path.problem()));
        missing.forEach((path) -> problems.add(path.problem()));
        return problems;
    }

    /** Why the run is not valid and what that means for its figures: a sentence for each of two reasons, none where it is. */
    List<String> faults()
    {
        final List<String> sentences = new ArrayList<>();
        if (!missing.isEmpty())
        {
            sentences.add("Not valid: on " + missing.size() + " of " + paths +
                " paths orders did not come back, so no figure of these paths is one of all its orders.");
        }
        if (!late.isEmpty())
        {
            sentences.add(lateSentence());
        }
        return sentences;
    }

    private String lateSentence()
    {
        final double least = late.stream().mapToDouble(LatePath::share).min().orElse(0);
        final double most = late.stream().mapToDouble(LatePath::share).max().orElse(0);
        return String.format(Locale.ROOT,
            "Not valid: on %d of %d paths the sender fell behind: %.1f to %.1f %% of a path's events went out more than %d ms after their time, where %.0f %% is allowed; that is in the figures marked *, %s",
            late.size(), paths, PERCENT * least, PERCENT * most, Tally.LATE_NS / 1_000_000,
            PERCENT * Tally.LATE_SHARE_MAX,
            mediansHold
                ? "and not in medians, in ratios of medians and in throughput."
                : "medians and their ratios among them: measure again when nothing else runs.");
    }

    /** What holds on this machine whatever the load does; null where there is nothing to say. */
    String ofMachine()
    {
        return hasProcessors()
            ? null
            : "This machine has " + processors + " processors, and " + (PROCESSORS_NEEDED - 1) +
                " threads spin: p99 and above, marked *, are how long a thread waited for a processor, not what Lockstep takes. "
                +
                "Ratios of medians and throughput are what such a machine can show"
                + (mediansHold ? "." : ", when nothing else runs.");
    }

    /** All that is to be said of what can be relied on. */
    public List<String> sentences()
    {
        final List<String> sentences = new ArrayList<>(faults());
        if (!hasProcessors())
        {
            sentences.add(ofMachine());
        }
        return sentences;
    }

    /** As it is in JSON. */
    Map<String, Object> json()
    {
        return Map.of("processors", processors, "processorsNeeded", PROCESSORS_NEEDED, "paths", paths,
            "latePaths", late.size(), "pathsWithoutOrders", missing.size(), "mediansHold", mediansHold, "summary",
            sentences());
    }
}
