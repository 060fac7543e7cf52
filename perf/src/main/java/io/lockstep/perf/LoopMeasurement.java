package io.lockstep.perf;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.lockstep.codecs.Instrument;
import io.lockstep.gateways.feed.FeedGateway;
import io.lockstep.gateways.generator.GeneratorOptions;
import io.lockstep.gateways.generator.MarketGenerator;
import io.lockstep.gateways.link.LinkClient;
import io.lockstep.gateways.link.LinkListener;
import io.lockstep.gateways.link.MessagePublication;
import io.lockstep.gateways.link.MessageSubscription;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.YamlSection;
import io.lockstep.sequencer.node.EmbeddedDriver;
import io.lockstep.sequencer.node.Node;
import io.lockstep.sequencer.node.NodeCounters;
import org.HdrHistogram.Histogram;
import org.agrona.IoUtil;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Measures the loop as it is, beside its floors, in one process: throughput flat out, and tick-to-trade open loop, which
 * counts from the time each event was meant to be sent. Feed, Aeron, sequencer, journal, book, strategy, risk and egress are
 * the ones a node runs with.
 */
public final class LoopMeasurement
{
    private static final int SYMBOLS = 10;
    private static final int FEED = 1;
    private static final int RING = 16 << 20;

    private final Path directory;
    private final Aeron aeron;
    private final String driverDirectory;

    private LoopMeasurement(final Path directory, final Aeron aeron, final String driverDirectory)
    {
        this.directory = directory;
        this.aeron = aeron;
        this.driverDirectory = driverDirectory;
    }

