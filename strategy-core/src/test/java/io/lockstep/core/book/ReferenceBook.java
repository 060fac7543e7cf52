package io.lockstep.core.book;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a book is, as plainly as it can be said: two sorted maps from price to quantity, best price first, each of which
 * gives up its worst level when there is one too many.
 */
final class ReferenceBook
{
    final TreeMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
    final TreeMap<Long, Long> asks = new TreeMap<>();
    private final int levelsMax;
    private long droppedLevels;

    ReferenceBook(final int levelsMax)
    {
        this.levelsMax = levelsMax;
    }

    void set(final TreeMap<Long, Long> side, final long priceTicks, final long quantityLots)
    {
        if (quantityLots == 0)
        {
            side.remove(priceTicks);
            return;
        }
        side.put(priceTicks, quantityLots);
        if (side.size() > levelsMax)
        {
            side.pollLastEntry();
            droppedLevels++;
        }
    }

    void clear()
    {
        bids.clear();
        asks.clear();
    }

    long droppedLevels()
    {
        return droppedLevels;
    }

    boolean isCrossed()
    {
        return !bids.isEmpty() && !asks.isEmpty() && bids.firstKey() > asks.firstKey();
    }

    boolean isLocked()
    {
        return !bids.isEmpty() && bids.firstKey().equals(asks.isEmpty() ? null : asks.firstKey());
    }

    static List<String> levels(final TreeMap<Long, Long> side)
    {
        final List<String> levels = new ArrayList<>(side.size());
        for (final Map.Entry<Long, Long> level : side.entrySet())
        {
            levels.add(level.getValue() + "@" + level.getKey());
        }
        return levels;
    }

    static List<String> bidLevels(final OrderBook book)
    {
        final List<String> levels = new ArrayList<>(book.bidDepth());
        for (int depth = 0; depth < book.bidDepth(); depth++)
        {
            levels.add(book.bidQuantityLots(depth) + "@" + book.bidPriceTicks(depth));
        }
        return levels;
    }

    static List<String> askLevels(final OrderBook book)
    {
        final List<String> levels = new ArrayList<>(book.askDepth());
        for (int depth = 0; depth < book.askDepth(); depth++)
        {
            levels.add(book.askQuantityLots(depth) + "@" + book.askPriceTicks(depth));
        }
        return levels;
    }
}
