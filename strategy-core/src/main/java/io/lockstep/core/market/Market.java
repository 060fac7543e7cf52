package io.lockstep.core.market;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.book.OrderBook;
import io.lockstep.sbe.BarDecoder;
import io.lockstep.sbe.BestBidOfferDecoder;
import io.lockstep.sbe.BookSnapshotDecoder;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.FeedStatusDecoder;
import io.lockstep.sbe.MarketSectionDecoder;
import io.lockstep.sbe.MarketSectionEncoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TradeDecoder;

/**
 * What is known of one instrument's market: the depth book, the venue's own best bid and offer, the last trade and bar, and
 * whether all that can be relied on.
 * <p>
 * The best bid and offer is the newer of quote and book top by update id. A quote never alters the book. A quote older than
 * the one before is left, but for the first after a FeedStatus or after a snapshot with a lower id: the venue may have begun
 * to count anew.
 * <p>
 * A price is more than 0, and so is the quantity of a quote or a trade. What is not is how a feed says that there is none: such
 * a level and such a side of a quote are absent; such a trade, and a bar whose low is not its least or whose high is not its
 * greatest price, say no more than a status and reach no strategy. No instrument has prices of 0 or below.
 * <p>
 * The market is LIVE or STALE. It starts STALE for want of a snapshot. A snapshot makes it LIVE; so does a quote, a trade or a
 * bar while no depth change has been seen: an instrument is live by the kinds of data that it has. A gap, a change without a snapshot, a crossed book
 * and a FeedStatus make it STALE; a snapshot, an uncrossed book after a crossed one, and a FeedStatus make it LIVE again.
 * STALE for SILENT leaves the book as it is and is only said of a market that is LIVE; LIVE for SILENT ends that and nothing
 * else.
 */
public final class Market
{
    private final Instrument instrument;
    private final OrderBook book;

    // First what every input needs: HotSpot lays fields of one size out in this order.
    private long lastEventNs = Nulls.NULL_TIME_NS;
    private long quietHash;
    private boolean isQuietHashed;

    private long quoteUpdateId = Nulls.NULL_UPDATE_ID;
    private boolean quoteIsNewest;
    private long quoteBidTicks = Nulls.NULL_PRICE_TICKS;
    private long quoteBidLots;
    private long quoteAskTicks = Nulls.NULL_PRICE_TICKS;
    private long quoteAskLots;

    private MarketEvent lastEvent = MarketEvent.STATUS;
    private long lastTradeTicks = Nulls.NULL_PRICE_TICKS;
    private long lastTradeLots;
    private Side lastTradeSide = Side.NULL_VAL;
    private long barOpenTicks = Nulls.NULL_PRICE_TICKS;
    private long barHighTicks = Nulls.NULL_PRICE_TICKS;
    private long barLowTicks = Nulls.NULL_PRICE_TICKS;
    private long barCloseTicks = Nulls.NULL_PRICE_TICKS;
    private long barVolumeLots;

    private FeedCondition condition = FeedCondition.STALE;
    private FeedReason reason = FeedReason.NO_SNAPSHOT;
    private long expected = Nulls.NULL_LONG;
    private long actual = Nulls.NULL_LONG;
    private boolean depthSeen;
    private boolean quoteIdBinds;

    /**
     * @param bookLevelsMax levels the book keeps on each side.
     */
    public Market(final Instrument instrument, final int bookLevelsMax)
    {
        this.instrument = instrument;
        this.book = new OrderBook(bookLevelsMax);
    }

    public Instrument instrument()
    {
        return instrument;
    }

    public OrderBook book()
    {
        return book;
    }

    /** Reads what a change of the book needs of the object, to have it in the caches; the sum means nothing. */
    public long touch()
    {
        return lastEventNs + lastEvent.code();
    }

    /** Best bid, or {@link Nulls#NULL_PRICE_TICKS}. */
    public long bestBidTicks()
    {
        return quoteIsNewest ? quoteBidTicks : book.bestBidTicks();
    }

