package io.lockstep.gateways.feed;

import org.agrona.DirectBuffer;

/**
 * A sequence of market data messages that is pulled one at a time: a recording, a generator, or several merged.
 * <p>
 * After {@link #next()} returned true the other methods describe the current message, until the next call; the bytes of
 * {@link #buffer()} are overwritten by it. For one thread. Steady-state reading allocates nothing, or little where an
 * implementation says so.
 */
public interface MarketSource extends AutoCloseable
{
    /**
     * Moves to the next message.
     *
     * @return false at the end, or when there is nothing more.
     */
    boolean next();

    /**
     * Puts the whole book of an instrument behind the current message: as soon as it can, {@link #next()} moves to its chunks, which
     * complete no market event.
     *
     * No allocation where there is nothing to give.
     */
    default SnapshotAnswer requestSnapshot(final int instrumentId)
    {
        return SnapshotAnswer.NONE;
    }

    /** When the message is emitted, in nanoseconds; never decreases. What several sources are merged by. */
    long timeNs();

    /** The line's own local time, in nanoseconds; earlier than {@link #timeNs()} for a message that was held back. */
    long gatewayTimeNs();

    /** The venue's own time of the event, in nanoseconds; 0 when it gave none. */
    long venueTimeNs();

    /**
     * Whether the message completes a market event: false on all but the last chunk of a snapshot, and on messages that
     * are no market event, such as FeedStatus.
     */
    boolean isEventEnd();

    /** Holds one SBE message, messageHeader and body, from {@link #offset()} for {@link #length()} bytes. */
    DirectBuffer buffer();

    int offset();

    int length();

    @Override
    void close();
}
