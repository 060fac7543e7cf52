package io.lockstep.core.market;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.book.BookView;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.Side;

/**
 * What is known of one instrument's market, to be read: prices in ticks, quantities in lots, times in sequenced nanoseconds. Valid
 * during a call to a strategy; it follows the market. No allocation.
 */
public interface MarketView
{
    Instrument instrument();

    BookView book();

    /** Best bid, or {@link Nulls#NULL_PRICE_TICKS}. */
    long bestBidTicks();

    long bestBidLots();

    /** Best offer, or {@link Nulls#NULL_PRICE_TICKS}. */
    long bestAskTicks();

    long bestAskLots();

    boolean hasBestBidOffer();

    /** Sum of best bid and offer, twice the mid price; only while {@link #hasBestBidOffer()}. */
    long twiceMidTicks();

    /**
     * What a position is valued at: the mid rounded down, else the last trade, else the last close, else null.
     */
    long markTicks();

    /** What the venue says of a derivative beside its market; it follows what the venue says, and is empty before. */
    ReferencePriceView reference();

    /** The kind of the newest event. */
    MarketEvent lastEvent();

    /** Sequenced time of the newest event other than a status, or null. */
    long lastEventNs();

    long lastTradeTicks();

    long lastTradeLots();

    /** Side of the taker in the last trade. */
    Side lastTradeSide();

    long barOpenTicks();

    long barHighTicks();

    long barLowTicks();

    long barCloseTicks();

    long barVolumeLots();

    boolean isLive();

    FeedCondition condition();

    /** Why the condition is what it is. */
    FeedReason reason();
}
