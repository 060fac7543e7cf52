package io.lockstep.cli.operate;

import io.aeron.CommonContext;
import io.lockstep.cli.argument.NodeFinder;
import io.lockstep.cli.link.GatewayLinks;
import io.lockstep.codecs.transport.MessageSender;
import io.lockstep.gateways.control.ControlClient;
import io.lockstep.gateways.link.LinkEndedException;
import io.lockstep.gateways.link.SourceRefusedException;
import io.lockstep.sequencer.aeron.DriverConnection;
import io.lockstep.sequencer.aeron.DriverGoneException;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.aeron.DriverAccess;
import io.lockstep.sequencer.NodeException;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * A way to a running node for as long as an operator's command takes.
 */
final class ControlLink
{
    /** For an answer. */
    static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);

    private static final long RETRY_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private ControlLink()
    {
    }

    /** As {@link #with(Path, boolean, Function)}, for work that knows the node's instruments. */
    static <T> T with(final Path node, final Function<ControlClient, T> work)
    {
        return with(node, true, work);
    }

    /**
     * Connects to the node and gives it what the work sends.
     *
     * @param node             directory of a node, or of one shard.
     * @param wantsInstruments whether the work must know the node's instruments.
     * @param work             returns null when the node did not answer in time.
     * @throws NodeException when no node answers; what was sent may have reached it.
     */
    static <T> T with(final Path node, final boolean wantsInstruments, final Function<ControlClient, T> work)
    {
        final NodeContext context = NodeFinder.context(node);
        try (DriverConnection connection = connect(context))
        {
            final ControlClient client = client(context, connection, wantsInstruments);
            if (!client.awaitLinked(TIMEOUT_NS))
            {
                throw new NodeException(NodeException.CANNOT_RUN, "--dir=" + node + ": no node answers there");
            }
            final T result = work.apply(client);
            if (result == null)
            {
                throw new NodeException(NodeException.CANNOT_RUN,
                    "--dir=" + node + ": the node did not answer in time; the command may have reached it");
            }
            return result;
        }
        catch (final SourceRefusedException ex)
        {
            throw new NodeException(NodeException.CANNOT_RUN,
                "--dir=" + node + ": the command is refused: " + ex.getMessage());
        }
        catch (final LinkEndedException | DriverGoneException ex)
        {
            throw new NodeException(NodeException.CANNOT_RUN, "--dir=" + node +
                ": the node's media driver has gone; the command may have reached the node");
        }
    }

    /** Nothing has been sent yet, so streams that the driver did not give in time are asked for again. */
    private static ControlClient client(
        final NodeContext context, final DriverConnection connection, final boolean wantsInstruments)
    {
        final byte[] key = GatewayLinks.key(context.keys(), ControlClient.SOURCE_FIRST);
        final long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        MessageSender sender = null;
        while (true)
        {
            try
            {
                if (sender == null)
                {
                    sender = connection.sender(
                        context.ingress().get(0).uri(), context.ingress().get(0).streamId());
                }
                return new ControlClient(sender,
                    connection.receiver(heardHere(context.egress().uri()), context.egress().streamId()),
                    connection::check, GatewayLinks.newSession(), wantsInstruments, key);
            }
            catch (final DriverGoneException ex)
            {
                throw ex;
            }
            catch (final RuntimeException ex)
            {
                // Aeron's client that ends in the middle of a request throws whatever comes of it.
                if (System.nanoTime() - deadlineNs >= 0)
                {
                    throw new NodeException(NodeException.CANNOT_RUN, "--dir=" + context.directory() +
                        ": the media driver in " + context.driverDirectory() + " gives no streams in " +
                        TimeUnit.NANOSECONDS.toSeconds(TIMEOUT_NS) + " s: " + ex.getMessage(), ex);
                }
                connection.check();
                LockSupport.parkNanos(RETRY_INTERVAL_NS);
            }
        }
    }

    /** What the node says to gateways on another host is heard here on its way out of the driver. */
    private static String heardHere(final String egress)
    {
        return egress.startsWith(CommonContext.UDP_CHANNEL) ? CommonContext.SPY_PREFIX + egress : egress;
    }

    /** Made anew while the driver lives: on a busy machine the driver takes a command for dead that waits for its turn. */
    private static DriverConnection connect(final NodeContext context)
    {
        DriverAccess.require(context.driverDirectory());
        try
        {
            return new DriverConnection(context.driverDirectory(), TIMEOUT_NS,
                (error) ->
                {
                    // What it comes to is said by the command's end: an answer, or none.
                },
                (notice) ->
                {
                });
        }
        catch (final RuntimeException ex)
        {
            throw new NodeException(NodeException.CANNOT_RUN, "--dir=" + context.directory() +
                ": no node runs there: aeron.directory=" + context.driverDirectory() + ": " + ex.getMessage());
        }
    }
}
