package io.lockstep.cli.link;

import io.lockstep.codecs.transport.MessageReceiver;
import io.lockstep.gateways.link.LinkClient;
import io.lockstep.gateways.link.LinkListener;
import io.lockstep.gateways.link.LinkOptions;
import io.lockstep.sequencer.aeron.DriverConnection;
import io.lockstep.sequencer.config.Channel;
import io.lockstep.sequencer.config.KeyFile;
import io.lockstep.sequencer.config.NodeContext;
import org.agrona.concurrent.SystemEpochClock;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * The streams between gateways and their node, as the gateways see them.
 *
 * @param toNode   where gateways publish.
 * @param fromNode where the node publishes.
 * @param market   where a venue hears what the feed publishes.
 * @param keyFile  of the keys of sources, for a node that asks for proofs; null for none.
 */
public record GatewayLinks(Channel toNode, Channel fromNode, Channel market, Path keyFile)
{
    public static final int NODE_MESSAGE_LENGTH = 1 << 16;

    /** Of gateways that share the node's media driver. */
    public static GatewayLinks of(final NodeContext node)
    {
        final Channel ingress = node.ingress().get(0);
        return new GatewayLinks(ingress, node.egress(), ingress, node.keys());
    }

    /** Of gateways without keys. */
    public GatewayLinks(final Channel toNode, final Channel fromNode, final Channel market)
    {
        this(toNode, fromNode, market, null);
    }

    /**
     * Makes the link of a gateway that does not know itself as a listener yet.
     *
     * @throws io.lockstep.sequencer.config.ConfigurationException when there is a file of keys that cannot be used.
     */
    public Function<LinkListener, LinkClient> link(
        final DriverConnection connection, final int sourceId, final boolean receivesDecisions, final int ringCapacity)
    {
        final byte[] key = key(keyFile, sourceId);
        return (listener) -> new LinkClient(
            connection.sender(toNode.uri(), toNode.streamId()),
            connection.receiver(fromNode.uri(), fromNode.streamId()),
            listener,
            LinkOptions.gateway(sourceId, newSession(), receivesDecisions, ringCapacity).withKey(key));
    }

    /** The first that the file has for the source; null where it has none, or there is no file. */
    public static byte[] key(final Path keyFile, final int sourceId)
    {
        final List<byte[]> keys = KeyFile.read(keyFile).of(sourceId);
        return keys.isEmpty() ? null : keys.get(0);
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
