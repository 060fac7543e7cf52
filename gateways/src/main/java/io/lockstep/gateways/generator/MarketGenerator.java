package io.lockstep.gateways.generator;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.gateways.feed.MarketSource;
import io.lockstep.gateways.feed.SnapshotAnswer;
import io.lockstep.sbe.BestBidOfferEncoder;
import io.lockstep.sbe.BookSnapshotEncoder;
import io.lockstep.sbe.BookUpdateEncoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TradeEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.List;

/**
 * A made-up market that looks like one: a snapshot of each instrument, then book updates, trades and best bids and
 * offers, several instruments interleaved, the first of the list busier than the last. Books are never crossed, each
 * update builds on the one before, and a best bid and offer follows each update that changed the touch, with its update
 * id.
 * <p>
 * The same seed, instruments and options give the same bytes and times on every JVM. One thread; allocates in the
 * constructor only. It ends without a message of its own; a source's end is for its host to say.
 */
public final class MarketGenerator implements MarketSource
{
    /** For {@code eventsMax}: goes on for ever. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** So that a chunk fits in one network packet. */
    private static final int SNAPSHOT_CHUNK_STEPS = 32;
    private static final int BUFFER_LENGTH = 8192;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[BUFFER_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final BookSnapshotEncoder bookSnapshot = new BookSnapshotEncoder();
    private final BookUpdateEncoder bookUpdate = new BookUpdateEncoder();
    private final BestBidOfferEncoder bestBidOffer = new BestBidOfferEncoder();
    private final TradeEncoder trade = new TradeEncoder();

    private final SplitMix64 random;
    private final Arrivals arrivals;
    private final GeneratedMarket[] markets;
    private final int snapshotChunks;
    private final long eventsMax;
    private int snapshotMarket;
    private int snapshotChunk;
    private GeneratedMarket market;
    private GeneratedMarket wanted;
    private int wantedChunk;
    private int tradesTold;
    private boolean updatePending;
    private boolean touchPending;
    private int actionMessages = 1;
    private boolean eventEnd;
    private boolean closed;
    private long marketEvents;
    private long timeNs;
    private int length;

    /**
     * @param seed                decides everything that is random.
     * @param instruments         with their ids; at least one.
     * @param eventsMax           market events until the end, snapshots included, or {@link #UNLIMITED}.
     * @param startTimeNs         time of the snapshots.
     * @param meanEventIntervalNs between market events of all instruments together, positive.
     * @param options             the shape of the market.
     */
    public MarketGenerator(
        final long seed,
        final List<Instrument> instruments,
        final long eventsMax,
        final long startTimeNs,
        final long meanEventIntervalNs,
        final GeneratorOptions options)
    {
        if (instruments.isEmpty() || eventsMax < 0 || meanEventIntervalNs <= 0)
        {
            throw new IllegalArgumentException("expected at least one instrument, eventsMax from 0 and " +
                "meanEventIntervalNs from 1: instruments=" + instruments.size() + " eventsMax=" + eventsMax +
                " meanEventIntervalNs=" + meanEventIntervalNs);
        }
        random = new SplitMix64(seed);
        arrivals = new Arrivals(meanEventIntervalNs);
        this.eventsMax = eventsMax;
        this.timeNs = startTimeNs;
        snapshotChunks = (options.depthLevels() + SNAPSHOT_CHUNK_STEPS - 1) / SNAPSHOT_CHUNK_STEPS;
        final GeneratedMarket.Scratch scratch = new GeneratedMarket.Scratch();
        markets = instruments.stream()
            .map((instrument) -> new GeneratedMarket(instrument, options, random, startTimeNs, scratch))
            .toArray(GeneratedMarket[]::new);
    }

    @Override
    public boolean next()
    {
        if (closed || marketEvents == eventsMax)
        {
            return false;
        }
        eventEnd = true;
        if (snapshotMarket < markets.length)
        {
            nextSnapshotChunk();
        }
        else if (wanted != null && !updatePending && !touchPending)
        {
            nextChunkOfWanted();
        }
        else
        {
            nextOfAction();
        }
        marketEvents += eventEnd ? 1 : 0;
        return true;
    }

    /** Any instrument of the market, once its first snapshot is told. */
    @Override
    public SnapshotAnswer requestSnapshot(final int instrumentId)
    {
        if (wanted != null || snapshotMarket < markets.length)
        {
            return SnapshotAnswer.BUSY;
        }
        wantedChunk = 0;
        for (final GeneratedMarket of : markets)
        {
            wanted = of.instrumentId() == instrumentId ? of : wanted;
        }
        return wanted == null ? SnapshotAnswer.NONE : SnapshotAnswer.COMING;
    }

    @Override
    public long timeNs()
    {
        return timeNs;
    }

    /** The same as {@link #timeNs()}: nothing lies between the generator and itself. */
    @Override
    public long gatewayTimeNs()
    {
        return timeNs;
    }

    /** The same as {@link #timeNs()}. */
    @Override
    public long venueTimeNs()
    {
        return timeNs;
    }

    @Override
    public boolean isEventEnd()
    {
        return eventEnd;
    }

    @Override
    public DirectBuffer buffer()
    {
        return buffer;
    }

    @Override
    public int offset()
    {
        return 0;
    }

    @Override
    public int length()
    {
        return length;
    }

    /** Generated so far; the chunks of a snapshot are one. */
    public long marketEvents()
    {
        return marketEvents;
    }

    @Override
    public void close()
    {
        closed = true;
    }

    private void nextSnapshotChunk()
    {
        final GeneratedMarket snapshotOf = markets[snapshotMarket];
        encodeSnapshot(snapshotOf, snapshotChunk++);
        eventEnd = snapshotChunk == snapshotChunks;
        if (eventEnd)
        {
            snapshotMarket++;
            snapshotChunk = 0;
        }
    }

    /** It costs nothing of what is random: the market goes on as if nobody had asked. */
    private void nextChunkOfWanted()
    {
        encodeSnapshot(wanted, wantedChunk++);
        eventEnd = false;
        if (wantedChunk == snapshotChunks)
        {
            wanted = null;
        }
    }

    /** Trades first, then the book without what they took, then its touch. */
    private void nextOfAction()
    {
        if (!updatePending && !touchPending)
        {
            act();
        }
        if (tradesTold < market.trades())
        {
            encodeTrade(tradesTold++);
        }
        else if (updatePending)
        {
            encodeUpdate();
            updatePending = false;
            touchPending = market.takeTouchChange();
        }
        else
        {
            encodeTouch();
            touchPending = false;
        }
        actionMessages++;
    }

    private void act()
    {
        // The messages of one action are simultaneous; the time until the next makes up for it.
        timeNs += arrivals.nextNs(random) * actionMessages;
        actionMessages = 0;
        market = markets[Math.min(random.below(markets.length), random.below(markets.length))];
        market.act(random);
        tradesTold = 0;
        updatePending = true;
    }

    private void encodeSnapshot(final GeneratedMarket of, final int chunk)
    {
        final int from = chunk * SNAPSHOT_CHUNK_STEPS;
        final int to = Math.min(from + SNAPSHOT_CHUNK_STEPS, of.bids().depth());
        bookSnapshot.wrapAndApplyHeader(buffer, 0, header)
            .instrumentId(of.instrumentId())
            .chunkIndex(chunk)
            .chunkCount(snapshotChunks)
            .updateId(of.updateId())
            .feedDelayNs(Nulls.NULL_TIME_NS);
        final BookSnapshotEncoder.BidsEncoder bids = bookSnapshot.bidsCount(levels(of.bids(), from, to));
        for (int distance = from; distance < to; distance++)
        {
            final int step = of.bids().behindBest(distance);
            if (of.bids().units(step) > 0)
            {
                bids.next().priceTicks(of.priceTicks(step)).quantityLots(of.quantityLots(of.bids().units(step)));
            }
        }
        final BookSnapshotEncoder.AsksEncoder asks = bookSnapshot.asksCount(levels(of.asks(), from, to));
        for (int distance = from; distance < to; distance++)
        {
            final int step = of.asks().behindBest(distance);
            if (of.asks().units(step) > 0)
            {
                asks.next().priceTicks(of.priceTicks(step)).quantityLots(of.quantityLots(of.asks().units(step)));
            }
        }
        length = bookSnapshot.limit();
    }

    private static int levels(final GeneratedSide side, final int from, final int to)
    {
        int levels = 0;
        for (int distance = from; distance < to; distance++)
        {
            levels += side.units(side.behindBest(distance)) > 0 ? 1 : 0;
        }
        return levels;
    }

    private void encodeTrade(final int index)
    {
        trade.wrapAndApplyHeader(buffer, 0, header)
            .instrumentId(market.instrumentId())
            .tradeId(market.nextTradeId())
            .priceTicks(market.priceTicks(market.tradeStep(index)))
            .quantityLots(market.quantityLots(market.tradeUnits(index)))
            .aggressorSide(market.takerBuys() ? Side.BUY : Side.SELL)
            .feedDelayNs(Nulls.NULL_TIME_NS);
        length = trade.limit();
    }

    private void encodeUpdate()
    {
        bookUpdate.wrapAndApplyHeader(buffer, 0, header)
            .instrumentId(market.instrumentId())
            .updateId(market.updateId())
            .previousUpdateId(market.previousUpdateId())
            .feedDelayNs(Nulls.NULL_TIME_NS);
        final GeneratedSide bidSide = market.bids();
        final BookUpdateEncoder.BidsEncoder bids = bookUpdate.bidsCount(bidSide.changedSize());
        for (int i = 0; i < bidSide.changedSize(); i++)
        {
            final int step = bidSide.changedStep(i);
            bids.next().priceTicks(market.priceTicks(step)).quantityLots(market.quantityLots(bidSide.units(step)));
        }
        final GeneratedSide askSide = market.asks();
        final BookUpdateEncoder.AsksEncoder asks = bookUpdate.asksCount(askSide.changedSize());
        for (int i = 0; i < askSide.changedSize(); i++)
        {
            final int step = askSide.changedStep(i);
            asks.next().priceTicks(market.priceTicks(step)).quantityLots(market.quantityLots(askSide.units(step)));
        }
        length = bookUpdate.limit();
    }

    private void encodeTouch()
    {
        bestBidOffer.wrapAndApplyHeader(buffer, 0, header)
            .instrumentId(market.instrumentId())
            .updateId(market.updateId())
            .bidPriceTicks(market.priceTicks(market.bids().bestStep()))
            .bidQuantityLots(market.quantityLots(market.bids().bestUnits()))
            .askPriceTicks(market.priceTicks(market.asks().bestStep()))
            .askQuantityLots(market.quantityLots(market.asks().bestUnits()))
            .feedDelayNs(Nulls.NULL_TIME_NS);
        length = bestBidOffer.limit();
    }
}
