package io.lockstep.core;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderEvent;
import io.lockstep.core.order.OrderState;
import io.lockstep.core.order.OrderStore;
import io.lockstep.sbe.CxlRejResponseTo;
import io.lockstep.sbe.DecisionAcknowledgementDecoder;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.MassStatusEndDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.ReconciliationKind;
import io.lockstep.sbe.Side;
import org.agrona.DirectBuffer;

import java.util.function.IntFunction;
import java.util.function.IntSupplier;

/**
 * Holds the venue's answer against the journal: the executions behind the last known one, then the status of each open order,
 * then {@code MassStatusEnd}. What was executed is the venue's to say; what is open in the end is what both have.
 * <ul>
 * <li>A fill of an order that the journal has lost moves the position (UNKNOWN_FILL). Nothing is invented: only a report with
 * side, price and quantity does.</li>
 * <li>An open order that the journal has lost is cancelled (UNKNOWN_ORDER). What it trades until then moves the position
 * too.</li>
 * <li>An order that both have, filled differently (QUANTITY): the venue's log of executions does not reach back, so the
 * position is wrong by fills that nobody can name any more. Neither position nor filled quantity is made up from a difference
 * that has no price. What is left of the order becomes what the venue says, so that the exposure is right; the order is
 * cancelled, and trading is HALTED until an operator has looked.</li>
 * <li>An open order that was replaced by a request that the journal has lost is what the venue says, and cancelled
 * (UNKNOWN_ORDER).</li>
 * <li>An order whose NewOrderSingle the venue was given and that it does not have is over (MISSING_ORDER).</li>
 * <li>A cancel or replace that the venue was given and has nothing under way of was refused, in a message that was lost.</li>
 * </ul>
 * An answer with another number of statuses than it says is not the whole of one: it is left, and the next one is waited for.
 * An order of another shard or with a ClOrdID of another making is none of ours. No allocation but for lost orders.
 */
final class Reconciliation
{
    private final OrderStore orders;
    private final DecisionWriter decisions;
    private final Availability availability;
    private final ExecutionIds executionIds;
    private final IntFunction<SymbolMachine> machineById;
    private final IntSupplier machineCount;
    private final Runnable halt;

    private final LostReplaces lostReplaces;
    private final StrayOrders strays = new StrayOrders();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final MassStatusEndDecoder end = new MassStatusEndDecoder();
    private final DecisionAcknowledgementDecoder acknowledgement = new DecisionAcknowledgementDecoder();

    private int statuses;
    private long unknownOrders;
    private long ignoredAnswers;
    private long acknowledged;

    /**
     * @param halt called when the position cannot be right.
     */
    Reconciliation(
        final OrderStore orders,
        final DecisionWriter decisions,
        final Availability availability,
        final ExecutionIds executionIds,
        final IntFunction<SymbolMachine> machineById,
        final IntSupplier machineCount,
        final Runnable halt)
    {
        this.orders = orders;
        this.decisions = decisions;
        this.availability = availability;
        this.executionIds = executionIds;
        this.machineById = machineById;
        this.machineCount = machineCount;
        this.halt = halt;
        lostReplaces = new LostReplaces(orders, decisions, machineById);
    }

    LostReplaces lostReplaces()
    {
        return lostReplaces;
    }

    /** What was said so far belongs to no answer: the next one says all. */
    void begin()
    {
        statuses = 0;
        strays.clear();
        for (int id = 0; id < machineCount.getAsInt(); id++)
        {
            final SymbolMachine machine = machineById.apply(id);
            for (Order order = machine.openOrders().first(); order != null; order = order.next())
            {
                orders.venueStatus(order, OrdStatus.NULL_VAL);
            }
        }
    }

    /** Whether an order of this ClOrdID can be ours: it is one, and of this shard. */
    boolean isOurs(final DirectBuffer buffer, final int clOrdIdOffset)
    {
        return ClOrdIds.isValid(buffer, clOrdIdOffset) && ClOrdIds.shard(buffer, clOrdIdOffset) == decisions.shard();
    }

    /** Whether the report is of the order's own instrument and side. */
    static boolean isOf(final Order order, final ExecutionReportDecoder report)
    {
        return report.instrumentId() == order.instrumentId() && report.side() == order.side();
    }

    /**
     * What the venue says of an open order.
     *
     * @param order null when it is not open in the journal.
     */
    void onOrderStatus(final Order order, final ExecutionReportDecoder report)
    {
        if (!availability.isReconciling())
        {
            ignoredAnswers++;
            return;
        }
        statuses++;
        if (order != null)
        {
            onKnownOrder(order, report);
        }
        else if (isOurs(report.buffer(), report.offset() + ExecutionReportDecoder.clOrdIdEncodingOffset()))
        {
            onLostOrder(report);
        }
        else
        {
            unknownOrders++;
        }
    }