    /**
     * @param args directory (on tmpfs, or on the disk to be measured), seconds for each measurement, events a second.
     */
    public static void main(final String[] args) throws Exception
    {
        final Path parent = Path.of(args.length > 0 ? args[0] : "/dev/shm");
        final int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 10;
        final int rate = args.length > 2 ? Integer.parseInt(args[2]) : 10_000;
        final Path directory = Files.createTempDirectory(parent, "lockstep-perf-");
        final Path driverDirectory = Files.createTempDirectory(Path.of("/dev/shm"), "lockstep-perf-driver-");
        try (MediaDriver driver = EmbeddedDriver.launch(driverDirectory, Throwable::printStackTrace);
            Aeron aeron = Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(driver.aeronDirectoryName()).errorHandler(Throwable::printStackTrace)))
        {
            new LoopMeasurement(directory, aeron, driver.aeronDirectoryName()).run(seconds, rate);
        }
        finally
        {
            IoUtil.delete(directory.toFile(), true);
        }
        System.exit(0);
    }

    private void run(final int seconds, final int rate) throws Exception
    {
        System.out.printf("machine: %d processors, %s, %s %s, journal in %s%n",
            Runtime.getRuntime().availableProcessors(), System.getProperty("os.version"),
            System.getProperty("java.vm.name"), Runtime.version(), directory);
        print("idle hiccup", Floors.hiccup(TimeUnit.SECONDS.toNanos(3)));
        print("floor: Chronicle append, 1 record of 160 bytes",
            Floors.append(directory.resolve("floor"), 72, 5_000_000));
        print("floor: Aeron IPC echo, 160 bytes", Floors.echo(aeron, 160, 1_000_000));
        throughput(seconds);
        tickToTrade(seconds, rate);
    }

    private static void print(final String name, final Histogram histogram)
    {
        System.out.printf("%-52s p50 %,d p90 %,d p99 %,d p99.9 %,d max %,d ns, %,d values%n", name,
            histogram.getValueAtPercentile(50), histogram.getValueAtPercentile(90),
            histogram.getValueAtPercentile(99), histogram.getValueAtPercentile(99.9), histogram.getMaxValue(),
            histogram.getTotalCount());
        System.out.flush();
    }

    private void throughput(final int seconds) throws Exception
    {
        final NodeContext context = context("throughput", "moving-average-crossover", null);
        final FeedGateway feed = new FeedGateway(link(context, FEED, false), FeedGateway.FLAT_OUT,
            (byName) -> new MarketGenerator(1, instruments(context, byName), MarketGenerator.UNLIMITED, 1_000_000_000L,
                1_000_000L, GeneratorOptions.defaults()),
            () -> true);
        final AtomicBoolean stop = new AtomicBoolean();
        final AtomicReference<Node.Result> result = new AtomicReference<>();
        final Thread node = start(context, stop, result);
        final long warmUntilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
        work(feed, warmUntilNs);
        final long startInputs = inputs(context);
        final long startNs = System.nanoTime();
        work(feed, startNs + TimeUnit.SECONDS.toNanos(seconds));
        final double elapsed = (System.nanoTime() - startNs) / 1e9;
        final long count = inputs(context) - startInputs;
        stop.set(true);
        while (node.isAlive())
        {
            feed.doWork();
        }
        System.out.printf("%-52s %,.0f events a second (%,d in %.1f s, %d symbols, journal on)%n",
            "whole path, flat out", count / elapsed, count, elapsed, SYMBOLS);
    }

    private static void work(final FeedGateway feed, final long untilNs)
    {
        while (System.nanoTime() - untilNs < 0)
        {
            feed.doWork();
        }
    }

    private static long inputs(final NodeContext context)
    {
        return NodeCounters.read(context.directory().resolve("counters.dat")).get("inputs");
    }

    private void tickToTrade(final int seconds, final int rate) throws Exception
    {
        final NodeContext context = context("latency", "echo", EchoStrategy.Factory.class.getName());
        final AtomicBoolean stop = new AtomicBoolean();
        final AtomicReference<Node.Result> result = new AtomicReference<>();
        final Thread node = start(context, stop, result);
        final OpenLoopProbe probe = new OpenLoopProbe(link(context, FEED, false), link(context, FEED + 1, true));
        probe.awaitLinked();
        probe.run(rate, 3);
        final OpenLoopProbe.Outcome outcome = probe.run(rate, seconds);
        stop.set(true);
        while (node.isAlive())
        {
            probe.poll();
        }
        print("whole path, tick to trade at " + String.format("%,d", rate) + "/s, open loop", outcome.latency());
        print("  of it within the node", result.get().tickToTrade());
        System.out.printf("  sent %,d, received %,d, sender behind at most %,d ns%n", outcome.sent(),
            outcome.received(),
            outcome.behindMaxNs());
    }

    private Function<LinkListener, LinkClient> link(
        final NodeContext context, final int sourceId, final boolean receivesDecisions)
    {
        return (listener) -> new LinkClient(
            new MessagePublication(aeron.addExclusivePublication(
                context.ingress().get(0).uri(), context.ingress().get(0).streamId())),
            new MessageSubscription(
                aeron.addSubscription(context.egress().uri(), context.egress().streamId()), 1 << 16),
            listener, sourceId, 1, receivesDecisions, RING);
    }

    private static List<Instrument> instruments(
        final NodeContext context, final Function<String, Instrument> byName)
    {
        return context.instruments().stream()
            .map((configured) -> byName.apply(configured.instrument().name())).toList();
    }

    private static Thread start(
        final NodeContext context, final AtomicBoolean stop, final AtomicReference<Node.Result> result)
        throws InterruptedException
    {
        final CountDownLatch ready = new CountDownLatch(1);
        final Thread thread = new Thread(() -> result.set(new Node(context, new Node.Listener()
        {
            @Override
            public void onReady()
            {
                ready.countDown();
            }

            @Override
            public void onStopping()
            {
            }
        }).run(stop::get)), "lockstep-sequencer");
        thread.start();
        ready.await();
        return thread;
    }

    private NodeContext context(final String name, final String strategy, final String className) throws IOException
    {
        final int stream = name.hashCode() & 0xFFFF;
        final List<String> lines = new ArrayList<>(List.of(
            "node: {directory: \"" + directory.resolve(name) + "\", time: recorded, idle: spin, reconcile: false}",
            "aeron:",
            "  embedded: false",
            "  directory: \"" + driverDirectory + "\"",
            "  ingress:",
            "    - {channel: \"aeron:ipc\", stream: " + (stream + 1) + "}",
            "  egress: {channel: \"aeron:ipc\", stream: " + (stream + 2) + "}",
            "limits: {maxOrderNotional: 1000000, maxPositionNotional: 1000000, maxOrdersPerSecond: 10000, " +
                "priceCollarBps: 500}",
            "strategies:",
            "  - name: " + strategy,
            className == null ? "    instruments: []" : "    class: \"" + className + "\"",
            "instruments:"));
        for (int i = 0; i < SYMBOLS; i++)
        {
            lines.add("  - {symbol: S" + i + ", venue: PERF, tickSize: 0.01, lotSize: 0.1, baseCurrency: S" + i +
                ", quoteCurrency: USD}");
        }
        final String text = String.join("\n", lines) + "\n";
        return NodeContext.read(YamlSection.parse(directory.resolve(name + ".yaml"), text), text);
    }
}
