package io.lockstep.perf.latency.path;

import org.agrona.DirectBuffer;

/**
 * Both ends of a pipe, on the sender's thread: where the market goes in, and where orders come out and are answered.
 */
public interface PipeEnds
{
    /** Gets each order. */
    interface OrderHandler
    {
        /**
         * @param offset         of the messageHeader.
         * @param egressSequence counts orders, from 1.
         */
        void onOrder(DirectBuffer buffer, int offset, long egressSequence);
    }

    void orderHandler(OrderHandler handler);

    /**
     * Sends a market message.
     *
     * @param intendedNs when it was to be sent; it travels with the message and comes back in the order.
     * @return false when it was not taken; try again after {@link #poll}.
     */
    boolean offerMarket(DirectBuffer message, int length, long intendedNs);

    /** Sends an answer to an order. */
    boolean offerReply(DirectBuffer message, int length, long timeNs);

    /** Takes what has come out. */
    void poll(long nowNs);
}