    public long bestBidLots()
    {
        return quoteIsNewest ? quoteBidLots : book.bidDepth() > 0 ? book.bidQuantityLots(0) : 0;
    }

    /** Best offer, or {@link Nulls#NULL_PRICE_TICKS}. */
    public long bestAskTicks()
    {
        return quoteIsNewest ? quoteAskTicks : book.bestAskTicks();
    }

    public long bestAskLots()
    {
        return quoteIsNewest ? quoteAskLots : book.askDepth() > 0 ? book.askQuantityLots(0) : 0;
    }

    public boolean hasBestBidOffer()
    {
        return bestBidTicks() != Nulls.NULL_PRICE_TICKS && bestAskTicks() != Nulls.NULL_PRICE_TICKS;
    }

    /** Sum of best bid and offer, twice the mid price; only while {@link #hasBestBidOffer()}. */
    public long twiceMidTicks()
    {
        return bestBidTicks() + bestAskTicks();
    }

    /**
     * What a position is valued at: the mid rounded down, else the last trade, else the last close, else null.
     */
    public long markTicks()
    {
        if (hasBestBidOffer())
        {
            return Math.floorDiv(twiceMidTicks(), 2L);
        }
        return lastTradeTicks != Nulls.NULL_PRICE_TICKS ? lastTradeTicks : barCloseTicks;
    }

    /** The kind of the newest event. */
    public MarketEvent lastEvent()
    {
        return lastEvent;
    }

    /** Sequenced time of the newest event other than a status, or null. */
    public long lastEventNs()
    {
        return lastEventNs;
    }

    public long lastTradeTicks()
    {
        return lastTradeTicks;
    }

    public long lastTradeLots()
    {
        return lastTradeLots;
    }

    /** Side of the taker in the last trade. */
    public Side lastTradeSide()
    {
        return lastTradeSide;
    }

    public long barOpenTicks()
    {
        return barOpenTicks;
    }

    public long barHighTicks()
    {
        return barHighTicks;
    }

    public long barLowTicks()
    {
        return barLowTicks;
    }

    public long barCloseTicks()
    {
        return barCloseTicks;
    }

    public long barVolumeLots()
    {
        return barVolumeLots;
    }

    public boolean isLive()
    {
        return condition == FeedCondition.LIVE;
    }

    public FeedCondition condition()
    {
        return condition;
    }

    /** Why the condition is what it is. */
    public FeedReason reason()
    {
        return reason;
    }

    public long expected()
    {
        return expected;
    }

    public long actual()
    {
        return actual;
    }

    public void onBookUpdate(final BookUpdateDecoder update, final long nowNs)
    {
        onDepth();
        event(MarketEvent.BOOK, nowNs);
        final long bookUpdateId = book.updateId();
        switch (book.beginUpdate(update.previousUpdateId(), update.updateId()))
        {
            case APPLY -> applyLevels(update);
            case DISCARD -> onDiscarded();
            case GAP -> stale(FeedReason.SEQUENCE_GAP, bookUpdateId, update.previousUpdateId());
        }
    }

    private void onDepth()
    {
        if (!depthSeen)
        {
            depthSeen = true;
            isQuietHashed = false;
        }
    }

    private void applyLevels(final BookUpdateDecoder update)
    {
        for (BookUpdateDecoder.BidsDecoder bids = update.bids(); bids.hasNext();)
        {
            bids.next();
            setBid(bids.priceTicks(), bids.quantityLots());
        }
        for (BookUpdateDecoder.AsksDecoder asks = update.asks(); asks.hasNext();)
        {
            asks.next();
            setAsk(asks.priceTicks(), asks.quantityLots());
        }
        onBookChanged();
    }

    private void setBid(final long priceTicks, final long quantityLots)
    {
        if (priceTicks > 0)
        {
            book.setBid(priceTicks, quantityLots);
        }
    }

    private void setAsk(final long priceTicks, final long quantityLots)
    {
        if (priceTicks > 0)
        {
            book.setAsk(priceTicks, quantityLots);
        }
    }

