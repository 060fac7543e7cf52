package io.lockstep.verification.simulation.gateway;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.transport.MessageHandler;
import io.lockstep.codecs.transport.MessageReceiver;
import io.lockstep.gateways.link.LinkClient;
import io.lockstep.gateways.link.LinkListener;
import io.lockstep.gateways.simulated.ExecutionSink;
import io.lockstep.gateways.simulated.SimulatedVenue;
import io.lockstep.gateways.simulated.VenueAccountRules;
import io.lockstep.gateways.simulated.VenueGateway;
import io.lockstep.gateways.simulated.VenueObserver;
import io.lockstep.gateways.simulated.VenueRules;
import io.lockstep.sbe.AccountType;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.Side;
import io.lockstep.verification.simulation.audit.SentMessages;
import io.lockstep.verification.simulation.audit.SourceAudit;
import io.lockstep.verification.simulation.market.PlantedLots;
import io.lockstep.verification.simulation.market.SimulatedMarket;
import io.lockstep.verification.simulation.plant.Plant;
import io.lockstep.verification.simulation.seed.SimulatedClock;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One venue, which is never down, with an account that it reports, and the order gateway before it, which may be down.
 */
public final class SimulatedExchange
{
    private static final int RING_CAPACITY = 1 << 20;
    private static final long BAND_BPS = 40;
    private static final long OTHER_EXEC_ID = 1L << 40;
    private static final int MISREPORTED_AFTER = 100;
    private static final String CURRENCY = "USD";
    private static final long REPORT_INTERVAL_NS = 50_000_000L;
    private static final VenueAccountRules ACCOUNT = new VenueAccountRules(
        true, AccountType.MARGIN, Map.of(CURRENCY, BigDecimal.valueOf(1_000_000)), REPORT_INTERVAL_NS);

    private final int venueId;
    private final SimulatedClock clock;
    private final SimulatedNetwork network;
    private final VenueAudit audit;
    private final SentMessages sent;
    private final SimulatedVenue venue;
    private final Plant plant;
    private final CancelRefusal refusal;
    private final LostMessages lost;
    private final PlantedLots plantedLots;
    private final FeeAsset fees;
    private final Set<String> seen = new HashSet<>();
    private ExecutionSink gatewaySink;
    private VenueGateway gateway;
    private LinkClient link;
    private int session;
    private int turns;
    private long silentUntilNs;
    private long delayedUntilNs;

    public SimulatedExchange(
        final int venueId,
        final SimulatedClock clock,
        final SimulatedNetwork network,
        final VenueAudit audit,
        final SentMessages sent,
        final PlantedLots plantedLots,
        final Plant plant,
        final List<Instrument> instruments)
    {
        this.plantedLots = plantedLots;
        fees = new FeeAsset(instruments);
        this.venueId = venueId;
        this.plant = plant;
        this.clock = clock;
        this.network = network;
        this.audit = audit;
        this.sent = sent;
        // Orders too far from the market are rejected, and one that comes late finds another market.
        venue = new SimulatedVenue(VenueRules.defaults().withLatency(2_000_000L, 0).withCapacity(256, 256, 4096)
            .withPriceBandBps(BAND_BPS).withAccount(ACCOUNT), this::onReport);
        lost = new LostMessages(clock);
        refusal = new CancelRefusal(clock, () -> gatewaySink);
        instruments.forEach(venue::define);
        start();
    }

    private void start()
    {
        gateway = new VenueGateway(NO_MARKET_DATA, SimulatedMarket.FEED_SOURCE_ID, this::connect, this::link,
            VenueObserver.NONE, clock::trueNs);
    }

    private SimulatedVenue connect(final ExecutionSink sink)
    {
        gatewaySink = sink;
        return venue;
    }

    private LinkClient link(final LinkListener listener)
    {
        link = new LinkClient(sent.watching(new SimulatedSender(network.venueToNode(venueId))),
            network.nodeToVenue(venueId),
            audit.watching(lost.watching(refusal.watching(plant.listener(listener, seen)))),
            SimulatedMarket.gateway(venueId), ++session, true, RING_CAPACITY);
        return link;
    }

    private void onReport(final DirectBuffer buffer, final int offset, final int length, final long timeNs)
    {
        if (SimulatedMarket.hasFeeAsset(venueId) && fees.isTaken(buffer, offset))
        {
            fees.book(buffer, offset, venue.account());
            final DirectBuffer said = fees.said(buffer, offset, length);
            tell(said, 0, said.capacity(), timeNs);
        }
        else
        {
            tell(buffer, offset, length, timeNs);
        }
    }

