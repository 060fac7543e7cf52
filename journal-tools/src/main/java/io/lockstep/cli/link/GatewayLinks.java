package io.lockstep.cli.link;

import io.lockstep.codecs.transport.MessageReceiver;
import io.lockstep.gateways.link.LinkClient;
import io.lockstep.gateways.link.LinkListener;
import io.lockstep.sequencer.aeron.DriverConnection;
import io.lockstep.sequencer.config.Channel;
import io.lockstep.sequencer.config.NodeContext;
import org.agrona.concurrent.SystemEpochClock;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * The streams between gateways and their node, as the gateways see them.
 *
 * @param toNode   where gateways publish.
 * @param fromNode where the node publishes.
 * @param market   where a venue hears what the feed publishes.
 */
public record GatewayLinks(Channel toNode, Channel fromNode, Channel market)
{
    /** Source ids the node knows the gateways by. */
    public static final int FEED_SOURCE = 1;
    public static final int VENUE_SOURCE = 2;

    public static final int NODE_MESSAGE_LENGTH = 1 << 16;

    /** Of gateways that share the node's media driver. */
    public static GatewayLinks of(final NodeContext node)
    {
        final Channel ingress = node.ingress().get(0);
        return new GatewayLinks(ingress, node.egress(), ingress);
    }

    /** Makes the link of a gateway that does not know itself as a listener yet. */
    public Function<LinkListener, LinkClient> link(
        final DriverConnection connection, final int sourceId, final boolean receivesDecisions, final int ringCapacity)
    {
        return (listener) -> new LinkClient(
            connection.sender(toNode.uri(), toNode.streamId()),
            connection.receiver(fromNode.uri(), fromNode.streamId()),
            listener, sourceId, newSession(), receivesDecisions, ringCapacity);
    }

    public MessageReceiver marketData(final DriverConnection connection)
    {
        return connection.receiver(market.uri(), market.streamId());
    }

    /** A number that no earlier start of a gateway had, as good as certainly; never 0. */
    public static int newSession()
    {
        return ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE) ^ (int)(new SystemEpochClock().time() & 0xFF);
    }
}