    private void onDiscarded()
    {
        if (!book.isSynchronised() && isLive())
        {
            stale(FeedReason.NO_SNAPSHOT, Nulls.NULL_LONG, Nulls.NULL_LONG);
        }
    }

    public void onBookSnapshot(final BookSnapshotDecoder snapshot, final long nowNs)
    {
        onDepth();
        event(MarketEvent.BOOK, nowNs);
        if (!book.beginSnapshotChunk(snapshot.chunkIndex(), snapshot.updateId()))
        {
            onDiscarded();
            return;
        }
        for (BookSnapshotDecoder.BidsDecoder bids = snapshot.bids(); bids.hasNext();)
        {
            bids.next();
            setBid(bids.priceTicks(), bids.quantityLots());
        }
        for (BookSnapshotDecoder.AsksDecoder asks = snapshot.asks(); asks.hasNext();)
        {
            asks.next();
            setAsk(asks.priceTicks(), asks.quantityLots());
        }
        if (snapshot.chunkIndex() == snapshot.chunkCount() - 1)
        {
            book.endSnapshot(snapshot.updateId());
            onSnapshotId(snapshot.updateId());
            live();
            onBookChanged();
        }
        else if (isLive())
        {
            // Until the last chunk there is but a part of a book.
            stale(FeedReason.NO_SNAPSHOT, Nulls.NULL_LONG, Nulls.NULL_LONG);
        }
    }

    /** A quote newer than the snapshot stays what it is, unless the feed was interrupted since: then it is of before. */
    private void onSnapshotId(final long snapshotUpdateId)
    {
        if (quoteUpdateId != Nulls.NULL_UPDATE_ID && snapshotUpdateId < quoteUpdateId)
        {
            quoteIsNewest = quoteIsNewest && quoteIdBinds;
            quoteIdBinds = false;
            isQuietHashed = false;
        }
    }

    private void onBookChanged()
    {
        quoteIsNewest = quoteIsNewest && quoteUpdateId != Nulls.NULL_UPDATE_ID && quoteUpdateId > book.updateId();
        checkCrossed();
    }

    private void checkCrossed()
    {
        if (book.isCrossed())
        {
            // What made it stale before is not healed by uncrossing.
            if (isLive())
            {
                stale(FeedReason.CROSSED_BOOK, book.bestBidTicks(), book.bestAskTicks());
            }
        }
        else if (reason == FeedReason.CROSSED_BOOK)
        {
            live();
        }
    }

    public void onBestBidOffer(final BestBidOfferDecoder quote, final long nowNs)
    {
        event(MarketEvent.QUOTE, nowNs);
        isQuietHashed = false;
        final long updateId = quote.updateId();
        if (quoteIdBinds && updateId != Nulls.NULL_UPDATE_ID && quoteUpdateId != Nulls.NULL_UPDATE_ID &&
            updateId < quoteUpdateId)
        {
            return;
        }
        quoteUpdateId = updateId;
        quoteIdBinds = true;
        quoteBidTicks = quote.bidPriceTicks();
        quoteBidLots = quote.bidQuantityLots();
        if (!isPriced(quoteBidTicks, quoteBidLots))
        {
            quoteBidTicks = Nulls.NULL_PRICE_TICKS;
            quoteBidLots = 0;
        }
        quoteAskTicks = quote.askPriceTicks();
        quoteAskLots = quote.askQuantityLots();
        if (!isPriced(quoteAskTicks, quoteAskLots))
        {
            quoteAskTicks = Nulls.NULL_PRICE_TICKS;
            quoteAskLots = 0;
        }
        quoteIsNewest = !book.isSynchronised() || updateId == Nulls.NULL_UPDATE_ID || updateId >= book.updateId();
        liveWithoutDepth();
    }

    public void onTrade(final TradeDecoder trade, final long nowNs)
    {
        final long priceTicks = trade.priceTicks();
        final long quantityLots = trade.quantityLots();
        if (!isPriced(priceTicks, quantityLots))
        {
            lastEvent = MarketEvent.STATUS;
            return;
        }
        event(MarketEvent.TRADE, nowNs);
        isQuietHashed = false;
        lastTradeTicks = priceTicks;
        lastTradeLots = quantityLots;
        lastTradeSide = trade.aggressorSide();
        liveWithoutDepth();
    }

