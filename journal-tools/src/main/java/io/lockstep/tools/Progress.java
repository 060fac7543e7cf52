package io.lockstep.tools;

import java.io.PrintWriter;

/**
 * A bar with rate and time left on stderr, when that is a terminal; messages always.
 */
final class Progress
{
    private static final int WIDTH = 30;
    private static final long INTERVAL_NS = 100_000_000L;

    private final PrintWriter err;
    private final long total;
    private final boolean isTerminal = System.console() != null;
    private final long startNs = System.nanoTime();
    private long lastNs;

    Progress(final PrintWriter err, final long total)
    {
        this.err = err;
        this.total = total;
    }

    void update(final long count)
    {
        final long nowNs = System.nanoTime();
        if (!isTerminal || nowNs - lastNs < INTERVAL_NS)
        {
            return;
        }
        lastNs = nowNs;
        final double elapsed = (nowNs - startNs) / 1e9;
        final double rate = count / elapsed;
        final int filled = (int)(WIDTH * Math.min(count, total) / Math.max(1, total));
        err.printf("\r[%s%s] %,d of %,d, %,.0f/s, %.0f s left ", "#".repeat(filled), ".".repeat(WIDTH - filled), count,
            total, rate, rate == 0 ? 0 : (total - count) / rate);
        err.flush();
    }

    void message(final String text)
    {
        err.println((isTerminal ? "\r" + " ".repeat(100) + "\r" : "") + "lockstep: " + text);
        err.flush();
    }

    void done()
    {
        if (isTerminal)
        {
            err.print("\r" + " ".repeat(100) + "\r");
            err.flush();
        }
    }
}
