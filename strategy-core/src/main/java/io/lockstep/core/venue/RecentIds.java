package io.lockstep.core.venue;

import io.lockstep.codecs.Xxh64;

import java.util.Arrays;

/**
 * The newest ids of 128 bits, as many as the capacity: whether one of them came before. A ring; the oldest gives way. Allocates
 * nothing after construction.
 */
public final class RecentIds
{
    private static final int EMPTY = -1;
    private static final int CELLS_PER_ID = 4;

    private final int mask;
    private final int tableMask;
    private final long[] highs;
    private final long[] lows;
    /** Place in the ring by the low half, linear probing. */
    private final int[] table;
    private long added;
    private long first;
    private long hash;

    /**
     * @param capacity a power of two.
     */
    public RecentIds(final int capacity)
    {
        mask = capacity - 1;
        tableMask = CELLS_PER_ID * capacity - 1;
        highs = new long[capacity];
        lows = new long[capacity];
        table = new int[CELLS_PER_ID * capacity];
        Arrays.fill(table, EMPTY);
    }

    /**
     * Takes up the id, unless it is there.
     *
     * @return false for a repeat.
     */
    public boolean add(final long high, final long low)
    {
        int index = index(low);
        while (table[index] != EMPTY)
        {
            if (lows[table[index]] == low && highs[table[index]] == high)
            {
                return false;
            }
            index = index + 1 & tableMask;
        }
        if (count() == highs.length)
        {
            removeOldest();
            index = freeIndex(low);
        }
        final int place = (int)(added++ & mask);
        highs[place] = high;
        lows[place] = low;
        table[index] = place;
        hash += Xxh64.chain(high, low);
        return true;
    }

    private int index(final long low)
    {
        return (int)Xxh64.chain(low, 0) & tableMask;
    }

    private int freeIndex(final long low)
    {
        int index = index(low);
        while (table[index] != EMPTY)
        {
            index = index + 1 & tableMask;
        }
        return index;
    }

    private void removeOldest()
    {
        final int place = (int)(first++ & mask);
        hash -= Xxh64.chain(highs[place], lows[place]);
        int index = index(lows[place]);
        while (table[index] != place)
        {
            index = index + 1 & tableMask;
        }
        table[index] = EMPTY;
        closeGap(index);
    }

    /** What was found beyond the freed cell moves up, so that no search ends before it. */
    private void closeGap(final int freed)
    {
        int gap = freed;
        for (int index = gap + 1 & tableMask; table[index] != EMPTY; index = index + 1 & tableMask)
        {
            final int wanted = index(lows[table[index]]);
            if ((index - wanted & tableMask) >= (index - gap & tableMask))
            {
                table[gap] = table[index];
                table[index] = EMPTY;
                gap = index;
            }
        }
    }

    public int count()
    {
        return (int)(added - first);
    }

    /** Low half of the id that is so many places behind the oldest. */
    public long high(final int index)
    {
        return highs[(int)(first + index & mask)];
    }

    /** Likewise. */
    public long low(final int index)
    {
        return lows[(int)(first + index & mask)];
    }

    public long stateHash()
    {
        return Xxh64.chain(count(), hash);
    }
}
