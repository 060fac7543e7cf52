package io.lockstep.gateways.simulated;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrderCancelReplaceRequestDecoder;
import io.lockstep.sbe.OrderCancelRequestDecoder;
import io.lockstep.sbe.Side;
import org.agrona.DirectBuffer;

/**
 * A message as it arrives, before anything about it is known: whether it is a request that can be taken up, and of one
 * that is not, what can be read of it for an answer. A flyweight; no allocation.
 */
final class RequestReader
{
    static final int NOT_READABLE = -1;

    private static final int HEADER_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final NewOrderSingleDecoder newOrder = new NewOrderSingleDecoder();
    private DirectBuffer buffer;
    private int body;
    private int bodyLength;

    /**
     * @param offset of the messageHeader.
     * @param length of header and body.
     */
    void wrap(final DirectBuffer newBuffer, final int offset, final int length)
    {
        buffer = newBuffer;
        body = offset + HEADER_LENGTH;
        bodyLength = length - HEADER_LENGTH;
        header.wrap(newBuffer, offset);
    }

    /** Whether it is one of the three requests, in this version of the schema, whole and with a ClOrdID. */
    boolean isRequest()
    {
        return hasId() && header.version() == MessageHeaderDecoder.SCHEMA_VERSION &&
            header.blockLength() == knownBlockLength() && bodyLength >= header.blockLength();
    }

    /** Whether it can be answered. In all requests the ClOrdID comes first. */
    boolean hasId()
    {
        return bodyLength >= ClOrdIds.LENGTH && header.schemaId() == MessageHeaderDecoder.SCHEMA_ID &&
            ClOrdIds.isValid(buffer, body);
    }

    int templateId()
    {
        return header.templateId();
    }

    DirectBuffer buffer()
    {
        return buffer;
    }

    int body()
    {
        return body;
    }

    int blockLength()
    {
        return header.blockLength();
    }

    /** Of a request that can be taken up. */
    long transactTimeNs()
    {
        final int fieldOffset = switch (header.templateId())
        {
            case NewOrderSingleDecoder.TEMPLATE_ID -> NewOrderSingleDecoder.transactTimeNsEncodingOffset();
            case OrderCancelRequestDecoder.TEMPLATE_ID -> OrderCancelRequestDecoder.transactTimeNsEncodingOffset();
            default -> OrderCancelReplaceRequestDecoder.transactTimeNsEncodingOffset();
        };
        return buffer.getLong(body + fieldOffset, NewOrderSingleDecoder.BYTE_ORDER);
    }

    /** Null when the message ends before it is whole. */
    int instrumentId()
    {
        final int fieldOffset = switch (header.templateId())
        {
            case NewOrderSingleDecoder.TEMPLATE_ID -> NewOrderSingleDecoder.instrumentIdEncodingOffset();
            case OrderCancelRequestDecoder.TEMPLATE_ID -> OrderCancelRequestDecoder.instrumentIdEncodingOffset();
            default -> OrderCancelReplaceRequestDecoder.instrumentIdEncodingOffset();
        };
        return isReadable()
            ? buffer.getInt(body + fieldOffset, NewOrderSingleDecoder.BYTE_ORDER)
            : Nulls.NULL_INSTRUMENT_ID;
    }

    /** Of a new order; null when the message ends before it is whole. */
    Side side()
    {
        newOrder.wrap(buffer, body, NewOrderSingleDecoder.BLOCK_LENGTH, NewOrderSingleDecoder.SCHEMA_VERSION);
        return isReadable() ? newOrder.side() : Side.NULL_VAL;
    }

    /** Of a cancel or replace, where in the buffer its OrigClOrdID is; {@link #NOT_READABLE} likewise. */
    int origClOrdIdOffset()
    {
        return isReadable() ? body + VenueRequest.ORIG_CL_ORD_ID_OFFSET : NOT_READABLE;
    }

    /** A replace is read as far as a cancel goes: what an answer says of either lies at its beginning. */
    private boolean isReadable()
    {
        return bodyLength >= (NewOrderSingleDecoder.TEMPLATE_ID == header.templateId()
            ? NewOrderSingleDecoder.BLOCK_LENGTH
            : OrderCancelRequestDecoder.BLOCK_LENGTH);
    }

    private int knownBlockLength()
    {
        return switch (header.templateId())
        {
            case NewOrderSingleDecoder.TEMPLATE_ID -> NewOrderSingleDecoder.BLOCK_LENGTH;
            case OrderCancelRequestDecoder.TEMPLATE_ID -> OrderCancelRequestDecoder.BLOCK_LENGTH;
            case OrderCancelReplaceRequestDecoder.TEMPLATE_ID -> OrderCancelReplaceRequestDecoder.BLOCK_LENGTH;
            default -> Integer.MAX_VALUE;
        };
    }
}
