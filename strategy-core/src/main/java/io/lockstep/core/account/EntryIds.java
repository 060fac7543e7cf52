package io.lockstep.core.account;

import io.lockstep.codecs.Xxh64;
import org.agrona.DirectBuffer;

/**
 * Which entries of the venue have been booked: the newest {@value #HORIZON}, each as 128 bits of its text id. Entries are
 * seldom, so they are looked for one by one. One thread, no allocation.
 */
final class EntryIds
{
    static final int HORIZON = 4_096;
    private static final long HIGH_SEED = 0x6C6F636B73746570L;
    private static final long LOW_SEED = 0;

    private final long[] highs = new long[HORIZON];
    private final long[] lows = new long[HORIZON];
    private int count;
    private int next;
    /** Kept, for a state is hashed far more often than an entry comes. */
    private long hash;
    private boolean isHashed;

    /** @return false when it was taken before, within the horizon. */
    boolean take(final DirectBuffer id, final int offset, final int length)
    {
        final long high = Xxh64.hash(id, offset, length, HIGH_SEED);
        final long low = Xxh64.hash(id, offset, length, LOW_SEED);
        if (contains(high, low))
        {
            return false;
        }
        add(high, low);
        return true;
    }

    private boolean contains(final long high, final long low)
    {
        for (int i = 0; i < count; i++)
        {
            if (lows[i] == low && highs[i] == high)
            {
                return true;
            }
        }
        return false;
    }

    void add(final long high, final long low)
    {
        highs[next] = high;
        lows[next] = low;
        next = next + 1 & HORIZON - 1;
        count = Math.min(HORIZON, count + 1);
        isHashed = false;
    }

    int count()
    {
        return count;
    }

    /** From the oldest on, like {@link #low}. */
    long high(final int index)
    {
        return highs[place(index)];
    }

    long low(final int index)
    {
        return lows[place(index)];
    }

    private int place(final int index)
    {
        return next - count + index & HORIZON - 1;
    }

    long chain(final long start)
    {
        if (!isHashed)
        {
            hash = hash();
            isHashed = true;
        }
        return Xxh64.chain(start, hash);
    }

    private long hash()
    {
        long chained = count;
        for (int i = 0; i < count; i++)
        {
            chained = Xxh64.chain(Xxh64.chain(chained, high(i)), low(i));
        }
        return chained;
    }
}
