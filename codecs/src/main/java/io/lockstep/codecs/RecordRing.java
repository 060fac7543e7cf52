package io.lockstep.codecs;

import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;

/**
 * The records one end of a link has sent and the other has not acknowledged, in a ring of bytes: what a reconnect needs to
 * go on exactly where the other end stopped. Both ends of every link use it.
 * <p>
 * Records are numbered +1 each in the order they are appended. Those up to {@link #release} are forgotten; a cursor walks
 * what is still to be sent, and {@link #seek} moves it back. When full, {@link #append} refuses, which is the sender's
 * back-pressure. Nothing is allocated after construction.
 */
public final class RecordRing
{
    private static final long NO_ROOM = -1;

    private final UnsafeBuffer buffer;
    private final int mask;
    private final int lengthMax;
    private final long[] positions;
    private long positionsBase;
    private long firstSequence;
    private long nextSequence;
    private long unsentSequence;
    private long tail;

    /**
     * @param capacity      bytes, a power of two; an eighth of it again is taken for where records lie.
     * @param firstSequence number of the first record.
     */
    public RecordRing(final int capacity, final long firstSequence)
    {
        if (!BitUtil.isPowerOfTwo(capacity))
        {
            throw new IllegalArgumentException("capacity must be a power of two: capacity=" + capacity);
        }
        buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(capacity));
        mask = capacity - 1;
        lengthMax = capacity / 4;
        positions = new long[BitUtil.findNextPositivePowerOfTwo(capacity / RecordDescriptor.BODY_OFFSET)];
        this.firstSequence = firstSequence;
        nextSequence = firstSequence;
        unsentSequence = firstSequence;
    }

    /** Lowest sequence still held; {@link #nextSequence()} when there is none. */
    public long firstSequence()
    {
        return firstSequence;
    }

    /** The sequence that the next record will have. */
    public long nextSequence()
    {
        return nextSequence;
    }

    /** Whether the record with this sequence is still held. */
    public boolean holds(final long sequence)
    {
        return sequence >= firstSequence && sequence < nextSequence;
    }

    /** Offset of a record that is held. */
    public int offset(final long sequence)
    {
        return (int)(position(sequence) & mask);
    }

    public boolean isEmpty()
    {
        return firstSequence == nextSequence;
    }

    /** Empties the ring and starts to count at a sequence. */
    public void reset(final long sequence)
    {
        firstSequence = sequence;
        nextSequence = sequence;
        unsentSequence = sequence;
        tail = 0;
    }

    /**
     * Copies a record to the end.
     *
     * @return its offset in {@link #buffer()}, or -1 when there is no room until older records are released.
     * @throws IllegalArgumentException for a record longer than a quarter of the ring, or shorter than any record is.
     */
    public int append(final DirectBuffer source, final int offset, final int length)
    {
        if (length > lengthMax)
        {
            throw new IllegalArgumentException("record too long for the ring: length=" + length + " max=" + lengthMax);
        }
        if (length < RecordDescriptor.BODY_OFFSET)
        {
            throw new IllegalArgumentException(
                "too short for a record: length=" + length + " min=" + RecordDescriptor.BODY_OFFSET);
        }
        final int aligned = BitUtil.align(length, RecordDescriptor.ALIGNMENT);
        final long start = start(aligned);
        if (start == NO_ROOM)
        {
            return -1;
        }
        final int index = (int)(start & mask);
        buffer.putBytes(index, source, offset, length);
        if (isEmpty())
        {
            positionsBase = nextSequence;
        }
        positions[slot(nextSequence)] = start;
        nextSequence++;
        tail = start + aligned;
        return index;
    }

    private long start(final int aligned)
    {
        if (isEmpty())
        {
            // Where the last ones were: at low load the ring, and its table, stay within memory that the cache holds.
            return 0;
        }
        final int toEnd = buffer.capacity() - (int)(tail & mask);
        final long start = aligned > toEnd ? tail + toEnd : tail;
        return start + aligned - position(firstSequence) > buffer.capacity() ? NO_ROOM : start;
    }

    /** Forgets all records up to and including the sequence; one beyond what was sent is taken as all that was sent. */
    public void release(final long sequence)
    {
        firstSequence = Math.max(firstSequence, Math.min(sequence, nextSequence - 1) + 1);
        unsentSequence = Math.max(unsentSequence, firstSequence);
    }

    /** Moves the cursor to the sequence, or to the nearest one held. */
    public void seek(final long sequence)
    {
        unsentSequence = Math.min(Math.max(sequence, firstSequence), nextSequence);
    }

    public boolean hasUnsent()
    {
        return unsentSequence < nextSequence;
    }

    /** Sequence of the record at the cursor. */
    public long unsentSequence()
    {
        return unsentSequence;
    }

    /** Offset of the record at the cursor; its length is in its header. */
    public int unsentOffset()
    {
        return (int)(position(unsentSequence) & mask);
    }

    /** The record at the cursor has been sent. */
    public void advance()
    {
        unsentSequence++;
    }

    public UnsafeBuffer buffer()
    {
        return buffer;
    }

    private long position(final long sequence)
    {
        return positions[slot(sequence)];
    }

    private int slot(final long sequence)
    {
        return (int)(sequence - positionsBase & positions.length - 1);
    }
}
