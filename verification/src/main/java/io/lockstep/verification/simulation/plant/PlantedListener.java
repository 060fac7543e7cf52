package io.lockstep.verification.simulation.plant;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.gateways.link.LinkListener;
import io.lockstep.sbe.MessageHeaderDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.Set;

/**
 * Gives a request that comes again an id that the venue does not know.
 */
final class PlantedListener extends ForwardingListener
{
    private final Set<String> seen;

    /**
     * @param seen what came before, also to gateways that are gone.
     */
    PlantedListener(final LinkListener next, final Set<String> seen)
    {
        super(next);
        this.seen = seen;
    }

    @Override
    public void onDecision(final DirectBuffer buffer, final int offset, final int length, final long egressSequence)
    {
        if (seen.add(ClOrdIds.text(buffer, offset + MessageHeaderDecoder.ENCODED_LENGTH)))
        {
            super.onDecision(buffer, offset, length, egressSequence);
            return;
        }
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
        copy.putBytes(0, buffer, offset, length);
        copy.putByte(MessageHeaderDecoder.ENCODED_LENGTH, (byte)'Z');
        super.onDecision(copy, 0, length, egressSequence);
    }
}
