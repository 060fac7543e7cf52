package io.lockstep.perf.work;

import io.lockstep.core.book.OrderBook;
import io.lockstep.gateways.generator.SplitMix64;

/**
 * One change of one level of a book: half of them change a quantity, a quarter each take a level away and put one back.
 */
public final class BookWork implements Work
{
    /** Where the changes are. */
    public enum Place
    {
        /** Among the best four levels. */
        TOP,
        /** Four levels around the middle. */
        MIDDLE,
        /** Among the worst four. */
        DEEP
    }

    private static final int CHANGES = 4_096;
    private static final int SPAN = 4;
    private static final int LOTS_MAX = 1_000;

    private final OrderBook book;
    private final long[] prices = new long[CHANGES];
    private final long[] lots = new long[CHANGES];
    private final boolean[] ofBids = new boolean[CHANGES];
    private int next;

    /**
     * @param levels of each side.
     */
    public BookWork(final int levels, final Place place)
    {
        book = new OrderBook(2 * levels);
        book.beginSnapshotChunk(0, 0);
        for (int level = 0; level < levels; level++)
        {
            book.setBid(price(true, level), LOTS_MAX);
            book.setAsk(price(false, level), LOTS_MAX);
        }
        book.endSnapshot(0);
        final int first = switch (place)
        {
            case TOP -> 0;
            case MIDDLE -> (levels - SPAN) / 2;
            case DEEP -> levels - SPAN;
        };
        plan(first);
    }

    private static long price(final boolean ofBids, final int level)
    {
        return ofBids ? SampleMarket.MID_TICKS - 1 - level : SampleMarket.MID_TICKS + 1 + level;
    }

    private void plan(final int first)
    {
        final SplitMix64 random = new SplitMix64(3);
        final boolean[] absent = new boolean[2 * SPAN];
        for (int i = 0; i < CHANGES; i++)
        {
            // The last ones put back what is away, so that the circle begins as it began.
            final int slot = i < CHANGES - 2 * SPAN ? random.below(2 * SPAN) : CHANGES - 1 - i;
            final boolean isLast = i >= CHANGES - 2 * SPAN;
            ofBids[i] = slot < SPAN;
            prices[i] = price(ofBids[i], first + slot % SPAN);
            final boolean removes = !isLast && !absent[slot] && random.below(3) == 0;
            absent[slot] = removes;
            lots[i] = removes ? 0 : 1 + random.below(LOTS_MAX);
        }
    }

    @Override
    public long step()
    {
        final int change = next;
        next = next + 1 == CHANGES ? 0 : next + 1;
        if (ofBids[change])
        {
            book.setBid(prices[change], lots[change]);
        }
        else
        {
            book.setAsk(prices[change], lots[change]);
        }
        return book.bestBidTicks() + depth();
    }

    /** Levels of both sides. */
    int depth()
    {
        return book.bidDepth() + book.askDepth();
    }

    /** Steps until it comes round. */
    static int changes()
    {
        return CHANGES;
    }
}
