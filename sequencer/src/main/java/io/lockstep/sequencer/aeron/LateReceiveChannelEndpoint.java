package io.lockstep.sequencer.aeron;

import io.aeron.driver.DataPacketDispatcher;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ext.DebugReceiveChannelEndpoint;
import io.aeron.driver.ext.LossGenerator;
import io.aeron.driver.media.UdpChannel;
import org.agrona.concurrent.status.AtomicCounter;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * An endpoint that loses packets and gives what is left to the driver late, in the order in which it came. For tests:
 * allocates for each packet. The driver must poll each endpoint, which it does while it has no more than five.
 */
final class LateReceiveChannelEndpoint extends DebugReceiveChannelEndpoint
{
    private final Queue<Packet> late = new ArrayDeque<>();
    private final long delayNs;

    private record Packet(long dueNs, byte[] bytes, InetSocketAddress source)
    {
    }

    LateReceiveChannelEndpoint(
        final UdpChannel channel,
        final DataPacketDispatcher dispatcher,
        final AtomicCounter statusIndicator,
        final MediaDriver.Context context,
        final LossGenerator dataLoss,
        final LossGenerator controlLoss,
        final long delayNs)
    {
        super(channel, dispatcher, statusIndicator, context, dataLoss, controlLoss);
        this.delayNs = delayNs;
    }

    @Override
    public InetSocketAddress receive(final ByteBuffer buffer)
    {
        if (delayNs == 0)
        {
            return super.receive(buffer);
        }
        final long nowNs = System.nanoTime();
        for (InetSocketAddress source = super.receive(buffer); source != null; source = super.receive(buffer))
        {
            final byte[] bytes = new byte[buffer.position()];
            buffer.get(0, bytes);
            late.add(new Packet(nowNs + delayNs, bytes, source));
        }
        buffer.clear();
        if (late.isEmpty() || late.peek().dueNs() - nowNs > 0)
        {
            return null;
        }
        final Packet due = late.remove();
        buffer.put(due.bytes());
        return due.source();
    }
}
