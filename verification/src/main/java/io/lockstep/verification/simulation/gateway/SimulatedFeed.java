package io.lockstep.verification.simulation.gateway;

import io.lockstep.codecs.Instrument;
import io.lockstep.gateways.feed.MarketSource;
import io.lockstep.codecs.Nulls;
import io.lockstep.gateways.generator.GeneratorOptions;
import io.lockstep.gateways.generator.MarketGenerator;
import io.lockstep.gateways.link.LinkClient;
import io.lockstep.gateways.link.LinkListener;
import io.lockstep.sbe.BestBidOfferEncoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.SetTradingModeEncoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TradeEncoder;
import io.lockstep.sbe.TradingMode;
import io.lockstep.verification.simulation.audit.SentMessages;
import io.lockstep.verification.simulation.audit.SourceAudit;
import io.lockstep.verification.simulation.market.RandomTrader;
import io.lockstep.verification.simulation.market.SimulatedMarket;
import io.lockstep.verification.simulation.seed.SimulatedClock;
import io.lockstep.verification.simulation.seed.SimulationRandom;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.List;

/**
 * A feed gateway at the scheduler's pace, over the real link. The venues see the same market, and see it whether or not the
 * node does. A feed that begins anew begins with snapshots.
 */
public final class SimulatedFeed implements LinkListener
{
    private static final int RING_CAPACITY = 1 << 18;
    private static final long MEAN_EVENT_INTERVAL_NS = 6_000_000L;
    private static final int BURST_MAX = 32;
    private static final int QUOTE_TICKS_MIN = 50;
    private static final int QUOTE_TICKS_MAX = 5_000;

    private final SimulatedClock clock;
    private final SimulatedNetwork network;
    private final List<SimulatedExchange> exchanges;
    private final SentMessages sent;
    private final List<Instrument> instruments;
    private final SimulationRandom random;
    private final TradeEncoder poison = new TradeEncoder();
    private final UnsafeBuffer poisonMessage = new UnsafeBuffer(
        new byte[MessageHeaderEncoder.ENCODED_LENGTH + TradeEncoder.BLOCK_LENGTH]);
    private final SetTradingModeEncoder foreign = new SetTradingModeEncoder();
    private final UnsafeBuffer foreignMessage = new UnsafeBuffer(new byte[64]);
    private final BestBidOfferEncoder quote = new BestBidOfferEncoder();
    private final UnsafeBuffer quoteMessage = new UnsafeBuffer(
        new byte[MessageHeaderEncoder.ENCODED_LENGTH + BestBidOfferEncoder.BLOCK_LENGTH]);
    private LinkClient link;
    private MarketSource source;
    private int session;
    private long offered;
    private long silentUntilNs;

    public SimulatedFeed(
        final SimulatedClock clock,
        final SimulatedNetwork network,
        final List<SimulatedExchange> exchanges,
        final SentMessages sent,
        final List<Instrument> instruments,
        final SimulationRandom random)
    {
        this.clock = clock;
        this.network = network;
        this.exchanges = exchanges;
        this.sent = sent;
        this.instruments = instruments;
        this.random = random;
        start();
    }

    private void start()
    {
        link = new LinkClient(sent.watching(new SimulatedSender(network.feedToNode())), network.nodeToFeed(), this,
            SimulatedMarket.FEED_SOURCE_ID, ++session, false, RING_CAPACITY);
        offered = 0;
        takeSnapshots();
    }

    /** The market begins anew, with snapshots; its ids go on. */
    public void takeSnapshots()
    {
        source = new MarketGenerator(random.next(), instruments.subList(0, SimulatedMarket.INSTRUMENTS),
            MarketGenerator.UNLIMITED, clock.trueNs(),
            MEAN_EVENT_INTERVAL_NS,
            GeneratorOptions.defaults().withDepthLevels(8).withStartSteps(2000).withUnitLots(1));
        source.next();
    }

    /** The strategies' core fails on what comes next. */
    public void poison()
    {
        poison.wrapAndApplyHeader(poisonMessage, 0, new MessageHeaderEncoder())
            .instrumentId(0).tradeId(0).priceTicks(RandomTrader.POISON_TICKS).quantityLots(1).aggressorSide(Side.BUY);
        offer(poisonMessage, 0, poisonMessage.capacity(), clock.trueNs(), clock.trueNs());
    }

    private boolean offer(
        final DirectBuffer message,
        final int offset,
        final int length,
        final long venueTimeNs,
        final long gatewayTimeNs)
    {
        final boolean taken = link.offer(message, offset, length, venueTimeNs, gatewayTimeNs);
        if (taken)
        {
            sent.onOffered(SimulatedMarket.FEED_SOURCE_ID, session, ++offered, message, offset, length, venueTimeNs,
                gatewayTimeNs);
        }
        return taken;
    }

    /** Says what a feed may not: that everything is to be cancelled. */
    public void commandForeign()
    {
        foreign.wrapAndApplyHeader(foreignMessage, 0, new MessageHeaderEncoder()).mode(TradingMode.KILLED)
            .scope(LimitScope.NODE)
            .flatten(BooleanType.FALSE).scopedId(SetTradingModeEncoder.scopedIdNullValue()).user("feed");
        offer(foreignMessage, 0, MessageHeaderEncoder.ENCODED_LENGTH + foreign.encodedLength(), clock.trueNs(),
            clock.trueNs());
    }

    public void restart()
    {
        network.gatewayBack(network.feedToNode(), network.nodeToFeed());
        start();
    }

    public void silence(final long ns)
    {
        silentUntilNs = clock.trueNs() + ns;
    }

    public void heal()
    {
        silentUntilNs = 0;
    }

    /** One duty cycle. */
    public void doWork(final boolean marketOpen)
    {
        if (clock.trueNs() < silentUntilNs)
        {
            return;
        }
        link.poll(clock.trueNs());
        if (marketOpen)
        {
            quoteFeeAsset();
        }
        for (int played = 0; marketOpen && played < BURST_MAX && source.timeNs() <= clock.trueNs(); played++)
        {
            if (!offer(source.buffer(), source.offset(), source.length(), source.venueTimeNs(),
                source.gatewayTimeNs()))
            {
                return;
            }
            for (final SimulatedExchange exchange : exchanges)
            {
                exchange.onMarketData(source.buffer(), source.offset(), source.length(), source.gatewayTimeNs());
            }
            source.next();
        }
    }

    /** Venues do not see it, for nobody trades it. */
    private void quoteFeeAsset()
    {
        final long bidTicks = random.between(QUOTE_TICKS_MIN, QUOTE_TICKS_MAX);
        quote.wrapAndApplyHeader(quoteMessage, 0, new MessageHeaderEncoder()).instrumentId(SimulatedMarket.FEE_RATE)
            .updateId(Nulls.NULL_UPDATE_ID).bidPriceTicks(bidTicks).bidQuantityLots(1)
            .askPriceTicks(bidTicks + random.between(1, 9)).askQuantityLots(1).feedDelayNs(Nulls.NULL_LONG);
        offer(quoteMessage, 0, quoteMessage.capacity(), clock.trueNs(), clock.trueNs());
    }

    /** All that this process has given to its link is journaled. */
    public void requireAll(final SourceAudit audit)
    {
        audit.requireAll(SimulatedMarket.FEED_SOURCE_ID, session, link.offered());
    }

    public boolean isSettled()
    {
        return link.isLinked() && link.acknowledged() == link.offered();
    }

    @Override
    public String toString()
    {
        return "feed linked=" + link.isLinked() + " offered=" + link.offered() + " acknowledged=" + link.acknowledged();
    }
}
