package io.lockstep.sequencer.aeron;

import io.aeron.FragmentAssembler;
import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.logbuffer.Header;
import io.lockstep.codecs.transport.MessageHandler;
import io.lockstep.codecs.transport.MessageReceiver;
import org.agrona.DirectBuffer;

/**
 * The whole messages of an Aeron subscription, IPC and UDP alike. A session is an image: Aeron's own session id stays the same
 * when an image is lost and comes again, and between the two anything may be missing.
 * <p>
 * One thread. Allocates only to grow to the longest message. What the handler throws goes to the Aeron client's
 * subscriber error handler, which must throw it.
 */
public final class AeronReceiver implements MessageReceiver
{
    private static final int ASSEMBLY_BUFFER_LENGTH = 1 << 20;

    private final String channel;
    private final int streamId;
    private volatile Subscription subscription;
    private final FragmentAssembler assembler = new FragmentAssembler(this::onFragment, ASSEMBLY_BUFFER_LENGTH);
    private MessageHandler handler;

    public AeronReceiver(final Subscription subscription)
    {
        this(subscription.channel(), subscription.streamId());
        this.subscription = subscription;
    }

    /** One whose subscription its connection makes anew when the client has ended; meanwhile nothing comes. */
    AeronReceiver(final String channel, final int streamId)
    {
        this.channel = channel;
        this.streamId = streamId;
    }

    String channel()
    {
        return channel;
    }

    int streamId()
    {
        return streamId;
    }

    void renew(final Subscription newSubscription)
    {
        subscription = newSubscription;
    }

    @Override
    public int poll(final MessageHandler newHandler, final int limit)
    {
        handler = newHandler;
        return subscription.poll(assembler, limit);
    }

    @Override
    public boolean isConnected()
    {
        return subscription.isConnected();
    }

    private void onFragment(final DirectBuffer buffer, final int offset, final int length, final Header fragment)
    {
        handler.onMessage(buffer, offset, length, (int)((Image)fragment.context()).correlationId());
    }
}
