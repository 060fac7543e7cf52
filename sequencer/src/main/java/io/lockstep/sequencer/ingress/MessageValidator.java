package io.lockstep.sequencer.ingress;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.host.SourceTable;
import io.lockstep.sbe.AssignStrategyDecoder;
import io.lockstep.sbe.AssignStrategyDecoder.ParametersDecoder;
import io.lockstep.sbe.BarDecoder;
import io.lockstep.sbe.BestBidOfferDecoder;
import io.lockstep.sbe.BookSnapshotDecoder;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.BookUpdateDecoder.BidsDecoder;
import io.lockstep.sbe.ControlStrategyDecoder;
import io.lockstep.sbe.DecisionAcknowledgementDecoder;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.FeedStatusDecoder;
import io.lockstep.sbe.GroupSizeEncodingDecoder;
import io.lockstep.sbe.HeartbeatDecoder;
import io.lockstep.sbe.HelloDecoder;
import io.lockstep.sbe.MassStatusEndDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.OrderCancelRejectDecoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.SetLimitDecoder;
import io.lockstep.sbe.SetTradingModeDecoder;
import io.lockstep.sbe.SnapshotRequestDecoder;
import io.lockstep.sbe.TradeDecoder;
import io.lockstep.sbe.UnsetLimitDecoder;
import io.lockstep.sbe.VarNameEncodingDecoder;
import org.agrona.DirectBuffer;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

/**
 * Says whether what came over the wire is a record that the sequencer can take: everything behind it may then read the
 * message without looking at lengths again.
 */
final class MessageValidator
{
    /** Bounds what is kept for each source that was ever heard. */
    static final int SOURCE_ID_MAX = 1023;
    static final String SOURCE_ID_PROBLEM = "source id out of range";
    private static final int TEXT_LENGTH_LENGTH = VarNameEncodingDecoder.varDataEncodingOffset();
    private static final int FIXED = 0;
    private static final int UNKNOWN = -1;

    private MessageValidator()
    {
    }

    /**
     * @return null for a good record, else what is wrong: a constant, so that refusing allocates nothing.
     */
    static String problem(final DirectBuffer buffer, final int offset, final int length)
    {
        if (!RecordDescriptor.isLengthValid(buffer, offset, length) ||
            RecordDescriptor.recordLength(buffer, offset) != length)
        {
            return "record length differs from the length received";
        }
        if (RecordDescriptor.format(buffer, offset) != RecordDescriptor.FORMAT)
        {
            return "unknown record format";
        }
        if (RecordDescriptor.schemaId(buffer, offset) != MessageHeaderDecoder.SCHEMA_ID)
        {
            return "unknown schema id";
        }
        if (RecordDescriptor.version(buffer, offset) > MessageHeaderDecoder.SCHEMA_VERSION)
        {
            return "schema version newer than this node's";
        }
        final int sourceId = RecordDescriptor.sourceId(buffer, offset);
        final int kind = RecordDescriptor.kind(buffer, offset);
        if (kind == RecordKind.INPUT.value() && !isSourceId(sourceId))
        {
            return SOURCE_ID_PROBLEM;
        }
        final int templateId = RecordDescriptor.templateId(buffer, offset);
        if (kind == RecordKind.LINK.value())
        {
            return bodyProblem(
                buffer, offset, length, linkBlockLength(templateId, RecordDescriptor.version(buffer, offset)), FIXED);
        }
        return kind == RecordKind.INPUT.value()
            ? bodyProblem(buffer, offset, length, inputBlockLength(templateId), groups(templateId))
            : "record kind is neither input nor link";
    }

    /** Whether a gateway may have it. Inputs of source 0 are the node's own; nobody else speaks for it. */
    static boolean isSourceId(final int sourceId)
    {
        return sourceId > SourceTable.NODE && sourceId <= SOURCE_ID_MAX;
    }

    /** Whether it is an operator's. */
    static boolean isCommand(final int templateId)
    {
        return switch (templateId)
        {
            case SetLimitDecoder.TEMPLATE_ID, SetTradingModeDecoder.TEMPLATE_ID, ControlStrategyDecoder.TEMPLATE_ID,
                AssignStrategyDecoder.TEMPLATE_ID, SnapshotRequestDecoder.TEMPLATE_ID,
                UnsetLimitDecoder.TEMPLATE_ID -> true;
            default -> false;
        };
    }

