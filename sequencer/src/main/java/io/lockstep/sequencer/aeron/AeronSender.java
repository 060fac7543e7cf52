package io.lockstep.sequencer.aeron;

import io.aeron.Publication;
import io.lockstep.codecs.transport.MessageSender;
import org.agrona.DirectBuffer;

/**
 * An Aeron publication as the sending end of a stream; Aeron's reasons for not taking a message are the interface's.
 */
public final class AeronSender implements MessageSender
{
    private final String channel;
    private final int streamId;
    private final boolean isRenewed;
    private volatile Publication publication;

    public AeronSender(final Publication publication)
    {
        this(publication.channel(), publication.streamId(), false);
        this.publication = publication;
    }

    /** One whose publication its connection makes anew when the client has ended; meanwhile nobody listens. */
    AeronSender(final String channel, final int streamId)
    {
        this(channel, streamId, true);
    }

    private AeronSender(final String channel, final int streamId, final boolean isRenewed)
    {
        this.channel = channel;
        this.streamId = streamId;
        this.isRenewed = isRenewed;
    }

    String channel()
    {
        return channel;
    }

    int streamId()
    {
        return streamId;
    }

    void renew(final Publication newPublication)
    {
        publication = newPublication;
    }

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length)
    {
        final long position = publication.offer(buffer, offset, length);
        return position == CLOSED && isRenewed ? NOT_CONNECTED : position;
    }

    @Override
    public String toString()
    {
        return channel + " stream " + streamId;
    }
}
