package io.lockstep.core.execution;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.core.instance.Instances;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.instrument.Slots;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderEvent;
import io.lockstep.core.order.OrderStore;
import io.lockstep.core.venue.StrayOrders;
import io.lockstep.core.venue.Venue;
import io.lockstep.core.venue.Venues;
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

/**
 * The reports of venues about orders: finds the order by its ClOrdID and drives its leg. A report that was taken
 * before has no effect; neither has one of an order that is not open, which goes to {@link Reconciler}, nor one that
 * contradicts the order. No allocation.
 */
public final class VenueReports
{
    private final OrderStore orders;
    private final Venues venues;
    private final Slots slots;
    private final Instances instances;
    private final Reconciler reconciler;
    private final OrderEvents events;
    private final Runnable countForeign;
    private final LostReplaces lostReplaces;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ExecutionReportDecoder report = new ExecutionReportDecoder();
    private final OrderCancelRejectDecoder cancelReject = new OrderCancelRejectDecoder();
    private final RequestExpiredDecoder expired = new RequestExpiredDecoder();

    /**
     * @param countForeign counts a report of a source about an instrument of another's venue; it has no other effect.
     */
    public VenueReports(
        final OrderStore orders,
        final Venues venues,
        final Slots slots,
        final Instances instances,
        final Reconciler reconciler,
        final OrderEvents events,
        final Runnable countForeign)
    {
        this.orders = orders;
        this.venues = venues;
        this.slots = slots;
        this.instances = instances;
        this.reconciler = reconciler;
        this.events = events;
        this.countForeign = countForeign;
        lostReplaces = reconciler.lostReplaces();
    }

    public void onExecutionReport(final DirectBuffer buffer, final int offset, final int sourceId)
    {
        report.wrapAndApplyHeader(buffer, offset, header);
        final Venue venue = venueOf(report.instrumentId(), sourceId);
        final boolean isStatus = report.execType() == ExecType.ORDER_STATUS;
        // A status repeats what was reported; its ExecID, if it has one, is that of what it repeats.
        if (venue == null || !isStatus && !isNew(venue, sourceId))
        {
            return;
        }
        final int idOffset = report.offset() + ExecutionReportDecoder.clOrdIdEncodingOffset();
        Order order = order(buffer, idOffset);
        if (order == null)
        {
            order = order(buffer, report.offset() + ExecutionReportDecoder.origClOrdIdEncodingOffset());
        }
        final boolean isEarlier = order == null && (isStatus || isExecution());
        if (isEarlier)
        {
            order = earlier(buffer, idOffset);
        }
        if (!FillRange.hasQuantities(report))
        {
            events.onUncountable(order, report);
        }
        else if (isStatus)
        {
            reconciler.onOrderStatus(venue, order, report);
        }
        else
        {
            onExecution(venue, order, isEarlier);
        }
    }

    /** What was executed, or was executed otherwise, counts under whichever ClOrdID the venue names the order. */
    private boolean isExecution()
    {
        return report.execType() == ExecType.TRADE || ExecutionCorrections.isOne(report);
    }

    /** The venue of the instrument, if the source may speak for it; else the report is counted, and null. */
    private Venue venueOf(final int instrumentId, final int sourceId)
    {
        final Venue ofSource = venues.ofSource(sourceId);
        final boolean isKnown = instrumentId >= 0 && instrumentId < slots.count();
        if (ofSource == null || isKnown && slots.get(instrumentId).venue() != ofSource)
        {
            countForeign.run();
            return null;
        }
        return ofSource;
    }

    private boolean isNew(final Venue venue, final int sourceId)
    {
        final int limit = report.limit();
        final int length = report.venueExecIdLength();
        if (length == 0)
        {
            return venue.executionIds().take(sourceId, report.execId(), venue.isReconciling());
        }
        final boolean isNew = venue.executionIds().takeText(report.instrumentId(), report.buffer(),
            limit + ExecutionReportDecoder.venueExecIdHeaderLength(), length);
        report.limit(limit);
        return isNew;
    }

    private void onExecution(final Venue venue, final Order order, final boolean isEarlier)
    {
        final OrderEvent event = isEarlier && order != null ? earlierEvent(order) : event();
        if (order == null || event == null)
        {
            reconciler.onUnknown(venue, report);
        }
        else if (!Reconciler.isOf(order, report))
        {
            orders.refuse();
        }
        else if (isLostReplace(order, event))
        {
            lostReplaces.take(order, report);
        }
        else
        {
            events.onExecution(legOf(order), order, report, event);
        }
    }

    private Leg legOf(final Order order)
    {
        final InstrumentSlot slot = slots.touch(order.instrumentId());
        final Leg leg = slot.legOf(order.strategyId());
        return leg == null ? instances.nobodysLeg(slot) : leg;
    }

    private boolean isLostReplace(final Order order, final OrderEvent event)
    {
        return event == OrderEvent.REPLACED && reconciler.isOurs(
            report.buffer(), report.offset() + ExecutionReportDecoder.clOrdIdEncodingOffset()) &&
            lostReplaces.isOne(order, report);
    }

