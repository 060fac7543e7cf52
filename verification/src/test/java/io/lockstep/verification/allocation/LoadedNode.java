package io.lockstep.verification.allocation;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Instrument;
import io.lockstep.gateways.control.CommandScope;
import io.lockstep.gateways.control.ControlClient;
import io.lockstep.gateways.feed.FeedGateway;
import io.lockstep.gateways.generator.GeneratorOptions;
import io.lockstep.gateways.generator.MarketGenerator;
import io.lockstep.gateways.link.LinkClient;
import io.lockstep.gateways.link.LinkListener;
import io.lockstep.gateways.link.MessagePublication;
import io.lockstep.gateways.link.MessageSubscription;
import io.lockstep.gateways.simulated.SimulatedVenue;
import io.lockstep.gateways.simulated.VenueGateway;
import io.lockstep.gateways.simulated.VenueObserver;
import io.lockstep.gateways.simulated.VenueRules;
import io.lockstep.sbe.LimitType;
import io.lockstep.sequencer.aeron.DriverClient;
import io.lockstep.sequencer.aeron.EmbeddedDriver;
import io.lockstep.sequencer.config.IdleKind;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.YamlSection;
import io.lockstep.sequencer.loop.SequencerMonitor;
import io.lockstep.sequencer.node.Node;
import io.lockstep.verification.crash.RestlessStrategy;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SystemNanoClock;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * A node on a thread of this process, as {@code run} makes it, with journal, follower, driver, feed and simulated venue; the feed
 * plays as fast as the node takes it and is held between windows.
 */
final class LoadedNode implements AutoCloseable
{
    /** Sees what goes by, on the threads of loop and venue. */
    interface Watch extends SequencerMonitor, VenueObserver
    {
    }

    static final String LOOP = "loop";
    static final String FEED = "lockstep-feed";
    static final String VENUE = "lockstep-venue";

    private static final int INSTRUMENTS = 8;
    private static final int FEED_SOURCE = 1;
    private static final int VENUE_SOURCE = 2;
    private static final int RING_CAPACITY = 16 << 20;
    private static final int MESSAGE_LENGTH = 1 << 20;
    private static final long START_NS = 1_767_225_600_000_000_000L;
    private static final long EVENT_NS = 20_000;
    private static final long TIMEOUT_NS = TimeUnit.MINUTES.toNanos(3);

    private final NodeContext context;
    private final MediaDriver driver;
    private final Aeron aeron;
    private final Thread loop;
    private final FeedGateway feed;
    private final VenueGateway venue;
    private final AgentRunner feedRunner;
    private final AgentRunner venueRunner;
    private final ControlClient control;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean stop;
    private volatile boolean ready;
    private Node.Result result;
    private long events;
    private long commands;

    /**
     * @param directory of the node.
     * @param market    put around what the feed plays.
     */
    LoadedNode(final Path directory, final Watch watch, final Function<MixedMarket, MixedMarket> market)
    {
        final Path aeronDirectory = directory.resolve("driver");
        final String text = configuration(directory, aeronDirectory);
        context = NodeContext.read(YamlSection.parse(directory.resolve("node.yaml"), text), text);
        driver = EmbeddedDriver.launch(aeronDirectory, this::onError);
        aeron = DriverClient.connect(new Aeron.Context().aeronDirectoryName(aeronDirectory.toString()));
        loop = new Thread(() -> run(watch), LOOP);
        loop.start();
        await(() -> ready);
        venue = new VenueGateway(subscription(true), FEED_SOURCE,
            (sink) -> new SimulatedVenue(VenueRules.defaults().withLatency(200_000, 200_000), sink, 1),
            (listener) -> link(listener, VENUE_SOURCE, true), watch, SystemNanoClock.INSTANCE);
        feed = new FeedGateway((listener) -> link(listener, FEED_SOURCE, false), FeedGateway.FLAT_OUT,
            (instruments) -> market.apply(market(instruments)), venue::isLinked);
        feed.limit(0);
        venueRunner = start(venue);
        feedRunner = start(feed);
        control = new ControlClient(publication(), subscription(false), () ->
        {
        }, 1);
        if (!control.awaitLinked(TIMEOUT_NS))
        {
            throw new IllegalStateException("the node takes no commands", failure.get());
        }
    }

