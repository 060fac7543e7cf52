package io.lockstep.core.book;

import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;

import java.util.Arrays;

/**
 * One side of a book, over the array of cells that holds both: what is kept of each side; the bids' ranks, and their quantities
 * in lots; the asks' ranks and quantities.
 * A book is then one run of memory, which comes into the processor's caches as a whole; in objects and arrays of their own its
 * parts would each be waited for.
 * <p>
 * The worst level comes first and the best last, so that a change near the touch moves few of them. The rank is the price,
 * negated for asks: a higher rank is always a better price.
 * <p>
 * The array grows by half, for both sides at once, up to the given maximum and never shrinks; only that allocates. A full side
 * drops its worst level, or the new one when that would be the worst, and counts it.
 * <p>
 * A record, for of all objects' fields the compiler takes only a record's for constants.
 *
 * @param head cell where what is kept of the side begins.
 * @param sign 1 for bids, -1 for asks.
 */
record PriceLevels(int head, long sign)
{
    private static final int SIZE = 0;
    private static final int HASH = 1;
    private static final int DROPPED = 2;
    private static final int HEAD_CELLS = 3;
    private static final int HEADS_CELLS = 2 * HEAD_CELLS;
    /** Rank and quantity, on both sides. */
    private static final int CELLS_PER_LEVEL = 4;
    private static final int INITIAL_CAPACITY = 8;
    private static final int CAPACITY_STEP = 4;

    private static final int CELLS_PER_LINE = 8;
    private static final int SMALL_CELLS = HEADS_CELLS + CELLS_PER_LEVEL * 32;
    private static final int TOUCHED_LEVELS = 32;

    static final PriceLevels BIDS = new PriceLevels(0, 1);
    static final PriceLevels ASKS = new PriceLevels(HEAD_CELLS, -1);

    /**
     * Of an empty book.
     *
     * @param levelsMax levels that a side may have.
     */
    static long[] newCells(final int levelsMax)
    {
        if (levelsMax <= 0)
        {
            throw new IllegalArgumentException("must be positive: levelsMax=" + levelsMax);
        }
        return newCellsOf(Math.min(INITIAL_CAPACITY, levelsMax));
    }

    private static long[] newCellsOf(final int capacity)
    {
        return new long[HEADS_CELLS + CELLS_PER_LEVEL * capacity];
    }

    /** Levels that a side has room for. */
    private static int capacity(final long[] cells)
    {
        return (cells.length - HEADS_CELLS) / CELLS_PER_LEVEL;
    }

    /** Reads all of a small book, else the best levels of each side and the middle one, where a search begins. */
    static long touch(final long[] cells)
    {
        long sum = 0;
        if (cells.length <= SMALL_CELLS)
        {
            for (int cell = 0; cell < cells.length; cell += CELLS_PER_LINE)
            {
                sum += cells[cell];
            }
            return sum;
        }
        return BIDS.touchBest(cells) + ASKS.touchBest(cells);
    }

    private long touchBest(final long[] cells)
    {
        final int first = first(cells);
        final int quantities = first + capacity(cells);
        final int size = size(cells);
        long sum = cells[first + (size >> 1)];
        for (int level = size - 1; level >= Math.max(0, size - TOUCHED_LEVELS); level -= CELLS_PER_LINE)
        {
            sum += cells[first + level] + cells[quantities + level];
        }
        return sum;
    }

    /** The cell of the worst level's rank. */
    private int first(final long[] cells)
    {
        return sign > 0 ? HEADS_CELLS : HEADS_CELLS + (cells.length - HEADS_CELLS >> 1);
    }

    int size(final long[] cells)
    {
        return (int)cells[head + SIZE];
    }

    private int cell(final long[] cells, final int depth)
    {
        return first(cells) + size(cells) - 1 - depth;
    }

    /** Null on an empty side. */
    long bestTicks(final long[] cells)
    {
        final int size = size(cells);
        return size > 0 ? sign * cells[first(cells) + size - 1] : Nulls.NULL_PRICE_TICKS;
    }

    long priceTicks(final long[] cells, final int depth)
    {
        return sign * cells[cell(cells, depth)];
    }

    long quantityLots(final long[] cells, final int depth)
    {
        return cells[cell(cells, depth) + capacity(cells)];
    }

    long quantityAtPrice(final long[] cells, final long priceTicks)
    {
        final int cell = find(cells, sign * priceTicks);
        return cell >= 0 ? cells[cell + capacity(cells)] : 0;
    }

