package io.lockstep.gateways.link;

import io.aeron.FragmentAssembler;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.Header;
import org.agrona.DirectBuffer;

/**
 * The whole messages of an Aeron subscription. Aeron gives what a handler throws to the client's error handler and goes
 * on behind the message; here {@link #poll} throws it, so that a message which could not be handled ends its agent.
 * <p>
 * One thread. Allocates only to grow to the longest message.
 */
public final class MessageSubscription
{
    private final Subscription subscription;
    private final FragmentHandler handler;
    private final FragmentAssembler assembler;
    private RuntimeException failure;

    /**
     * @param handler             gets each message whole.
     * @param initialBufferLength for messages of several fragments.
     */
    public MessageSubscription(
        final Subscription subscription, final FragmentHandler handler, final int initialBufferLength)
    {
        this.subscription = subscription;
        this.handler = handler;
        assembler = new FragmentAssembler(this::onMessage, initialBufferLength);
    }

    /**
     * Returns the number of fragments polled. What the handler throws is thrown, now and at every later call; messages
     * behind it are not handled.
     */
    public int poll(final int fragmentLimit)
    {
        final int fragments = null == failure ? subscription.poll(assembler, fragmentLimit) : 0;
        if (null != failure)
        {
            throw failure;
        }
        return fragments;
    }

    /** Whether there is anyone to hear. */
    public boolean isConnected()
    {
        return subscription.isConnected();
    }

    private void onMessage(final DirectBuffer buffer, final int offset, final int length, final Header header)
    {
        if (null != failure)
        {
            return;
        }
        try
        {
            handler.onFragment(buffer, offset, length, header);
        }
        catch (final RuntimeException ex)
        {
            failure = ex;
        }
    }
}
