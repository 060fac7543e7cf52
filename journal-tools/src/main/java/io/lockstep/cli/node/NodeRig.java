package io.lockstep.cli.node;

import io.aeron.driver.MediaDriver;
import io.lockstep.cli.config.GatewaySettings;
import io.lockstep.cli.gateway.GatewayHost;
import io.lockstep.cli.gateway.MarketPlayer;
import io.lockstep.cli.gateway.PrintedNotices;
import io.lockstep.cli.link.GatewayLinks;
import io.lockstep.cli.output.Progress;
import io.lockstep.gateways.recording.Recording;
import io.lockstep.gateways.simulated.VenueObserver;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.aeron.DriverConnection;
import io.lockstep.sequencer.aeron.EmbeddedDriver;
import io.lockstep.sequencer.config.IdleKind;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.YamlSection;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.log.ProcessLog;
import org.agrona.CloseHelper;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A node in a process of its own, to be killed, and all it needs in this one, which lives on: media driver, feed and
 * simulated venue. Both configurations are written into the node's directory.
 */
public final class NodeRig implements AutoCloseable
{
    private static final long SETTLE_TIMEOUT_SECONDS = 600;
    private static final int SETTLED_ROUNDS = 20;
    private static final int ROUND_MS = 10;

    private final NodeDirectory directory;
    private final NodeContext context;
    private final GatewaySettings settings;
    private final PrintWriter err;
    private final MediaDriver driver;
    private DriverConnection connection;
    private NodeProcess node;
    private GatewayHost gateways;

    /**
     * Starts driver, node and gateways.
     *
     * @param nodeText     the node's configuration.
     * @param gatewaysText that of feed and venue.
     * @param recording    what the feed plays, or null for a generator.
     * @param feedLimit    market events after which the feed is held at first.
     */
    public NodeRig(
        final Path directory,
        final Path aeronDirectory,
        final String nodeText,
        final String gatewaysText,
        final Recording recording,
        final VenueObserver observer,
        final long feedLimit,
        final PrintWriter err) throws IOException
    {
        this.err = err;
        this.directory = new NodeDirectory(directory);
        final Path configFile = directory.resolve("node.yaml");
        final Path gatewaysFile = directory.resolve("gateways.yaml");
        Files.writeString(configFile, nodeText);
        Files.writeString(gatewaysFile, gatewaysText);
        context = NodeContext.read(YamlSection.parse(configFile, nodeText), nodeText);
        settings = GatewaySettings.read(YamlSection.parse(gatewaysFile, gatewaysText));
        driver = EmbeddedDriver.launch(aeronDirectory, (error) -> err.println("driver: " + error));
        try
        {
            start(configFile, recording, observer, feedLimit);
        }
        catch (final RuntimeException ex)
        {
            close();
            throw ex;
        }
    }

    private void start(
        final Path configFile, final Recording recording, final VenueObserver observer, final long feedLimit)
    {
        connection = new DriverConnection(Path.of(driver.aeronDirectoryName()), context.driverTimeoutNs(),
            (error) -> err.println("lockstep: gateways: " + error),
            (notice) -> err.println("lockstep: gateways: " + notice));
        node = new NodeProcess(configFile, err);
        node.start();
        gateways = new GatewayHost(connection, GatewayLinks.of(context), MarketPlayer.of(context, settings, recording),
            IdleKind.BACKOFF, 1, observer, feedLimit,
            new PrintedNotices(ProcessLog.NONE, (notice) -> err.println("lockstep: " + notice)));
    }

    /**
     * Where a driver's files go: to memory where there is any, for pages on disk are written back, and that stalls their
     * writer.
     */
    public static Path aeronDirectory(final Path directory, final String prefix)
    {
        final Path sharedMemory = Path.of("/dev/shm");
        return Files.isWritable(sharedMemory)
            ? sharedMemory.resolve(prefix + ProcessHandle.current().pid())
            : directory.resolve("aeron");
    }

    public NodeDirectory directory()
    {
        return directory;
    }

    public NodeContext context()
    {
        return context;
    }

    public GatewaySettings settings()
    {
        return settings;
    }

    public NodeProcess node()
    {
        return node;
    }

    public GatewayHost gateways()
    {
        return gateways;
    }

    /**
     * @throws NodeException when the node or a gateway has ended by itself.
     */
    public void requireHealthy()
    {
        node.requireAlive();
        connection.check();
        gateways.requireHealthy();
    }

    /**
     * Waits until everything is played and journaled and nothing is under way to or from the venue.
     *
     * @throws NodeException when that takes very long.
     */
    public void settle(final Progress progress) throws InterruptedException
    {
        final long deadlineNs = System.nanoTime() + SETTLE_TIMEOUT_SECONDS * 1_000_000_000L;
        int settled = 0;
        while (settled < SETTLED_ROUNDS)
        {
            requireHealthy();
            settled = gateways.isFinished() ? settled + 1 : 0;
            progress.update(gateways.marketEvents());
            Thread.sleep(ROUND_MS);
            if (System.nanoTime() - deadlineNs > 0)
            {
                throw new NodeException(NodeException.CHECK_FAILED, "node and venue did not settle in " +
                    SETTLE_TIMEOUT_SECONDS + " s: marketEvents=" + gateways.marketEvents());
            }
        }
    }

    @Override
    public void close()
    {
        CloseHelper.closeAll(gateways, node, connection, driver);
    }
}
