package io.lockstep.core.host;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.DecisionWithdrawnDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.RecordKind;
import org.agrona.MutableDirectBuffer;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

/**
 * Makes the record of a request that of a DecisionWithdrawn, in place: it stays as long as it was, and keeps its egress
 * sequence and the name of its decision.
 */
final class WithdrawnRequest
{
    private WithdrawnRequest()
    {
    }

    static void overwrite(final MutableDirectBuffer buffer, final int offset)
    {
        final int message = offset + RecordDescriptor.HEADER_LENGTH;
        final int body = offset + RecordDescriptor.BODY_OFFSET;
        // In all requests the ClOrdID comes first, and so it does here.
        final int end = body + ClOrdIds.LENGTH;
        buffer.setMemory(end, offset + RecordDescriptor.recordLength(buffer, offset) - end, (byte)0);
        buffer.putByte(offset + RecordDescriptor.KIND_OFFSET, (byte)RecordKind.LINK.value());
        put(buffer, message + MessageHeaderEncoder.blockLengthEncodingOffset(), DecisionWithdrawnDecoder.BLOCK_LENGTH);
        put(buffer, message + MessageHeaderEncoder.templateIdEncodingOffset(), DecisionWithdrawnDecoder.TEMPLATE_ID);
        put(buffer, message + MessageHeaderEncoder.versionEncodingOffset(), DecisionWithdrawnDecoder.SCHEMA_VERSION);
        RecordDescriptor.sealChecksum(buffer, offset);
    }

    private static void put(final MutableDirectBuffer buffer, final int offset, final int value)
    {
        buffer.putShort(offset, (short)value, LITTLE_ENDIAN);
    }
}
