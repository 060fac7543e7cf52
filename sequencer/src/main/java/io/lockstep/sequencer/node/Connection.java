package io.lockstep.sequencer.node;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.aeron.AeronSender;
import io.lockstep.sequencer.aeron.AeronReceiver;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;

import java.nio.file.Path;
import java.util.List;

/**
 * The node's end of Aeron: its media driver where it has one of its own, its client and its streams.
 */
final class Connection implements AutoCloseable
{
    private final NodeContext context;
    private final MediaDriver driver;
    private final Aeron aeron;

    /**
     * @param errorHandler for what goes wrong on Aeron's threads.
     * @throws NodeException when there is no media driver to connect to, or a live one where none should be.
     */
    Connection(final NodeContext context, final ErrorHandler errorHandler)
    {
        this.context = context;
        driver = context.embeddedDriver() ? launchDriver(errorHandler) : null;
        try
        {
            aeron = connect(errorHandler);
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
            ? EmbeddedDriver.launchOwned(driverDirectory, errorHandler)
            : EmbeddedDriver.launch(driverDirectory, errorHandler);
    }

    private Aeron connect(final ErrorHandler errorHandler)
    {
        DriverAccess.require(context.driverDirectory());
        try
        {
            return Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(context.driverDirectory().toString())
                .errorHandler(errorHandler)
                .subscriberErrorHandler((error) ->
                {
                    // An exception of the core must end the loop, not be logged by the poll and forgotten.
                    throw error instanceof RuntimeException runtime ? runtime : new IllegalStateException(error);
                }));
        }
        catch (final RuntimeException ex)
        {
            throw new NodeException(NodeException.CANNOT_RUN, "aeron.directory=" + context.driverDirectory() +
                ": expected a live media driver: " + ex.getMessage());
        }
    }

    List<AeronReceiver> receivers()
    {
        return context.ingress().stream()
            .map((channel) -> new AeronReceiver(aeron.addSubscription(channel.uri(), channel.streamId())))
            .toList();
    }

    /** Exclusive: a shared one would be the dead predecessor's, which gateways cannot tell from it. */
    AeronSender sender()
    {
        return new AeronSender(aeron.addExclusivePublication(context.egress().uri(), context.egress().streamId()));
    }

    /**
     * @throws NodeException when the media driver has died.
     */
    void requireAlive()
    {
        if (aeron.isClosed())
        {
            throw new NodeException(NodeException.CANNOT_RUN,
                "aeron.directory=" + context.driverDirectory() + ": the media driver is gone");
        }
    }

    @Override
    public void close()
    {
        CloseHelper.closeAll(aeron, driver);
    }
}