    private void onKnownOrder(final Order order, final ExecutionReportDecoder report)
    {
        final SymbolMachine machine = machineById.apply(order.instrumentId());
        final OrdStatus status = openStatus(report.ordStatus());
        orders.venueStatus(order, status);
        orders.heardOf(order);
        if (!isOf(order, report))
        {
            orders.refuse();
            return;
        }
        if (isNamedByReplace(order, report))
        {
            orders.completeReplace(order);
            machine.onEvent(order, OrderEvent.REPLACED);
        }
        else if (order.state() == OrderState.PENDING_NEW && status != OrdStatus.PENDING_NEW)
        {
            machine.onEvent(order, OrderEvent.ACCEPTED);
        }
        else if (isNamedByLostReplace(order, report, status))
        {
            lostReplaces.take(order, report);
        }
        if (report.cumQtyLots() != order.cumQtyLots())
        {
            decisions.difference(ReconciliationKind.QUANTITY, report, order.cumQtyLots());
            orders.takeLeaves(order, report.leavesQtyLots());
            machine.risk().reckon();
            machine.cancel(order, OrderReason.FAIL_SAFE);
            halt.run();
        }
    }

    /** It is listed as open, so it is that at least. */
    private static OrdStatus openStatus(final OrdStatus status)
    {
        return status == OrdStatus.NULL_VAL || status == OrdStatus.SBE_UNKNOWN ? OrdStatus.NEW : status;
    }

    /** The venue granted the replace, and its report of that is lost. */
    private boolean isNamedByReplace(final Order order, final ExecutionReportDecoder report)
    {
        final DirectBuffer buffer = report.buffer();
        final int idOffset = report.offset() + ExecutionReportDecoder.clOrdIdEncodingOffset();
        return isOurs(buffer, idOffset) && orders.isReplace(order, ClOrdIds.incarnation(buffer, idOffset),
            ClOrdIds.sequence(buffer, idOffset), ClOrdIds.ordinal(buffer, idOffset));
    }

    /** Its REPLACED may have come before that of the replace which it follows, and found nothing. */
    private boolean isNamedByLostReplace(
        final Order order, final ExecutionReportDecoder report, final OrdStatus status)
    {
        return (status == OrdStatus.NEW || status == OrdStatus.PARTIALLY_FILLED) &&
            isOurs(report.buffer(), report.offset() + ExecutionReportDecoder.clOrdIdEncodingOffset()) &&
            lostReplaces.isOne(order, report);
    }

    private void onLostOrder(final ExecutionReportDecoder report)
    {
        final DirectBuffer buffer = report.buffer();
        final int idOffset = report.offset() + ExecutionReportDecoder.clOrdIdEncodingOffset();
        strays.add(ClOrdIds.incarnation(buffer, idOffset), ClOrdIds.sequence(buffer, idOffset),
            ClOrdIds.ordinal(buffer, idOffset));
        decisions.difference(ReconciliationKind.UNKNOWN_ORDER, report, Nulls.NULL_LONG);
        decisions.cancel(report, OrderReason.UNKNOWN_TO_JOURNAL);
    }

    /** What the venue did to an order that is not open in the journal. */
    void onUnknown(final ExecutionReportDecoder report)
    {
        final int clOrdIdOffset = report.offset() + ExecutionReportDecoder.clOrdIdEncodingOffset();
        final int stray = Math.max(stray(report, clOrdIdOffset),
            stray(report, report.offset() + ExecutionReportDecoder.origClOrdIdEncodingOffset()));
        final boolean taken = stray != StrayOrders.NONE ||
            availability.isReconciling() && isOurs(report.buffer(), clOrdIdOffset);
        if (taken && isFill(report))
        {
            final SymbolMachine machine = machineById.apply(report.instrumentId());
            if (machine != null)
            {
                decisions.difference(ReconciliationKind.UNKNOWN_FILL, report, Nulls.NULL_LONG);
                machine.onStrayFill(report);
            }
        }
        else if (stray == StrayOrders.NONE || report.execType() == ExecType.TRADE)
        {
            unknownOrders++;
        }
        if (stray != StrayOrders.NONE && isFinal(report))
        {
            strays.remove(stray);
        }
        else if (stray != StrayOrders.NONE && report.execType() == ExecType.REPLACED &&
            isOurs(report.buffer(), clOrdIdOffset))
        {
            // The replace was under way when the venue was asked; the cancel that was sent names the order as it was.
            strays.remove(stray);
            onLostOrder(report);
        }
    }

    private int stray(final ExecutionReportDecoder report, final int idOffset)
    {
        final DirectBuffer buffer = report.buffer();
        return strays.count() > 0 && isOurs(buffer, idOffset)
            ? strays.find(ClOrdIds.incarnation(buffer, idOffset), ClOrdIds.sequence(buffer, idOffset),
                ClOrdIds.ordinal(buffer, idOffset))
            : StrayOrders.NONE;
    }

