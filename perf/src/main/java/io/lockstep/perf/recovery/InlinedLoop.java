package io.lockstep.perf.recovery;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.lockstep.cli.LockstepCommand;
import io.lockstep.cli.output.ExitStatus;
import io.lockstep.codecs.Instrument;
import io.lockstep.gateways.feed.FeedGateway;
import io.lockstep.gateways.feed.MarketSource;
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
import io.lockstep.perf.inlining.InliningMeasurement;
import io.lockstep.sequencer.aeron.DriverClient;
import io.lockstep.sequencer.aeron.EmbeddedDriver;
import io.lockstep.sequencer.config.IdleKind;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.YamlSection;
import io.lockstep.sequencer.counters.NodeCounters;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.verification.crash.RestlessStrategy;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A node as it runs in production, in a process that holds the node alone and whose compiler keeps a log, until it has taken so
 * many inputs; then what became of its loop. Driver, feed and simulated venue are in this process: in the node's they would be in
 * the profiles that its compiler goes by. Two kinds of strategies, one of which sends, replaces, cancels and schedules all the time.
 */
final class InlinedLoop
{
    private static final int FEED_SOURCE = 1;
    private static final int VENUE_SOURCE = 2;
    private static final int RING_CAPACITY = 16 << 20;
    private static final int MESSAGE_LENGTH = 1 << 20;
    private static final long EVENTS_PER_SECOND = 50_000;
    private static final long VENUE_LATENCY_NS = 200_000;
    /** The loop itself is compiled by its turns, of which there are few when each takes many inputs. */
    private static final long BATCHES_MIN = 100_000;
    private static final long TIMEOUT_NS = TimeUnit.MINUTES.toNanos(5);

    private final PrintWriter out;
    private final long inputs;
    private final Path log;
    private final Path nodeLog;
    private final Path configuration;
    private final NodeContext context;
    private Process process;

    /**
     * @param inputs to be taken, by which time the compiler has seen enough.
     */
    InlinedLoop(final Path work, final PrintWriter out, final long inputs) throws IOException
    {
        this.out = out;
        this.inputs = inputs;
        log = work.resolve("compilation.xml");
        nodeLog = work.resolve("node.log");
        configuration = work.resolve("node.yaml");
        final String text = String.format(
            Locale.ROOT,
            """
                node: {directory: "%s", idle: backoff, onStop: keep}
                aeron: {embedded: false, directory: "%s"}
                limits: {maxOrderNotional: 50000, maxPositionNotional: 100000, maxOpenOrders: 40, maxOrdersPerSecond: 5000, \
                priceCollarBps: 100, maxMarketDataAgeMs: 5000}
                instruments:
                  - {symbol: S0, venue: PERF, tickSize: 0.01, lotSize: 0.01, baseCurrency: S0, quoteCurrency: USD}
                  - {symbol: S1, venue: PERF, tickSize: 0.01, lotSize: 0.01, baseCurrency: S1, quoteCurrency: USD}
                strategies:
                  - name: moving-average-crossover
                    instruments: [S0.PERF]
                    parameters: {fast: 3, slow: 9, confirmations: 1, orderNotional: 1000, entryTimeoutMs: 20}
                  - name: restless
                    class: %s
                    instruments: [S1.PERF]
                """,
            work.resolve("node"), work.resolve("driver"), RestlessStrategy.Factory.class.getName());
        Files.writeString(configuration, text);
        context = NodeContext.read(YamlSection.parse(configuration, text), text);
    }

    /** Returns the exit status. */
    int run() throws IOException, InterruptedException
    {
        try (MediaDriver driver = EmbeddedDriver.launch(context.aeronDirectory(), Throwable::printStackTrace);
            Aeron aeron = DriverClient.connect(new Aeron.Context().aeronDirectoryName(driver.aeronDirectoryName())))
        {
            process = ChildProcess.start(ChildProcess.java(InliningMeasurement.options(log),
                LockstepCommand.class.getName(), List.of("run", "--config", configuration.toString())), nodeLog);
            runGateways(aeron);
        }
        return new InliningMeasurement(out).report(log) ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
    }

    @SuppressWarnings("try") // the runners are held, not used
    private void runGateways(final Aeron aeron) throws IOException, InterruptedException
    {
        final VenueGateway venue = new VenueGateway(subscription(aeron, true), FEED_SOURCE,
            (sink) -> new SimulatedVenue(
                VenueRules.defaults().withLatency(VENUE_LATENCY_NS, VENUE_LATENCY_NS), sink, 1),
            (listener) -> link(aeron, listener, VENUE_SOURCE), VenueObserver.NONE, SystemNanoClock.INSTANCE);
        final FeedGateway feed = new FeedGateway(
            (listener) -> link(aeron, listener, FEED_SOURCE), 1, this::market, venue::isLinked);
        try (AgentRunner venueRunner = start(venue); AgentRunner feedRunner = start(feed))
        {
            await();
        }
        finally
        {
            process.destroy();
            process.waitFor();
        }
    }

    private static AgentRunner start(final Agent agent)
    {
        final AgentRunner runner = new AgentRunner(IdleKind.BACKOFF.create(), Throwable::printStackTrace, null, agent);
        AgentRunner.startOnThread(runner);
        return runner;
    }

    private LinkClient link(final Aeron aeron, final LinkListener listener, final int sourceId)
    {
        return new LinkClient(
            new MessagePublication(aeron.addExclusivePublication(
                context.ingress().get(0).uri(), context.ingress().get(0).streamId())),
            subscription(aeron, false), listener, sourceId, 1, sourceId == VENUE_SOURCE, RING_CAPACITY);
    }

    private MessageSubscription subscription(final Aeron aeron, final boolean ofIngress)
    {
        return new MessageSubscription(ofIngress
            ? aeron.addSubscription(context.ingress().get(0).uri(), context.ingress().get(0).streamId())
            : aeron.addSubscription(context.egress().uri(), context.egress().streamId()), MESSAGE_LENGTH);
    }

    private MarketSource market(final Function<String, Instrument> instrumentByName)
    {
        final List<Instrument> instruments = context.instruments().stream()
            .map((configured) -> instrumentByName.apply(configured.instrument().name())).toList();
        return new MarketGenerator(1, instruments, MarketGenerator.UNLIMITED, new SystemEpochNanoClock().nanoTime(),
            TimeUnit.SECONDS.toNanos(1) / EVENTS_PER_SECOND, GeneratorOptions.defaults());
    }

    private void await() throws IOException, InterruptedException
    {
        final NodeDirectory directory = new NodeDirectory(context.directory());
        final long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!isDone(directory))
        {
            if (!process.isAlive() || System.nanoTime() - deadlineNs > 0)
            {
                throw new IOException("the node does not come so far: " + Files.readString(nodeLog));
            }
            Thread.sleep(10);
        }
    }

    private boolean isDone(final NodeDirectory directory)
    {
        try
        {
            final Map<String, Long> counters = NodeCounters.read(directory.counters());
            return counters.getOrDefault("inputs", 0L) >= inputs &&
                counters.getOrDefault("batches", 0L) >= BATCHES_MIN;
        }
        catch (final IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException ex)
        {
            // The node has not made the file yet, or not all of it.
            return false;
        }
    }
}
