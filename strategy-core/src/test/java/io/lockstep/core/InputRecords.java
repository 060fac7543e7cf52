package io.lockstep.core;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.RecordKind;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.IntArrayList;
import org.agrona.sbe.MessageEncoderFlyweight;

/**
 * Inputs as the sequencer would give them to the core, one after the other in one buffer, so that they can be given again.
 */
public final class InputRecords
{
    private final MutableDirectBuffer buffer = new ExpandableArrayBuffer(1 << 16);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final IntArrayList offsets = new IntArrayList();
    private MessageEncoderFlyweight encoder;
    private int end;
    private long sequence;
    private int incarnation;
    private int shard;
    private int sourceId;
    private long timeNs;
    private long gatewayTimeNs;

    public void header(final int newIncarnation, final int newShard)
    {
        incarnation = newIncarnation;
        shard = newShard;
    }

    public void sourceId(final int newSourceId)
    {
        sourceId = newSourceId;
    }

    int sourceId()
    {
        return sourceId;
    }

    public void timeNs(final long newTimeNs)
    {
        timeNs = newTimeNs;
    }

    /** 0 for none. */
    void gatewayTimeNs(final long newGatewayTimeNs)
    {
        gatewayTimeNs = newGatewayTimeNs;
    }

    long timeNs()
    {
        return timeNs;
    }

    public <T extends MessageEncoderFlyweight> T begin(final T newEncoder)
    {
        final int message = end + RecordDescriptor.HEADER_LENGTH;
        header.wrap(buffer, message).blockLength(newEncoder.sbeBlockLength()).templateId(newEncoder.sbeTemplateId())
            .schemaId(newEncoder.sbeSchemaId()).version(newEncoder.sbeSchemaVersion());
        newEncoder.wrap(buffer, message + MessageHeaderEncoder.ENCODED_LENGTH);
        encoder = newEncoder;
        return newEncoder;
    }

    public void end()
    {
        final int length = RecordDescriptor.begin(
            buffer, end, RecordKind.INPUT, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
        offsets.addInt(end);
        RecordDescriptor.sequence(buffer, end, ++sequence);
        RecordDescriptor.incarnation(buffer, end, incarnation);
        RecordDescriptor.shard(buffer, end, shard);
        RecordDescriptor.sourceId(buffer, end, sourceId);
        RecordDescriptor.gatewayTimeNs(buffer, end, gatewayTimeNs);
        RecordDescriptor.sequencerTimeNs(buffer, end, timeNs);
        RecordDescriptor.sealChecksum(buffer, end);
        end += length;
    }

    /** The next has the sequence behind this one. */
    void continueBehind(final long lastSequence)
    {
        sequence = lastSequence;
    }

    /** Forgets them; sequences go on. */
    public void clear()
    {
        end = 0;
        offsets.clear();
    }

    public MutableDirectBuffer buffer()
    {
        return buffer;
    }

    public int count()
    {
        return offsets.size();
    }

    /** Of the input with this index, from 0; its sequence is one more. */
    public int offset(final int index)
    {
        return offsets.getInt(index);
    }

    public int lastOffset()
    {
        return offset(count() - 1);
    }

    /** Gives them all to a core that has had none. */
    public void replay(final TradingCore core)
    {
        for (int i = 0; i < count(); i++)
        {
            core.onInput(buffer, offset(i));
        }
    }
}
