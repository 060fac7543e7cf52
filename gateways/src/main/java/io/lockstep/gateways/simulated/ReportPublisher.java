package io.lockstep.gateways.simulated;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Int128;
import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.CxlRejResponseTo;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportEncoder;
import io.lockstep.sbe.LiquidityIndicator;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.OrderCancelRejectEncoder;
import io.lockstep.sbe.Side;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Encodes the venue's answers, each into the same buffer, and hands them to the sink at the venue's time. No
 * allocation.
 */
final class ReportPublisher
{
    private static final int BODY_OFFSET = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final byte[] NO_TEXT = {};
    private static final long NO_ORDER_ID = 0;
    private static final long NO_EXEC_ID = 0;

    private final ExecutionSink sink;
    private final VenueClock clock;
    private final long reportLatencyNs;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ExecutionReportEncoder report = new ExecutionReportEncoder();
    private final OrderCancelRejectEncoder cancelReject = new OrderCancelRejectEncoder();
    private final ExecutionLog log;
    private boolean reporting;

    ReportPublisher(
        final ExecutionSink sink, final VenueClock clock, final long reportLatencyNs, final ExecutionLog log)
    {
        this.log = log;
        this.sink = sink;
        this.clock = clock;
        this.reportLatencyNs = reportLatencyNs;
    }

    boolean isReporting()
    {
        return reporting;
    }

    void accepted(final VenueOrder order)
    {
        report(order, ExecType.NEW, OrdStatus.NEW, order.leavesLots());
        orderIds(order);
        sendReport();
    }

    void traded(
        final VenueOrder order,
        final long priceTicks,
        final long quantityLots,
        final LiquidityIndicator liquidity,
        final Int128 commission)
    {
        report(order, ExecType.TRADE, order.status(), order.leavesLots());
        report.liquidity(liquidity).lastPxTicks(priceTicks).lastQtyLots(quantityLots)
            .commission(commission.low()).commissionHigh(commission.highOrNull());
        orderIds(order);
        sendReport();
    }

    /** Unasked: what was left of an order that may not rest. */
    void canceled(final VenueOrder order)
    {
        report(order, ExecType.CANCELED, OrdStatus.CANCELED, 0);
        orderIds(order);
        sendReport();
    }

    void canceled(final VenueOrder order, final VenueRequest request)
    {
        report(order, ExecType.CANCELED, OrdStatus.CANCELED, 0);
        requestIds(request);
        sendReport();
    }

    void replaced(final VenueOrder order, final VenueRequest request)
    {
        report(order, ExecType.REPLACED, order.status(), order.leavesLots());
        requestIds(request);
        sendReport();
    }

    /** A new order refused; it has no order id. Its side may be one that the schema does not know. */
    void rejected(
        final DirectBuffer idBuffer,
        final int idOffset,
        final int instrumentId,
        final Side side,
        final OrdRejReason reason)
    {
        report(NO_ORDER_ID, instrumentId, writable(side), ExecType.REJECTED, OrdStatus.REJECTED);
        report.ordRejReason(reason).leavesQtyLots(0).cumQtyLots(0);
        putId(ExecutionReportEncoder.clOrdIdEncodingOffset(), idBuffer, idOffset);
        blankId(ExecutionReportEncoder.origClOrdIdEncodingOffset());
        sendReport();
    }

    /**
     * A cancel or replace refused.
     *
     * @param origOffset of the OrigClOrdID in the same buffer, or negative when it cannot be read.
     */
    void cancelRejected(
        final DirectBuffer idBuffer,
        final int idOffset,
        final int origOffset,
        final int instrumentId,
        final OrdStatus status,
        final CxlRejResponseTo responseTo,
        final OrdRejReason reason)
    {
        cancelReject.wrapAndApplyHeader(buffer, 0, header);
        putId(OrderCancelRejectEncoder.clOrdIdEncodingOffset(), idBuffer, idOffset);
        if (origOffset < 0)
        {
            blankId(OrderCancelRejectEncoder.origClOrdIdEncodingOffset());
        }
        else
        {
            putId(OrderCancelRejectEncoder.origClOrdIdEncodingOffset(), idBuffer, origOffset);
        }
        cancelReject.instrumentId(instrumentId).ordStatus(status).responseTo(responseTo).reason(reason);
        send(buffer, 0, BODY_OFFSET + OrderCancelRejectEncoder.BLOCK_LENGTH);
    }

