package io.lockstep.cli.gateway;

import io.lockstep.cli.config.GatewaySettings;
import io.lockstep.cli.link.GatewayLinks;
import io.lockstep.gateways.feed.FeedGateway;
import io.lockstep.gateways.orders.OrderGateway;
import io.lockstep.gateways.simulated.VenueGateway;
import io.lockstep.gateways.simulated.VenueObserver;
import io.lockstep.gateways.simulated.remote.SimulatedVenueServer;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.aeron.DriverConnection;
import io.lockstep.sequencer.config.ConfigurationException;
import io.lockstep.sequencer.config.IdleKind;
import org.agrona.CloseHelper;

/**
 * The gateways of one process: a feed, a simulated venue and an order gateway, or some of them. A feed beside a venue begins
 * when that knows what there is to trade.
 */
public final class GatewayHost implements AutoCloseable
{
    private final VenueHost venue;
    private final VenueServerHost server;
    private final OrderGatewayHost orders;
    private final FeedHost feed;

    /**
     * @param player      what the feed plays, and the settings of all.
     * @param firstExecId beyond every execution id that the node has had of the venue.
     * @param notices     told by an order gateway and the feed, each on its own thread.
     */
    public GatewayHost(
        final DriverConnection connection,
        final GatewayLinks links,
        final MarketPlayer player,
        final IdleKind idle,
        final long firstExecId,
        final PrintedNotices notices)
    {
        this(connection, links, player, idle, firstExecId, VenueObserver.NONE, Long.MAX_VALUE, notices);
    }

    /**
     * @param player      what the feed plays, and the settings of all.
     * @param firstExecId beyond every execution id that the node has had of the venue.
     * @param observer    of the venue.
     * @param feedLimit   market events after which the feed is held at first.
     * @param notices     told by an order gateway and the feed, each on its own thread.
     * @throws NodeException when a venue cannot listen, or an order gateway's log cannot be used.
     */
    public GatewayHost(
        final DriverConnection connection,
        final GatewayLinks links,
        final MarketPlayer player,
        final IdleKind idle,
        final long firstExecId,
        final VenueObserver observer,
        final long feedLimit,
        final PrintedNotices notices)
    {
        final GatewaySettings settings = player.settings();
        venue = settings.venue() == null || settings.server() != null
            ? null
            : new VenueHost(connection, links, settings.sources(), settings.venue(), idle, firstExecId, observer);
        server = settings.server() == null
            ? null
            : new VenueServerHost(
                connection, links, settings.sources(), settings.venue(), settings.server(), idle, firstExecId,
                observer);
        orders = settings.orders() == null
            ? null
            : new OrderGatewayHost(
                connection, links, settings.sources().orders(), settings.orders(), idle, notices.orders());
        feed = player.isPlaying()
            ? new FeedHost(connection, links, player, idle, this::isMarketAwaited, feedLimit, notices.feed())
            : null;
    }

    private boolean isMarketAwaited()
    {
        return (venue == null || venue.gateway().isLinked()) && (server == null || server.server().hasInstruments());
    }

    /**
     * @throws NodeException          when a gateway has ended with an error.
     * @throws ConfigurationException when what one was to do does not agree with the node.
     */
    public void requireHealthy()
    {
        if (venue != null)
        {
            venue.requireHealthy();
        }
        if (server != null)
        {
            server.requireHealthy();
        }
        if (orders != null)
        {
            orders.requireHealthy();
        }
        if (feed != null)
        {
            feed.requireHealthy();
        }
    }

    /** Null for none. */
    public FeedGateway feed()
    {
        return feed == null ? null : feed.gateway();
    }

    /** Null for none. */
    public VenueGateway venue()
    {
        return venue == null ? null : venue.gateway();
    }

    /** Of a venue that other processes trade at; null for none. */
    public SimulatedVenueServer server()
    {
        return server == null ? null : server.server();
    }

    /** Null for none. */
    public OrderGateway orders()
    {
        return orders == null ? null : orders.gateway();
    }

    /** Books that the node has asked its feed for and has been given. */
    public long requestedSnapshots()
    {
        return feed == null ? 0 : feed().requestedSnapshots();
    }

    public long marketEvents()
    {
        return feed == null ? 0 : feed().marketEvents();
    }

    /** New orders the venue has received, rejected ones included; to be asked when {@link #isFinished()}. */
    public long venueOrders()
    {
        return venue == null ? 0 : venue().venue().orders() + venue().venue().rejects();
    }

    /** Whether something here answers the node's orders. */
    boolean answersOrders()
    {
        return venue != null || orders != null;
    }

    /** Whether none of the node's orders is under way to or from the venue. */
    boolean areOrdersSettled()
    {
        return (venue == null || venue().isSettled()) && (orders == null || orders().isSettled());
    }

    /** Whether the feed has played everything and all of it is journaled, and nothing is under way to or from the venue. */
    public boolean isFinished()
    {
        return (feed == null || feed().isFinished()) && areOrdersSettled() && (server == null || server().isSettled());
    }

    /** The market ends, what is under way at the venue does not yet. */
    void closeFeed()
    {
        CloseHelper.close(feed);
    }

    @Override
    public void close()
    {
        CloseHelper.closeAll(feed, orders, venue, server);
    }
}