    /** What is left of the order as it was says nothing of what is left of the one that came in its place. */
    private OrderEvent earlierEvent(final Order order)
    {
        final OrderEvent event = event();
        return event == OrderEvent.FILL && order.exposureLots() > report.lastQtyLots()
            ? OrderEvent.PARTIAL_FILL
            : event;
    }

    private OrderEvent event()
    {
        return switch (report.execType())
        {
            case NEW -> OrderEvent.ACCEPTED;
            case TRADE -> report.leavesQtyLots() == 0 ? OrderEvent.FILL : OrderEvent.PARTIAL_FILL;
            case CANCELED -> OrderEvent.CANCELED;
            case REPLACED -> OrderEvent.REPLACED;
            case RESTATED -> OrderEvent.RESTATED;
            case TRADE_CORRECT -> OrderEvent.TRADE_CORRECT;
            case TRADE_CANCEL -> OrderEvent.TRADE_CANCEL;
            // The refusal of a repeated ClOrdID names an order that lives on.
            case REJECTED -> report.ordRejReason() == OrdRejReason.DUPLICATE_ORDER ? null : OrderEvent.REJECTED;
            case EXPIRED -> OrderEvent.EXPIRED;
            case ORDER_STATUS, NULL_VAL, SBE_UNKNOWN -> null;
        };
    }

    public void onOrderCancelReject(final DirectBuffer buffer, final int offset, final int sourceId)
    {
        cancelReject.wrapAndApplyHeader(buffer, offset, header);
        final Venue venue = venueOf(cancelReject.instrumentId(), sourceId);
        if (venue == null)
        {
            return;
        }
        final Order order = order(buffer, cancelReject.offset() + OrderCancelRejectDecoder.origClOrdIdEncodingOffset());
        final CxlRejResponseTo responseTo = cancelReject.responseTo();
        if (order == null)
        {
            onRejectOfUnknown(venue, buffer, responseTo);
            return;
        }
        if (isUnderWay(order, buffer, cancelReject.offset() + OrderCancelRejectDecoder.clOrdIdEncodingOffset(),
            responseTo == CxlRejResponseTo.REPLACE_REQUEST))
        {
            events.onRequestRejected(legOf(order), order, responseTo);
        }
        else
        {
            orders.refuse();
        }
    }

    private void onRejectOfUnknown(final Venue venue, final DirectBuffer buffer, final CxlRejResponseTo responseTo)
    {
        final int stray = responseTo == CxlRejResponseTo.CANCEL_REQUEST
            ? reconciler.stray(
                venue, buffer, cancelReject.offset() + OrderCancelRejectDecoder.origClOrdIdEncodingOffset())
            : StrayOrders.NONE;
        if (stray == StrayOrders.NONE)
        {
            venue.countUnknownOrder();
        }
        else
        {
            reconciler.onStrayCancelRefused(venue, stray);
        }
    }

    /** A request that the journal has lost may be refused, too, while a later one is under way. */
    private boolean isUnderWay(
        final Order order, final DirectBuffer buffer, final int idOffset, final boolean isReplace)
    {
        if (!reconciler.isOurs(buffer, idOffset))
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
     * The node will not send the request. A new order that the venue has never reported on is over, also when a cancel of it is under
     * way, which is still sent and has nothing to cancel. A replace is as if the venue had refused it.
     */
    public void onRequestExpired(final DirectBuffer buffer, final int offset)
    {
        expired.wrapAndApplyHeader(buffer, offset, header);
        final int idOffset = expired.offset() + RequestExpiredDecoder.clOrdIdEncodingOffset();
        final Order order = order(buffer, idOffset);
        if (order == null)
        {
            final Venue venue = venues.find(expired.venueId());
            (venue == null ? venues.get(Venues.FIRST) : venue).countUnknownOrder();
            return;
        }
        if (expired.requestTemplateId() == OrderCancelReplaceRequestDecoder.TEMPLATE_ID &&
            isUnderWay(order, buffer, idOffset, true))
        {
            events.onRequestRejected(legOf(order), order, CxlRejResponseTo.REPLACE_REQUEST);
        }
        else if (expired.requestTemplateId() == NewOrderSingleDecoder.TEMPLATE_ID && !order.isAtVenue())
        {
            events.onEvent(legOf(order), order, OrderEvent.EXPIRED, null);
        }
        else
        {
            orders.refuse();
        }
    }

    private Order earlier(final DirectBuffer buffer, final int clOrdIdOffset)
    {
        return reconciler.isOurs(buffer, clOrdIdOffset)
            ? orders.findByEarlier(ClOrdIds.incarnation(buffer, clOrdIdOffset),
                ClOrdIds.sequence(buffer, clOrdIdOffset), ClOrdIds.ordinal(buffer, clOrdIdOffset))
            : null;
    }

    private Order order(final DirectBuffer buffer, final int clOrdIdOffset)
    {
        return reconciler.isOurs(buffer, clOrdIdOffset)
            ? orders.find(ClOrdIds.incarnation(buffer, clOrdIdOffset), ClOrdIds.sequence(buffer, clOrdIdOffset),
                ClOrdIds.ordinal(buffer, clOrdIdOffset))
            : null;
    }
}
