package io.lockstep.sequencer.egress;

import io.lockstep.codecs.RecordBatch;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.transport.MessageSender;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.RecordKind;
import org.agrona.sbe.MessageEncoderFlyweight;

/**
 * Sends link messages, each encoded in place. On the sequencer's thread; no allocation but to grow to the longest message.
 */
final class LinkMessages
{
    private final RecordBatch batch = new RecordBatch();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MessageSender sender;

    LinkMessages(final MessageSender sender)
    {
        this.sender = sender;
    }

    /** Begins a message; its fields follow, then {@link #send}. */
    <T extends MessageEncoderFlyweight> T begin(final T message)
    {
        final int offset = batch.nextMessageOffset();
        header.wrap(batch.buffer(), offset)
            .blockLength(message.sbeBlockLength())
            .templateId(message.sbeTemplateId())
            .schemaId(message.sbeSchemaId())
            .version(message.sbeSchemaVersion());
        message.wrap(batch.buffer(), offset + MessageHeaderEncoder.ENCODED_LENGTH);
        return message;
    }

    /** Sends what was begun last to every gateway; returns what the sender does. */
    long send(final MessageEncoderFlyweight message)
    {
        return send(message, 0, 0);
    }

    /** Sends what was begun last to one session of a source, which the record's header names. */
    long send(final MessageEncoderFlyweight message, final int sourceId, final int sourceSession)
    {
        final int offset = batch.addEncoded(RecordKind.LINK, message.encodedLength());
        RecordDescriptor.sourceId(batch.buffer(), offset, sourceId);
        RecordDescriptor.sourceSession(batch.buffer(), offset, sourceSession);
        final long result = sender.offer(batch.buffer(), offset, batch.length());
        batch.clear();
        return result;
    }
}
