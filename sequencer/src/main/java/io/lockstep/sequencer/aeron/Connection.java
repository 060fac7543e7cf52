package io.lockstep.sequencer.aeron;

import io.aeron.driver.MediaDriver;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.config.NodeContext;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * The node's end of Aeron: its media driver where it has one of its own, its client and its streams.
 */
public final class Connection implements AutoCloseable
{
    private final NodeContext context;
    private final MediaDriver driver;
    private final DriverConnection client;

    /**
     * @param errorHandler for what goes wrong on Aeron's threads.
     * @param notices      of a client that was made anew, with the reason.
     * @throws NodeException when there is no media driver to connect to, or a live one where none should be.
     */
    Connection(final NodeContext context, final ErrorHandler errorHandler, final Consumer<String> notices)
    {
        this.context = context;
        driver = context.embeddedDriver() ? launchDriver(errorHandler) : null;
        try
        {
            client = connect(errorHandler, notices);
        }
        catch (final RuntimeException ex)
        {
            CloseHelper.close(driver);
            throw ex;
        }
    }

    private MediaDriver launchDriver(final ErrorHandler errorHandler)
    {
        final Path driverDirectory = context.driverDirectory();
        return context.aeronDirectory() == null
            ? EmbeddedDriver.launchOwned(driverDirectory, context.clientTimeoutNs(), errorHandler)
            : EmbeddedDriver.launch(driverDirectory, context.clientTimeoutNs(), errorHandler);
    }

    private DriverConnection connect(final ErrorHandler errorHandler, final Consumer<String> notices)
    {
        DriverAccess.require(context.driverDirectory());
        try
        {
            return new DriverConnection(context.driverDirectory(), context.driverTimeoutNs(), errorHandler, notices);
        }
        catch (final RuntimeException ex)
        {
            throw problem("expected a live media driver: " + ex.getMessage(), ex);
        }
    }

    private NodeException problem(final String problem, final RuntimeException cause)
    {
        return new NodeException(NodeException.CANNOT_RUN,
            "aeron.directory=" + context.driverDirectory() + ": " + problem, cause);
    }

    public List<AeronReceiver> receivers()
    {
        try
        {
            return context.ingress().stream()
                .map((channel) -> client.receiver(channel.uri(), channel.streamId()))
                .toList();
        }
        catch (final RuntimeException ex)
        {
            throw problem("a stream could not be made: " + ex.getMessage(), ex);
        }
    }

    public AeronSender sender()
    {
        try
        {
            return client.sender(context.egress().uri(), context.egress().streamId());
        }
        catch (final RuntimeException ex)
        {
            throw problem("a stream could not be made: " + ex.getMessage(), ex);
        }
    }

    /**
     * @throws NodeException when the media driver has died.
     */
    public void requireAlive()
    {
        try
        {
            client.check();
        }
        catch (final DriverGoneException ex)
        {
            throw problem(ex.getMessage(), ex);
        }
    }

    @Override
    public void close()
    {
        CloseHelper.closeAll(client, driver);
    }
}