    private static boolean isPriced(final long priceTicks, final long quantityLots)
    {
        return priceTicks > 0 && quantityLots > 0;
    }

    public void onBar(final BarDecoder bar, final long nowNs)
    {
        final long openTicks = bar.openTicks();
        final long highTicks = bar.highTicks();
        final long lowTicks = bar.lowTicks();
        final long closeTicks = bar.closeTicks();
        if (!isPossible(openTicks, highTicks, lowTicks, closeTicks))
        {
            lastEvent = MarketEvent.STATUS;
            return;
        }
        event(MarketEvent.BAR, nowNs);
        isQuietHashed = false;
        barOpenTicks = openTicks;
        barHighTicks = highTicks;
        barLowTicks = lowTicks;
        barCloseTicks = closeTicks;
        barVolumeLots = bar.volumeLots();
        liveWithoutDepth();
    }

    private static boolean isPossible(final long open, final long high, final long low, final long close)
    {
        return low > 0 && low <= open && low <= close && high >= open && high >= close;
    }

    public void onFeedStatus(final FeedStatusDecoder status)
    {
        lastEvent = MarketEvent.STATUS;
        isQuietHashed = false;
        switch (status.condition())
        {
            case LIVE -> onFeedLive(status.reason());
            case STALE -> onFeedStale(status.reason(), status.expected(), status.actual());
            case END, NULL_VAL, SBE_UNKNOWN -> {
                // The end of a recording leaves the market as it was last seen; its age makes it stale in time.
            }
        }
    }

    private void onFeedLive(final FeedReason liveReason)
    {
        quoteIdBinds = false;
        if (liveReason == FeedReason.SILENT)
        {
            onFeedHeard();
        }
        else if (!depthSeen)
        {
            live();
        }
        else if (book.isSynchronised())
        {
            live();
            checkCrossed();
        }
    }

    /** It heals what the silence did, and no more: what else is wrong has its own cure. */
    private void onFeedHeard()
    {
        if (reason != FeedReason.SILENT)
        {
            return;
        }
        if (depthSeen && !book.isSynchronised())
        {
            stale(FeedReason.NO_SNAPSHOT, Nulls.NULL_LONG, Nulls.NULL_LONG);
            return;
        }
        live();
        checkCrossed();
    }

    private void onFeedStale(final FeedReason newReason, final long newExpected, final long newActual)
    {
        quoteIdBinds = false;
        switch (newReason)
        {
            case SILENT -> {
                if (!isLive())
                {
                    // Silence adds nothing to what is wrong, and its end would cure it.
                    return;
                }
            }
            case SEQUENCE_GAP, NO_SNAPSHOT, SOURCE_GAP, DISCONNECTED -> book.desynchronise();
            case NONE, BAD_INPUT, OFF_GRID, CROSSED_BOOK, CLOCK_BACKWARDS, NULL_VAL, SBE_UNKNOWN -> {
                // The book's own update ids tell whether a change was lost.
            }
        }
        stale(newReason, newExpected, newActual);
    }

    private void event(final MarketEvent event, final long nowNs)
    {
        lastEvent = event;
        lastEventNs = nowNs;
    }

    private void liveWithoutDepth()
    {
        if (!depthSeen && reason == FeedReason.NO_SNAPSHOT)
        {
            live();
        }
    }

    private void live()
    {
        isQuietHashed = false;
        condition = FeedCondition.LIVE;
        reason = FeedReason.NONE;
        expected = Nulls.NULL_LONG;
        actual = Nulls.NULL_LONG;
    }

    private void stale(final FeedReason newReason, final long newExpected, final long newActual)
    {
        isQuietHashed = false;
        condition = FeedCondition.STALE;
        reason = newReason;
        expected = newExpected;
        actual = newActual;
    }

