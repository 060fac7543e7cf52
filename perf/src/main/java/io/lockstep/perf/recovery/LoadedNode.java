package io.lockstep.perf.recovery;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.lockstep.peers.Tally;
import io.lockstep.perf.latency.load.GeneratedWorkload;
import io.lockstep.perf.latency.path.EchoStrategy;
import io.lockstep.perf.latency.path.LinkedEnds;
import io.lockstep.perf.latency.path.OpenLoopProbe;
import io.lockstep.sequencer.aeron.DriverClient;
import io.lockstep.sequencer.aeron.EmbeddedDriver;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.YamlSection;
import io.lockstep.sequencer.node.Node;
import org.agrona.concurrent.SystemNanoClock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A node on a thread of this process, and a sender on the calling thread that gives it market events at a fixed rate (open loop),
 * each of which makes an order that is filled. When the node fails, the process ends.
 */
final class LoadedNode implements AutoCloseable
{
    private static final int FAILED = 3;
    private static final long LEAD_IN_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final NodeContext context;
    private final MediaDriver driver;
    private final Aeron aeron;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "lockstep-sequencer");
    private final LinkedEnds ends;
    private final OpenLoopProbe probe;
    private volatile boolean stop;
    private volatile Node.Result result;

    /**
     * @param sections of the configuration that are special, YAML.
     */
    LoadedNode(final Path directory, final String sections) throws IOException, InterruptedException
    {
        final Path memory = Path.of("/dev/shm");
        driver = EmbeddedDriver.launch(Files.createTempDirectory(
            Files.isWritable(memory) ? memory : directory, "lockstep-measure-driver-"), Throwable::printStackTrace);
        aeron = DriverClient.connect(new Aeron.Context().aeronDirectoryName(driver.aeronDirectoryName()));
        final String text = configuration(directory, sections);
        context = NodeContext.read(YamlSection.parse(directory.resolve("node.yaml"), text), text);
        thread.setDaemon(true);
        thread.start();
        ready.await();
        ends = new LinkedEnds(aeron, context.ingress().get(0), context.egress());
        while (!ends.isLinked())
        {
            ends.poll(System.nanoTime());
        }
        probe = new OpenLoopProbe(ends, new GeneratedWorkload(1), SystemNanoClock.INSTANCE);
        probe.sendFirstBooks();
    }

    private String configuration(final Path directory, final String sections)
    {
        final List<String> lines = new ArrayList<>(List.of(
            "node: {directory: \"" + directory + "\", time: recorded, idle: spin, reconcile: false, onStop: keep, " +
                "gatewayTimeout: 0s, stallMax: 1h}",
            sections,
            "aeron: {embedded: false, directory: \"" + driver.aeronDirectoryName() + "\"}",
            "strategies:",
            "  - name: echo",
            "    class: \"" + EchoStrategy.Factory.class.getName() + "\"",
            "instruments:"));
        for (int i = 0; i < GeneratedWorkload.SYMBOLS; i++)
        {
            lines.add("  - {symbol: S" + i + ", venue: PERF, tickSize: 0.01, lotSize: 0.1, baseCurrency: S" + i +
                ", quoteCurrency: USD}");
        }
        return String.join("\n", lines) + "\n";
    }

    private void run()
    {
        try
        {
            result = new Node(context, new Node.Listener()
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

                @Override
                public void onNotice(final String notice)
                {
                    System.err.println(notice);
                }
            }).run(() -> stop);
        }
        catch (final RuntimeException ex)
        {
            // The sender would wait for it for ever.
            ex.printStackTrace();
            Runtime.getRuntime().halt(FAILED);
        }
    }

    /** Half a second at the rate unrecorded, then so long; from the intended send time to the order at the sender. */
    void load(final int rate, final int seconds, final Tally tally)
    {
        probe.slice(rate, LEAD_IN_NS, TimeUnit.SECONDS.toNanos(seconds), tally);
        tally.endSlice();
    }

    /** Market events a second as fast as it goes, each with an order. */
    double flatOut(final int seconds)
    {
        return probe.flatOut(TimeUnit.SECONDS.toNanos(seconds));
    }

    /** Stops the node; what it did. */
    Node.Result stop()
    {
        stop = true;
        while (thread.isAlive())
        {
            ends.poll(System.nanoTime());
        }
        return result;
    }

    @Override
    public void close()
    {
        stop();
        aeron.close();
        driver.close();
    }
}
