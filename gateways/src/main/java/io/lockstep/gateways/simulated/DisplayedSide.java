package io.lockstep.gateways.simulated;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.book.OrderBook;

import java.util.Arrays;

/**
 * The quantities on one side of an instrument that an order can see, best first, less what our own orders have taken of
 * them. Recorded markets do not know our orders: a quantity that we took stays displayed, so it is remembered per price
 * until the displayed quantity there changes.
 */
final class DisplayedSide
{
    /** Where the displayed levels come from. */
    enum Source
    {
        /** There is no market. */
        NONE,
        /** One level on each side: the close of the newest bar, or the newest trade. */
        PRINT,
        /** One level: the newest quote. */
        QUOTE, BOOK,
        /** The newest quote first, then the book's levels beyond it. */
        QUOTE_OVER_BOOK
    }

    private static final int TAKEN_INITIAL_CAPACITY = 64;

    private final boolean isBid;
    private final long sign;
    private final OrderBook book;
    private Source source = Source.NONE;
    private long topTicks = Nulls.NULL_PRICE_TICKS;
    private long topLots;
    private int bookLevelsSkipped;
    private long[] takenTicks = new long[TAKEN_INITIAL_CAPACITY];
    private long[] takenLots = new long[TAKEN_INITIAL_CAPACITY];
    private long[] displayedWhenTaken = new long[TAKEN_INITIAL_CAPACITY];
    private int takenSize;

    DisplayedSide(final boolean isBid, final OrderBook book)
    {
        this.isBid = isBid;
        this.sign = isBid ? 1 : -1;
        this.book = book;
    }

    /**
     * To be called after each event that may have changed what is displayed.
     *
     * @param newTopTicks price of the quote or print, null when that side of the quote is empty; unused for a book
     *                    alone.
     */
    void display(final Source newSource, final long newTopTicks, final long newTopLots)
    {
        source = newSource;
        topTicks = newTopTicks;
        topLots = newTopLots;
        bookLevelsSkipped = Source.QUOTE_OVER_BOOK == newSource ? bookLevelsUpToTop() : 0;
        forgetChangedTaken();
    }

    /** What was taken is there again. */
    void forgetTaken()
    {
        takenSize = 0;
    }

    int size()
    {
        return switch (source)
        {
            case NONE -> 0;
            case PRINT, QUOTE -> hasTop() ? 1 : 0;
            case BOOK -> bookDepth();
            // A newer quote without this side says that the side is empty, whatever the older book holds.
            case QUOTE_OVER_BOOK -> hasTop() ? 1 + bookDepth() - bookLevelsSkipped : 0;
        };
    }

    long priceTicks(final int level)
    {
        return switch (source)
        {
            case NONE -> Nulls.NULL_PRICE_TICKS;
            case PRINT, QUOTE -> topTicks;
            case BOOK -> bookTicks(level);
            case QUOTE_OVER_BOOK -> 0 == level ? topTicks : bookTicks(level - 1 + bookLevelsSkipped);
        };
    }

    long displayedLots(final int level)
    {
        return switch (source)
        {
            case NONE -> 0;
            case PRINT, QUOTE -> topLots;
            case BOOK -> bookLots(level);
            case QUOTE_OVER_BOOK -> 0 == level ? topLots : bookLots(level - 1 + bookLevelsSkipped);
        };
    }

    long availableLots(final int level)
    {
        final int taken = indexOfTaken(priceTicks(level));
        return taken < 0 ? displayedLots(level) : displayedLots(level) - takenLots[taken];
    }

    /** Best displayed price, or null. */
    long bestTicks()
    {
        return size() > 0 ? priceTicks(0) : Nulls.NULL_PRICE_TICKS;
    }

    /** Whether an order of the other side with this limit accepts the level's price. */
    boolean reaches(final int level, final long limitTicks)
    {
        return sign * priceTicks(level) >= sign * limitTicks;
    }

    /** Quantity that an order of the other side could take now, counted up to a maximum. */
    long availableLots(final long limitTicks, final long lotsMax)
    {
        final int size = size();
        long lots = 0;
        for (int level = 0; level < size && lots < lotsMax && reaches(level, limitTicks); level++)
        {
            lots += Math.min(availableLots(level), lotsMax - lots);
        }
        return lots;
    }

    /** Takes from the best level on and returns how much there was. */
    long take(final long limitTicks, final long lotsMax)
    {
        final int size = size();
        long lots = 0;
        for (int level = 0; level < size && lots < lotsMax && reaches(level, limitTicks); level++)
        {
            lots += takeAt(level, lotsMax - lots);
        }
        return lots;
    }

