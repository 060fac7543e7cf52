package io.lockstep.perf.latency.report;

import io.lockstep.perf.latency.fork.Quantile;
import io.lockstep.perf.latency.fork.Spread;
import io.lockstep.perf.latency.path.MeasuredPath;
import io.lockstep.perf.latency.path.StageTimes;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * The figures as a table for people.
 */
public final class LatencyText
{
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private LatencyText()
    {
    }

    public static void print(final PrintWriter out, final LatencyFigures figures)
    {
        figures.about().forEach((name, value) -> out.printf(Locale.ROOT, "%-18s %s%n", name, value));
        final Reliability reliability = figures.reliability();
        figures.rates().forEach((rate) -> print(out, rate, reliability));
        if (figures.hasFlatOut())
        {
            out.println();
            out.println("Flat out, events a second (least .. most)");
            for (final MeasuredPath path : MeasuredPath.values())
            {
                if (path != MeasuredPath.HICCUP)
                {
                    final Spread spread = figures.flatOut(path);
                    out.printf(Locale.ROOT, "  %-12s %,12.0f  (%,.0f .. %,.0f)%n", path.key(), spread.median(),
                        spread.min(),
                        spread.max());
                }
            }
        }
        reliability.sentences().forEach((sentence) -> out.printf(Locale.ROOT, "%n%s%n", sentence));
        if (!figures.peers().isEmpty())
        {
            PeerText.print(out, figures.peers(), figures.peerRates());
        }
    }

    private static void print(final PrintWriter out, final RateFigures rate, final Reliability reliability)
    {
        out.println();
        out.printf(Locale.ROOT, "%,d events a second%n", rate.rate());
        out.printf(Locale.ROOT, "  %-12s", "");
        for (final Quantile quantile : Quantile.values())
        {
            out.printf(Locale.ROOT, "%12s", quantile.label());
        }
        out.println("   p50 of the forks");
        for (final MeasuredPath path : MeasuredPath.values())
        {
            out.printf(Locale.ROOT, "  %-12s", path.key());
            for (final Quantile quantile : Quantile.values())
            {
                final boolean isReliable = path == MeasuredPath.HICCUP ||
                    reliability.isReliable(quantile, rate.lateShare(path));
                out.printf(Locale.ROOT, "%12s", duration(rate.value(path, quantile).median()) +
                    (isReliable ? "" : " *"));
            }
            final Spread spread = rate.value(path, Quantile.P50);
            out.printf(Locale.ROOT, "   %s .. %s%n", duration(spread.min()), duration(spread.max()));
        }
        final Spread p50 = rate.ratio(Quantile.P50);
        final Spread p90 = rate.ratio(Quantile.P90);
        out.printf(Locale.ROOT, "  tick-to-trade / floor: p50 %.2f%s (%.2f .. %.2f), p90 %.2f%s (%.2f .. %.2f)%n",
            p50.median(), reliability.ratioMark(rate, Quantile.P50), p50.min(), p50.max(), p90.median(),
            reliability.ratioMark(rate, Quantile.P90), p90.min(), p90.max());
        out.printf(Locale.ROOT, "  floor - unjournaled at p50: %s; allocated by the loop: %.3f bytes an event%n",
            duration(rate.journalCostNs().median()), rate.allocatedBytesPerEvent());
        out.print("  stages at p50, clock reads included:");
        StageTimes.STAGES.forEach((stage) -> out.printf(Locale.ROOT, " %s %s", StageTimes.key(stage),
            duration(rate.stageNs(stage, Quantile.P50).median())));
        out.println();
    }

    /** With the unit that leaves three digits or so. */
    static String duration(final double ns)
    {
        if (ns < 10 * NANOS_PER_MICRO)
        {
            return String.format(Locale.ROOT, "%.0f ns", ns);
        }
        return ns < 10 * NANOS_PER_MILLI
            ? String.format(Locale.ROOT, "%.1f us", ns / NANOS_PER_MICRO)
            : String.format(Locale.ROOT, "%.1f ms", ns / NANOS_PER_MILLI);
    }
}
