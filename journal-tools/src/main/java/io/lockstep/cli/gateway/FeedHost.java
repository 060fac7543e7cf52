package io.lockstep.cli.gateway;

import io.lockstep.cli.link.GatewayLinks;
import io.lockstep.gateways.feed.FeedGateway;
import io.lockstep.sequencer.aeron.DriverConnection;
import io.lockstep.sequencer.config.IdleKind;
import io.lockstep.sequencer.config.SequencedTime;
import org.agrona.concurrent.SystemEpochNanoClock;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A feed on a thread of its own, with its link to the node.
 */
final class FeedHost implements AutoCloseable
{
    private static final int RING_CAPACITY = 16 << 20;

    private final FeedGateway gateway;
    private final GatewayThread thread;

    /**
     * @param mayStart asked until it says yes; the market begins then.
     * @param limit    market events after which the feed is held at first.
     * @param notices  told what people should read, on the feed's thread.
     */
    FeedHost(
        final DriverConnection connection,
        final GatewayLinks links,
        final MarketPlayer player,
        final IdleKind idle,
        final BooleanSupplier mayStart,
        final long limit,
        final Consumer<String> notices)
    {
        gateway = new FeedGateway(links.link(connection, player.settings().sources().feed(), false, RING_CAPACITY),
            player.settings().pace(), player, mayStart, receiptClock(player.time()), notices);
        gateway.limit(limit);
        thread = new GatewayThread(gateway, idle);
    }

    /** A node that goes by the wall clock is played a recording as if it were received now. */
    private static LongSupplier receiptClock(final SequencedTime time)
    {
        return switch (time)
        {
            case WALL -> new SystemEpochNanoClock()::nanoTime;
            case RECORDED -> FeedGateway.AS_RECORDED;
        };
    }

    FeedGateway gateway()
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
