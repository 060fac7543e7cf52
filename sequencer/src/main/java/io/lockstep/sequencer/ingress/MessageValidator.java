package io.lockstep.sequencer.ingress;

import io.lockstep.codecs.MessageShape;
import io.lockstep.codecs.MessageShapes;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.host.SourceTable;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.RecordKind;
import org.agrona.DirectBuffer;

/**
 * Says whether what came over the wire is a record that the sequencer can take: everything behind it may then read the
 * message without looking at lengths again. Which messages there are, and how each is laid out, the schema says.
 */
final class MessageValidator
{
    /** Bounds what is kept for each source that was ever heard. */
    static final int SOURCE_ID_MAX = 1023;

    private MessageValidator()
    {
    }

    /**
     * @return null for a good record, else what is wrong.
     */
    static MessageProblem problem(final DirectBuffer buffer, final int offset, final int length)
    {
        if (!RecordDescriptor.isLengthValid(buffer, offset, length) ||
            RecordDescriptor.recordLength(buffer, offset) != length)
        {
            return MessageProblem.RECORD_LENGTH;
        }
        if (RecordDescriptor.format(buffer, offset) != RecordDescriptor.FORMAT)
        {
            return MessageProblem.RECORD_FORMAT;
        }
        if (RecordDescriptor.schemaId(buffer, offset) != MessageHeaderDecoder.SCHEMA_ID)
        {
            return MessageProblem.SCHEMA_ID;
        }
        if (RecordDescriptor.version(buffer, offset) > MessageHeaderDecoder.SCHEMA_VERSION)
        {
            return MessageProblem.SCHEMA_VERSION;
        }
        final int kind = RecordDescriptor.kind(buffer, offset);
        if (kind == RecordKind.INPUT.value())
        {
            return isSourceId(RecordDescriptor.sourceId(buffer, offset))
                ? messageProblem(buffer, offset, length, false)
                : MessageProblem.SOURCE_ID;
        }
        return kind == RecordKind.LINK.value()
            ? messageProblem(buffer, offset, length, true)
            : MessageProblem.RECORD_KIND;
    }

    /** Whether a gateway may have it. Inputs of source 0 are the node's own; nobody else speaks for it. */
    static boolean isSourceId(final int sourceId)
    {
        return sourceId > SourceTable.NODE && sourceId <= SOURCE_ID_MAX;
    }

    /** Whether it is an operator's. */
    static boolean isCommand(final int templateId)
    {
        final MessageShape shape = MessageShapes.of(templateId);
        return shape != null && shape.kind() == MessageShape.Kind.COMMAND;
    }

    private static MessageProblem messageProblem(
        final DirectBuffer buffer, final int offset, final int length, final boolean isLink)
    {
        final MessageShape shape = MessageShapes.of(RecordDescriptor.templateId(buffer, offset));
        if (shape == null || shape.kind() == MessageShape.Kind.NODE_INPUT ||
            isLink != (shape.kind() == MessageShape.Kind.LINK))
        {
            return MessageProblem.TEMPLATE_ID;
        }
        final int version = RecordDescriptor.version(buffer, offset);
        if (version < shape.sinceVersion())
        {
            return MessageProblem.MESSAGE_VERSION;
        }
        return switch (shape.end(buffer, offset + RecordDescriptor.BODY_OFFSET, offset + length, version,
            RecordDescriptor.blockLength(buffer, offset)))
        {
            case MessageShape.BLOCK_TOO_SHORT -> MessageProblem.BLOCK_LENGTH;
            case MessageShape.GROUPS_TOO_SHORT -> MessageProblem.GROUPS;
            default -> null;
        };
    }
}