    private static boolean isFill(final ExecutionReportDecoder report)
    {
        return report.execType() == ExecType.TRADE && report.lastQtyLots() > 0 &&
            report.lastPxTicks() != Nulls.NULL_PRICE_TICKS &&
            (report.side() == Side.BUY || report.side() == Side.SELL);
    }

    private static boolean isFinal(final ExecutionReportDecoder report)
    {
        return switch (report.execType())
        {
            case TRADE -> report.leavesQtyLots() == 0;
            case CANCELED, REJECTED, EXPIRED -> true;
            case NEW, REPLACED, ORDER_STATUS, NULL_VAL, SBE_UNKNOWN -> false;
        };
    }

    /**
     * A gateway that has lost its memory does not know what it gave to the venue; the journal does. What was never sent is not
     * acknowledged.
     */
    void onAcknowledgement(final DirectBuffer buffer, final int offset)
    {
        acknowledgement.wrapAndApplyHeader(buffer, offset, header);
        acknowledged = Math.max(
            acknowledged, Math.min(acknowledgement.egressSequence(), decisions.egressSequence()));
    }

    /**
     * A gateway has decisions that the journal has lost. What the journal has under their numbers is never sent any more.
     */
    void onGatewayAhead(final long egressSequence)
    {
        acknowledged = Math.max(acknowledged, egressSequence);
    }

    void onMassStatusEnd(final DirectBuffer buffer, final int offset, final int sourceId)
    {
        end.wrapAndApplyHeader(buffer, offset, header);
        if (!availability.isReconciling())
        {
            ignoredAnswers++;
        }
        else if (end.incarnation() != availability.incarnation() || end.openOrders() != statuses)
        {
            ignoredAnswers++;
            begin();
        }
        else
        {
            executionIds.onComplete();
            executionIds.onNewest(sourceId, end.lastExecId());
            settle(Math.max(end.decisionsReceived(), acknowledged));
            statuses = 0;
            // Last, so that no strategy sends an order while others are still to be compared.
            availability.onReconciled();
        }
    }

    private void settle(final long decisionsReceived)
    {
        for (int id = 0; id < machineCount.getAsInt(); id++)
        {
            final SymbolMachine machine = machineById.apply(id);
            Order next;
            for (Order order = machine.openOrders().first(); order != null; order = next)
            {
                next = order.next();
                settle(machine, order, decisionsReceived);
            }
        }
    }

    private void settle(final SymbolMachine machine, final Order order, final long decisionsReceived)
    {
        final OrdStatus status = order.venueStatus();
        orders.venueStatus(order, OrdStatus.NULL_VAL);
        if (order.entryEgress() > decisionsReceived)
        {
            // It waits to be sent.
            return;
        }
        if (status == OrdStatus.NULL_VAL)
        {
            decisions.missing(order);
            machine.onEvent(order, OrderEvent.CANCELED);
        }
        else if (status == OrdStatus.NEW || status == OrdStatus.PARTIALLY_FILLED)
        {
            settleRequests(machine, order, decisionsReceived);
        }
    }

    /** The venue has no request of it under way. */
    private static void settleRequests(
        final SymbolMachine machine, final Order order, final long decisionsReceived)
    {
        if (order.isReplaceUnderWay() && order.replaceEgress() <= decisionsReceived)
        {
            machine.onRequestRejected(order, CxlRejResponseTo.REPLACE_REQUEST);
        }
        if (order.state() == OrderState.PENDING_CANCEL && order.cancelEgress() <= decisionsReceived)
        {
            machine.onRequestRejected(order, CxlRejResponseTo.CANCEL_REQUEST);
        }
    }

    void countUnknown()
    {
        unknownOrders++;
    }

    /** What was said of orders that are not open; it had no other effect. */
    long unknownOrders()
    {
        return unknownOrders;
    }

    /** Answers that nobody asked for, or that were not the whole of one. */
    long ignoredAnswers()
    {
        return ignoredAnswers;
    }

    /** Statuses of the answer that is being taken. */
    int statuses()
    {
        return statuses;
    }

    StrayOrders strays()
    {
        return strays;
    }

    /** Egress sequence up to which nothing waits to be sent any more, 0 before any. */
    long acknowledged()
    {
        return acknowledged;
    }

    void restore(
        final int newStatuses, final long newUnknownOrders, final long newIgnoredAnswers, final long newAcknowledged)
    {
        acknowledged = newAcknowledged;
        statuses = newStatuses;
        unknownOrders = newUnknownOrders;
        ignoredAnswers = newIgnoredAnswers;
    }

    long stateHash()
    {
        long hash = Xxh64.chain(strays.stateHash(), statuses);
        hash = Xxh64.chain(hash, unknownOrders);
        hash = Xxh64.chain(hash, ignoredAnswers);
        return Xxh64.chain(hash, acknowledged);
    }
}
