package io.lockstep.core.book;

import io.lockstep.codecs.Nulls;

/**
 * The book of one instrument by price level, to be read; depth 0 is the best level. Valid during a call to a strategy; it follows
 * the book. No allocation.
 */
public interface BookView
{
    boolean isSynchronised();

    /** Update id of the newest snapshot or change applied, or {@link Nulls#NULL_UPDATE_ID}. */
    long updateId();

    int bidDepth();

    int askDepth();

    /** Best bid, or {@link Nulls#NULL_PRICE_TICKS} on an empty side. */
    long bestBidTicks();

    long bestAskTicks();

    /** Whether the best bid is at or above the best ask. */
    boolean isCrossed();

    /** Levels that did not fit since the start. */
    long droppedLevels();

    long bidPriceTicks(int depth);

    long bidQuantityLots(int depth);

    long askPriceTicks(int depth);

    long askQuantityLots(int depth);

    long bidQuantityAtPrice(long priceTicks);

    long askQuantityAtPrice(long priceTicks);
}
