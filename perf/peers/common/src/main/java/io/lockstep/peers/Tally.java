package io.lockstep.peers;

import org.HdrHistogram.Histogram;

import java.util.concurrent.TimeUnit;

/**
 * What one path saw at one rate, all slices together; the lead-in of a slice is not in it.
 * <p>
 * An event is late when it went out more than {@link #LATE_NS} after its time. The sender fell behind when more than one
 * event in a hundred was late: then the load was not what it is said to be, though what it cost is in the latencies, which
 * count from the intended time.
 */
public final class Tally
{
    public static final long LATE_NS = TimeUnit.MILLISECONDS.toNanos(1);
    public static final double LATE_SHARE_MAX = 0.01;
    public static final long MAX_NS = TimeUnit.SECONDS.toNanos(10);

    private final Histogram total = new Histogram(MAX_NS, 3);
    private final Histogram slice = new Histogram(MAX_NS, 3);
    private long events;
    private long sent;
    private long received;
    private long late;
    private long behindMaxNs;

    /** An event has gone out. */
    public void onSent(final boolean makesOrder, final long behindNs)
    {
        events++;
        sent += makesOrder ? 1 : 0;
        late += behindNs > LATE_NS ? 1 : 0;
        behindMaxNs = Math.max(behindMaxNs, behindNs);
    }

    /** An order has come back. */
    public void onReceived(final long latencyNs)
    {
        received++;
        slice.recordValue(clamp(latencyNs));
    }

    /** A gap in time, where nothing is sent. */
    public void onGap(final long gapNs)
    {
        slice.recordValue(clamp(gapNs));
    }

    private static long clamp(final long valueNs)
    {
        return Math.min(Math.max(valueNs, 0), MAX_NS);
    }

    /** Adds the slice to the total; it is empty again after {@link #beginSlice}. */
    public Histogram endSlice()
    {
        total.add(slice);
        return slice;
    }

    public void beginSlice()
    {
        slice.reset();
    }

    public Histogram total()
    {
        return total;
    }

    /** Market events sent. */
    public long events()
    {
        return events;
    }

    /** Market events sent that make an order. */
    public long sent()
    {
        return sent;
    }

    /** Orders that came back. */
    public long received()
    {
        return received;
    }

    /** Events that went out late. */
    public long late()
    {
        return late;
    }

    public long behindMaxNs()
    {
        return behindMaxNs;
    }

    /** Whether so many late events among so many are too many. */
    public static boolean isBehind(final long late, final long events)
    {
        return late > events * LATE_SHARE_MAX;
    }
}