    private void tell(final DirectBuffer buffer, final int offset, final int length, final long timeNs)
    {
        audit.onReport(buffer, offset);
        if (!plant.acceptsOnce())
        {
            audit.onReport(again(buffer, offset, length), 0);
        }
        if (plant.passesOn(buffer, offset) && !lost.isLost(buffer, offset))
        {
            gatewaySink.onReport(buffer, offset, length, timeNs);
        }
        if (plant.passesOnAgain(buffer, offset))
        {
            gatewaySink.onReport(again(buffer, offset, length), 0, length, timeNs);
        }
    }

    /** The same under another execution id. */
    private static DirectBuffer again(final DirectBuffer buffer, final int offset, final int length)
    {
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
        copy.putBytes(0, buffer, offset, length);
        final int execId = MessageHeaderDecoder.ENCODED_LENGTH + ExecutionReportDecoder.execIdEncodingOffset();
        if (copy.getShort(MessageHeaderDecoder.templateIdEncodingOffset()) == ExecutionReportDecoder.TEMPLATE_ID)
        {
            copy.putLong(execId, copy.getLong(execId) + OTHER_EXEC_ID);
        }
        return copy;
    }

    /** The gateway's process ends and begins anew, remembering nothing; the venue goes on. */
    public void restart()
    {
        network.gatewayBack(network.venueToNode(venueId), network.nodeToVenue(venueId));
        start();
    }

    public void silence(final long ns)
    {
        silentUntilNs = clock.trueNs() + ns;
    }

    /** The venue works and answers later. */
    public void delay(final long ns)
    {
        delayedUntilNs = clock.trueNs() + ns;
    }

    /** The venue refuses cancels of orders that live on. */
    public void refuseCancels(final long ns)
    {
        refusal.begin(ns);
    }

    /** The venue loses requests, and says nothing. */
    public void loseRequests(final long ns)
    {
        lost.loseRequests(ns);
    }

    /** Likewise its answers. */
    public void loseAnswers(final long ns)
    {
        lost.loseAnswers(ns);
    }

    /** The account is made to differ from the ledger, by an amount, and nobody is told. */
    public void plantAmount(final long cents)
    {
        plantedLots.onAmount();
        venue.account().plant(CURRENCY, BigDecimal.valueOf(cents, 2));
    }

    /** Likewise by lots. */
    public void plantLots(final int instrumentId, final long lots)
    {
        plantedLots.onLots(instrumentId, lots);
        venue.account().plantLots(instrumentId, lots);
    }

    public PlantedLots plantedLots()
    {
        return plantedLots;
    }

    public void heal()
    {
        refusal.heal();
        lost.heal();
        silentUntilNs = 0;
        delayedUntilNs = 0;
    }

    public boolean cancelOne(final int instrumentId, final Side side)
    {
        return venue.cancelBest(instrumentId, side);
    }

    void onMarketData(final DirectBuffer buffer, final int offset, final int length, final long timeNs)
    {
        if (clock.trueNs() >= delayedUntilNs)
        {
            venue.onMarketData(buffer, offset, length, timeNs);
        }
    }

    /** One duty cycle. */
    public void doWork()
    {
        if (clock.trueNs() >= delayedUntilNs)
        {
            venue.advance(clock.trueNs());
        }
        if (clock.trueNs() >= silentUntilNs)
        {
            gateway.doWork();
        }
        if (plant.misreportsAccounts() && ++turns == MISREPORTED_AFTER)
        {
            venue.account().plant(CURRENCY, BigDecimal.ONE);
        }
    }

    /** All that this process has given to its link is journaled. */
    public void requireAll(final SourceAudit audit)
    {
        audit.requireAll(SimulatedMarket.gateway(venueId), session, link.offered());
    }

    public boolean isSettled()
    {
        return gateway.isSettled() && link.isLinked();
    }

    public int venueId()
    {
        return venueId;
    }

    public SimulatedVenue venue()
    {
        return venue;
    }

    @Override
    public String toString()
    {
        return "venueId=" + venueId + " linked=" + link.isLinked() + " offered=" + link.offered() + " acknowledged=" +
            link.acknowledged() + " decisionsReceived=" + link.decisionsReceived() + " settled=" + gateway.isSettled();
    }

    private static final MessageReceiver NO_MARKET_DATA = new MessageReceiver()
    {
        @Override
        public int poll(final MessageHandler handler, final int limit)
        {
            return 0;
        }

        @Override
        public boolean isConnected()
        {
            return true;
        }
    };
}
