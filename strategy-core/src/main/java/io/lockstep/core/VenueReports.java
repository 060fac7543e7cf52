package io.lockstep.core;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderEvent;
import io.lockstep.core.order.OrderStore;
import io.lockstep.sbe.CxlRejResponseTo;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.OrderCancelRejectDecoder;
import io.lockstep.sbe.OrderCancelReplaceRequestDecoder;
import io.lockstep.sbe.RequestExpiredDecoder;
import org.agrona.DirectBuffer;

import java.util.function.IntFunction;

/**
 * What is said of orders: finds the order by its ClOrdID and drives the machine of its instrument. A report that was taken
 * before has no effect; neither has one of an order that is not open, which goes to {@link Reconciliation}, nor one that
 * contradicts the order. No allocation.
 */
final class VenueReports
{
    private final OrderStore orders;
    private final DecisionWriter decisions;
    private final Availability availability;
    private final ExecutionIds executionIds;
    private final Reconciliation reconciliation;
    private final IntFunction<SymbolMachine> machineById;
    private final LostReplaces lostReplaces;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ExecutionReportDecoder report = new ExecutionReportDecoder();
    private final OrderCancelRejectDecoder cancelReject = new OrderCancelRejectDecoder();
    private final RequestExpiredDecoder expired = new RequestExpiredDecoder();

    VenueReports(
        final OrderStore orders,
        final DecisionWriter decisions,
        final Availability availability,
        final ExecutionIds executionIds,
        final Reconciliation reconciliation,
        final IntFunction<SymbolMachine> machineById)
    {
        this.orders = orders;
        this.decisions = decisions;
        this.availability = availability;
        this.executionIds = executionIds;
        this.reconciliation = reconciliation;
        this.machineById = machineById;
        lostReplaces = reconciliation.lostReplaces();
    }

    void onExecutionReport(final DirectBuffer buffer, final int offset, final int sourceId)
    {
        report.wrapAndApplyHeader(buffer, offset, header);
        final boolean isStatus = report.execType() == ExecType.ORDER_STATUS;
        // A status repeats what was reported; its ExecID, if it has one, is that of what it repeats.
        if (!isStatus && !executionIds.take(sourceId, report.execId(), availability.isReconciling()))
        {
            return;
        }
        Order order = order(buffer, report.offset() + ExecutionReportDecoder.clOrdIdEncodingOffset());
        if (order == null)
        {
            order = order(buffer, report.offset() + ExecutionReportDecoder.origClOrdIdEncodingOffset());
        }
        if (isStatus)
        {
            reconciliation.onOrderStatus(order, report);
        }
        else
        {
            onExecution(order);
        }
    }

    private void onExecution(final Order order)
    {
        final OrderEvent event = event();
        if (order == null || event == null)
        {
            reconciliation.onUnknown(report);
        }
        else if (Reconciliation.isOf(order, report) && isLostReplace(order, event))
        {
            lostReplaces.take(order, report);
        }
        else if (Reconciliation.isOf(order, report))
        {
            machineById.apply(order.instrumentId()).onExecution(order, report, event);
        }
        else
        {
            orders.refuse();
        }
    }

    private boolean isLostReplace(final Order order, final OrderEvent event)
    {
        return event == OrderEvent.REPLACED && reconciliation.isOurs(
            report.buffer(), report.offset() + ExecutionReportDecoder.clOrdIdEncodingOffset()) &&
            lostReplaces.isOne(order, report);
    }

    private OrderEvent event()
    {
        return switch (report.execType())
        {
            case NEW -> OrderEvent.ACCEPTED;
            case TRADE -> report.leavesQtyLots() == 0 ? OrderEvent.FILL : OrderEvent.PARTIAL_FILL;
            case CANCELED -> OrderEvent.CANCELED;
            case REPLACED -> OrderEvent.REPLACED;
            // The refusal of a repeated ClOrdID names an order that lives on.
            case REJECTED -> report.ordRejReason() == OrdRejReason.DUPLICATE_ORDER ? null : OrderEvent.REJECTED;
            case EXPIRED -> OrderEvent.EXPIRED;
            case ORDER_STATUS, NULL_VAL, SBE_UNKNOWN -> null;
        };
    }

    void onOrderCancelReject(final DirectBuffer buffer, final int offset)
    {
        cancelReject.wrapAndApplyHeader(buffer, offset, header);
        final Order order = order(buffer, cancelReject.offset() + OrderCancelRejectDecoder.origClOrdIdEncodingOffset());
        if (order == null)
        {
            reconciliation.countUnknown();
            return;
        }
        final CxlRejResponseTo responseTo = cancelReject.responseTo();
        if (isUnderWay(order, buffer, cancelReject.offset() + OrderCancelRejectDecoder.clOrdIdEncodingOffset(),
            responseTo == CxlRejResponseTo.REPLACE_REQUEST))
        {
            machineById.apply(order.instrumentId()).onRequestRejected(order, responseTo);
        }
        else
        {
            orders.refuse();
        }
    }

    /** A request that the journal has lost may be refused, too, while a later one is under way. */
    private boolean isUnderWay(
        final Order order, final DirectBuffer buffer, final int idOffset, final boolean isReplace)
    {
        if (!reconciliation.isOurs(buffer, idOffset))
        {
            return false;
        }
        final int incarnation = ClOrdIds.incarnation(buffer, idOffset);
        final long sequence = ClOrdIds.sequence(buffer, idOffset);
        final int ordinal = ClOrdIds.ordinal(buffer, idOffset);
        return isReplace
            ? orders.isReplace(order, incarnation, sequence, ordinal)
            : orders.isCancel(order, incarnation, sequence, ordinal);
    }

    /**
     * The node will not send the request. A new order the venue has said nothing of is over, also when a cancel of it is under
     * way, which is still sent and has nothing to cancel. A replace is as if the venue had refused it.
     */
    void onRequestExpired(final DirectBuffer buffer, final int offset)
    {
        expired.wrapAndApplyHeader(buffer, offset, header);
        final int idOffset = expired.offset() + RequestExpiredDecoder.clOrdIdEncodingOffset();
        final Order order = order(buffer, idOffset);
        if (order == null)
        {
            reconciliation.countUnknown();
            return;
        }
        final SymbolMachine machine = machineById.apply(order.instrumentId());
        if (expired.requestTemplateId() == OrderCancelReplaceRequestDecoder.TEMPLATE_ID &&
            isUnderWay(order, buffer, idOffset, true))
        {
            machine.onRequestRejected(order, CxlRejResponseTo.REPLACE_REQUEST);
        }
        else if (expired.requestTemplateId() == NewOrderSingleDecoder.TEMPLATE_ID && !order.isAtVenue())
        {
            machine.onEvent(order, OrderEvent.EXPIRED);
        }
        else
        {
            orders.refuse();
        }
    }

    private Order order(final DirectBuffer buffer, final int clOrdIdOffset)
    {
        return reconciliation.isOurs(buffer, clOrdIdOffset)
            ? orders.find(ClOrdIds.incarnation(buffer, clOrdIdOffset), ClOrdIds.sequence(buffer, clOrdIdOffset),
                ClOrdIds.ordinal(buffer, clOrdIdOffset))
            : null;
    }
}
