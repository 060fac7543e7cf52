package io.lockstep.gateways.orders;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Nulls;
import io.lockstep.gateways.link.LinkClient;
import io.lockstep.sbe.CxlRejResponseTo;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportEncoder;
import io.lockstep.sbe.LiquidityIndicator;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.OrderCancelRejectEncoder;
import io.lockstep.sbe.OrderCancelRequestDecoder;
import io.lockstep.sbe.Side;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the gateway tells the node: the venue's reports as they are, and those that it makes itself about requests that the
 * venue will never answer. The link numbers them and keeps them until they are journaled. No allocation.
 */
final class GatewayReports
{
    private static final int BODY_OFFSET = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final long NO_EXEC_ID = 0;
    private static final long NO_ORDER_ID = 0;

    private final LinkClient link;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ExecutionReportEncoder report = new ExecutionReportEncoder();
    private final OrderCancelRejectEncoder cancelReject = new OrderCancelRejectEncoder();
    private long timeNs;

    GatewayReports(final LinkClient link)
    {
        this.link = link;
    }

    /** Newest time that the venue has given. */
    long timeNs()
    {
        return timeNs;
    }

    /** Number of the newest message on the link. */
    long lastSequence()
    {
        return link.offered();
    }

    /**
     * Gives a message to the link.
     *
     * @return its number on the link.
     * @throws IllegalStateException when the link keeps as much as it can: what the venue reports cannot be dropped.
     */
    long forward(final DirectBuffer message, final int offset, final int length, final long newTimeNs)
    {
        timeNs = Math.max(timeNs, newTimeNs);
        if (!link.offer(message, offset, length, timeNs, timeNs))
        {
            throw new IllegalStateException("the node takes no execution reports: unacknowledged=" +
                (link.offered() - link.acknowledged()));
        }
        return link.offered();
    }

    /**
     * Answers a request in the venue's place.
     *
     * @param reason NOT_SENT, or the venue's reason where that has refused it and its answer was lost.
     * @return the report's number on the link.
     */
    long refuse(final LoggedRequest request, final OrdRejReason reason)
    {
        return refuse(request.templateId(), request.buffer(), request.clOrdIdOffset(), request.origClOrdIdOffset(),
            request.instrumentId(), request.side(), reason);
    }

    /** Of a request that could not be logged. */
    long refuse(final DirectBuffer message, final int offset, final OrdRejReason reason)
    {
        final int body = offset + BODY_OFFSET;
        final int templateId = RequestLog.templateId(message, offset);
        final boolean isNew = NewOrderSingleDecoder.TEMPLATE_ID == templateId;
        final int instrumentOffset = isNew
            ? NewOrderSingleDecoder.instrumentIdEncodingOffset()
            : OrderCancelRequestDecoder.instrumentIdEncodingOffset();
        final int sideOffset = isNew
            ? NewOrderSingleDecoder.sideEncodingOffset()
            : OrderCancelRequestDecoder.sideEncodingOffset();
        return refuse(templateId, message, body, body + OrderCancelRequestDecoder.origClOrdIdEncodingOffset(),
            message.getInt(body + instrumentOffset, NewOrderSingleDecoder.BYTE_ORDER),
            Side.get(message.getByte(body + sideOffset)), reason);
    }

    private long refuse(
        final int templateId,
        final DirectBuffer ids,
        final int clOrdIdOffset,
        final int origClOrdIdOffset,
        final int instrumentId,
        final Side side,
        final OrdRejReason reason)
    {
        if (NewOrderSingleDecoder.TEMPLATE_ID == templateId)
        {
            return rejectOrder(ids, clOrdIdOffset, instrumentId, side, reason);
        }
        cancelReject.wrapAndApplyHeader(buffer, 0, header)
            .instrumentId(instrumentId)
            // The venue may have the order in any state; the node knows which.
            .ordStatus(OrdStatus.NULL_VAL)
            .responseTo(OrderCancelRequestDecoder.TEMPLATE_ID == templateId
                ? CxlRejResponseTo.CANCEL_REQUEST
                : CxlRejResponseTo.REPLACE_REQUEST)
            .reason(reason);
        buffer.putBytes(BODY_OFFSET + OrderCancelRejectEncoder.clOrdIdEncodingOffset(), ids, clOrdIdOffset,
            ClOrdIds.LENGTH);
        buffer.putBytes(BODY_OFFSET + OrderCancelRejectEncoder.origClOrdIdEncodingOffset(), ids, origClOrdIdOffset,
            ClOrdIds.LENGTH);
        return forward(buffer, 0, BODY_OFFSET + cancelReject.encodedLength(), timeNs);
    }

    private long rejectOrder(
        final DirectBuffer ids,
        final int clOrdIdOffset,
        final int instrumentId,
        final Side side,
        final OrdRejReason reason)
    {
        report.wrapAndApplyHeader(buffer, 0, header)
            .execType(ExecType.REJECTED)
            .ordStatus(OrdStatus.REJECTED)
            .side(Side.SBE_UNKNOWN == side ? Side.NULL_VAL : side)
            .ordRejReason(reason)
            .liquidity(LiquidityIndicator.NONE)
            .instrumentId(instrumentId)
            .orderId(NO_ORDER_ID)
            .execId(NO_EXEC_ID)
            .lastPxTicks(Nulls.NULL_PRICE_TICKS)
            .lastQtyLots(0)
            .leavesQtyLots(0)
            .cumQtyLots(0)
            .commission(0)
            .commissionHigh(ExecutionReportEncoder.commissionHighNullValue())
            .commissionExponent(ExecutionReportEncoder.commissionExponentNullValue())
            .execRefId(Nulls.NULL_LONG).refPxTicks(Nulls.NULL_PRICE_TICKS).refQtyLots(Nulls.NULL_LONG)
            .orderQtyLots(Nulls.NULL_LONG).priceTicks(Nulls.NULL_PRICE_TICKS)
            .putVenueExecId(buffer, 0, 0)
            .putCommissionAsset(buffer, 0, 0)
            .putVenueExecRefId(buffer, 0, 0);
        buffer.putBytes(BODY_OFFSET + ExecutionReportEncoder.clOrdIdEncodingOffset(), ids, clOrdIdOffset,
            ClOrdIds.LENGTH);
        buffer.setMemory(BODY_OFFSET + ExecutionReportEncoder.origClOrdIdEncodingOffset(), ClOrdIds.LENGTH, (byte)0);
        return forward(buffer, 0, BODY_OFFSET + report.encodedLength(), timeNs);
    }
}
