package io.lockstep.core.execution;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.decision.DecisionWriter;
import io.lockstep.core.instance.Instances;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instance.StrategyInstance;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.instrument.Slots;
import io.lockstep.core.order.ClosedOrders;
import io.lockstep.core.order.OpenOrders;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderEvent;
import io.lockstep.core.order.OrderState;
import io.lockstep.core.order.OrderStore;
import io.lockstep.core.venue.NodeState;
import io.lockstep.core.venue.StrayOrders;
import io.lockstep.core.venue.Venue;
import io.lockstep.core.venue.Venues;
import io.lockstep.sbe.CxlRejResponseTo;
import io.lockstep.sbe.DecisionAcknowledgementDecoder;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.MassStatusEndDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.ReconciliationKind;
import org.agrona.DirectBuffer;

/**
 * Holds a venue's answer against the journal, each venue's by itself: the executions behind the last known one, then the status of each open order,
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
public final class Reconciler
{
    private final OrderStore orders;
    private final DecisionWriter decisions;
    private final Venues venues;
    private final Slots slots;
    private final Instances instances;
    private final OrderDesk desk;
    private final OrderEvents events;
    private final NodeState node;
    private final Runnable halt;

    private final LostReplaces lostReplaces;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final MassStatusEndDecoder end = new MassStatusEndDecoder();
    private final DecisionAcknowledgementDecoder acknowledgement = new DecisionAcknowledgementDecoder();

    /**
     * @param halt called when the position cannot be right.
     */
    public Reconciler(
        final OrderStore orders,
        final DecisionWriter decisions,
        final Venues venues,
        final Slots slots,
        final Instances instances,
        final OrderDesk desk,
        final OrderEvents events,
        final NodeState node,
        final Runnable halt)
    {
        this.orders = orders;
        this.decisions = decisions;
        this.venues = venues;
        this.slots = slots;
        this.instances = instances;
        this.desk = desk;
        this.events = events;
        this.node = node;
        this.halt = halt;
        lostReplaces = new LostReplaces(orders, desk, events, decisions, this::legOf);
    }

    LostReplaces lostReplaces()
    {
        return lostReplaces;
    }

    private Leg legOf(final Order order)
    {
        final InstrumentSlot slot = slots.touch(order.instrumentId());
        final Leg leg = slot.legOf(order.strategyId());
        return leg == null ? instances.nobodysLeg(slot) : leg;
    }

    /** Forgets the answer so far: the next one is complete by itself. */
    public void begin(final Venue venue)
    {
        venue.forgetAnswer();
        forgetStatuses(venue);
    }

    private void forgetStatuses(final Venue venue)
    {
        for (int id = 0; id < slots.count(); id++)
        {
            final InstrumentSlot slot = slots.get(id);
            if (slot.venue() == venue && slot.openOrders().count() > 0)
            {
                slots.touch(id);
                forgetStatuses(slot.openOrders());
            }
        }
    }

    /** As {@link #begin}, while orders go on leaving: the answer settles those that are in doubt. */
    void beginInquiry(final Venue venue)
    {
        venue.beginInquiry();
        forgetStatuses(venue);
    }

    private void forgetStatuses(final OpenOrders open)
    {
        for (Order order = open.first(); order != null; order = open.next(order))
        {
            orders.venueStatus(order, OrdStatus.NULL_VAL);
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
    void onOrderStatus(final Venue venue, final Order order, final ExecutionReportDecoder report)
    {
        if (!venue.isReconciling() && !venue.isAsked())
        {
            venue.countIgnoredAnswer();
            return;
        }
        venue.onOrderStatus();
        if (order != null)
        {
            onKnownOrder(order, report);
        }
        else if (isOurs(report.buffer(), report.offset() + ExecutionReportDecoder.clOrdIdEncodingOffset()))
        {
            onUnknownStatus(venue, report);
        }
        else
        {
            venue.countUnknownOrder();
        }
    }

    /**
     * The venue is asked while orders go on leaving: what is known to have ended since has ended, and what is being cancelled is. In an
     * answer to a node that was away both would be news.
     */
    private void onUnknownStatus(final Venue venue, final ExecutionReportDecoder report)
    {
        final int idOffset = report.offset() + ExecutionReportDecoder.clOrdIdEncodingOffset();
        final boolean isKnown = closedPlace(report.buffer(), idOffset) != ClosedOrders.NONE ||
            stray(venue, report.buffer(), idOffset) != StrayOrders.NONE;
        if (venue.isReconciling() || !isKnown)
        {
            onLostOrder(venue, report);
        }
    }

    private void onKnownOrder(final Order order, final ExecutionReportDecoder report)
    {
        final Leg leg = legOf(order);
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
            events.onEvent(leg, order, OrderEvent.REPLACED, null);
        }
        else if (order.state() == OrderState.PENDING_NEW && status != OrdStatus.PENDING_NEW || order.isHeld())
        {
            events.onEvent(leg, order, OrderEvent.ACCEPTED, null);
        }
        else if (isNamedByLostReplace(order, report, status))
        {
            lostReplaces.take(order, report);
        }
        if (isFilledDifferently(order, report))
        {
            decisions.difference(ReconciliationKind.QUANTITY, report, order.cumQtyLots(), order.strategyId());
            orders.takeLeaves(order, report.leavesQtyLots());
            leg.slot().risk().reckon();
            desk.cancelForGood(order, OrderReason.FAIL_SAFE);
            halt.run();
        }
    }

    /** A fill that came behind the status, as it may while orders go on leaving, makes no difference. */
    private boolean isFilledDifferently(final Order order, final ExecutionReportDecoder report)
    {
        final boolean isAway = slots.get(order.instrumentId()).venue().isReconciling();
        final long filledLots = order.cumQtyLots() - order.venueStartLots();
        return report.cumQtyLots() > filledLots || isAway && report.cumQtyLots() != filledLots;
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

    private void onLostOrder(final Venue venue, final ExecutionReportDecoder report)
    {
        final DirectBuffer buffer = report.buffer();
        final int idOffset = report.offset() + ExecutionReportDecoder.clOrdIdEncodingOffset();
        final int stray = venue.strays().add(ClOrdIds.incarnation(buffer, idOffset),
            ClOrdIds.sequence(buffer, idOffset), ClOrdIds.ordinal(buffer, idOffset), report.instrumentId(),
            report.side());
        decisions.difference(
            ReconciliationKind.UNKNOWN_ORDER, report, Nulls.NULL_LONG, StrategyInstance.NOBODY);
        desk.cancelStray(venue, stray, report);
    }

    /**
     * What the venue did to an order that is not open in the journal. A fill moves a position: that of whose order it was where that
     * is remembered, else, of an order that the journal has lost, that of the only strategy there is, else nobody's.
     */
    void onUnknown(final Venue venue, final ExecutionReportDecoder report)
    {
        final int clOrdIdOffset = report.offset() + ExecutionReportDecoder.clOrdIdEncodingOffset();
        final int stray = Math.max(stray(venue, report, clOrdIdOffset),
            stray(venue, report, report.offset() + ExecutionReportDecoder.origClOrdIdEncodingOffset()));
        final boolean isExecution = report.execType() == ExecType.TRADE || ExecutionCorrections.isOne(report);
        if (!isExecution || !takeExecution(venue, stray, report))
        {
            if (stray == StrayOrders.NONE || isExecution)
            {
                venue.countUnknownOrder();
            }
        }
        if (stray != StrayOrders.NONE)
        {
            onStray(venue, stray, report);
        }
    }

    private boolean takeExecution(final Venue venue, final int stray, final ExecutionReportDecoder report)
    {
        final DirectBuffer buffer = report.buffer();
        final int idOffset = report.offset() + ExecutionReportDecoder.clOrdIdEncodingOffset();
        final boolean isOurs = isOurs(buffer, idOffset);
        final InstrumentSlot slot = isExecution(report) && (isOurs || stray != StrayOrders.NONE)
            ? slots.touch(report.instrumentId())
            : null;
        if (slot == null)
        {
            return false;
        }
        final int place = isOurs ? closedPlace(buffer, idOffset) : ClosedOrders.NONE;
        if (place != ClosedOrders.NONE && orders.closed().instrumentId(place) == report.instrumentId())
        {
            onExecutionOfClosed(legOf(slot, orders.closed().strategyId(place)), place, report);
        }
        else if (ExecutionCorrections.isOne(report))
        {
            events.corrections().onForgotten(
                stray != StrayOrders.NONE || venue.isReconciling() ? strayLeg(slot) : instances.nobodysLeg(slot),
                report);
        }
        else if (stray != StrayOrders.NONE || venue.isReconciling())
        {
            final Leg leg = strayLeg(slot);
            decisions.difference(ReconciliationKind.UNKNOWN_FILL, report, Nulls.NULL_LONG, leg.strategyId());
            events.onStrayFill(leg, report);
        }
        else
        {
            events.onFillOfForgotten(instances.nobodysLeg(slot), report);
        }
        return true;
    }

    /** A correction is taken up without a price, to be refused by a decision. */
    private static boolean isExecution(final ExecutionReportDecoder report)
    {
        return ExecutionCorrections.isOne(report) || OrderEvents.isFill(report);
    }

    private void onExecutionOfClosed(final Leg leg, final int place, final ExecutionReportDecoder report)
    {
        if (ExecutionCorrections.isOne(report))
        {
            events.corrections().onClosed(leg, place, report);
        }
        else
        {
            events.onFillOfClosed(leg, place, report);
        }
    }

    private int closedPlace(final DirectBuffer buffer, final int idOffset)
    {
        return orders.findClosed(ClOrdIds.incarnation(buffer, idOffset), ClOrdIds.sequence(buffer, idOffset),
            ClOrdIds.ordinal(buffer, idOffset));
    }

    private Leg legOf(final InstrumentSlot slot, final int strategyId)
    {
        final Leg leg = slot.legOf(strategyId);
        return leg == null ? instances.nobodysLeg(slot) : leg;
    }

    /** The leg of the one instance that trades the instrument, for then the order was that one's; else nobody's leg. */
    private Leg strayLeg(final InstrumentSlot slot)
    {
        Leg only = null;
        int found = 0;
        for (int i = 0; i < slot.legCount(); i++)
        {
            if (!slot.leg(i).instance().isNobody())
            {
                only = slot.leg(i);
                found++;
            }
        }
        return found == 1 ? only : instances.nobodysLeg(slot);
    }

    private void onStray(final Venue venue, final int stray, final ExecutionReportDecoder report)
    {
        if (isFinal(report))
        {
            venue.strays().remove(stray);
        }
        else if (report.execType() == ExecType.REPLACED &&
            isOurs(report.buffer(), report.offset() + ExecutionReportDecoder.clOrdIdEncodingOffset()))
        {
            // The replace was under way when the venue was asked; the cancel that was sent names the order as it was.
            venue.strays().remove(stray);
            onLostOrder(venue, report);
        }
    }

    private int stray(final Venue venue, final ExecutionReportDecoder report, final int idOffset)
    {
        return stray(venue, report.buffer(), idOffset);
    }

    /** The place of a lost order among the venue's by its ClOrdID, or {@link StrayOrders#NONE}. */
    int stray(final Venue venue, final DirectBuffer buffer, final int idOffset)
    {
        return venue.strays().count() > 0 && isOurs(buffer, idOffset)
            ? venue.strays().find(ClOrdIds.incarnation(buffer, idOffset), ClOrdIds.sequence(buffer, idOffset),
                ClOrdIds.ordinal(buffer, idOffset))
            : StrayOrders.NONE;
    }

    /** The venue has refused the cancel of a lost order: another follows, as for every order that is to be gone. */
    void onStrayCancelRefused(final Venue venue, final int stray)
    {
        desk.onStrayCancelRefused(venue, stray);
    }

    private static boolean isFinal(final ExecutionReportDecoder report)
    {
        return switch (report.execType())
        {
            case TRADE -> report.leavesQtyLots() == 0;
            case CANCELED, REJECTED, EXPIRED -> true;
            case NEW, REPLACED, RESTATED, TRADE_CORRECT, TRADE_CANCEL, ORDER_STATUS, NULL_VAL, SBE_UNKNOWN -> false;
        };
    }

    /**
     * A gateway that has lost its memory does not know what it gave to the venue; the journal does. What was never sent is not
     * acknowledged.
     */
    public void onAcknowledgement(final DirectBuffer buffer, final int offset, final int sourceId)
    {
        acknowledgement.wrapAndApplyHeader(buffer, offset, header);
        final Venue venue = venues.ofSource(sourceId);
        if (venue != null)
        {
            venue.onAcknowledged(acknowledgement.egressSequence());
        }
    }

    public void onMassStatusEnd(final DirectBuffer buffer, final int offset, final int sourceId)
    {
        end.wrapAndApplyHeader(buffer, offset, header);
        final Venue venue = venues.ofSource(sourceId);
        if (venue == null || !venue.isReconciling() && !venue.isAsked())
        {
            (venue == null ? venues.get(Venues.FIRST) : venue).countIgnoredAnswer();
        }
        else if (end.incarnation() != node.incarnation() || end.openOrders() != venue.statuses())
        {
            venue.countIgnoredAnswer();
            beginAgain(venue);
        }
        else
        {
            venue.executionIds().onComplete();
            venue.executionIds().onNewest(sourceId, end.lastExecId());
            settle(venue, venue.isReconciling()
                ? Math.max(end.decisionsReceived(), venue.acknowledged())
                : end.decisionsReceived());
            venue.onAnswerTaken();
            // Last, so that no strategy sends an order while others are still to be compared.
            venue.onReconciled();
        }
    }

    private void beginAgain(final Venue venue)
    {
        if (venue.isReconciling())
        {
            begin(venue);
        }
        else
        {
            beginInquiry(venue);
        }
    }

    private void settle(final Venue venue, final long decisionsReceived)
    {
        for (int id = 0; id < slots.count(); id++)
        {
            final InstrumentSlot slot = slots.get(id);
            if (slot.venue() == venue && slot.openOrders().count() > 0)
            {
                slots.touch(id);
                settle(slot.openOrders(), decisionsReceived);
            }
        }
    }

    private void settle(final OpenOrders open, final long decisionsReceived)
    {
        Order next;
        for (Order order = open.first(); order != null; order = next)
        {
            next = open.next(order);
            settle(order, decisionsReceived);
        }
    }

    private void settle(final Order order, final long decisionsReceived)
    {
        final OrdStatus status = order.venueStatus();
        orders.venueStatus(order, OrdStatus.NULL_VAL);
        if (order.isHeld() || order.state().isTerminal() || order.entryEgress() > decisionsReceived)
        {
            // The venue has not been asked for it, a strategy has let go of it just now, or the request waits to be sent.
            return;
        }
        if (status == OrdStatus.NULL_VAL)
        {
            decisions.missing(order);
            events.onEvent(legOf(order), order, OrderEvent.CANCELED, null);
        }
        else if (status == OrdStatus.NEW || status == OrdStatus.PARTIALLY_FILLED)
        {
            settleReplace(order, decisionsReceived);
            settleCancel(order, decisionsReceived);
        }
        else if (status == OrdStatus.PENDING_REPLACE && !order.isReplaceUnderWay())
        {
            // The journal has lost that replace. A cancel under way would go before it, as FIX ranks an OrdStatus.
            settleCancel(order, decisionsReceived);
        }
    }

    /** The venue has no replace of it under way. */
    private void settleReplace(final Order order, final long decisionsReceived)
    {
        if (order.isReplaceUnderWay() && order.replaceEgress() <= decisionsReceived)
        {
            events.onRequestRejected(legOf(order), order, CxlRejResponseTo.REPLACE_REQUEST);
        }
    }

    /** The venue has no cancel of it under way. */
    private void settleCancel(final Order order, final long decisionsReceived)
    {
        if (order.state() == OrderState.PENDING_CANCEL && order.cancelEgress() <= decisionsReceived)
        {
            events.onRequestRejected(legOf(order), order, CxlRejResponseTo.CANCEL_REQUEST);
        }
    }
}
