package io.lockstep.core.execution;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.decision.DecisionWriter;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderState;
import io.lockstep.core.order.OrderStore;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.ReconciliationKind;
import org.agrona.DirectBuffer;

import java.util.function.Function;

/**
 * The venue has granted replaces that the journal has lost, of orders that it has, or grants them now: they were under way when
 * the venue was asked. The order then is what the venue says, and found by its new ClOrdID, or its fills would be lost; its price
 * is not known, so it is cancelled. No allocation.
 */
final class LostReplaces
{
    private final OrderStore orders;
    private final OrderDesk desk;
    private final OrderEvents events;
    private final DecisionWriter decisions;
    private final Function<Order, Leg> legOf;

    LostReplaces(
        final OrderStore orders,
        final OrderDesk desk,
        final OrderEvents events,
        final DecisionWriter decisions,
        final Function<Order, Leg> legOf)
    {
        this.orders = orders;
        this.desk = desk;
        this.events = events;
        this.decisions = decisions;
        this.legOf = legOf;
    }

    /**
     * Whether the ClOrdID of a report on an order, which is one of ours, names a replace that the journal does not have. One that an
     * order had before is none.
     */
    boolean isOne(final Order order, final ExecutionReportDecoder report)
    {
        final DirectBuffer buffer = report.buffer();
        final int idOffset = report.offset() + ExecutionReportDecoder.clOrdIdEncodingOffset();
        final boolean replaceable = order.state() == OrderState.NEW || order.state() == OrderState.PARTIALLY_FILLED ||
            order.state() == OrderState.PENDING_CANCEL || order.state() == OrderState.PENDING_REPLACE;
        final int incarnation = ClOrdIds.incarnation(buffer, idOffset);
        final long sequence = ClOrdIds.sequence(buffer, idOffset);
        final int ordinal = ClOrdIds.ordinal(buffer, idOffset);
        return replaceable && orders.find(incarnation, sequence, ordinal) == null &&
            !orders.earlier().contains(ClOrdIds.key(sequence, ordinal), incarnation);
    }

    /** A REPLACED, or the status of an open order, for which {@link #isOne} holds. */
    void take(final Order order, final ExecutionReportDecoder report)
    {
        final DirectBuffer buffer = report.buffer();
        final int idOffset = report.offset() + ExecutionReportDecoder.clOrdIdEncodingOffset();
        decisions.difference(
            ReconciliationKind.UNKNOWN_ORDER, report, Nulls.NULL_LONG, order.strategyId());
        orders.rename(order, ClOrdIds.incarnation(buffer, idOffset), ClOrdIds.sequence(buffer, idOffset),
            ClOrdIds.ordinal(buffer, idOffset), Math.addExact(report.leavesQtyLots(), report.cumQtyLots()));
        events.onRenamed(legOf.apply(order), order);
        desk.cancelRenamed(order, OrderReason.UNKNOWN_TO_JOURNAL);
    }
}
