package io.lockstep.perf.work;

import io.lockstep.codecs.RecordBatch;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.RecordKind;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.IntArrayList;
import org.agrona.sbe.MessageEncoderFlyweight;

/**
 * Inputs encoded beforehand, as records in one buffer, to be given in a circle.
 */
final class InputTape
{
    private final RecordBatch records = new RecordBatch();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final IntArrayList offsets = new IntArrayList();
    private MessageEncoderFlyweight encoder;
    private int next;

    /** Begins an input, whose fields are to be set. */
    <T extends MessageEncoderFlyweight> T begin(final T newEncoder)
    {
        final int message = records.nextMessageOffset();
        header.wrap(records.buffer(), message).blockLength(newEncoder.sbeBlockLength())
            .templateId(newEncoder.sbeTemplateId()).schemaId(newEncoder.sbeSchemaId())
            .version(newEncoder.sbeSchemaVersion());
        newEncoder.wrap(records.buffer(), message + MessageHeaderEncoder.ENCODED_LENGTH);
        encoder = newEncoder;
        return newEncoder;
    }

    /** All fields are set. */
    InputTape end(final int sourceId)
    {
        final int record = records.addEncoded(RecordKind.INPUT, encoder.encodedLength());
        RecordDescriptor.sourceId(records.buffer(), record, sourceId);
        offsets.addInt(record);
        return this;
    }

    MutableDirectBuffer buffer()
    {
        return records.buffer();
    }

    int count()
    {
        return offsets.size();
    }

    /** Of the record with this index, from 0. */
    int offset(final int index)
    {
        return offsets.getInt(index);
    }

    /** Offset of the record whose turn it is; behind the last comes the first. */
    int next()
    {
        final int offset = offsets.getInt(next);
        next = next + 1 == offsets.size() ? 0 : next + 1;
        return offset;
    }
}
