package io.lockstep.peers;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Sends events at a fixed rate, whether or not answers have come. An event's intended send time comes back in its answer: the
 * difference to now is the latency, and nothing has to be matched. Sender and receiver share the calling thread, unless what is
 * measured hands its answers out on a thread of its own.
 */
public abstract class OpenLoop
{
    private static final long DRAIN_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(2);
    private static final int BURST = 16;

    private final LongSupplier clock;
    private final AtomicLong answersReceived = new AtomicLong();
    private Tally tally = new Tally();
    private long recordFromNs;
    private long answersWanted;
    private long lastReceivedNs;

    /**
     * @param clock in nanoseconds.
     */
    protected OpenLoop(final LongSupplier clock)
    {
        this.clock = clock;
    }

    /** Sends the event that is due; false when it was not taken and is to be tried again. */
    protected abstract boolean send(long intendedNs);

    /** Whether the event that is due will be answered. */
    protected abstract boolean isAsking();

    /** The event was sent: the next one is due. */
    protected abstract void advance();

    /** Takes what has come. */
    protected abstract void poll(long nowNs);

    /** To be called for each answer, by one thread. */
    protected final void onAnswer(final long intendedNs, final long nowNs)
    {
        if (intendedNs - recordFromNs >= 0)
        {
            tally.onReceived(nowNs - intendedNs);
        }
        lastReceivedNs = nowNs;
        // Releases the tally to the sender, which waits for this number.
        answersReceived.setRelease(answersReceived.getPlain() + 1);
    }

    protected final long nowNs()
    {
        return clock.getAsLong();
    }

    /** Takes what has come by now. */
    public final void poll()
    {
        poll(nowNs());
    }

    /**
     * Sends for so long at the rate, then waits for the answers that are still to come.
     *
     * @param leadInNs at the beginning, not recorded: caches and predictors get used to the path.
     * @param newTally takes what is seen.
     */
    public final void slice(final int rate, final long leadInNs, final long durationNs, final Tally newTally)
    {
        tally = newTally;
        tally.beginSlice();
        final double intervalNs = 1e9 / rate;
        final long total = (long)((leadInNs + durationNs) / intervalNs);
        final long startNs = nowNs();
        recordFromNs = startNs + leadInNs;
        for (long i = 0; i < total;)
        {
            final long intendedNs = startNs + (long)(i * intervalNs);
            final long nowNs = nowNs();
            if (nowNs - intendedNs >= 0 && sendCounted(intendedNs))
            {
                if (intendedNs - recordFromNs >= 0)
                {
                    tally.onSent(isAsking(), nowNs - intendedNs);
                }
                advance();
                i++;
            }
            poll(nowNs);
        }
        drain();
    }

    /**
     * Sends as fast as it goes in for so long.
     *
     * @return events a second, from the first that went in to the last answer that came out.
     */
    public final double flatOut(final long durationNs)
    {
        final long startNs = nowNs();
        recordFromNs = Long.MAX_VALUE;
        long events = 0;
        for (long nowNs = startNs; nowNs - startNs < durationNs; nowNs = nowNs())
        {
            for (int i = 0; i < BURST && sendCounted(nowNs); i++)
            {
                advance();
                events++;
            }
            poll(nowNs);
        }
        drain();
        return events * 1e9 / (lastReceivedNs - startNs);
    }

    private boolean sendCounted(final long intendedNs)
    {
        if (!send(intendedNs))
        {
            return false;
        }
        answersWanted += isAsking() ? 1 : 0;
        return true;
    }

    private void drain()
    {
        final long deadlineNs = nowNs() + DRAIN_TIMEOUT_NS;
        while (answersReceived.getAcquire() < answersWanted && nowNs() - deadlineNs < 0)
        {
            poll();
        }
        // One that has not come by now is missing in the tally, and is not waited for again.
        answersWanted = answersReceived.getAcquire();
    }

    /** The gaps between two looks at the clock, for so long. */
    public static void hiccup(final LongSupplier clock, final long durationNs, final Tally tally)
    {
        tally.beginSlice();
        final long endNs = clock.getAsLong() + durationNs;
        for (long lastNs = clock.getAsLong(); lastNs - endNs < 0;)
        {
            final long nowNs = clock.getAsLong();
            tally.onGap(nowNs - lastNs);
            lastNs = nowNs;
        }
    }
}
