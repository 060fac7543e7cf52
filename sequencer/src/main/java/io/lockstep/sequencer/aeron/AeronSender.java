package io.lockstep.sequencer.aeron;

import io.aeron.Publication;
import io.lockstep.codecs.transport.MessageSender;
import org.agrona.DirectBuffer;

/**
 * An Aeron publication as the sending end of a stream; Aeron's reasons for not taking a message are the interface's.
 */
public final class AeronSender implements MessageSender
{
    private final Publication publication;

    public AeronSender(final Publication publication)
    {
        this.publication = publication;
    }

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length)
    {
        return publication.offer(buffer, offset, length);
    }
}
