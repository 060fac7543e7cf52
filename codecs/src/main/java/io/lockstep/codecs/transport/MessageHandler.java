package io.lockstep.codecs.transport;

import org.agrona.DirectBuffer;

/**
 * Gets each message whole.
 */
@FunctionalInterface
public interface MessageHandler
{
    /**
     * @param buffer    holds the message while this runs.
     * @param sessionId of the stream it came on: another number after each reconnect of the sender or the receiver. Within
     *                  one, messages are in order and complete.
     */
    void onMessage(DirectBuffer buffer, int offset, int length, int sessionId);
}
