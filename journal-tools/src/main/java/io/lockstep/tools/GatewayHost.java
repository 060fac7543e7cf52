package io.lockstep.tools;

import io.aeron.Aeron;
import io.lockstep.codecs.Instrument;
import io.lockstep.gateways.MarketSource;
import io.lockstep.gateways.feed.FeedGateway;
import io.lockstep.gateways.generator.GeneratorOptions;
import io.lockstep.gateways.generator.MarketGenerator;
import io.lockstep.gateways.link.LinkClient;
import io.lockstep.gateways.link.LinkListener;
import io.lockstep.gateways.link.MessagePublication;
import io.lockstep.gateways.link.MessageSubscription;
import io.lockstep.gateways.recording.Recording;
import io.lockstep.gateways.venue.SimulatedVenue;
import io.lockstep.gateways.venue.VenueGateway;
import io.lockstep.gateways.venue.VenueObserver;
import io.lockstep.sequencer.config.Channel;
import io.lockstep.sequencer.config.IdleKind;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.SequencedTime;
import io.lockstep.sequencer.node.NodeException;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Runs the feed and the simulated venue on threads of their own, each with its link to the node.
 */
final class GatewayHost implements AutoCloseable
{
    /** Source ids the node knows the gateways by. */
    static final int FEED_SOURCE = 1;
    static final int VENUE_SOURCE = 2;
    static final int CONTROL_SOURCE = 3;

    /** 2026-01-01: where a recorded time begins for a market that is generated, so that the demo's is always the same. */
    private static final long GENERATED_RECORDING_START_NS = 1_767_225_600_000_000_000L;
    private static final int FEED_RING_CAPACITY = 16 << 20;
    private static final int VENUE_RING_CAPACITY = 64 << 20;
    /** Of messages in fragments, to begin with. */
    private static final int MARKET_MESSAGE_LENGTH = 1 << 20;
    static final int NODE_MESSAGE_LENGTH = 1 << 16;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final FeedGateway feed;
    private final VenueGateway venue;
    private final AgentRunner feedRunner;
    private final AgentRunner venueRunner;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /**
     * @param recording   what the feed plays, or null for the settings' generator.
     * @param firstExecId beyond every execution id that the node has had of the venue.
     */
    GatewayHost(
        final Aeron aeron,
        final NodeContext context,
        final GatewaySettings settings,
        final Recording recording,
        final long firstExecId)
    {
        this(aeron, context, settings, recording, firstExecId, VenueObserver.NONE, Long.MAX_VALUE);
    }

    /**
     * @param recording   what the feed plays, or null for the settings' generator.
     * @param firstExecId beyond every execution id that the node has had of the venue.
     * @param observer    of the venue.
     * @param feedLimit   market events after which the feed is held at first.
     */
    GatewayHost(
        final Aeron aeron,
        final NodeContext context,
        final GatewaySettings settings,
        final Recording recording,
        final long firstExecId,
        final VenueObserver observer,
        final long feedLimit)
    {
        final Channel ingress = context.ingress().get(0);
        venue = settings.venue() == null
            ? null
            : new VenueGateway(
                new MessageSubscription(aeron.addSubscription(ingress.uri(), ingress.streamId()),
                    MARKET_MESSAGE_LENGTH),
                FEED_SOURCE, (sink) -> new SimulatedVenue(settings.venue(), sink, firstExecId),
                link(aeron, context, VENUE_SOURCE, true, VENUE_RING_CAPACITY), observer, SystemNanoClock.INSTANCE);
        feed = recording == null && settings.generator() == null
            ? null
            : new FeedGateway(
                link(aeron, context, FEED_SOURCE, false, FEED_RING_CAPACITY), settings.pace(),
                (instrumentByName) -> source(context, settings, recording, instrumentByName),
                () -> venue == null || venue.isLinked());
        if (feed != null)
        {
            feed.limit(feedLimit);
        }
        venueRunner = start(venue);
        feedRunner = start(feed);
    }

