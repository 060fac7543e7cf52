package io.lockstep.cli.node;

import io.aeron.Aeron;
import io.lockstep.cli.config.GatewaySources;
import io.lockstep.cli.link.GatewayLinks;
import io.lockstep.gateways.link.LinkClient;
import io.lockstep.gateways.link.LinkListener;
import io.lockstep.gateways.link.MessagePublication;
import io.lockstep.gateways.link.MessageSubscription;
import io.lockstep.sequencer.aeron.DriverClient;
import io.lockstep.sequencer.config.NodeContext;

import java.nio.file.Path;

/** An order gateway that takes decisions and never says what became of them. */
final class SilentVenue implements AutoCloseable
{
    private static final int SESSION = 5;
    private static final int RING_CAPACITY = 1 << 16;

    private final Aeron aeron;
    private final LinkClient link;

    SilentVenue(final Path driverDirectory)
    {
        aeron = DriverClient.connect(new Aeron.Context().aeronDirectoryName(driverDirectory.toString())
            .errorHandler((error) ->
            {
                // The node takes the driver with it when it stops.
            }));
        link = new LinkClient(
            new MessagePublication(aeron.addExclusivePublication(
                NodeContext.DEFAULT_INGRESS.uri(), NodeContext.DEFAULT_INGRESS.streamId())),
            new MessageSubscription(aeron.addSubscription(
                NodeContext.DEFAULT_EGRESS.uri(), NodeContext.DEFAULT_EGRESS.streamId()),
                GatewayLinks.NODE_MESSAGE_LENGTH),
            new LinkListener()
            {
            }, GatewaySources.DEFAULT.orders(), SESSION, true, RING_CAPACITY);
    }

    /** Listens for a moment; returns how many decisions have come so far. */
    long decisions()
    {
        link.poll(System.nanoTime());
        return link.decisionsReceived();
    }

    @Override
    public void close()
    {
        aeron.close();
    }
}
