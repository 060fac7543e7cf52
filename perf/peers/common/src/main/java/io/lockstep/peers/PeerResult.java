package io.lockstep.peers;

import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.util.Properties;

/**
 * What the JVM of a {@link Peer} has seen, as properties: the module has no library for anything better.
 */
public final class PeerResult
{
    private final PeerPlan plan;
    private final Properties values = new Properties();

    /** An empty one. */
    PeerResult(final PeerPlan plan)
    {
        this.plan = plan;
    }

    /** What the plan's process wrote. */
    public static PeerResult read(final PeerPlan plan)
    {
        final PeerResult result = new PeerResult(plan);
        try (Reader reader = Files.newBufferedReader(plan.result()))
        {
            result.values.load(reader);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        return result;
    }

    void write() throws IOException
    {
        try (Writer writer = Files.newBufferedWriter(plan.result()))
        {
            values.store(writer, null);
        }
    }

    void set(final String key, final long value)
    {
        values.setProperty(key, String.valueOf(value));
    }

    void set(final int rate, final Tally tally, final ThreadLoad load)
    {
        set(rate + ".events", tally.events());
        set(rate + ".sent", tally.sent());
        set(rate + ".received", tally.received());
        set(rate + ".late", tally.late());
        set(rate + ".behindMaxNs", tally.behindMaxNs());
        set(rate + ".threads", load.threads());
        set(rate + ".processorsPercent", load.processorsPercent());
    }

    private long number(final String key)
    {
        final String value = values.getProperty(key);
        if (value == null)
        {
            throw new IllegalStateException(plan.result() + ": " + key + ": expected a number");
        }
        return Long.parseLong(value);
    }

    public Histogram histogram(final int rate)
    {
        return IntervalLog.total(plan.log(rate));
    }

    public Histogram hiccup()
    {
        return IntervalLog.total(plan.hiccupLog());
    }

    /** Events that were sent. */
    public long events(final int rate)
    {
        return number(rate + ".events");
    }

    /** Events that were sent and are answered. */
    public long sent(final int rate)
    {
        return number(rate + ".sent");
    }

    /** Answers that came. */
    public long received(final int rate)
    {
        return number(rate + ".received");
    }

    /** Events that were sent late. */
    public long late(final int rate)
    {
        return number(rate + ".late");
    }

    /** Threads that took part of a processor worth mentioning. */
    public long threads(final int rate)
    {
        return number(rate + ".threads");
    }

    /** All threads together, in hundredths of a processor. */
    public long processorsPercent(final int rate)
    {
        return number(rate + ".processorsPercent");
    }

    /** Events a second as fast as it goes; 0 when it was not asked for. */
    public long flatOut()
    {
        return number("flatOut");
    }

    /** Events that were there at the restart; 0 when there was none or nothing is kept. */
    public long replayedEvents()
    {
        return number("replayedEvents");
    }

    /** How long the restart took. */
    public long replayNs()
    {
        return number("replayNs");
    }
}