    /** How an open order stands: no execution, and not logged. */
    void status(final VenueOrder order)
    {
        final OrdStatus status = order.underWay == null ? order.status() : order.underWay;
        report(order, ExecType.ORDER_STATUS, status, order.leavesLots());
        report.execId(NO_EXEC_ID);
        orderIds(order);
        send(buffer, 0, ExecutionLog.REPORT_LENGTH);
    }

    /** That a new order is under way to the venue. */
    void statusUnderWay(final VenueRequest request, final NewOrderSingleDecoder newOrder)
    {
        report(NO_ORDER_ID, newOrder.instrumentId(), writable(newOrder.side()), ExecType.ORDER_STATUS,
            OrdStatus.PENDING_NEW);
        report.ordRejReason(OrdRejReason.NONE).leavesQtyLots(newOrder.orderQtyLots()).cumQtyLots(0).execId(NO_EXEC_ID);
        putId(ExecutionReportEncoder.clOrdIdEncodingOffset(), request.body(), 0);
        blankId(ExecutionReportEncoder.origClOrdIdEncodingOffset());
        send(buffer, 0, ExecutionLog.REPORT_LENGTH);
    }

    /** Those behind the execution id, as they were, at the venue's time now. */
    void repeat(final long execId)
    {
        for (long id = Math.max(execId + 1, log.oldestExecId()); id < log.nextExecId(); id++)
        {
            send(log.buffer(), log.offset(id), ExecutionLog.REPORT_LENGTH);
        }
    }

    /** What is no answer: of the account, and not logged. */
    void send(final DirectBuffer message, final int length)
    {
        send(message, 0, length);
    }

    private static Side writable(final Side side)
    {
        return Side.SBE_UNKNOWN == side ? Side.NULL_VAL : side;
    }

    private void report(
        final VenueOrder order, final ExecType execType, final OrdStatus status, final long leavesLots)
    {
        report(order.orderId, order.market.instrument().id(), order.side, execType, status);
        report.ordRejReason(OrdRejReason.NONE).leavesQtyLots(leavesLots).cumQtyLots(order.filledLots);
    }

    private void report(
        final long orderId,
        final int instrumentId,
        final Side side,
        final ExecType execType,
        final OrdStatus status)
    {
        report.wrapAndApplyHeader(buffer, 0, header);
        report.execType(execType).ordStatus(status).side(side).instrumentId(instrumentId).orderId(orderId)
            .execId(log.nextExecId());
        report.liquidity(LiquidityIndicator.NONE).lastPxTicks(Nulls.NULL_PRICE_TICKS).lastQtyLots(0).commission(0)
            .commissionHigh(Nulls.NULL_LONG).commissionExponent(ExecutionReportEncoder.commissionExponentNullValue())
            .execRefId(Nulls.NULL_LONG).refPxTicks(Nulls.NULL_PRICE_TICKS).refQtyLots(Nulls.NULL_LONG)
            .orderQtyLots(Nulls.NULL_LONG).priceTicks(Nulls.NULL_PRICE_TICKS)
            .putVenueExecId(NO_TEXT, 0, 0).putCommissionAsset(NO_TEXT, 0, 0).putVenueExecRefId(NO_TEXT, 0, 0);
    }

    private void orderIds(final VenueOrder order)
    {
        putId(ExecutionReportEncoder.clOrdIdEncodingOffset(), order.current.body(), 0);
        if (order.current == order.entry)
        {
            blankId(ExecutionReportEncoder.origClOrdIdEncodingOffset());
        }
        else
        {
            putId(ExecutionReportEncoder.origClOrdIdEncodingOffset(), order.entry.body(), 0);
        }
    }

    private void requestIds(final VenueRequest request)
    {
        putId(ExecutionReportEncoder.clOrdIdEncodingOffset(), request.body(), 0);
        putId(ExecutionReportEncoder.origClOrdIdEncodingOffset(), request.body(), VenueRequest.ORIG_CL_ORD_ID_OFFSET);
    }

    private void putId(final int fieldOffset, final DirectBuffer idBuffer, final int idOffset)
    {
        buffer.putBytes(BODY_OFFSET + fieldOffset, idBuffer, idOffset, ClOrdIds.LENGTH);
    }

    private void blankId(final int fieldOffset)
    {
        buffer.setMemory(BODY_OFFSET + fieldOffset, ClOrdIds.LENGTH, (byte)0);
    }

    private void sendReport()
    {
        log.add(buffer, 0);
        send(buffer, 0, ExecutionLog.REPORT_LENGTH);
    }

    private void send(final DirectBuffer message, final int offset, final int length)
    {
        reporting = true;
        try
        {
            sink.onReport(message, offset, length, clock.nowNs() + reportLatencyNs);
        }
        finally
        {
            reporting = false;
        }
    }
}
