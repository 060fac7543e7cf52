package io.lockstep.perf;

import io.lockstep.peers.OpenLoop;
import io.lockstep.peers.Tally;
import org.HdrHistogram.Histogram;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * How figures are printed, with the conditions they were taken under.
 */
public final class Figures
{
    private static final long HICCUP_NS = TimeUnit.SECONDS.toNanos(1);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final PrintWriter out;

    public Figures(final PrintWriter out)
    {
        this.out = out;
    }

    /** The machine and its load, and the gaps that a thread sees which does nothing but look at the clock. */
    public void conditions()
    {
        out.println(Machine.describe());
        hiccup();
    }

    public void hiccup()
    {
        final Tally tally = new Tally();
        OpenLoop.hiccup(System::nanoTime, HICCUP_NS, tally);
        histogram("idle hiccup", tally.endSlice());
    }

    public void histogram(final String name, final Histogram histogram)
    {
        line("%-46s p50 %,9d p90 %,9d p99 %,10d p99.9 %,11d max %,11d ns, %,d values", name,
            histogram.getValueAtPercentile(50), histogram.getValueAtPercentile(90),
            histogram.getValueAtPercentile(99), histogram.getValueAtPercentile(99.9), histogram.getMaxValue(),
            histogram.getTotalCount());
    }

    /** The median with the least and the greatest. */
    public void median(final String name, final String unit, final List<Double> values)
    {
        final List<Double> sorted = values.stream().sorted().toList();
        line("%-46s median %,.2f %s (%,.2f to %,.2f)", name, median(sorted), unit, sorted.get(0),
            sorted.get(sorted.size() - 1));
    }

    public static double median(final List<Double> values)
    {
        return values.stream().sorted().toList().get((values.size() - 1) / 2);
    }

    /** Of the calling thread: what it would take on a machine that has nothing else to do, but for caches. */
    public static long cpuTimeNs()
    {
        return THREADS.getCurrentThreadCpuTime();
    }

    public void line(final String format, final Object... values)
    {
        out.printf(Locale.ROOT, format + "%n", values);
        out.flush();
    }
}
