package io.lockstep.gateways.simulated;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.OrderCancelReplaceRequestDecoder;
import io.lockstep.sbe.OrderCancelRequestDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One request as it was received, byte for byte, and what became of it. Pooled by {@link RequestMemory}.
 */
final class VenueRequest
{
    static final int BODY_LENGTH_MAX = Math.max(NewOrderSingleDecoder.BLOCK_LENGTH,
        Math.max(OrderCancelRequestDecoder.BLOCK_LENGTH, OrderCancelReplaceRequestDecoder.BLOCK_LENGTH));

    /** In the body of a cancel or replace. In all three requests the ClOrdID comes first. */
    static final int ORIG_CL_ORD_ID_OFFSET = OrderCancelRequestDecoder.origClOrdIdEncodingOffset();

    /** When it acts. */
    long dueNs;
    /** The order it entered or replaced, while that is open. */
    VenueOrder order;
    /** How its order ended, or null while the order is open and for requests that made none. */
    OrdStatus finishedAs;
    VenueRequest nextFinished;
    /** Why a cancel or replace changed nothing; null of all others. */
    OrdRejReason refusal;
    /** The order's state that was said with the refusal. */
    OrdStatus refusedAs;
    /** Another request has its ClOrdID now. */
    boolean isIdGivenUp;

    private final UnsafeBuffer body = new UnsafeBuffer(new byte[BODY_LENGTH_MAX]);
    private int templateId;
    private int bodyLength;
    private long hash;

    void set(final int newTemplateId, final DirectBuffer buffer, final int offset, final int length)
    {
        templateId = newTemplateId;
        bodyLength = length;
        body.putBytes(0, buffer, offset, length);
        hash = hash(buffer, offset);
        order = null;
        finishedAs = null;
        nextFinished = null;
        refusal = null;
        refusedAs = null;
        isIdGivenUp = false;
    }

    boolean isRefused()
    {
        return refusal != null;
    }

    int templateId()
    {
        return templateId;
    }

    DirectBuffer body()
    {
        return body;
    }

    long hash()
    {
        return hash;
    }

    boolean hasId(final DirectBuffer buffer, final int offset)
    {
        return body.getLong(0) == buffer.getLong(offset) &&
            body.getLong(Long.BYTES) == buffer.getLong(offset + Long.BYTES) &&
            body.getShort(2 * Long.BYTES) == buffer.getShort(offset + 2 * Long.BYTES);
    }

    boolean hasContent(final int otherTemplateId, final DirectBuffer buffer, final int offset)
    {
        if (templateId != otherTemplateId)
        {
            return false;
        }
        for (int i = ClOrdIds.LENGTH; i < bodyLength; i++)
        {
            if (body.getByte(i) != buffer.getByte(offset + i))
            {
                return false;
            }
        }
        return true;
    }

    static long hash(final DirectBuffer buffer, final int offset)
    {
        final long hash = Xxh64.chain(buffer.getLong(offset), buffer.getLong(offset + Long.BYTES));
        return Xxh64.chain(hash, buffer.getShort(offset + 2 * Long.BYTES));
    }
}
