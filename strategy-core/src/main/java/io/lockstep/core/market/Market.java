package io.lockstep.core.market;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.InstrumentSettings;
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
 * bar while no depth change has been seen: an instrument is live by the kinds of data that it has. A gap, a change without a
 * snapshot, a crossed book and a FeedStatus make it STALE; a snapshot, an uncrossed book after a crossed one, and a FeedStatus
 * make it LIVE again. A locked book, best bid at best ask, counts as crossed only where the instrument's settings say so.
 * STALE for SILENT leaves the book as it is and is only said of a market that is LIVE; LIVE for SILENT ends that and nothing
 * else.
 * <p>
 * A FeedStatus is about the kinds of data whose newest came from its source. Of these the market is STALE by one kind alone, the
 * {@link #mainKind()}: depth, where there is none quotes, then trades, then bars. The silence of a source of another kind is
 * kept for whoever relies on that kind, see {@link #isSilent}. Another source that brings the main kind ends a silence.
 * <p>
 * Each kind has its own age, {@link #ageNs}. What is left, a discarded change or a quote of before the newest, and data of
 * another kind do not make it younger.
 * <p>
 * While the book is not whole for want of a snapshot, or crossed for longer than the instrument's settings allow, the source of
 * the book is to be asked for a snapshot, see {@link #wantsSnapshot}.
 */
public final class Market implements MarketView
{
    private Instrument instrument;
    private final ReferencePrice reference = new ReferencePrice();
    private final OrderBook book;
    private final FeedHealth feeds = new FeedHealth();
    private final SnapshotRequests snapshots = new SnapshotRequests();

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
    private long crossedSinceNs = Nulls.NULL_TIME_NS;
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

    @Override
    public Instrument instrument()
    {
        return instrument;
    }

    /** The definition may have another order grid and other rules for the book, see {@link Instrument#canFollow}. */
    public void redefine(final Instrument newInstrument)
    {
        instrument = newInstrument;
    }

    @Override
    public OrderBook book()
    {
        return book;
    }

    /** Reads what a change of the book needs of the object, to have it in the caches; the sum means nothing. */
    public long touch()
    {
        return lastEventNs + lastEvent.code() + feeds.touch();
    }

    @Override
    public long bestBidTicks()
    {
        return quoteIsNewest ? quoteBidTicks : book.bestBidTicks();
    }

    @Override
    public long bestBidLots()
    {
        return quoteIsNewest ? quoteBidLots : book.bidDepth() > 0 ? book.bidQuantityLots(0) : 0;
    }

    @Override
    public long bestAskTicks()
    {
        return quoteIsNewest ? quoteAskTicks : book.bestAskTicks();
    }

    @Override
    public long bestAskLots()
    {
        return quoteIsNewest ? quoteAskLots : book.askDepth() > 0 ? book.askQuantityLots(0) : 0;
    }

    @Override
    public boolean hasBestBidOffer()
    {
        return quoteIsNewest
            ? quoteBidTicks != Nulls.NULL_PRICE_TICKS && quoteAskTicks != Nulls.NULL_PRICE_TICKS
            : book.isTwoSided();
    }

    @Override
    public long twiceMidTicks()
    {
        return bestBidTicks() + bestAskTicks();
    }

    @Override
    public ReferencePrice reference()
    {
        return reference;
    }

    @Override
    public long markTicks()
    {
        final long bidTicks = bestBidTicks();
        final long askTicks = bestAskTicks();
        if (bidTicks != Nulls.NULL_PRICE_TICKS && askTicks != Nulls.NULL_PRICE_TICKS)
        {
            return Math.floorDiv(bidTicks + askTicks, 2L);
        }
        return lastTradeTicks != Nulls.NULL_PRICE_TICKS ? lastTradeTicks : barCloseTicks;
    }

    /** The kind that best bid and offer are of: the newer of depth and quotes. */
    public MarketEvent touchKind()
    {
        return quoteIsNewest ? MarketEvent.QUOTE : MarketEvent.BOOK;
    }

    /** The kind that {@link #markTicks()} is of; means nothing while that is null. */
    public MarketEvent markKind()
    {
        if (hasBestBidOffer())
        {
            return touchKind();
        }
        return lastTradeTicks != Nulls.NULL_PRICE_TICKS ? MarketEvent.TRADE : MarketEvent.BAR;
    }

    /** The kind that the market is live by. */
    public MarketEvent mainKind()
    {
        if (depthSeen)
        {
            return MarketEvent.BOOK;
        }
        if (feeds.isSeen(MarketEvent.QUOTE))
        {
            return MarketEvent.QUOTE;
        }
        return feeds.isSeen(MarketEvent.TRADE) ? MarketEvent.TRADE : MarketEvent.BAR;
    }

    /**
     * Nanoseconds from when the newest of the kind that counted is, see {@link ReceiptTime}, to a sequenced time; 0 or more,
     * and {@link Long#MAX_VALUE} before the first.
     *
     * @param kind any but the status.
     */
    public long ageNs(final MarketEvent kind, final long nowNs)
    {
        final long receivedNs = feeds.receivedNs(kind);
        return receivedNs == Nulls.NULL_TIME_NS ? Long.MAX_VALUE : Math.max(0, nowNs - receivedNs);
    }

    /** Whether the source of the newest of the kind has been silent since, or is gone. */
    public boolean isSilent(final MarketEvent kind)
    {
        return feeds.isSilent(kind);
    }

    /** Whether the newest of some kind came from the source. */
    public boolean hasSource(final int sourceId)
    {
        return feeds.isSource(sourceId);
    }

    /**
     * Whether the newest input makes a request for a snapshot of the book to {@link #bookSourceId()}: the book is not whole, or
     * crossed for too long, and no request was made for that within the second before.
     */
    public boolean wantsSnapshot()
    {
        return !isLive() && snapshots.isDue();
    }

    /** Source of the newest depth; has no meaning before the first. */
    public int bookSourceId()
    {
        return feeds.sourceId(MarketEvent.BOOK);
    }

    @Override
    public MarketEvent lastEvent()
    {
        return lastEvent;
    }

    @Override
    public long lastEventNs()
    {
        return lastEventNs;
    }

    @Override
    public long lastTradeTicks()
    {
        return lastTradeTicks;
    }

    @Override
    public long lastTradeLots()
    {
        return lastTradeLots;
    }

    @Override
    public Side lastTradeSide()
    {
        return lastTradeSide;
    }

    @Override
    public long barOpenTicks()
    {
        return barOpenTicks;
    }

    @Override
    public long barHighTicks()
    {
        return barHighTicks;
    }

    @Override
    public long barLowTicks()
    {
        return barLowTicks;
    }

    @Override
    public long barCloseTicks()
    {
        return barCloseTicks;
    }

    @Override
    public long barVolumeLots()
    {
        return barVolumeLots;
    }

    @Override
    public boolean isLive()
    {
        return condition == FeedCondition.LIVE;
    }

    @Override
    public FeedCondition condition()
    {
        return condition;
    }

    @Override
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

    /**
     * @param receivedNs from when the data is, see {@link ReceiptTime}.
     * @param nowNs      sequenced time.
     */
    public void onBookUpdate(
        final BookUpdateDecoder update, final int sourceId, final long receivedNs, final long nowNs)
    {
        onDepth();
        event(MarketEvent.BOOK, sourceId, nowNs);
        final long bookUpdateId = book.updateId();
        switch (book.beginUpdate(update.previousUpdateId(), update.updateId()))
        {
            case APPLY -> {
                feeds.received(MarketEvent.BOOK, receivedNs);
                applyLevels(update, nowNs);
            }
            case DISCARD -> onDiscarded();
            case GAP -> onGap(bookUpdateId, update.previousUpdateId());
        }
        judgeSnapshot(nowNs);
    }

    private void onGap(final long bookUpdateId, final long previousUpdateId)
    {
        snapshots.reset();
        stale(FeedReason.SEQUENCE_GAP, bookUpdateId, previousUpdateId);
    }

    /** A market that is LIVE wants none: what makes it LIVE has reset the requests. */
    private void judgeSnapshot(final long nowNs)
    {
        if (!isLive())
        {
            snapshots.wanted(isSnapshotWanted(nowNs), nowNs);
            isQuietHashed = isQuietHashed && !snapshots.isDue();
        }
    }

    private boolean isSnapshotWanted(final long nowNs)
    {
        return switch (reason)
        {
            case CROSSED_BOOK, LOCKED_BOOK -> isBookMissing() || isCrossedTooLong(nowNs);
            case SILENT -> false;
            case DISCONNECTED -> lastEvent != MarketEvent.STATUS && isBookMissing();
            case NONE, SEQUENCE_GAP, NO_SNAPSHOT, SOURCE_GAP, BAD_INPUT, OFF_GRID, CLOCK_BACKWARDS, NULL_VAL,
                SBE_UNKNOWN -> isBookMissing();
        };
    }

    private boolean isCrossedTooLong(final long nowNs)
    {
        final long healNs = instrument.settings().crossedHealNs();
        return healNs != InstrumentSettings.NEVER && nowNs - crossedSinceNs > healNs;
    }

    private boolean isBookMissing()
    {
        return feeds.isSeen(MarketEvent.BOOK) && !book.isSynchronised() && !book.isSnapshotUnderWay();
    }

    private void onDepth()
    {
        if (!depthSeen)
        {
            depthSeen = true;
            isQuietHashed = false;
        }
    }

    private void applyLevels(final BookUpdateDecoder update, final long nowNs)
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
        onBookChanged(nowNs);
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

    /** Parameters as of {@link #onBookUpdate}. The book is as old as the last chunk. */
    public void onBookSnapshot(
        final BookSnapshotDecoder snapshot, final int sourceId, final long receivedNs, final long nowNs)
    {
        onDepth();
        event(MarketEvent.BOOK, sourceId, nowNs);
        if (book.beginSnapshotChunk(snapshot.chunkIndex(), snapshot.updateId()))
        {
            applyChunk(snapshot, receivedNs, nowNs);
        }
        else
        {
            onDiscarded();
        }
        judgeSnapshot(nowNs);
    }

    private void applyChunk(final BookSnapshotDecoder snapshot, final long receivedNs, final long nowNs)
    {
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
            feeds.received(MarketEvent.BOOK, receivedNs);
            onSnapshotId(snapshot.updateId());
            onWhole(nowNs);
        }
        else if (isLive())
        {
            // Until the last chunk there is but a part of a book.
            stale(FeedReason.NO_SNAPSHOT, Nulls.NULL_LONG, Nulls.NULL_LONG);
        }
    }

    /** A snapshot that is crossed as well heals nothing: the book is crossed since when it was. */
    private void onWhole(final long nowNs)
    {
        final boolean wasCrossed = crossedSinceNs != Nulls.NULL_TIME_NS;
        if (!wasCrossed || !isBookCrossed())
        {
            live();
        }
        onBookChanged(nowNs);
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

    private void onBookChanged(final long nowNs)
    {
        quoteIsNewest = quoteIsNewest && quoteUpdateId != Nulls.NULL_UPDATE_ID && quoteUpdateId > book.updateId();
        checkCrossed(nowNs);
    }

    private void checkCrossed(final long nowNs)
    {
        if (isBookCrossed())
        {
            // What made it stale before is not healed by uncrossing.
            if (isLive())
            {
                stale(book.isCrossed() ? FeedReason.CROSSED_BOOK : FeedReason.LOCKED_BOOK,
                    book.bestBidTicks(), book.bestAskTicks());
                crossedSinceNs = nowNs;
            }
        }
        else if (isForCrossing(reason))
        {
            live();
        }
    }

    private boolean isBookCrossed()
    {
        return book.isCrossed() || instrument.settings().lockedIsCrossed() && book.isLocked();
    }

    /** Whether best bid and offer, of depth or quotes, are crossed by the rules of the instrument. */
    public boolean isCrossed()
    {
        return hasBestBidOffer() && (bestBidTicks() > bestAskTicks() ||
            instrument.settings().lockedIsCrossed() && bestBidTicks() == bestAskTicks());
    }

    private static boolean isForCrossing(final FeedReason reason)
    {
        return reason == FeedReason.CROSSED_BOOK || reason == FeedReason.LOCKED_BOOK;
    }

    /** Parameters as of {@link #onBookUpdate}. */
    public void onBestBidOffer(
        final BestBidOfferDecoder quote, final int sourceId, final long receivedNs, final long nowNs)
    {
        event(MarketEvent.QUOTE, sourceId, nowNs);
        isQuietHashed = false;
        if (!isOlderQuote(quote.updateId()))
        {
            feeds.received(MarketEvent.QUOTE, receivedNs);
            takeQuote(quote);
        }
        judgeSnapshot(nowNs);
    }

    private boolean isOlderQuote(final long updateId)
    {
        return quoteIdBinds && updateId != Nulls.NULL_UPDATE_ID && quoteUpdateId != Nulls.NULL_UPDATE_ID &&
            updateId < quoteUpdateId;
    }

    private void takeQuote(final BestBidOfferDecoder quote)
    {
        final long updateId = quote.updateId();
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

    /** Parameters as of {@link #onBookUpdate}. */
    public void onTrade(final TradeDecoder trade, final int sourceId, final long receivedNs, final long nowNs)
    {
        final long priceTicks = trade.priceTicks();
        final long quantityLots = trade.quantityLots();
        if (!isPriced(priceTicks, quantityLots))
        {
            onNothing();
            return;
        }
        event(MarketEvent.TRADE, sourceId, nowNs);
        feeds.received(MarketEvent.TRADE, receivedNs);
        isQuietHashed = false;
        lastTradeTicks = priceTicks;
        lastTradeLots = quantityLots;
        lastTradeSide = trade.aggressorSide();
        liveWithoutDepth();
        judgeSnapshot(nowNs);
    }

    /** A trade or a bar that is none. */
    private void onNothing()
    {
        lastEvent = MarketEvent.STATUS;
        snapshots.wanted(false, lastEventNs);
    }

    private static boolean isPriced(final long priceTicks, final long quantityLots)
    {
        return priceTicks > 0 && quantityLots > 0;
    }

    /** Parameters as of {@link #onBookUpdate}. */
    public void onBar(final BarDecoder bar, final int sourceId, final long receivedNs, final long nowNs)
    {
        final long openTicks = bar.openTicks();
        final long highTicks = bar.highTicks();
        final long lowTicks = bar.lowTicks();
        final long closeTicks = bar.closeTicks();
        if (!isPossible(openTicks, highTicks, lowTicks, closeTicks))
        {
            onNothing();
            return;
        }
        event(MarketEvent.BAR, sourceId, nowNs);
        feeds.received(MarketEvent.BAR, receivedNs);
        isQuietHashed = false;
        barOpenTicks = openTicks;
        barHighTicks = highTicks;
        barLowTicks = lowTicks;
        barCloseTicks = closeTicks;
        barVolumeLots = bar.volumeLots();
        liveWithoutDepth();
        judgeSnapshot(nowNs);
    }

    private static boolean isPossible(final long open, final long high, final long low, final long close)
    {
        return low > 0 && low <= open && low <= close && high >= open && high >= close;
    }

    /**
     * A status of this instrument, or of all that came from the source.
     *
     * @param nowNs sequenced time.
     */
    public void onFeedStatus(final FeedStatusDecoder status, final int sourceId, final long nowNs)
    {
        lastEvent = MarketEvent.STATUS;
        isQuietHashed = false;
        snapshots.wanted(false, nowNs);
        switch (status.condition())
        {
            case LIVE -> onFeedLive(status.reason(), sourceId, nowNs);
            case STALE -> onFeedStale(status, sourceId, nowNs);
            case END, NULL_VAL, SBE_UNKNOWN -> {
                // The end of a recording leaves the market as it was last seen; its age makes it stale in time.
            }
        }
    }

    private void onFeedLive(final FeedReason liveReason, final int sourceId, final long nowNs)
    {
        feeds.silent(sourceId, false);
        unbindQuoteId(sourceId);
        if (!isAboutMainKind(sourceId))
        {
            return;
        }
        if (liveReason == FeedReason.SILENT)
        {
            onFeedHeard(nowNs);
        }
        else if (!depthSeen)
        {
            live();
        }
        else if (book.isSynchronised())
        {
            goLive(nowNs);
        }
        judgeSnapshot(nowNs);
    }

    /** Before there is data of the main kind, every source that sends any of the instrument may be its source. */
    private boolean isAboutMainKind(final int sourceId)
    {
        final MarketEvent kind = mainKind();
        return !feeds.isSeen(kind) || feeds.isFrom(kind, sourceId);
    }

    private void unbindQuoteId(final int sourceId)
    {
        quoteIdBinds = quoteIdBinds && !feeds.isFrom(MarketEvent.QUOTE, sourceId);
    }

    /** Takes up the condition that the feed reports, unless the book is crossed. */
    private void goLive(final long nowNs)
    {
        if (!isForCrossing(reason) || !isBookCrossed())
        {
            live();
            checkCrossed(nowNs);
        }
    }

    /** Ends the silence alone: a gap or a crossed book has its own cure. */
    private void onFeedHeard(final long nowNs)
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
        goLive(nowNs);
    }

    private void onFeedStale(final FeedStatusDecoder status, final int sourceId, final long nowNs)
    {
        final FeedReason newReason = status.reason();
        if (newReason == FeedReason.SILENT || newReason == FeedReason.DISCONNECTED)
        {
            feeds.silent(sourceId, true);
        }
        unbindQuoteId(sourceId);
        // Silence adds nothing to what is wrong, and its end would cure it.
        if (isAboutMainKind(sourceId) && (isLive() || newReason != FeedReason.SILENT))
        {
            if (losesChanges(newReason) && book.isSynchronised())
            {
                book.desynchronise();
                snapshots.reset();
            }
            stale(newReason, status.expected(), status.actual());
            judgeSnapshot(nowNs);
        }
    }

    /** Whether changes were lost; with any other reason the book's own update ids tell. */
    private static boolean losesChanges(final FeedReason reason)
    {
        return switch (reason)
        {
            case SEQUENCE_GAP, NO_SNAPSHOT, SOURCE_GAP, DISCONNECTED -> true;
            case NONE, BAD_INPUT, OFF_GRID, CROSSED_BOOK, LOCKED_BOOK, CLOCK_BACKWARDS, SILENT, NULL_VAL,
                SBE_UNKNOWN -> false;
        };
    }

    private void event(final MarketEvent event, final int sourceId, final long nowNs)
    {
        lastEvent = event;
        lastEventNs = nowNs;
        if (reason == FeedReason.SILENT && event == mainKind() && !feeds.isFrom(event, sourceId))
        {
            // Another source than the silent one has taken over.
            onFeedHeard(nowNs);
        }
        feeds.heard(event, sourceId);
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
        crossedSinceNs = Nulls.NULL_TIME_NS;
        snapshots.reset();
    }

    private void stale(final FeedReason newReason, final long newExpected, final long newActual)
    {
        isQuietHashed = false;
        condition = FeedCondition.STALE;
        reason = newReason;
        expected = newExpected;
        actual = newActual;
        crossedSinceNs = Nulls.NULL_TIME_NS;
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
            .barCloseTicks(barCloseTicks).barVolumeLots(barVolumeLots)
            .crossedSinceNs(crossedSinceNs).snapshotRequestedNs(snapshots.requestedNs());
        feeds.save(section);
    }

    /**
     * Takes up what {@link #save} has written; of a snapshot of before the kinds of data had sources of their own,
     * {@link #restoreSource} is to follow.
     *
     * @return whether the kinds of data were in it.
     */
    public boolean restore(final MarketSectionDecoder section)
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
        final boolean isCrossedSinceKnown = section.crossedSinceNs() != Nulls.NULL_TIME_NS || !isForCrossing(reason);
        crossedSinceNs = isCrossedSinceKnown ? section.crossedSinceNs() : lastEventNs;
        snapshots.restore(section.snapshotRequestedNs());
        return feeds.restore(section);
    }

    /** Of a snapshot of an earlier version: takes all kinds of data as come from this source, with the newest event. */
    public void restoreSource(final int sourceId)
    {
        isQuietHashed = false;
        restoreKind(MarketEvent.BOOK, depthSeen, sourceId);
        restoreKind(MarketEvent.QUOTE, quoteUpdateId != Nulls.NULL_UPDATE_ID || quoteIdBinds, sourceId);
        restoreKind(MarketEvent.TRADE, lastTradeTicks != Nulls.NULL_PRICE_TICKS, sourceId);
        restoreKind(MarketEvent.BAR, barCloseTicks != Nulls.NULL_PRICE_TICKS, sourceId);
    }

    private void restoreKind(final MarketEvent kind, final boolean seen, final int sourceId)
    {
        if (seen)
        {
            feeds.restore(kind, sourceId, lastEventNs, reason == FeedReason.SILENT);
        }
    }

    /** Hash of the market; the part that a change of the book leaves alone is kept. */
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
        hash = Xxh64.chain(hash, feeds.bookHash());
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
        newHash = Xxh64.chain(newHash, crossedSinceNs);
        newHash = Xxh64.chain(newHash, snapshots.requestedNs());
        newHash = Xxh64.chain(newHash, feeds.quietHash());
        return Xxh64.chain(newHash, barVolumeLots);
    }
}
