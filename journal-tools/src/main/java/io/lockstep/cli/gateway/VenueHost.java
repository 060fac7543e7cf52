package io.lockstep.cli.gateway;

import io.lockstep.cli.config.GatewaySources;
import io.lockstep.cli.link.GatewayLinks;
import io.lockstep.gateways.simulated.SimulatedVenue;
import io.lockstep.gateways.simulated.VenueGateway;
import io.lockstep.gateways.simulated.VenueObserver;
import io.lockstep.gateways.simulated.VenueRules;
import io.lockstep.sequencer.aeron.DriverConnection;
import io.lockstep.sequencer.config.IdleKind;
import org.agrona.concurrent.SystemNanoClock;

/**
 * A simulated venue on a thread of its own, with its link to the node.
 */
final class VenueHost implements AutoCloseable
{
    private static final int RING_CAPACITY = 64 << 20;

    private final VenueGateway gateway;
    private final GatewayThread thread;

    /**
     * @param firstExecId beyond every execution id that the node has had of the venue.
     */
    VenueHost(
        final DriverConnection connection,
        final GatewayLinks links,
        final GatewaySources sources,
        final VenueRules rules,
        final IdleKind idle,
        final long firstExecId,
        final VenueObserver observer)
    {
        gateway = new VenueGateway(links.marketData(connection), sources.venueFeed(),
            (sink) -> new SimulatedVenue(rules, sink, firstExecId),
            links.link(connection, sources.orders(), true, RING_CAPACITY), observer, SystemNanoClock.INSTANCE);
        thread = new GatewayThread(gateway, idle);
    }

    VenueGateway gateway()
    {
        return gateway;
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
