package io.lockstep.codecs.transport;

import org.agrona.DirectBuffer;

/**
 * The sending end of a stream.
 */
public interface MessageSender
{
    /** No one listens. */
    long NOT_CONNECTED = -1;
    /** The receivers are behind; try again. */
    long BACK_PRESSURED = -2;
    /** Try again at once. */
    long ADMIN_ACTION = -3;
    /** It will never take anything again. */
    long CLOSED = -4;
    /** It will never take anything again. */
    long MAX_POSITION_EXCEEDED = -5;

    /**
     * Sends a message, or says why not.
     *
     * @return above 0 when it was taken, else one of the constants; nothing was taken then.
     */
    long offer(DirectBuffer buffer, int offset, int length);
}
