package io.lockstep.cli.gateway;

import io.lockstep.cli.link.GatewayLinks;
import io.lockstep.gateways.feed.FeedGateway;
import io.lockstep.gateways.simulated.VenueGateway;
import io.lockstep.gateways.simulated.VenueObserver;
import io.lockstep.sequencer.aeron.DriverConnection;
import io.lockstep.sequencer.config.ConfigurationException;
import io.lockstep.sequencer.config.IdleKind;
import io.lockstep.sequencer.node.NodeException;
import org.agrona.CloseHelper;

/**
 * The gateways of one process, a feed, a simulated venue or both; a feed beside a venue begins when that is linked.
 */
public final class GatewayHost implements AutoCloseable
{
    private final VenueHost venue;
    private final FeedHost feed;

    /**
     * @param player      what the feed plays, and the settings of all.
     * @param firstExecId beyond every execution id that the node has had of the venue.
     */
    public GatewayHost(
        final DriverConnection connection,
        final GatewayLinks links,
        final MarketPlayer player,
        final IdleKind idle,
        final long firstExecId)
    {
        this(connection, links, player, idle, firstExecId, VenueObserver.NONE, Long.MAX_VALUE);
    }

    /**
     * @param player      what the feed plays, and the settings of all.
     * @param firstExecId beyond every execution id that the node has had of the venue.
     * @param observer    of the venue.
     * @param feedLimit   market events after which the feed is held at first.
     */
    public GatewayHost(
        final DriverConnection connection,
        final GatewayLinks links,
        final MarketPlayer player,
        final IdleKind idle,
        final long firstExecId,
        final VenueObserver observer,
        final long feedLimit)
    {
        venue = player.settings().venue() == null
            ? null
            : new VenueHost(connection, links, player.settings().venue(), idle, firstExecId, observer);
        feed = player.isPlaying()
            ? new FeedHost(
                connection, links, player, idle, () -> venue == null || venue.gateway().isLinked(), feedLimit)
            : null;
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

    public long marketEvents()
    {
        return feed == null ? 0 : feed().marketEvents();
    }

    /** New orders the venue has received, rejected ones included; to be asked when {@link #isFinished()}. */
    public long venueOrders()
    {
        return venue == null ? 0 : venue().venue().orders() + venue().venue().rejects();
    }

    /** Whether the feed has played everything and all of it is journaled, and nothing is under way to or from the venue. */
    public boolean isFinished()
    {
        return (feed == null || feed().isFinished()) && (venue == null || venue().isSettled());
    }

    /** The market ends, what is under way at the venue does not yet. */
    void closeFeed()
    {
        CloseHelper.close(feed);
    }

    @Override
    public void close()
    {
        CloseHelper.closeAll(feed, venue);
    }
}