    /** Takes of one level and returns how much there was. */
    long takeAt(final int level, final long lotsMax)
    {
        final long lots = Math.min(availableLots(level), lotsMax);
        if (lots > 0)
        {
            remember(priceTicks(level), displayedLots(level), lots);
        }
        return lots;
    }

    /**
     * Displayed quantity that an order of this side arriving at the price would stand behind, or
     * {@link VenueOrder#UNKNOWN_QUEUE} where the market data does not reach.
     */
    long queueLots(final long priceTicks)
    {
        return switch (source)
        {
            case NONE, PRINT -> VenueOrder.UNKNOWN_QUEUE;
            case QUOTE -> isBeyondTop(priceTicks) ? VenueOrder.UNKNOWN_QUEUE : topQueueLots(priceTicks);
            case BOOK -> bookQueueLots(priceTicks);
            case QUOTE_OVER_BOOK -> isBeyondTop(priceTicks) ? bookQueueLots(priceTicks) : topQueueLots(priceTicks);
        };
    }

    private boolean hasTop()
    {
        return Nulls.NULL_PRICE_TICKS != topTicks;
    }

    private boolean isBeyondTop(final long priceTicks)
    {
        return hasTop() && sign * priceTicks < sign * topTicks;
    }

    private long topQueueLots(final long priceTicks)
    {
        return hasTop() && priceTicks == topTicks ? topLots : 0;
    }

    private long bookQueueLots(final long priceTicks)
    {
        final int depth = bookDepth();
        if (depth > 0 && sign * priceTicks < sign * bookTicks(depth - 1))
        {
            return VenueOrder.UNKNOWN_QUEUE;
        }
        return isBid ? book.bidQuantityAtPrice(priceTicks) : book.askQuantityAtPrice(priceTicks);
    }

    private int bookLevelsUpToTop()
    {
        final int depth = bookDepth();
        int level = 0;
        while (hasTop() && level < depth && sign * bookTicks(level) >= sign * topTicks)
        {
            level++;
        }
        return level;
    }

    private int bookDepth()
    {
        return isBid ? book.bidDepth() : book.askDepth();
    }

    private long bookTicks(final int depth)
    {
        return isBid ? book.bidPriceTicks(depth) : book.askPriceTicks(depth);
    }

    private long bookLots(final int depth)
    {
        return isBid ? book.bidQuantityLots(depth) : book.askQuantityLots(depth);
    }

    /** What is displayed at the price; 0 also where the market data does not reach. */
    private long displayedLotsAtPrice(final long priceTicks)
    {
        return switch (source)
        {
            case NONE -> 0;
            case PRINT, QUOTE -> topQueueLots(priceTicks);
            case BOOK -> isBid ? book.bidQuantityAtPrice(priceTicks) : book.askQuantityAtPrice(priceTicks);
            case QUOTE_OVER_BOOK -> isBeyondTop(priceTicks)
                ? isBid ? book.bidQuantityAtPrice(priceTicks) : book.askQuantityAtPrice(priceTicks)
                : topQueueLots(priceTicks);
        };
    }

    private int indexOfTaken(final long priceTicks)
    {
        for (int i = 0; i < takenSize; i++)
        {
            if (takenTicks[i] == priceTicks)
            {
                return i;
            }
        }
        return -1;
    }

    private void remember(final long priceTicks, final long displayedLots, final long lots)
    {
        int index = indexOfTaken(priceTicks);
        if (index < 0)
        {
            index = takenSize++;
            if (index == takenTicks.length)
            {
                growTaken();
            }
            takenTicks[index] = priceTicks;
            takenLots[index] = 0;
            displayedWhenTaken[index] = displayedLots;
        }
        takenLots[index] += lots;
    }

    /** At most to the number of displayed levels. */
    private void growTaken()
    {
        takenTicks = Arrays.copyOf(takenTicks, takenSize * 2);
        takenLots = Arrays.copyOf(takenLots, takenSize * 2);
        displayedWhenTaken = Arrays.copyOf(displayedWhenTaken, takenSize * 2);
    }

    private void forgetChangedTaken()
    {
        if (Source.NONE == source)
        {
            // A snapshot on its way shows nothing yet; that is no change of what it will show.
            return;
        }
        for (int i = takenSize - 1; i >= 0; i--)
        {
            if (displayedLotsAtPrice(takenTicks[i]) != displayedWhenTaken[i])
            {
                takenSize--;
                takenTicks[i] = takenTicks[takenSize];
                takenLots[i] = takenLots[takenSize];
                displayedWhenTaken[i] = displayedWhenTaken[takenSize];
            }
        }
    }
}