    private AgentRunner start(final Agent agent)
    {
        if (agent == null)
        {
            return null;
        }
        final AgentRunner runner = new AgentRunner(IdleKind.BACKOFF.create(), this::onError, null, agent);
        AgentRunner.startOnThread(runner);
        return runner;
    }

    private void onError(final Throwable error)
    {
        failure.compareAndSet(null, error);
        throw new AgentTerminationException(error);
    }

    /**
     * @throws NodeException when a gateway has ended with an error.
     */
    void requireHealthy()
    {
        if (failure.get() != null)
        {
            throw new NodeException(NodeException.CHECK_FAILED, "a gateway ended with an error: " + failure.get());
        }
    }

    private static Function<LinkListener, LinkClient> link(
        final Aeron aeron,
        final NodeContext context,
        final int sourceId,
        final boolean receivesDecisions,
        final int ringCapacity)
    {
        final Channel ingress = context.ingress().get(0);
        final Channel egress = context.egress();
        return (listener) -> new LinkClient(
            new MessagePublication(aeron.addExclusivePublication(ingress.uri(), ingress.streamId())),
            new MessageSubscription(aeron.addSubscription(egress.uri(), egress.streamId()), NODE_MESSAGE_LENGTH),
            listener, sourceId, newSession(), receivesDecisions, ringCapacity);
    }

    /** A number that no earlier start of a gateway had, as good as certainly; never 0. */
    static int newSession()
    {
        return ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE) ^ (int)(new SystemEpochClock().time() & 0xFF);
    }

    /** What the feed plays; made again from the same settings it is the same, where the node's time is the recorded one. */
    static MarketSource source(
        final NodeContext context,
        final GatewaySettings settings,
        final Recording recording,
        final Function<String, Instrument> instrumentByName)
    {
        if (recording != null)
        {
            return recording.source((instrument) -> known(instrumentByName, instrument.name()).id());
        }
        final List<Instrument> market = settings.generator().market();
        final List<String> names = context.instruments().stream().map((own) -> own.instrument().name()).toList();
        final List<Instrument> instruments = market.isEmpty()
            ? names.stream().map((name) -> known(instrumentByName, name)).toList()
            : ShardMarket.numbered(market, Set.copyOf(names), (name) -> known(instrumentByName, name));
        final long startTimeNs = context.time() == SequencedTime.RECORDED
            ? GENERATED_RECORDING_START_NS
            : new SystemEpochNanoClock().nanoTime();
        final MarketSource whole = new MarketGenerator(settings.generator().seed(), instruments,
            settings.generator().events(), startTimeNs,
            NANOS_PER_SECOND / settings.generator().eventsPerSecond(), GeneratorOptions.defaults());
        return market.isEmpty() ? whole : ShardMarket.part(whole);
    }

    private static Instrument known(final Function<String, Instrument> instrumentByName, final String name)
    {
        final Instrument instrument = instrumentByName.apply(name);
        if (instrument == null)
        {
            throw new IllegalStateException("the node has not defined instrument=" + name);
        }
        return instrument;
    }

    FeedGateway feed()
    {
        return feed;
    }

    VenueGateway venue()
    {
        return venue;
    }

    long marketEvents()
    {
        return feed == null ? 0 : feed.marketEvents();
    }

    /** New orders the venue has received, rejected ones included; to be asked when {@link #isFinished()}. */
    long venueOrders()
    {
        return venue == null ? 0 : venue.venue().orders() + venue.venue().rejects();
    }

    /** Whether the feed has played everything and all of it is journaled, and nothing is under way to or from the venue. */
    boolean isFinished()
    {
        return (feed == null || feed.isFinished()) && (venue == null || venue.isSettled());
    }

    @Override
    public void close()
    {
        CloseHelper.closeAll(feedRunner, venueRunner);
    }
}
