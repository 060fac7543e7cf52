package io.lockstep.cli.output;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A bar with rate and time left on stderr, when that is a terminal; messages always.
 */
public final class Progress
{
    private static final int WIDTH = 30;
    private static final long INTERVAL_NS = 100_000_000L;
    private static final long UNKNOWN = -1;

    private final PrintWriter err;
    private final long total;
    private final boolean isTerminal = isTerminal();
    private final long startNs = System.nanoTime();
    private long lastNs;

    /** Of something whose end is not known beforehand: count and rate alone. */
    public Progress(final PrintWriter err)
    {
        this(err, UNKNOWN);
    }

    public Progress(final PrintWriter err, final long total)
    {
        this.err = err;
        this.total = total;
    }

    /** Where the system says what stderr is, that; else whether the process has a console at all. */
    private static boolean isTerminal()
    {
        try
        {
            final String stderr = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return stderr.startsWith("/dev/pts/") || stderr.startsWith("/dev/tty") || stderr.equals("/dev/console");
        }
        catch (final IOException | UnsupportedOperationException ex)
        {
            return System.console() != null;
        }
    }

    /** Cheap when nothing is to be drawn: it may be called for each of very many. */
    public void update(final long count)
    {
        if (!isTerminal)
        {
            return;
        }
        final long nowNs = System.nanoTime();
        if (nowNs - lastNs < INTERVAL_NS)
        {
            return;
        }
        lastNs = nowNs;
        final double elapsed = (nowNs - startNs) / 1e9;
        final double rate = count / elapsed;
        if (total == UNKNOWN)
        {
            err.printf(Locale.ROOT, "\r%,d, %,.0f/s ", count, rate);
        }
        else
        {
            bar(count, rate);
        }
        err.flush();
    }

    private void bar(final long count, final double rate)
    {
        final int filled = (int)(WIDTH * Math.min(count, total) / Math.max(1, total));
        err.printf(Locale.ROOT, "\r[%s%s] %,d of %,d, %,.0f/s, %.0f s left ", "#".repeat(filled),
            ".".repeat(WIDTH - filled), count,
            total, rate, rate == 0 ? 0 : (total - count) / rate);
    }

    public void message(final String text)
    {
        err.println((isTerminal ? "\r" + " ".repeat(100) + "\r" : "") + "lockstep: " + text);
        err.flush();
    }

    public void done()
    {
        if (isTerminal)
        {
            err.print("\r" + " ".repeat(100) + "\r");
            err.flush();
        }
    }
}
