package io.lockstep.gateways.orders;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Instrument;
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
import io.lockstep.sbe.OrderCancelReplaceRequestDecoder;
import io.lockstep.sbe.OrderCancelRequestDecoder;
import io.lockstep.sbe.Side;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * A venue's session that writes down what it is told, as lines of text, and says what the test wants it to. ClOrdIDs are
 * numbers.
 */
final class ScriptedVenue implements VenueSession
{
    static final long SETTLE_NS = 500_000_000L;

    final List<String> heard = new ArrayList<>();
    /** Asked of each request as it is handed over. */
    LongPredicate isLogged = (number) -> true;
    boolean takes = true;
    VenueSessionListener listener;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ExecutionReportEncoder report = new ExecutionReportEncoder();
    private final OrderCancelRejectEncoder cancelReject = new OrderCancelRejectEncoder();
    private boolean isConnected;

    List<String> taken()
    {
        final List<String> taken = List.copyOf(heard);
        heard.clear();
        return taken;
    }

    // ---- what the venue says

    /** Begins a connection on which nothing was missed. */
    void connect()
    {
        isConnected = true;
        listener.onConnected();
    }

    void disconnect()
    {
        isConnected = false;
        listener.onDisconnected("by the test");
    }

    void executionsEnd(final long lastExecId)
    {
        listener.onExecutionsEnd(lastExecId, 0);
    }

    void openOrdersEnd(final int openOrders, final long lastExecId)
    {
        listener.onOpenOrdersEnd(openOrders, lastExecId);
    }

    void standing(final long number, final RequestStanding standing)
    {
        putId(buffer, 0, number);
        listener.onStanding(buffer, 0, standing, OrdRejReason.UNKNOWN_ORDER);
    }

    void execution(final long number, final ExecType type, final long execId)
    {
        listener.onReport(buffer, 0, encode(number, type, OrdStatus.NEW, execId), 1_000 + execId);
    }

    void openOrder(final long number)
    {
        listener.onOpenOrder(buffer, 0, encode(number, ExecType.ORDER_STATUS, OrdStatus.NEW, 0), 1_000);
    }

    void rejectCancel(final long number, final long orig)
    {
        cancelReject.wrapAndApplyHeader(buffer, 0, header).instrumentId(0).ordStatus(OrdStatus.FILLED)
            .responseTo(CxlRejResponseTo.CANCEL_REQUEST).reason(OrdRejReason.TOO_LATE_TO_ENTER);
        putId(buffer, MessageHeaderEncoder.ENCODED_LENGTH, number);
        putId(buffer, MessageHeaderEncoder.ENCODED_LENGTH + ClOrdIds.LENGTH, orig);
        listener.onReport(buffer, 0, cancelReject.limit(), 1_000);
    }

    private int encode(final long number, final ExecType type, final OrdStatus status, final long execId)
    {
        report.wrapAndApplyHeader(buffer, 0, header).execType(type).ordStatus(status).side(Side.BUY)
            .ordRejReason(OrdRejReason.NONE).liquidity(LiquidityIndicator.NONE).instrumentId(0).orderId(number)
            .execId(execId).lastPxTicks(Nulls.NULL_PRICE_TICKS).lastQtyLots(0).leavesQtyLots(1).cumQtyLots(0)
            .commission(0).commissionHigh(ExecutionReportEncoder.commissionHighNullValue())
            .commissionExponent(ExecutionReportEncoder.commissionExponentNullValue())
            .execRefId(Nulls.NULL_LONG).refPxTicks(Nulls.NULL_PRICE_TICKS).refQtyLots(Nulls.NULL_LONG)
            .orderQtyLots(Nulls.NULL_LONG).priceTicks(Nulls.NULL_PRICE_TICKS)
            .putVenueExecId(buffer, 0, 0).putCommissionAsset(buffer, 0, 0).putVenueExecRefId(buffer, 0, 0);
        putId(buffer, MessageHeaderEncoder.ENCODED_LENGTH, number);
        buffer.setMemory(MessageHeaderEncoder.ENCODED_LENGTH + ExecutionReportEncoder.origClOrdIdEncodingOffset(),
            ClOrdIds.LENGTH, (byte)0);
        return report.limit();
    }

    static void putId(final UnsafeBuffer target, final int offset, final long number)
    {
        ClOrdIds.encode(target, offset, 0, NodeStandIn.INCARNATION, number, 0);
    }

    static long number(final DirectBuffer source, final int offset)
    {
        return ClOrdIds.sequence(source, offset);
    }

    // ---- what the venue is told

    private boolean hear(final String line)
    {
        if (isConnected && takes)
        {
            heard.add(line);
            return true;
        }
        return false;
    }

    private boolean hearRequest(final String kind, final DirectBuffer source, final int offset)
    {
        final long number = number(source, offset);
        return hear(kind + " " + number + (isLogged.test(number) ? "" : " unlogged"));
    }

    @Override
    public int poll(final long nowNs)
    {
        return 0;
    }

    @Override
    public boolean isConnected()
    {
        return isConnected;
    }

    @Override
    public void define(final Instrument instrument)
    {
        heard.add("define " + instrument.name());
    }

    @Override
    public boolean send(final NewOrderSingleDecoder order)
    {
        return hearRequest("new", order.buffer(), order.offset());
    }

    @Override
    public boolean send(final OrderCancelRequestDecoder cancel)
    {
        return hearRequest("cancel", cancel.buffer(), cancel.offset());
    }

    @Override
    public boolean send(final OrderCancelReplaceRequestDecoder replace)
    {
        return hearRequest("replace", replace.buffer(), replace.offset());
    }

    @Override
    public boolean ask(final LoggedRequest request)
    {
        return hear("ask " + number(request.buffer(), request.clOrdIdOffset()));
    }

    @Override
    public boolean requestExecutions(final long afterExecId)
    {
        return hear("executions behind " + afterExecId);
    }

    @Override
    public boolean requestOpenOrders()
    {
        return hear("open orders");
    }

    @Override
    public boolean cancelOpenOrders()
    {
        return hear("cancel all");
    }

    @Override
    public long settleNs()
    {
        return SETTLE_NS;
    }

    @Override
    public void close()
    {
        isConnected = false;
    }
}
