package io.lockstep.core.risk;

import io.lockstep.codecs.Xxh64;

/**
 * Counts orders in a sliding second: a ring of the times of the newest orders, as long as the limit. Setting a limit
 * allocates the ring; nothing else does.
 */
final class OrderRate
{
    private static final long WINDOW_NS = 1_000_000_000L;

    private long[] timesNs = new long[0];
    private int newest;
    private int count;

    /** Orders of the second before stay counted, unless there was no limit. */
    void limit(final long ordersPerSecond)
    {
        final long[] newTimesNs = new long[ordersPerSecond == RiskLimits.UNLIMITED ? 0 : (int)ordersPerSecond];
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
    long excess(final long limit, final long nowNs)
    {
        if (limit == RiskLimits.UNLIMITED || count < timesNs.length)
        {
            return 0;
        }
        final boolean full = timesNs.length == 0 || nowNs - timesNs[(newest + 1) % timesNs.length] < WINDOW_NS;
        return full ? limit + 1 : 0;
    }

    void onOrder(final long nowNs)
    {
        if (timesNs.length == 0)
        {
            return;
        }
        newest = (newest + 1) % timesNs.length;
        timesNs[newest] = nowNs;
        count = Math.min(count + 1, timesNs.length);
    }

    long stateHash()
    {
        long hash = Xxh64.chain(newest, count);
        for (final long timeNs : timesNs)
        {
            hash = Xxh64.chain(hash, timeNs);
        }
        return hash;
    }
}
