package io.lockstep.cli.gateway;

import io.lockstep.cli.config.OrdersSettings;
import io.lockstep.cli.link.GatewayLinks;
import io.lockstep.gateways.orders.OrderGateway;
import io.lockstep.gateways.orders.OrderGatewayNotices;
import io.lockstep.gateways.orders.RequestLog;
import io.lockstep.gateways.orders.RequestLogException;
import io.lockstep.gateways.simulated.remote.SimulatedVenueSession;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.aeron.DriverConnection;
import io.lockstep.sequencer.config.IdleKind;
import org.agrona.CloseHelper;
import org.agrona.concurrent.SystemNanoClock;

import java.io.IOException;

/**
 * An order gateway on a thread of its own, with its log, its link to the node and its session with a simulated venue.
 */
final class OrderGatewayHost implements AutoCloseable
{
    private static final int RING_CAPACITY = 64 << 20;

    private final RequestLog log;
    private final OrderGateway gateway;
    private final GatewayThread thread;

    /**
     * @param notices told what an operator should know, on the gateway's thread.
     * @throws NodeException when the log cannot be used.
     */
    OrderGatewayHost(
        final DriverConnection connection,
        final GatewayLinks links,
        final int sourceId,
        final OrdersSettings settings,
        final IdleKind idle,
        final OrderGatewayNotices notices)
    {
        log = open(settings);
        gateway = new OrderGateway(log, links.link(connection, sourceId, true, RING_CAPACITY),
            (listener) -> new SimulatedVenueSession(settings.venueServer(), listener, settings.settleNs()),
            settings.context(), SystemNanoClock.INSTANCE, notices);
        thread = new GatewayThread(gateway, idle);
    }

    private static RequestLog open(final OrdersSettings settings)
    {
        try
        {
            return RequestLog.open(settings.logDirectory(), settings.identity(), settings.log());
        }
        catch (final RequestLogException ex)
        {
            throw new NodeException(NodeException.CANNOT_RUN, ex.getMessage(), ex);
        }
        catch (final IOException ex)
        {
            throw new NodeException(NodeException.CANNOT_RUN, "orders.log.directory=" + settings.logDirectory() +
                ": expected one that can be written: " + ex, ex);
        }
    }

    OrderGateway gateway()
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
        CloseHelper.quietClose(log);
    }
}
