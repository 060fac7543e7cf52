package io.lockstep.peers;

import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.HdrHistogram.HistogramLogWriter;

import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * An HdrHistogram interval log: a line for each slice, values in nanoseconds.
 */
public final class IntervalLog implements AutoCloseable
{
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;

    private final HistogramLogWriter writer;

    public IntervalLog(final Path file)
    {
        try
        {
            writer = new HistogramLogWriter(file.toFile());
        }
        catch (final FileNotFoundException ex)
        {
            throw new UncheckedIOException(ex);
        }
        writer.outputLogFormatVersion();
        writer.outputComment("values in nanoseconds, maxima in milliseconds");
        writer.outputLegend();
    }

    /** Adds the interval that ends now. */
    public void add(final Histogram histogram, final long durationNs)
    {
        final double endSeconds = System.currentTimeMillis() / 1e3;
        writer.outputIntervalHistogram(
            endSeconds - durationNs / NANOS_PER_SECOND, endSeconds, histogram, NANOS_PER_MILLI);
    }

    @Override
    public void close()
    {
        writer.close();
    }

    /** All intervals of a log together. */
    public static Histogram total(final Path file)
    {
        final Histogram total = new Histogram(Tally.MAX_NS, 3);
        try (HistogramLogReader reader = new HistogramLogReader(file.toFile()))
        {
            for (EncodableHistogram next = reader.nextIntervalHistogram(); next != null; next = reader
                .nextIntervalHistogram())
            {
                total.add((Histogram)next);
            }
        }
        catch (final FileNotFoundException ex)
        {
            throw new UncheckedIOException(ex);
        }
        return total;
    }
}
