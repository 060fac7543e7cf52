package io.lockstep.sequencer.journal;

import io.lockstep.codecs.RecordBatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A segment while it is written: the loop appends and says how far it has come, the keeper reserves space and touches
 * pages ahead of that.
 */
final class JournalSegment
{
    private final SegmentId id;
    private final QueueJournal queue;
    private final AtomicLong position;
    private final AtomicLong reservedLength;
    private final AtomicLong wantedLength = new AtomicLong();
    private long touchedLength;

    JournalSegment(final SegmentId id, final QueueJournal queue, final long reservedLength)
    {
        this.id = id;
        this.queue = queue;
        this.position = new AtomicLong(queue.position());
        this.reservedLength = new AtomicLong(reservedLength);
    }

    SegmentId id()
    {
        return id;
    }

    QueueJournal queue()
    {
        return queue;
    }

    /** By the loop. */
    void append(final RecordBatch batch)
    {
        queue.append(batch);
        position.setRelease(queue.position());
    }

    long positionAcquire()
    {
        return position.getAcquire();
    }

    long reservedLengthAcquire()
    {
        return reservedLength.getAcquire();
    }

    /** By the keeper. */
    void reservedLengthRelease(final long length)
    {
        reservedLength.setRelease(length);
    }

    long wantedLengthAcquire()
    {
        return wantedLength.getAcquire();
    }

    /** By the loop, which waits for it. */
    void wantedLengthRelease(final long length)
    {
        wantedLength.setRelease(length);
    }

    /** Up to where pages were touched; the keeper's own. */
    long touchedLength()
    {
        return touchedLength;
    }

    /** By the keeper. */
    void touchedLength(final long length)
    {
        touchedLength = length;
    }
}
