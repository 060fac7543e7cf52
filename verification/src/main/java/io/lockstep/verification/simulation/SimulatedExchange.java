package io.lockstep.verification.simulation;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.transport.MessageHandler;
import io.lockstep.codecs.transport.MessageReceiver;
import io.lockstep.gateways.link.LinkClient;
import io.lockstep.gateways.link.LinkListener;
import io.lockstep.gateways.simulated.ExecutionSink;
import io.lockstep.gateways.simulated.SimulatedVenue;
import io.lockstep.gateways.simulated.VenueGateway;
import io.lockstep.gateways.simulated.VenueLedger;
import io.lockstep.gateways.simulated.VenueObserver;
import io.lockstep.gateways.simulated.VenueRules;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.Side;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The venue, which is never down, and the order gateway before it, which may be.
 */
final class SimulatedExchange
{
    static final int SOURCE_ID = 2;
    private static final int RING_CAPACITY = 1 << 20;
    private static final long BAND_BPS = 40;
    private static final long OTHER_EXEC_ID = 1L << 40;

    private final SimulatedClock clock;
    private final SimulatedNetwork network;
    private final VenueAudit audit;
    private final SentMessages sent;
    private final SimulatedVenue venue;
    private final Plant plant;
    private final Set<String> seen = new HashSet<>();
    private ExecutionSink gatewaySink;
    private VenueGateway gateway;
    private LinkClient link;
    private int session;
    private long silentUntilNs;
    private long delayedUntilNs;

    SimulatedExchange(
        final SimulatedClock clock,
        final SimulatedNetwork network,
        final VenueAudit audit,
        final SentMessages sent,
        final Plant plant,
        final List<Instrument> instruments)
    {
        this.plant = plant;
        this.clock = clock;
        this.network = network;
        this.audit = audit;
        this.sent = sent;
        // Orders too far from the market are rejected, and one that comes late finds another market.
        venue = new SimulatedVenue(VenueRules.defaults().withLatency(2_000_000L, 0).withCapacity(256, 256, 4096)
            .withPriceBandBps(BAND_BPS), this::onReport);
        instruments.forEach(venue::define);
        start();
    }

    private void start()
    {
        gateway = new VenueGateway(NO_MARKET_DATA, SimulatedFeed.SOURCE_ID, this::connect, this::link,
            VenueObserver.NONE, clock::trueNs);
    }

    private SimulatedVenue connect(final ExecutionSink sink)
    {
        gatewaySink = sink;
        return venue;
    }

    private LinkClient link(final LinkListener listener)
    {
        link = new LinkClient(sent.watching(new SimulatedSender(network.venueToNode())), network.nodeToVenue(),
            audit.watching(plant.listener(listener, seen)), SOURCE_ID, ++session, true, RING_CAPACITY);
        return link;
    }

    private void onReport(final DirectBuffer buffer, final int offset, final int length, final long timeNs)
    {
        audit.onReport(buffer, offset);
        if (!plant.acceptsOnce())
        {
            audit.onReport(again(buffer, offset, length), 0);
        }
        if (plant.passesOn(buffer, offset))
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
    void restart()
    {
        network.gatewayBack(network.venueToNode(), network.nodeToVenue());
        start();
    }

    void silence(final long ns)
    {
        silentUntilNs = clock.trueNs() + ns;
    }

    /** The venue works and answers later. */
    void delay(final long ns)
    {
        delayedUntilNs = clock.trueNs() + ns;
    }

    void heal()
    {
        silentUntilNs = 0;
        delayedUntilNs = 0;
    }

    boolean cancelOne(final int instrumentId, final Side side)
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
    void doWork()
    {
        if (clock.trueNs() >= delayedUntilNs)
        {
            venue.advance(clock.trueNs());
        }
        if (clock.trueNs() >= silentUntilNs)
        {
            gateway.doWork();
        }
    }

    /** All that this process has given to its link is journaled. */
    void requireAll(final SourceAudit audit)
    {
        audit.requireAll(SOURCE_ID, session, link.offered());
    }

    boolean isSettled()
    {
        return gateway.isSettled() && link.isLinked();
    }

    VenueLedger ledger(final int instrumentId)
    {
        return venue.ledger(instrumentId);
    }

    SimulatedVenue venue()
    {
        return venue;
    }

    @Override
    public String toString()
    {
        return "venue linked=" + link.isLinked() + " offered=" + link.offered() + " acknowledged=" +
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
