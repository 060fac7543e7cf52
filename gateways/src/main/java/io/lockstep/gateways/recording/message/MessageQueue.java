package io.lockstep.gateways.recording.message;

import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.Arrays;

/**
 * Encoded messages, first in first out, each with its times and the venue's update ids:
 * <pre>
 *  0      4       8              16            24         32        40            48
 *  +------+-------+--------------+-------------+----------+---------+-------------+-----------+
 *  |length| flags | gateway time | venue time  | first id | last id | previous id | message...|
 *  +------+-------+--------------+-------------+----------+---------+-------------+-----------+
 * </pre>
 * Entries are aligned to 8 bytes in one array, which doubles when it is full and is never given back. The current
 * entry, the one {@link #poll()} took, keeps its bytes until the next call of any method that changes the queue.
 */
public final class MessageQueue
{
    private static final int FLAGS_OFFSET = 4;
    private static final int GATEWAY_TIME_OFFSET = 8;
    private static final int VENUE_TIME_OFFSET = 16;
    private static final int FIRST_ID_OFFSET = 24;
    private static final int LAST_ID_OFFSET = 32;
    private static final int PREVIOUS_ID_OFFSET = 40;
    private static final int HEADER_LENGTH = 48;
    private static final int EVENT_END_FLAG = 1;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1 << 12]);
    private int head;
    private int tail;
    private int current;

    public boolean isEmpty()
    {
        return head == tail;
    }

    /** Held in entries, headers included. */
    public int byteCount()
    {
        return tail - head;
    }

    public void clear()
    {
        head = 0;
        tail = 0;
    }

    public void add(
        final DirectBuffer message,
        final int offset,
        final int length,
        final boolean isEventEnd,
        final long gatewayTimeNs,
        final long venueTimeNs,
        final long firstUpdateId,
        final long lastUpdateId,
        final long previousUpdateId)
    {
        final int entryLength = BitUtil.align(HEADER_LENGTH + length, 8);
        ensureCapacity(entryLength);
        buffer.putInt(tail, length);
        buffer.putInt(tail + FLAGS_OFFSET, isEventEnd ? EVENT_END_FLAG : 0);
        buffer.putLong(tail + GATEWAY_TIME_OFFSET, gatewayTimeNs);
        buffer.putLong(tail + VENUE_TIME_OFFSET, venueTimeNs);
        buffer.putLong(tail + FIRST_ID_OFFSET, firstUpdateId);
        buffer.putLong(tail + LAST_ID_OFFSET, lastUpdateId);
        buffer.putLong(tail + PREVIOUS_ID_OFFSET, previousUpdateId);
        buffer.putBytes(tail + HEADER_LENGTH, message, offset, length);
        tail += entryLength;
    }

    /** Copies the current entry of another queue. */
    public void addCurrentOf(final MessageQueue other)
    {
        add(other.buffer, other.messageOffset(), other.messageLength(), other.isEventEnd(), other.gatewayTimeNs(),
            other.venueTimeNs(), other.firstUpdateId(), other.lastUpdateId(), other.previousUpdateId());
    }

    /** Takes the oldest entry and makes it the current one. */
    public boolean poll()
    {
        if (head == tail)
        {
            return false;
        }
        current = head;
        head += BitUtil.align(HEADER_LENGTH + buffer.getInt(head), 8);
        return true;
    }

    public UnsafeBuffer buffer()
    {
        return buffer;
    }

    public int messageOffset()
    {
        return current + HEADER_LENGTH;
    }

    public int messageLength()
    {
        return buffer.getInt(current);
    }

    public boolean isEventEnd()
    {
        return (buffer.getInt(current + FLAGS_OFFSET) & EVENT_END_FLAG) != 0;
    }

    public long gatewayTimeNs()
    {
        return buffer.getLong(current + GATEWAY_TIME_OFFSET);
    }

    public long venueTimeNs()
    {
        return buffer.getLong(current + VENUE_TIME_OFFSET);
    }

    public long firstUpdateId()
    {
        return buffer.getLong(current + FIRST_ID_OFFSET);
    }

    public long lastUpdateId()
    {
        return buffer.getLong(current + LAST_ID_OFFSET);
    }

    public long previousUpdateId()
    {
        return buffer.getLong(current + PREVIOUS_ID_OFFSET);
    }

    private void ensureCapacity(final int entryLength)
    {
        if (tail + entryLength <= buffer.capacity())
        {
            return;
        }
        final byte[] bytes = buffer.byteArray();
        final int length = tail - head;
        // Moving the entries down is only worth it when that frees at least half.
        final byte[] target = length + entryLength <= bytes.length / 2
            ? bytes
            : Arrays.copyOf(bytes,
                Math.max(bytes.length * 2, BitUtil.findNextPositivePowerOfTwo(length + entryLength)));
        System.arraycopy(bytes, head, target, 0, length);
        buffer.wrap(target);
        head = 0;
        tail = length;
    }
}