    private static String configuration(final Path directory, final Path aeronDirectory)
    {
        final List<String> lines = new ArrayList<>(List.of(
            "node: {directory: \"" + directory + "\", time: recorded, idle: backoff, gatewayTimeout: 0s, stallMax: 1h, "
                +
                "rehearse: 20us}",
            "snapshot: {everyInputs: 500000}",
            "aeron: {embedded: false, directory: \"" + aeronDirectory + "\"}",
            "limits: {maxOrderNotional: 1000000, maxPositionNotional: 1000000, maxOpenOrders: 100, " +
                "maxOrdersPerSecond: 10000, priceCollarBps: 500, maxMarketDataAgeMs: 60000}",
            "strategies:",
            "  - name: moving-average-crossover",
            "    instruments: [S0.PERF, S1.PERF]",
            "    parameters: {fast: 3, slow: 9, confirmations: 1, orderNotional: 100, stopBps: 6, targetBps: 6, " +
                "entryTimeoutMs: 20}",
            "  - name: restless",
            "    class: " + RestlessStrategy.Factory.class.getName(),
            "    instruments: [S2.PERF, S3.PERF, S4.PERF, S5.PERF, S6.PERF, S7.PERF]",
            "instruments:"));
        for (int i = 0; i < INSTRUMENTS; i++)
        {
            lines.add("  - {symbol: S" + i + ", venue: PERF, tickSize: 0.01, lotSize: 0.1, baseCurrency: S" + i +
                ", quoteCurrency: USD}");
        }
        return String.join("\n", lines) + "\n";
    }

    private void run(final Watch watch)
    {
        try
        {
            result = new Node(context, new Node.Listener()
            {
                @Override
                public void onReady()
                {
                    ready = true;
                }

                @Override
                public void onStopping()
                {
                }

                @Override
                public void onNotice(final String notice)
                {
                    onError(new IllegalStateException(notice));
                }

                @Override
                public SequencerMonitor observer()
                {
                    return watch;
                }
            }).run(() -> stop);
        }
        catch (final RuntimeException ex)
        {
            onError(ex);
        }
    }

    private void onError(final Throwable error)
    {
        failure.compareAndSet(null, error);
    }

    private AgentRunner start(final Agent agent)
    {
        final AgentRunner runner = new AgentRunner(IdleKind.BACKOFF.create(), this::onError, null, agent);
        AgentRunner.startOnThread(runner);
        return runner;
    }

    private LinkClient link(final LinkListener listener, final int sourceId, final boolean receivesDecisions)
    {
        return new LinkClient(
            publication(), subscription(false), listener, sourceId, 1, receivesDecisions, RING_CAPACITY);
    }

    private MessagePublication publication()
    {
        return new MessagePublication(aeron.addExclusivePublication(
            context.ingress().get(0).uri(), context.ingress().get(0).streamId()));
    }

    private MessageSubscription subscription(final boolean ofIngress)
    {
        return new MessageSubscription(ofIngress
            ? aeron.addSubscription(context.ingress().get(0).uri(), context.ingress().get(0).streamId())
            : aeron.addSubscription(context.egress().uri(), context.egress().streamId()), MESSAGE_LENGTH);
    }

    private static MixedMarket market(final Function<String, Instrument> instrumentByName)
    {
        final List<Instrument> instruments = new ArrayList<>();
        for (int i = 0; i < INSTRUMENTS; i++)
        {
            instruments.add(instrumentByName.apply("S" + i + ".PERF"));
        }
        return new MixedMarket(new MarketGenerator(1, instruments, MarketGenerator.UNLIMITED, START_NS, EVENT_NS,
            GeneratorOptions.defaults()), INSTRUMENTS);
    }

    /** Plays so many more market events, with commands of an operator in between, until all are journaled. */
    void window(final int newEvents, final int newCommands)
    {
        for (int i = 0; i < newCommands; i++)
        {
            events += newEvents / newCommands;
            feed.limit(events);
            if (control.limit(CommandScope.ALL, LimitType.MAX_OPEN_ORDERS,
                Decimal.parse(Integer.toString(100 + i)),
                TIMEOUT_NS) == null)
            {
                throw new IllegalStateException("the node does not answer a command", failure.get());
            }
            commands++;
        }
        // The venue does not come to rest: its time is the market's, which stands still.
        await(() -> feed.marketEvents() >= events && feed.acknowledged() == feed.offered());
    }

    private interface Condition
    {
        boolean holds();
    }

    private void await(final Condition condition)
    {
        final long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!condition.holds())
        {
            if (failure.get() != null || System.nanoTime() - deadlineNs > 0)
            {
                throw new IllegalStateException("the node does not come so far", failure.get());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** Stops it in order; what it did. */
    Node.Result stop()
    {
        stop = true;
        try
        {
            loop.join(TimeUnit.NANOSECONDS.toMillis(TIMEOUT_NS));
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
        if (result == null)
        {
            throw new IllegalStateException("the node has not ended as it should", failure.get());
        }
        return result;
    }

    /** Commands given. */
    long commands()
    {
        return commands;
    }

    @Override
    public void close()
    {
        stop = true;
        CloseHelper.closeAll(feedRunner, venueRunner, () -> loop.join(TimeUnit.SECONDS.toMillis(30)), aeron, driver);
    }
}
