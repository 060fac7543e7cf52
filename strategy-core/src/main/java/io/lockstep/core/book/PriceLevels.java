package io.lockstep.core.book;

import io.lockstep.codecs.Xxh64;

import java.util.Arrays;

/**
 * One side of a book: price levels in two parallel arrays, worst price first and best last, so that a change near the
 * touch moves few elements. Sorting is by rank, the price negated for asks: a higher rank is always a better price.
 * <p>
 * Arrays double up to the given maximum and never shrink; only that growth allocates. A full side drops its worst level, or
 * the new one when that would be the worst, and counts it.
 */
final class PriceLevels
{
    private static final int INITIAL_CAPACITY = 32;
    private static final int TOUCHED_LEVELS = 32;
    private static final int LEVELS_PER_LINE = 8;

    private final long sign;
    private final int levelsMax;
    private long[] ranks;
    private long[] quantities;
    private int size;
    private long hash;
    private long droppedLevels;

    PriceLevels(final boolean isBid, final int levelsMax)
    {
        this.sign = isBid ? 1 : -1;
        if (levelsMax <= 0)
        {
            throw new IllegalArgumentException("must be positive: levelsMax=" + levelsMax);
        }
        this.levelsMax = levelsMax;
        ranks = new long[Math.min(INITIAL_CAPACITY, levelsMax)];
        quantities = new long[ranks.length];
    }

    /** Reads the best levels, and the middle one, where a search begins. */
    long touch()
    {
        long sum = size == 0 ? 0 : ranks[size >> 1];
        for (int index = size - 1; index >= Math.max(0, size - TOUCHED_LEVELS); index -= LEVELS_PER_LINE)
        {
            sum += ranks[index] + quantities[index];
        }
        return sum;
    }

    int size()
    {
        return size;
    }

    long priceTicks(final int depth)
    {
        return sign * ranks[size - 1 - depth];
    }

    long quantityLots(final int depth)
    {
        return quantities[size - 1 - depth];
    }

    long quantityAtPrice(final long priceTicks)
    {
        final int index = Arrays.binarySearch(ranks, 0, size, sign * priceTicks);
        return index >= 0 ? quantities[index] : 0;
    }

    /** Sum of a hash per level: the same for the same levels however they came about. */
    long hash()
    {
        return hash;
    }

    long droppedLevels()
    {
        return droppedLevels;
    }

    void droppedLevels(final long newDroppedLevels)
    {
        droppedLevels = newDroppedLevels;
    }

    void clear()
    {
        size = 0;
        hash = 0;
    }

    void set(final long priceTicks, final long quantityLots)
    {
        final long rank = sign * priceTicks;
        final int found = indexOf(rank);
        if (found >= 0)
        {
            hash -= levelHash(rank, quantities[found]);
            if (quantityLots == 0)
            {
                remove(found);
            }
            else
            {
                quantities[found] = quantityLots;
                hash += levelHash(rank, quantityLots);
            }
        }
        else if (quantityLots != 0)
        {
            insert(-(found + 1), rank, quantityLots);
        }
    }

    private int indexOf(final long rank)
    {
        // Most changes are at or near the best level, which is the last.
        if (size > 0 && ranks[size - 1] == rank)
        {
            return size - 1;
        }
        return Arrays.binarySearch(ranks, 0, size, rank);
    }

    private void remove(final int index)
    {
        final int moved = size - index - 1;
        System.arraycopy(ranks, index + 1, ranks, index, moved);
        System.arraycopy(quantities, index + 1, quantities, index, moved);
        size--;
    }

    private void insert(final int position, final long rank, final long quantityLots)
    {
        int index = position;
        if (size == ranks.length && !grow())
        {
            droppedLevels++;
            if (index == 0)
            {
                return;
            }
            hash -= levelHash(ranks[0], quantities[0]);
            remove(0);
            index--;
        }
        final int moved = size - index;
        System.arraycopy(ranks, index, ranks, index + 1, moved);
        System.arraycopy(quantities, index, quantities, index + 1, moved);
        ranks[index] = rank;
        quantities[index] = quantityLots;
        hash += levelHash(rank, quantityLots);
        size++;
    }

    private boolean grow()
    {
        if (ranks.length >= levelsMax)
        {
            return false;
        }
        final int capacity = Math.min(levelsMax, ranks.length * 2);
        ranks = Arrays.copyOf(ranks, capacity);
        quantities = Arrays.copyOf(quantities, capacity);
        return true;
    }

    private long levelHash(final long rank, final long quantityLots)
    {
        return Xxh64.chain(sign * rank, quantityLots);
    }
}