    /** Sum of a hash per level: the same for the same levels however they came about. */
    long hash(final long[] cells)
    {
        return cells[head + HASH];
    }

    long droppedLevels(final long[] cells)
    {
        return cells[head + DROPPED];
    }

    void droppedLevels(final long[] cells, final long newDroppedLevels)
    {
        cells[head + DROPPED] = newDroppedLevels;
    }

    void clear(final long[] cells)
    {
        cells[head + SIZE] = 0;
        cells[head + HASH] = 0;
    }

    /**
     * Sets the quantity at a price, 0 for none.
     *
     * @param cells     of the book.
     * @param levelsMax levels that a side may have.
     * @return the cells of the book from here on, others than before when they had to grow.
     */
    long[] set(final long[] cells, final int levelsMax, final long priceTicks, final long quantityLots)
    {
        final long rank = sign * priceTicks;
        final int cell = find(cells, rank);
        if (cell < 0)
        {
            return quantityLots == 0
                ? cells
                : insert(cells, levelsMax, -(cell + 1) - first(cells), rank, quantityLots);
        }
        final int quantity = cell + capacity(cells);
        long hash = cells[head + HASH] - levelHash(rank, cells[quantity]);
        if (quantityLots == 0)
        {
            remove(cells, cell);
        }
        else
        {
            cells[quantity] = quantityLots;
            hash += levelHash(rank, quantityLots);
        }
        cells[head + HASH] = hash;
        return cells;
    }

    /** The cell of the rank; when there is none, minus the cell where it belongs, minus 1. */
    private int find(final long[] cells, final long rank)
    {
        final int first = first(cells);
        final int end = first + size(cells);
        // Most changes are at or near the best level, which is the last.
        if (end > first && cells[end - 1] == rank)
        {
            return end - 1;
        }
        return Arrays.binarySearch(cells, first, end, rank);
    }

    private void remove(final long[] cells, final int cell)
    {
        final int moved = first(cells) + size(cells) - cell - 1;
        final int quantity = cell + capacity(cells);
        System.arraycopy(cells, cell + 1, cells, cell, moved);
        System.arraycopy(cells, quantity + 1, cells, quantity, moved);
        cells[head + SIZE]--;
    }

    /** So many levels above the worst. */
    private long[] insert(
        final long[] presentCells, final int levelsMax, final int position, final long rank, final long quantityLots)
    {
        long[] cells = presentCells;
        int level = position;
        if (size(cells) == levelsMax)
        {
            cells[head + DROPPED]++;
            if (level == 0)
            {
                return cells;
            }
            final int worst = first(cells);
            cells[head + HASH] -= levelHash(cells[worst], cells[worst + capacity(cells)]);
            remove(cells, worst);
            level--;
        }
        else if (size(cells) == capacity(cells))
        {
            cells = grown(cells, levelsMax);
        }
        final int cell = first(cells) + level;
        final int quantity = cell + capacity(cells);
        final int moved = size(cells) - level;
        System.arraycopy(cells, cell, cells, cell + 1, moved);
        System.arraycopy(cells, quantity, cells, quantity + 1, moved);
        cells[cell] = rank;
        cells[quantity] = quantityLots;
        cells[head + HASH] += levelHash(rank, quantityLots);
        cells[head + SIZE]++;
        return cells;
    }

    private static long[] grown(final long[] cells, final int levelsMax)
    {
        final int capacity = capacity(cells);
        final int half = (capacity / 2 + CAPACITY_STEP - 1) / CAPACITY_STEP * CAPACITY_STEP;
        final long[] newCells = newCellsOf(Math.min(levelsMax, capacity + half));
        System.arraycopy(cells, 0, newCells, 0, HEADS_CELLS);
        BIDS.copyLevels(cells, newCells);
        ASKS.copyLevels(cells, newCells);
        return newCells;
    }

    private void copyLevels(final long[] cells, final long[] newCells)
    {
        final int first = first(cells);
        final int newFirst = first(newCells);
        System.arraycopy(cells, first, newCells, newFirst, size(cells));
        System.arraycopy(cells, first + capacity(cells), newCells, newFirst + capacity(newCells), size(cells));
    }

    private long levelHash(final long rank, final long quantityLots)
    {
        return Xxh64.chain(sign * rank, quantityLots);
    }
}
