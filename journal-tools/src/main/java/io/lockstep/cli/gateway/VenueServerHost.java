package io.lockstep.cli.gateway;

import io.lockstep.cli.config.GatewaySources;
import io.lockstep.cli.config.VenueServerSettings;
import io.lockstep.cli.link.GatewayLinks;
import io.lockstep.gateways.simulated.SimulatedVenue;
import io.lockstep.gateways.simulated.VenueObserver;
import io.lockstep.gateways.simulated.VenueRules;
import io.lockstep.gateways.simulated.remote.SimulatedVenueServer;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.aeron.DriverConnection;
import io.lockstep.sequencer.config.IdleKind;
import org.agrona.concurrent.SystemNanoClock;

import java.io.IOException;

/**
 * A simulated venue on a thread of its own, for order gateways of other processes.
 */
final class VenueServerHost implements AutoCloseable
{
    private final SimulatedVenueServer server;
    private final GatewayThread thread;

    /**
     * @param firstExecId beyond every execution id that the node has had of the venue.
     * @throws NodeException when the address cannot be listened on.
     */
    VenueServerHost(
        final DriverConnection connection,
        final GatewayLinks links,
        final GatewaySources sources,
        final VenueRules rules,
        final VenueServerSettings settings,
        final IdleKind idle,
        final long firstExecId,
        final VenueObserver observer)
    {
        final VenueRules served = settings.reusesClosedIds() ? rules.withReusedIds() : rules;
        try
        {
            server = new SimulatedVenueServer(settings.listen(),
                (sink) -> new SimulatedVenue(served, sink, firstExecId), settings.faults(),
                settings.cancelAfterNs(), observer,
                links.marketData(connection), sources.venueFeed(), SystemNanoClock.INSTANCE);
        }
        catch (final IOException ex)
        {
            throw new NodeException(NodeException.CANNOT_RUN, "venueServer.listen=" + settings.listen() +
                ": expected an address that is free: " + ex.getMessage(), ex);
        }
        thread = new GatewayThread(server, idle);
    }

    SimulatedVenueServer server()
    {
        return server;
    }

    /** As {@link GatewayThread#requireHealthy}. */
    void requireHealthy()
    {
        thread.requireHealthy();
    }

    @Override
    public void close()
    {
        thread.close();
    }
}
