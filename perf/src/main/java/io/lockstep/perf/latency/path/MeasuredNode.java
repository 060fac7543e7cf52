package io.lockstep.perf.latency.path;

import io.lockstep.perf.latency.load.Load;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.YamlSection;
import io.lockstep.sequencer.loop.SequencerMonitor;
import io.lockstep.sequencer.node.Node;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * A node as {@code run} starts it, with the load's instruments, the echo strategy and risk limits, on a thread that it shares with the
 * other paths. When it fails, the process ends.
 */
public final class MeasuredNode
{
    /** As the example deployments have it. */
    public static final String REHEARSE = "50us";

    private static final int FAILED = 3;

    private final NodeContext context;
    private final LoopThread loopThread;
    private final SequencerMonitor observer;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "lockstep-sequencer");

    public MeasuredNode(
        final Path directory,
        final String driverDirectory,
        final Load load,
        final long rehearseNs,
        final LoopThread loopThread,
        final SequencerMonitor observer)
    {
        this.context = context(directory, driverDirectory, load, rehearseNs);
        this.loopThread = loopThread;
        this.observer = observer;
    }

    /** How a node is configured that is to be loaded with this. */
    public static NodeContext context(
        final Path directory, final String driverDirectory, final Load load, final long rehearseNs)
    {
        final String text = configuration(directory, driverDirectory, load.orderMultiple(), rehearseNs);
        return NodeContext.read(YamlSection.parse(directory.resolve("node.yaml"), text), text)
            .withInstruments(load.instruments());
    }

    private static String configuration(
        final Path directory, final String driverDirectory, final int orderMultiple, final long rehearseNs)
    {
        // Time is the gateway's, so that the intended send time comes back as the order's. While other paths have the
        // thread the loop stands still; that is no stall, and nobody has gone.
        return String.join("\n",
            "node: {directory: \"" + directory + "\", time: recorded, idle: spin, reconcile: false, onStop: keep, " +
                "gatewayTimeout: 0s, stallMax: 1h, rehearse: " + rehearseNs + "ns}",
            // A follower would want a processor of its own.
            "snapshot: {enabled: false}",
            "aeron: {embedded: false, directory: \"" + driverDirectory + "\"}",
            "limits: {maxOrderNotional: 1000000, maxPositionNotional: 1000000, maxOpenOrders: 10000, " +
                "maxMarketDataAgeMs: 60000, priceCollarBps: 500}",
            "strategies:",
            "  - name: echo",
            "    class: \"" + EchoStrategy.Factory.class.getName() + "\"",
            "    parameters: {every: " + orderMultiple + "}\n");
    }

    public void start() throws InterruptedException
    {
        thread.setDaemon(true);
        thread.start();
        ready.await();
    }

    private void run()
    {
        try
        {
            new Node(context, new Node.Listener()
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

                @Override
                public SequencerMonitor observer()
                {
                    return observer;
                }
            }).run(loopThread::runOtherPaths);
        }
        catch (final RuntimeException ex)
        {
            // The sender would wait for it for ever.
            ex.printStackTrace();
            System.exit(FAILED);
        }
    }

    public boolean isAlive()
    {
        return thread.isAlive();
    }

    /** Of the loop. */
    public long threadId()
    {
        return thread.getId();
    }

    public NodeContext context()
    {
        return context;
    }
}
