package io.lockstep.perf.latency.path;

import io.aeron.Aeron;
import io.lockstep.gateways.link.LinkClient;
import io.lockstep.gateways.link.LinkListener;
import io.lockstep.gateways.link.MessagePublication;
import io.lockstep.gateways.link.MessageSubscription;
import io.lockstep.sbe.DecisionAcknowledgementEncoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sequencer.config.Channel;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;

/**
 * The ends of a node's pipe: a feed's link and an order gateway's, as gateways have them.
 */
public final class LinkedEnds implements PipeEnds
{
    public static final int FEED = 1;
    public static final int VENUE = 2;

    private static final int SESSION = 1;
    private static final int RING_CAPACITY = 16 << 20;
    private static final int ASSEMBLY_LENGTH = 1 << 16;
    private static final int ACKNOWLEDGE_EVERY = 64;
    private static final int POLLS_PER_FEED_POLL = 16;

    private final LinkClient feed;
    private final LinkClient venue;
    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(64));
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final DecisionAcknowledgementEncoder acknowledgement = new DecisionAcknowledgementEncoder();
    private OrderHandler handler;
    private int polls;

    public LinkedEnds(final Aeron aeron, final Channel ingress, final Channel egress)
    {
        feed = link(aeron, ingress, egress, FEED, false, new LinkListener()
        {
        });
        venue = link(aeron, ingress, egress, VENUE, true, new LinkListener()
        {
            @Override
            public void onDecision(
                final DirectBuffer decision, final int offset, final int length, final long egressSequence)
            {
                onOrder(decision, offset, egressSequence);
            }
        });
    }

    private static LinkClient link(
        final Aeron aeron,
        final Channel ingress,
        final Channel egress,
        final int sourceId,
        final boolean receivesDecisions,
        final LinkListener listener)
    {
        return new LinkClient(
            new MessagePublication(aeron.addExclusivePublication(ingress.uri(), ingress.streamId())),
            new MessageSubscription(aeron.addSubscription(egress.uri(), egress.streamId()), ASSEMBLY_LENGTH),
            listener, sourceId, SESSION, receivesDecisions, RING_CAPACITY);
    }

    public boolean isLinked()
    {
        return feed.isLinked() && venue.isLinked();
    }

    @Override
    public void orderHandler(final OrderHandler newHandler)
    {
        handler = newHandler;
    }

    private void onOrder(final DirectBuffer decision, final int offset, final long egressSequence)
    {
        handler.onOrder(decision, offset, egressSequence);
        if (egressSequence % ACKNOWLEDGE_EVERY == 0)
        {
            acknowledgement.wrapAndApplyHeader(buffer, 0, header).egressSequence(egressSequence);
            offerReply(buffer, MessageHeaderEncoder.ENCODED_LENGTH + acknowledgement.encodedLength(), 0);
        }
    }

    @Override
    public boolean offerMarket(final DirectBuffer message, final int length, final long intendedNs)
    {
        return feed.offer(message, 0, length, 0, intendedNs);
    }

    @Override
    public boolean offerReply(final DirectBuffer message, final int length, final long timeNs)
    {
        return venue.offer(message, 0, length, 0, timeNs);
    }

    @Override
    public void poll(final long nowNs)
    {
        venue.poll(nowNs);
        // The two would be processes of their own. The feed's has nothing to hear but what it may forget.
        if (++polls % POLLS_PER_FEED_POLL == 0 || !feed.isLinked())
        {
            feed.poll(nowNs);
        }
    }
}