    private static String bodyProblem(
        final DirectBuffer buffer, final int offset, final int length, final int blockLength, final int groups)
    {
        if (blockLength == UNKNOWN)
        {
            return "template id is no input";
        }
        final int actualBlockLength = RecordDescriptor.blockLength(buffer, offset);
        final int end = offset + length;
        int limit = offset + RecordDescriptor.BODY_OFFSET + actualBlockLength;
        final int entryLength = groupEntryLength(RecordDescriptor.templateId(buffer, offset));
        if (actualBlockLength < blockLength || limit > end)
        {
            return "message shorter than its block";
        }
        for (int group = 0; group < groups; group++)
        {
            if (limit + GroupSizeEncodingDecoder.ENCODED_LENGTH > end)
            {
                return "message shorter than its groups";
            }
            final int actualEntryLength = buffer.getShort(limit, LITTLE_ENDIAN) & 0xFFFF;
            final int count = buffer.getShort(limit + 2, LITTLE_ENDIAN) & 0xFFFF;
            limit += GroupSizeEncodingDecoder.ENCODED_LENGTH;
            // As a long: the product of two such counts does not fit in an int.
            if ((long)actualEntryLength * count > end - limit || actualEntryLength < entryLength && count > 0)
            {
                return "message shorter than its groups";
            }
            limit += actualEntryLength * count;
        }
        for (int text = texts(buffer, offset); text > 0 && limit <= end; text--)
        {
            limit = limit + TEXT_LENGTH_LENGTH > end
                ? end + 1
                : limit + TEXT_LENGTH_LENGTH + (buffer.getShort(limit, LITTLE_ENDIAN) & 0xFFFF);
        }
        return limit > end ? "message shorter than its groups" : null;
    }

    private static int inputBlockLength(final int templateId)
    {
        return switch (templateId)
        {
            case BookUpdateDecoder.TEMPLATE_ID -> BookUpdateDecoder.BLOCK_LENGTH;
            case BestBidOfferDecoder.TEMPLATE_ID -> BestBidOfferDecoder.BLOCK_LENGTH;
            case TradeDecoder.TEMPLATE_ID -> TradeDecoder.BLOCK_LENGTH;
            case BookSnapshotDecoder.TEMPLATE_ID -> BookSnapshotDecoder.BLOCK_LENGTH;
            case BarDecoder.TEMPLATE_ID -> BarDecoder.BLOCK_LENGTH;
            case FeedStatusDecoder.TEMPLATE_ID -> FeedStatusDecoder.BLOCK_LENGTH;
            case ExecutionReportDecoder.TEMPLATE_ID -> ExecutionReportDecoder.BLOCK_LENGTH;
            case OrderCancelRejectDecoder.TEMPLATE_ID -> OrderCancelRejectDecoder.BLOCK_LENGTH;
            case MassStatusEndDecoder.TEMPLATE_ID -> MassStatusEndDecoder.BLOCK_LENGTH;
            case DecisionAcknowledgementDecoder.TEMPLATE_ID -> DecisionAcknowledgementDecoder.BLOCK_LENGTH;
            case SetLimitDecoder.TEMPLATE_ID -> SetLimitDecoder.BLOCK_LENGTH;
            case UnsetLimitDecoder.TEMPLATE_ID -> UnsetLimitDecoder.BLOCK_LENGTH;
            case SetTradingModeDecoder.TEMPLATE_ID -> SetTradingModeDecoder.BLOCK_LENGTH;
            case ControlStrategyDecoder.TEMPLATE_ID -> ControlStrategyDecoder.BLOCK_LENGTH;
            case AssignStrategyDecoder.TEMPLATE_ID -> AssignStrategyDecoder.BLOCK_LENGTH;
            case SnapshotRequestDecoder.TEMPLATE_ID -> SnapshotRequestDecoder.BLOCK_LENGTH;
            default -> UNKNOWN;
        };
    }

    private static int linkBlockLength(final int templateId, final int version)
    {
        return switch (templateId)
        {
            // Its fields of version 3 came behind the others.
            case HelloDecoder.TEMPLATE_ID -> version < HelloDecoder.givesCommandsSinceVersion()
                ? HelloDecoder.givesCommandsEncodingOffset()
                : HelloDecoder.BLOCK_LENGTH;
            case HeartbeatDecoder.TEMPLATE_ID -> HeartbeatDecoder.BLOCK_LENGTH;
            default -> UNKNOWN;
        };
    }

    private static int groups(final int templateId)
    {
        return switch (templateId)
        {
            case BookUpdateDecoder.TEMPLATE_ID, BookSnapshotDecoder.TEMPLATE_ID -> 2;
            case AssignStrategyDecoder.TEMPLATE_ID -> 1;
            default -> 0;
        };
    }

    private static int groupEntryLength(final int templateId)
    {
        return switch (templateId)
        {
            case BookUpdateDecoder.TEMPLATE_ID, BookSnapshotDecoder.TEMPLATE_ID -> BidsDecoder.sbeBlockLength();
            case AssignStrategyDecoder.TEMPLATE_ID -> ParametersDecoder.sbeBlockLength();
            default -> 0;
        };
    }

    private static int texts(final DirectBuffer buffer, final int offset)
    {
        final int version = RecordDescriptor.version(buffer, offset);
        return switch (RecordDescriptor.templateId(buffer, offset))
        {
            case AssignStrategyDecoder.TEMPLATE_ID -> 1;
            case ControlStrategyDecoder.TEMPLATE_ID -> version < ControlStrategyDecoder.userSinceVersion() ? 1 : 2;
            case SetLimitDecoder.TEMPLATE_ID, SetTradingModeDecoder.TEMPLATE_ID, SnapshotRequestDecoder.TEMPLATE_ID,
                UnsetLimitDecoder.TEMPLATE_ID -> version < SetLimitDecoder.userSinceVersion() ? 0 : 1;
            case HelloDecoder.TEMPLATE_ID -> version < HelloDecoder.processSinceVersion() ? 0 : 1;
            default -> 0;
        };
    }
}
