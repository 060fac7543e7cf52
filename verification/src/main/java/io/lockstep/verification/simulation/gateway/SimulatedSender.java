package io.lockstep.verification.simulation.gateway;

import io.lockstep.codecs.transport.MessageSender;
import org.agrona.DirectBuffer;

import java.util.List;

/**
 * One process's sending end: every path that is connected gets the message, or, while one of them has no room, none does.
 */
final class SimulatedSender implements MessageSender
{
    private final List<SimulatedPath> paths;

    SimulatedSender(final SimulatedPath... paths)
    {
        this.paths = List.of(paths);
    }

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length)
    {
        boolean connected = false;
        for (final SimulatedPath path : paths)
        {
            connected |= path.isConnected();
            if (path.isConnected() && !path.hasRoom())
            {
                return BACK_PRESSURED;
            }
        }
        if (!connected)
        {
            return NOT_CONNECTED;
        }
        for (final SimulatedPath path : paths)
        {
            path.offer(buffer, offset, length);
        }
        return length;
    }
}
