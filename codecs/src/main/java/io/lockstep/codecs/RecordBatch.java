package io.lockstep.codecs;

import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.RecordKind;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;

/**
 * Records side by side, as a journal document holds them: the inputs of a batch, or its decisions. Grows to the largest batch
 * there has been; only that allocates.
 * <p>
 * It grows before a record is written, not at each field: a buffer that looks for itself whether it must grow costs a check and
 * an indirect call for each.
 */
public final class RecordBatch
{
    private static final int INITIAL_CAPACITY = 1 << 16;
    /** Any message without text or groups fits in it. */
    private static final int MESSAGE_LENGTH = 1 << 12;

    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(INITIAL_CAPACITY));
    private int length;
    private int lastOffset;
    private int recordCount;

    public MutableDirectBuffer buffer()
    {
        return buffer;
    }

    /** Bytes of all records. */
    public int length()
    {
        return length;
    }

    /** Of the newest record; there must be one. */
    public int lastOffset()
    {
        return lastOffset;
    }

    /**
     * Becomes a copy of as many records of another batch as fit, at least one.
     *
     * @param offset of the first in the other batch.
     * @return where the other batch goes on.
     */
    public int fill(final RecordBatch other, final int offset, final int lengthMax)
    {
        clear();
        int next = offset;
        do
        {
            final int recordLength = RecordDescriptor.recordLength(other.buffer, next);
            addRecord(other.buffer, next, recordLength);
            next += recordLength;
        }
        while (next < other.length && length + RecordDescriptor.recordLength(other.buffer, next) <= lengthMax);
        return next;
    }

    public int recordCount()
    {
        return recordCount;
    }

    public boolean isEmpty()
    {
        return length == 0;
    }

    public void clear()
    {
        length = 0;
        recordCount = 0;
    }

    /** Adds a copy of a whole record; returns its offset. */
    public int addRecord(final DirectBuffer source, final int offset, final int recordLength)
    {
        ensure(recordLength);
        buffer.putBytes(length, source, offset, recordLength);
        return added(recordLength);
    }

    /** Adds copies of all records of another batch. */
    public void addAll(final RecordBatch other)
    {
        ensure(other.length);
        buffer.putBytes(length, other.buffer, 0, other.length);
        lastOffset = length + other.lastOffset;
        length += other.length;
        recordCount += other.recordCount;
    }

    /** Adds a record with an empty header around an SBE message; returns its offset. */
    public int addMessage(final RecordKind kind, final DirectBuffer message, final int offset, final int messageLength)
    {
        ensure(RecordDescriptor.HEADER_LENGTH + messageLength + RecordDescriptor.ALIGNMENT);
        buffer.putBytes(length + RecordDescriptor.HEADER_LENGTH, message, offset, messageLength);
        return added(RecordDescriptor.begin(buffer, length, kind, messageLength));
    }

    /** Where the next record's SBE message of fixed length is to be encoded in place, for {@link #addEncoded}. */
    public int nextMessageOffset()
    {
        return nextMessageOffset(MESSAGE_LENGTH);
    }

    /**
     * The same for a message with text or groups.
     *
     * @param messageLengthMax bytes of messageHeader and message, or more.
     */
    public int nextMessageOffset(final int messageLengthMax)
    {
        ensure(RecordDescriptor.HEADER_LENGTH + messageLengthMax + RecordDescriptor.ALIGNMENT);
        return length + RecordDescriptor.HEADER_LENGTH;
    }

    /** Adds the record whose message was encoded at {@link #nextMessageOffset()}; returns its offset. */
    public int addEncoded(final RecordKind kind, final int encodedLengthWithoutHeader)
    {
        return added(RecordDescriptor.begin(
            buffer, length, kind, MessageHeaderEncoder.ENCODED_LENGTH + encodedLengthWithoutHeader));
    }

    private void ensure(final int more)
    {
        if (more > buffer.capacity() - length)
        {
            grow(more);
        }
    }

    private void grow(final int more)
    {
        final UnsafeBuffer larger = new UnsafeBuffer(
            ByteBuffer.allocateDirect(BitUtil.findNextPositivePowerOfTwo(Math.addExact(length, more))));
        larger.putBytes(0, buffer, 0, length);
        buffer.wrap(larger);
    }

    private int added(final int recordLength)
    {
        final int offset = length;
        lastOffset = offset;
        length += recordLength;
        recordCount++;
        return offset;
    }
}
