package io.lockstep.gateways.link;

import io.aeron.FragmentAssembler;
import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.logbuffer.Header;
import io.lockstep.codecs.transport.MessageHandler;
import io.lockstep.codecs.transport.MessageReceiver;
import org.agrona.DirectBuffer;

/**
 * The whole messages of an Aeron subscription. Aeron gives what a handler throws to the client's error handler and goes
 * on behind the message; here {@link #poll} throws it, so that a message which could not be handled ends its agent. A
 * session is an image: Aeron's own session id stays the same when an image is lost and comes again.
 * <p>
 * One thread. Allocates only to grow to the longest message.
 */
public final class MessageSubscription implements MessageReceiver
{
    private final Subscription subscription;
    private final FragmentAssembler assembler;
    private MessageHandler handler;
    private RuntimeException failure;

    /**
     * @param initialBufferLength for messages of several fragments.
     */
    public MessageSubscription(
        final Subscription subscription, final int initialBufferLength)
    {
        this.subscription = subscription;
        assembler = new FragmentAssembler(this::onFragment, initialBufferLength);
    }

    /**
     * Returns the number of fragments polled. What the handler throws is thrown, now and at every later call; messages
     * behind it are not handled.
     */
    @Override
    public int poll(final MessageHandler newHandler, final int limit)
    {
        handler = newHandler;
        final int fragments = failure == null ? subscription.poll(assembler, limit) : 0;
        if (failure != null)
        {
            throw failure;
        }
        return fragments;
    }

    @Override
    public boolean isConnected()
    {
        return subscription.isConnected();
    }

    private void onFragment(final DirectBuffer buffer, final int offset, final int length, final Header fragment)
    {
        if (failure != null)
        {
            return;
        }
        try
        {
            handler.onMessage(buffer, offset, length, (int)((Image)fragment.context()).correlationId());
        }
        catch (final RuntimeException ex)
        {
            failure = ex;
        }
    }
}
