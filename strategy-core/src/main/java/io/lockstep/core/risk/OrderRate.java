package io.lockstep.core.risk;

import io.lockstep.codecs.Xxh64;

/**
 * Counts orders in a sliding second: a ring of the times of the newest orders, as long as the limit. Setting a limit
 * allocates the ring; nothing else does.
 */
public final class OrderRate
{
    /** No limit. */
    public static final long UNLIMITED = Long.MAX_VALUE;
    private static final long WINDOW_NS = 1_000_000_000L;

    private long[] timesNs = new long[0];
    private int newest;
    private int count;
    private long hash;
    private boolean isHashed;

    /** Orders of the second before stay counted, unless there was no limit. */
    public void limit(final long ordersPerSecond)
    {
        isHashed = false;
        final long[] newTimesNs = new long[ordersPerSecond == UNLIMITED ? 0 : (int)ordersPerSecond];
        final int kept = Math.min(count, newTimesNs.length);
        for (int age = 0; age < kept; age++)
        {
            newTimesNs[kept - 1 - age] = timesNs[Math.floorMod(newest - age, timesNs.length)];
        }
        timesNs = newTimesNs;
        newest = Math.max(0, kept - 1);
        count = kept;
    }

    /** Orders in the second that ends now, the asked-for one included, if that is beyond the limit; else 0. */
    public long excess(final long limit, final long nowNs)
    {
        if (limit == UNLIMITED || count < timesNs.length)
        {
            return 0;
        }
        final boolean full = timesNs.length == 0 || nowNs - timesNs[(newest + 1) % timesNs.length] < WINDOW_NS;
        return full ? limit + 1 : 0;
    }

    /** Orders counted in the second that ends now; none are counted without a limit. */
    public long within(final long nowNs)
    {
        long orders = 0;
        for (int age = 0; age < count; age++)
        {
            orders += nowNs - timesNs[Math.floorMod(newest - age, timesNs.length)] < WINDOW_NS ? 1 : 0;
        }
        return orders;
    }

    public void onOrder(final long nowNs)
    {
        if (timesNs.length == 0)
        {
            return;
        }
        isHashed = false;
        newest = (newest + 1) % timesNs.length;
        timesNs[newest] = nowNs;
        count = Math.min(count + 1, timesNs.length);
    }

    /** Length of the ring. */
    public int length()
    {
        return timesNs.length;
    }

    public long timeNs(final int index)
    {
        return timesNs[index];
    }

    /** Index of the newest order's time in the ring. */
    public int newest()
    {
        return newest;
    }

    /** Entries of the ring that are in use. */
    public int count()
    {
        return count;
    }

    /** Takes up all but the times. */
    public void restore(final int length, final int newNewest, final int newCount)
    {
        isHashed = false;
        newest = newNewest;
        count = newCount;
        if (length < 0 || length > RiskLimits.ORDERS_PER_SECOND_MAX || count < 0 || count > length || newest < 0 ||
            newest > Math.max(0, length - 1))
        {
            throw new IllegalArgumentException("no ring of order times: orderTimes=" + length + " newestOrderTime=" +
                newest + " countedOrders=" + count);
        }
        timesNs = new long[length];
    }

    public void timeNs(final int index, final long timeNs)
    {
        isHashed = false;
        timesNs[index] = timeNs;
    }

    /** Kept until something is counted: the ring is long, and most instruments trade seldom. */
    public long stateHash()
    {
        if (!isHashed)
        {
            hash = Xxh64.chain(newest, count);
            for (final long timeNs : timesNs)
            {
                hash = Xxh64.chain(hash, timeNs);
            }
            isHashed = true;
        }
        return hash;
    }
}
