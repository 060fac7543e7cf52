package io.lockstep.sequencer.journal;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.RecordKind;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableDirectByteBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Records side by side, as a journal document holds them: the inputs of a batch, or its decisions. Grows to the largest batch
 * there has been; only that allocates.
 */
public final class RecordBatch
{
    private final ExpandableDirectByteBuffer buffer = new ExpandableDirectByteBuffer(1 << 20);
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
        buffer.putBytes(length, source, offset, recordLength);
        return added(recordLength);
    }

    /** Adds copies of all records of another batch. */
    public void addAll(final RecordBatch other)
    {
        buffer.putBytes(length, other.buffer, 0, other.length);
        lastOffset = length + other.lastOffset;
        length += other.length;
        recordCount += other.recordCount;
    }

    /** Adds a record with an empty header around an SBE message; returns its offset. */
    public int addMessage(final RecordKind kind, final DirectBuffer message, final int offset, final int messageLength)
    {
        buffer.putBytes(length + RecordDescriptor.HEADER_LENGTH, message, offset, messageLength);
        return added(RecordDescriptor.begin(buffer, length, kind, messageLength));
    }

    /** Where the SBE message of the next record is to be encoded in place, for {@link #addEncoded}. */
    public int nextMessageOffset()
    {
        return length + RecordDescriptor.HEADER_LENGTH;
    }

    /** Adds the record whose message was encoded at {@link #nextMessageOffset()}; returns its offset. */
    public int addEncoded(final RecordKind kind, final int encodedLengthWithoutHeader)
    {
        return added(RecordDescriptor.begin(
            buffer, length, kind, MessageHeaderEncoder.ENCODED_LENGTH + encodedLengthWithoutHeader));
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
