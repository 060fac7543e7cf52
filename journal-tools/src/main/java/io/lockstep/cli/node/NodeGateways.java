package io.lockstep.cli.node;

import io.lockstep.cli.config.GatewaySettings;
import io.lockstep.cli.gateway.GatewayHost;
import io.lockstep.cli.gateway.MarketPlayer;
import io.lockstep.cli.gateway.PrintedNotices;
import io.lockstep.cli.link.GatewayLinks;
import io.lockstep.cli.output.NoticePrinter;
import io.lockstep.gateways.recording.Recording;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.aeron.DriverConnection;
import io.lockstep.sequencer.aeron.DriverGoneException;
import io.lockstep.sequencer.config.IdleKind;
import io.lockstep.sequencer.config.LogContext;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.SequencedTime;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.log.ProcessLog;
import org.agrona.CloseHelper;
import org.agrona.concurrent.SystemEpochNanoClock;

import java.io.PrintWriter;

/**
 * The gateways that begin and end with a node, where its configuration has any; to be used on the node's thread.
 */
final class NodeGateways extends NoticePrinter
{
    private final NodeContext context;
    private final GatewaySettings settings;
    private final Recording recording;
    private final PrintWriter err;
    private GatewayHost gateways;
    private DriverConnection connection;

    /**
     * @param recording what the feed plays, or null for the settings' generator or none.
     * @param log       of the node.
     */
    NodeGateways(
        final NodeContext context,
        final GatewaySettings settings,
        final Recording recording,
        final LogContext log,
        final PrintWriter err)
    {
        super(err, log);
        this.context = context;
        this.settings = settings;
        this.recording = recording;
        this.err = err;
    }

    @Override
    public void onReady()
    {
        final MarketPlayer player = MarketPlayer.of(context, settings, recording);
        if (settings.venue() != null || settings.orders() != null || player.isPlaying())
        {
            connection = new DriverConnection(context.driverDirectory(), context.driverTimeoutNs(),
                (error) -> err.println("lockstep: gateway: " + error),
                (notice) -> err.println("lockstep: gateway: " + notice));
            gateways = new GatewayHost(
                connection, GatewayLinks.of(context), player, IdleKind.BACKOFF, firstExecId(),
                new PrintedNotices(ProcessLog.NONE, (notice) -> err.println("lockstep: " + notice)));
        }
        err.println("lockstep: running in " + context.directory().toAbsolutePath() +
            ", pid " + ProcessHandle.current().pid() + "; stop it with SIGTERM or Ctrl-C");
        err.flush();
    }

    @Override
    public void onStopping()
    {
        CloseHelper.closeAll(gateways, connection);
    }

    /** The venue begins with the node and has forgotten what it executed before; its ids must not come again. */
    private long firstExecId()
    {
        if (context.time() == SequencedTime.WALL)
        {
            return new SystemEpochNanoClock().nanoTime();
        }
        // The same in every run of the same recording.
        final int earlier = new NodeDirectory(context.directory()).incarnations().size() - 1;
        return ((long)earlier << Integer.SIZE) + 1;
    }

    /**
     * @throws NodeException when a gateway has ended with an error.
     */
    void requireHealthy()
    {
        if (gateways != null)
        {
            try
            {
                connection.check();
            }
            catch (final DriverGoneException ex)
            {
                throw new NodeException(NodeException.CANNOT_RUN,
                    "aeron.directory=" + context.driverDirectory() + ": " + ex.getMessage(), ex);
            }
            gateways.requireHealthy();
        }
    }
}
