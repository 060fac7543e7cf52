package io.lockstep.gateways;

import org.agrona.DirectBuffer;

/**
 * Market data pulled one SBE message at a time, from a recording or a generator. For one thread; unless an implementation
 * says otherwise {@link #next()} allocates nothing in steady state. What the accessors return is valid until the next call
 * of {@link #next()}.
 */
public interface MarketSource extends AutoCloseable
{
    /**
     * Moves to the next message.
     *
     * @return false at the end, and ever after.
     */
    boolean next();

    /** When the message is emitted; never decreases. */
    long timeNs();

    /** The message's own local time, as its recorder stamped it. */
    long gatewayTimeNs();

    /** The venue's time, 0 when there is none. */
    long venueTimeNs();

    /**
     * Whether the message completes a market event: false on all but the last chunk of a chunked snapshot, and on messages
     * that are no market event.
     */
    boolean isEventEnd();

    /** Holds the message: header and body. */
    DirectBuffer buffer();

    int offset();

    int length();

    @Override
    void close();
}
