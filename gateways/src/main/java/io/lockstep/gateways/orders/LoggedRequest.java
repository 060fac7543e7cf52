package io.lockstep.gateways.orders;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.Side;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import static io.lockstep.gateways.orders.RequestLogDescriptor.CL_ORD_ID_OFFSET;
import static io.lockstep.gateways.orders.RequestLogDescriptor.ORIG_CL_ORD_ID_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

/**
 * One request of the log as it was written, and what is known about it. Pooled by {@link RequestTable}; valid until the
 * log forgets the request. For the gateway's thread.
 */
public final class LoggedRequest
{
    /** Of a session that ended before this process started. */
    static final long EARLIER_PROCESS = 0;

    final UnsafeBuffer record = new UnsafeBuffer(new byte[RequestLogDescriptor.RECORD_LENGTH]);
    RequestState state;
    /** The session it was handed to; {@link #EARLIER_PROCESS} for one found in the log. */
    long sessionNumber;
    long handedOverNs;
    /** Whether the venue was asked about it and has not said anything yet. */
    boolean isAsked;
    /** Whether the venue has said on the present connection that it does not have it; its settle time runs since. */
    boolean isUnknownToVenue;
    /** When the venue was asked about it last, or is to be asked next. */
    long askNs;
    LoggedRequest previous;
    LoggedRequest next;

    /** Holds the ClOrdIDs. */
    public DirectBuffer buffer()
    {
        return record;
    }

    /** Of its ClOrdID in {@link #buffer()}. */
    public int clOrdIdOffset()
    {
        return CL_ORD_ID_OFFSET;
    }

    /** Of the ClOrdID of the order that a cancel or replace is about; zeros for a new order. */
    public int origClOrdIdOffset()
    {
        return ORIG_CL_ORD_ID_OFFSET;
    }

    /** Of NewOrderSingle, OrderCancelRequest or OrderCancelReplaceRequest. */
    public int templateId()
    {
        return record.getShort(RequestLogDescriptor.TEMPLATE_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }

    public int instrumentId()
    {
        return record.getInt(RequestLogDescriptor.INSTRUMENT_OFFSET, LITTLE_ENDIAN);
    }

    public Side side()
    {
        return Side.get(record.getByte(RequestLogDescriptor.SIDE_OFFSET));
    }

    public RequestState state()
    {
        return state;
    }

    /** For errors and lines of the log; allocates. */
    public String clOrdId()
    {
        return ClOrdIds.text(record, CL_ORD_ID_OFFSET);
    }

    boolean hasContent(final int templateId, final long contentHash)
    {
        return templateId() == templateId &&
            record.getLong(RequestLogDescriptor.CONTENT_HASH_OFFSET, LITTLE_ENDIAN) == contentHash;
    }

    boolean hasId(final DirectBuffer other, final int offset)
    {
        return record.getLong(CL_ORD_ID_OFFSET) == other.getLong(offset) &&
            record.getLong(CL_ORD_ID_OFFSET + Long.BYTES) == other.getLong(offset + Long.BYTES) &&
            record.getShort(CL_ORD_ID_OFFSET + 2 * Long.BYTES) == other.getShort(offset + 2 * Long.BYTES);
    }

    static int hash(final DirectBuffer buffer, final int offset)
    {
        final long hash = Xxh64.chain(buffer.getLong(offset), buffer.getLong(offset + Long.BYTES));
        return (int)Xxh64.chain(hash, buffer.getShort(offset + 2 * Long.BYTES));
    }

    void set(final DirectBuffer source, final int offset)
    {
        record.putBytes(0, source, offset, RequestLogDescriptor.RECORD_LENGTH);
        sessionNumber = EARLIER_PROCESS;
        handedOverNs = 0;
        isUnknownToVenue = false;
        isAsked = false;
        askNs = 0;
    }
}
