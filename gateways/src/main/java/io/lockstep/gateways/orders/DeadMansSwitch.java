package io.lockstep.gateways.orders;

import io.lockstep.gateways.link.LinkClient;

import java.util.concurrent.TimeUnit;

/**
 * Cancels what is open at the venue when the node has been silent for too long, and says so when it is back: the venue's
 * reports of the cancels wait in the link meanwhile, so the node hears of each.
 */
final class DeadMansSwitch
{
    private final LinkClient link;
    private final VenueSession session;
    private final VenueConnection connection;
    private final OrderGatewayNotices notices;
    private final long timeoutNs;
    private final long startNs;
    private boolean isSilent;
    private long cancelledNs;
    private boolean hasCancelled;
    private long ended;

    DeadMansSwitch(
        final LinkClient link,
        final VenueSession session,
        final VenueConnection connection,
        final OrderGatewayNotices notices,
        final long timeoutNs,
        final long startNs)
    {
        this.link = link;
        this.session = session;
        this.connection = connection;
        this.notices = notices;
        this.timeoutNs = timeoutNs;
        this.startNs = startNs;
    }

    void poll(final long nowNs)
    {
        if (0 == timeoutNs)
        {
            return;
        }
        final long silentNs = nowNs - Math.max(startNs, link.nodeHeardNs());
        if (isSilent && silentNs <= timeoutNs)
        {
            isSilent = false;
            notices.info("the node is back; orders that ended at the venue while it was silent: " + ended);
        }
        else if (!isSilent && silentNs > timeoutNs)
        {
            isSilent = true;
            hasCancelled = false;
            ended = 0;
            notices.error("the node has said nothing for " + TimeUnit.NANOSECONDS.toMillis(silentNs) +
                " ms: all open orders are cancelled at the venue");
        }
        cancel(nowNs);
    }

    /** Again and again, for a request that was under way may have become an order since. */
    private void cancel(final long nowNs)
    {
        if (isSilent && connection.isReady() && (!hasCancelled || nowNs - cancelledNs >= timeoutNs) &&
            session.cancelOpenOrders())
        {
            hasCancelled = true;
            cancelledNs = nowNs;
        }
    }

    /** The venue reports an order's end. */
    void onCanceled()
    {
        ended += isSilent ? 1 : 0;
    }

    boolean isSilent()
    {
        return isSilent;
    }
}