    /** Writes the message's fields; the book is saved apart. The encoder must be wrapped. */
    public void save(final MarketSectionEncoder section)
    {
        section.condition(condition).reason(reason).expected(expected).actual(actual)
            .depthSeen(depthSeen ? BooleanType.TRUE : BooleanType.FALSE)
            .quoteIsNewest(quoteIsNewest ? BooleanType.TRUE : BooleanType.FALSE)
            .quoteIdBinds(quoteIdBinds ? BooleanType.TRUE : BooleanType.FALSE)
            .quoteUpdateId(quoteUpdateId)
            .quoteBidTicks(quoteBidTicks).quoteBidLots(quoteBidLots)
            .quoteAskTicks(quoteAskTicks).quoteAskLots(quoteAskLots)
            .lastEvent((short)lastEvent.code()).lastEventNs(lastEventNs)
            .lastTradeTicks(lastTradeTicks).lastTradeLots(lastTradeLots).lastTradeSide(lastTradeSide)
            .barOpenTicks(barOpenTicks).barHighTicks(barHighTicks).barLowTicks(barLowTicks)
            .barCloseTicks(barCloseTicks).barVolumeLots(barVolumeLots);
    }

    public void restore(final MarketSectionDecoder section)
    {
        isQuietHashed = false;
        condition = section.condition();
        reason = section.reason();
        expected = section.expected();
        actual = section.actual();
        depthSeen = section.depthSeen() == BooleanType.TRUE;
        quoteIsNewest = section.quoteIsNewest() == BooleanType.TRUE;
        quoteIdBinds = section.quoteIdBinds() == BooleanType.TRUE;
        quoteUpdateId = section.quoteUpdateId();
        quoteBidTicks = section.quoteBidTicks();
        quoteBidLots = section.quoteBidLots();
        quoteAskTicks = section.quoteAskTicks();
        quoteAskLots = section.quoteAskLots();
        lastEvent = MarketEvent.of(section.lastEvent());
        lastEventNs = section.lastEventNs();
        lastTradeTicks = section.lastTradeTicks();
        lastTradeLots = section.lastTradeLots();
        lastTradeSide = section.lastTradeSide();
        barOpenTicks = section.barOpenTicks();
        barHighTicks = section.barHighTicks();
        barLowTicks = section.barLowTicks();
        barCloseTicks = section.barCloseTicks();
        barVolumeLots = section.barVolumeLots();
    }

    /** Of what a change of the book leaves alone it is kept. */
    public long stateHash()
    {
        if (!isQuietHashed)
        {
            quietHash = quietHash();
            isQuietHashed = true;
        }
        long hash = Xxh64.chain(quietHash, (quoteIsNewest ? 1L : 0L) | (long)lastEvent.code() << 8 |
            (long)condition.value() << 16 | (long)reason.value() << 24);
        hash = Xxh64.chain(hash, lastEventNs);
        return Xxh64.chain(hash, book.stateHash());
    }

    private long quietHash()
    {
        long newHash = Xxh64.chain((depthSeen ? 1L : 0L) | (quoteIdBinds ? 2L : 0L), quoteUpdateId);
        newHash = Xxh64.chain(newHash, quoteBidTicks);
        newHash = Xxh64.chain(newHash, quoteBidLots);
        newHash = Xxh64.chain(newHash, quoteAskTicks);
        newHash = Xxh64.chain(newHash, quoteAskLots);
        newHash = Xxh64.chain(newHash, lastTradeTicks);
        newHash = Xxh64.chain(newHash, lastTradeLots);
        newHash = Xxh64.chain(newHash, lastTradeSide.value());
        newHash = Xxh64.chain(newHash, expected);
        newHash = Xxh64.chain(newHash, actual);
        newHash = Xxh64.chain(newHash, barOpenTicks);
        newHash = Xxh64.chain(newHash, barHighTicks);
        newHash = Xxh64.chain(newHash, barLowTicks);
        newHash = Xxh64.chain(newHash, barCloseTicks);
        return Xxh64.chain(newHash, barVolumeLots);
    }
}
