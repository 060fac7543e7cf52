package io.lockstep.verification.simulation.audit;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrderCancelReplaceRequestDecoder;
import io.lockstep.sbe.OrderCancelRequestDecoder;
import org.agrona.DirectBuffer;

/**
 * Of the three requests, what makes them what they are.
 */
public final class RequestContent
{
    private static final int BODY = MessageHeaderDecoder.ENCODED_LENGTH;

    private RequestContent()
    {
    }

    /** In all three the ClOrdID comes first. */
    public static String clOrdId(final DirectBuffer buffer, final int message)
    {
        return ClOrdIds.text(buffer, message + BODY);
    }

    public static int templateId(final DirectBuffer buffer, final int message)
    {
        return buffer.getShort(message + MessageHeaderDecoder.templateIdEncodingOffset(),
            MessageHeaderDecoder.BYTE_ORDER) & 0xFFFF;
    }

    public static int instrumentId(final DirectBuffer buffer, final int message)
    {
        final int field = switch (templateId(buffer, message))
        {
            case NewOrderSingleDecoder.TEMPLATE_ID -> NewOrderSingleDecoder.instrumentIdEncodingOffset();
            case OrderCancelRequestDecoder.TEMPLATE_ID -> OrderCancelRequestDecoder.instrumentIdEncodingOffset();
            default -> OrderCancelReplaceRequestDecoder.instrumentIdEncodingOffset();
        };
        return buffer.getInt(message + BODY + field, MessageHeaderDecoder.BYTE_ORDER);
    }

    public static long hash(final DirectBuffer buffer, final int message)
    {
        final int templateId = templateId(buffer, message);
        final int length = switch (templateId)
        {
            case NewOrderSingleDecoder.TEMPLATE_ID -> NewOrderSingleDecoder.BLOCK_LENGTH;
            case OrderCancelRequestDecoder.TEMPLATE_ID -> OrderCancelRequestDecoder.BLOCK_LENGTH;
            case OrderCancelReplaceRequestDecoder.TEMPLATE_ID -> OrderCancelReplaceRequestDecoder.BLOCK_LENGTH;
            default -> throw new SimulationFailure(
                Invariant.JOURNALED_BEFORE_SENT, "no request: templateId=" + templateId);
        };
        return Xxh64.hash(buffer, message + BODY, length, templateId);
    }
}
