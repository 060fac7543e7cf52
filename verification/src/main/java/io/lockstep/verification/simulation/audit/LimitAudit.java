package io.lockstep.verification.simulation.audit;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.AccountDifferenceDecoder;
import io.lockstep.sbe.CxlRejResponseTo;
import io.lockstep.sbe.DifferenceKind;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionOutOfPlaceDecoder;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.HeldOrderEndedDecoder;
import io.lockstep.sbe.ListPlacedDecoder;
import io.lockstep.sbe.MassStatusEndDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.OrderCancelRejectDecoder;
import io.lockstep.sbe.OrderCancelReplaceRequestDecoder;
import io.lockstep.sbe.OrderHeldDecoder;
import io.lockstep.sbe.ReconciliationDifferenceDecoder;
import io.lockstep.sbe.ReconciliationKind;
import io.lockstep.sbe.RequestExpiredDecoder;
import io.lockstep.sbe.Side;
import io.lockstep.verification.simulation.market.SimulatedMarket;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The limits counted again from the journal alone, by other means than the core's: orders in a map, fills by execution id.
 * Inputs wait until a decision of a later one shows that the core has had them.
 */
final class LimitAudit
{
    private static final long SECOND_NS = 1_000_000_000L;

    private final Map<String, ModelOrder> orderById = new HashMap<>();
    private final Map<Long, Long> lotsByExecId = new HashMap<>();
    private final Set<Long> countedExecIds = new HashSet<>();
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private final UnsafeBuffer input = new UnsafeBuffer(0, 0);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final NewOrderSingleDecoder newOrder = new NewOrderSingleDecoder();
    private final OrderCancelReplaceRequestDecoder replace = new OrderCancelReplaceRequestDecoder();
    private final ExecutionReportDecoder report = new ExecutionReportDecoder();
    private final RequestExpiredDecoder expired = new RequestExpiredDecoder();
    private final ReconciliationDifferenceDecoder difference = new ReconciliationDifferenceDecoder();
    private final OrderHeldDecoder held = new OrderHeldDecoder();
    private final HeldOrderEndedDecoder heldEnded = new HeldOrderEndedDecoder();
    private final ListAudit lists = new ListAudit();
    private final ExecutionOutOfPlaceDecoder outOfPlace = new ExecutionOutOfPlaceDecoder();
    private final AccountDifferenceDecoder accountDifference = new AccountDifferenceDecoder();
    private final OrderCancelRejectDecoder cancelReject = new OrderCancelRejectDecoder();
    private final Instrument[] instruments = new Instrument[SimulatedMarket.INSTRUMENTS + 1];

    /** One order as the journal tells it. */
    static final class ModelOrder
    {
        private final int instrumentId;
        private final Side side;
        private long quantityLots;
        private long replacedLots;
        private long filledLots;
        private boolean atVenue;
        private boolean held;
        private boolean over;

        ModelOrder(final int instrumentId, final Side side, final long quantityLots)
        {
            this.instrumentId = instrumentId;
            this.side = side;
            this.quantityLots = quantityLots;
        }

        /** None while the engine holds it. */
        long exposureLots()
        {
            return held ? 0 : Math.max(0, Math.max(quantityLots, replacedLots) - filledLots);
        }

        long filledLots()
        {
            return filledLots;
        }

        /** What it may yet fill at the venue; nothing once it is over. */
        long openLots()
        {
            return over ? 0 : exposureLots();
        }
    }

    /** One instrument's account. */
    private static final class Instrument
    {
        private final Set<ModelOrder> open = new HashSet<>();
        private final Deque<Long> sentNs = new ArrayDeque<>();
        private long netLots;
        private boolean isDifferent;
    }

    LimitAudit()
    {
        for (int id = 0; id < instruments.length; id++)
        {
            instruments[id] = new Instrument();
        }
    }

    void onInput(final DirectBuffer buffer, final int offset)
    {
        final int templateId = RecordDescriptor.templateId(buffer, offset);
        if (isOfOrders(templateId))
        {
            final byte[] record = new byte[RecordDescriptor.recordLength(buffer, offset)];
            buffer.getBytes(offset, record);
            waiting.addLast(record);
        }
    }

    private static boolean isOfOrders(final int templateId)
    {
        return templateId == ExecutionReportDecoder.TEMPLATE_ID || templateId == OrderCancelRejectDecoder.TEMPLATE_ID ||
            templateId == RequestExpiredDecoder.TEMPLATE_ID || templateId == MassStatusEndDecoder.TEMPLATE_ID;
    }

    void onDecision(final DirectBuffer buffer, final int offset)
    {
        applyUpTo(RecordDescriptor.sequence(buffer, offset));
        final int message = offset + RecordDescriptor.HEADER_LENGTH;
        switch (RecordDescriptor.templateId(buffer, offset))
        {
            case NewOrderSingleDecoder.TEMPLATE_ID -> onNewOrder(buffer, message);
            case OrderHeldDecoder.TEMPLATE_ID -> onHeld(buffer, message);
            case HeldOrderEndedDecoder.TEMPLATE_ID -> onHeldEnded(buffer, message);
            case ListPlacedDecoder.TEMPLATE_ID -> lists.onPlaced(buffer, message);
            case OrderCancelReplaceRequestDecoder.TEMPLATE_ID -> onReplace(buffer, message);
            case ReconciliationDifferenceDecoder.TEMPLATE_ID -> onDifference(buffer, message);
            case ExecutionOutOfPlaceDecoder.TEMPLATE_ID -> onOutOfPlace(buffer, message);
            case AccountDifferenceDecoder.TEMPLATE_ID -> onAccountDifference(buffer, message);
            default -> {
                // No order becomes more by it.
            }
        }
    }

    private void applyUpTo(final long sequence)
    {
        while (!waiting.isEmpty())
        {
            input.wrap(waiting.peekFirst());
            if (RecordDescriptor.sequence(input, 0) > sequence)
            {
                return;
            }
            waiting.removeFirst();
            switch (RecordDescriptor.templateId(input, 0))
            {
                case ExecutionReportDecoder.TEMPLATE_ID -> onReport();
                case OrderCancelRejectDecoder.TEMPLATE_ID -> onCancelReject();
                case RequestExpiredDecoder.TEMPLATE_ID -> onExpired();
                // A replace that the venue has nothing under way of was refused.
                default -> orderById.values().forEach((order) -> order.replacedLots = 0);
            }
        }
    }

    private void onNewOrder(final DirectBuffer buffer, final int message)
    {
        newOrder.wrapAndApplyHeader(buffer, message, header);
        final Instrument instrument = instruments[newOrder.instrumentId()];
        final String id = newOrder.clOrdId();
        ModelOrder order = orderById.get(id);
        if (order == null)
        {
            order = new ModelOrder(newOrder.instrumentId(), newOrder.side(), newOrder.orderQtyLots());
            open(id, order);
            lists.onOrder(newOrder.listId(), order);
        }
        order.held = false;
        order.quantityLots = newOrder.orderQtyLots();
        lists.requireRoom(id, newOrder.listId(), order);
        requireRate(id, instrument, newOrder.transactTimeNs());
        requirePosition(id, instrument, order.side);
    }

    private void open(final String id, final ModelOrder order)
    {
        orderById.put(id, order);
        instruments[order.instrumentId].open.add(order);
        require(id, "open orders", instruments[order.instrumentId].open.size(), SimulatedMarket.OPEN_ORDERS_MAX);
    }

    private void onHeld(final DirectBuffer buffer, final int message)
    {
        held.wrapAndApplyHeader(buffer, message, header);
        final ModelOrder order = new ModelOrder(held.instrumentId(), held.side(), held.orderQtyLots());
        order.held = true;
        open(held.clOrdId(), order);
        lists.onOrder(held.listId(), order);
    }

    private void onHeldEnded(final DirectBuffer buffer, final int message)
    {
        heldEnded.wrapAndApplyHeader(buffer, message, header);
        close(orderById.get(heldEnded.clOrdId()));
    }

    private void onReplace(final DirectBuffer buffer, final int message)
    {
        replace.wrapAndApplyHeader(buffer, message, header);
        final ModelOrder order = orderById.get(replace.origClOrdId());
        if (order == null)
        {
            throw new SimulationFailure(Invariant.LIMITS_HELD,
                "a replace of an order that the journal does not have: " +
                    replace.clOrdId() + " of " + replace.origClOrdId());
        }
        orderById.put(replace.clOrdId(), order);
        order.replacedLots = replace.orderQtyLots();
        final Instrument instrument = instruments[order.instrumentId];
        requireRate(replace.clOrdId(), instrument, replace.transactTimeNs());
        if (order.replacedLots > order.quantityLots)
        {
            // One that asks for less is allowed also where fills that the journal had lost have used up the limit.
            requirePosition(replace.clOrdId(), instrument, order.side);
        }
    }

    private static void requireRate(final String id, final Instrument instrument, final long timeNs)
    {
        instrument.sentNs.addLast(timeNs);
        while (timeNs - instrument.sentNs.peekFirst() >= SECOND_NS)
        {
            instrument.sentNs.removeFirst();
        }
        require(id, "orders in a second", instrument.sentNs.size(), SimulatedMarket.ORDERS_PER_SECOND_MAX);
    }

    /** In the order's direction: one that does not cross zero leaves nothing there, and is allowed whatever the limit. */
    private static void requirePosition(final String id, final Instrument instrument, final Side side)
    {
        if (instrument.isDifferent)
        {
            return;
        }
        final long heldLots = side == Side.BUY ? instrument.netLots : -instrument.netLots;
        final long exposureLots = instrument.open.stream()
            .filter((order) -> order.side == side).mapToLong(ModelOrder::exposureLots).sum();
        require(id, "position in lots", heldLots + exposureLots, SimulatedMarket.POSITION_LOTS_MAX);
    }

    private static void require(final String id, final String name, final long value, final long limit)
    {
        if (value > limit)
        {
            throw new SimulationFailure(
                Invariant.LIMITS_HELD, name + ": clOrdId=" + id + " limit=" + limit + " actual=" + value);
        }
    }

    private void onReport()
    {
        report.wrapAndApplyHeader(input, RecordDescriptor.HEADER_LENGTH, header);
        final ModelOrder order = order(report.clOrdId(), report.origClOrdId());
        if (order != null)
        {
            order.atVenue = true;
            order.held = false;
        }
        if (report.execType() == ExecType.ORDER_STATUS)
        {
            takeTerms(order);
            if (order != null)
            {
                // Also by the name that a replace gave it that the journal has lost.
                orderById.put(report.clOrdId(), order);
            }
            return;
        }
        final boolean isRepeat = lotsByExecId.putIfAbsent(
            execKey(report.instrumentId(), report.execId()), report.lastQtyLots()) != null;
        if (isRepeat || order == null)
        {
            return;
        }
        switch (report.execType())
        {
            case TRADE -> onTrade(order);
            case REPLACED -> {
                takeTerms(order);
                order.replacedLots = 0;
                // Also when the journal has lost that it was asked for.
                orderById.put(report.clOrdId(), order);
            }
            case CANCELED, EXPIRED -> close(order);
            case REJECTED -> {
                if (report.ordRejReason() != OrdRejReason.DUPLICATE_ORDER)
                {
                    close(order);
                }
            }
            case NEW, ORDER_STATUS, NULL_VAL, SBE_UNKNOWN -> {
                // Nothing that counts.
            }
        }
    }

    /** Each venue numbers its executions by itself. */
    private static long execKey(final int instrumentId, final long execId)
    {
        return (long)SimulatedMarket.venueOf(instrumentId) << Integer.SIZE + Short.SIZE ^ execId;
    }

    /** What the order is for now, as the venue says. */
    private void takeTerms(final ModelOrder order)
    {
        if (order != null)
        {
            order.quantityLots = report.leavesQtyLots() + report.cumQtyLots();
        }
    }

    private void onExpired()
    {
        expired.wrapAndApplyHeader(input, RecordDescriptor.HEADER_LENGTH, header);
        final ModelOrder order = orderById.get(expired.clOrdId());
        if (order != null && expired.requestTemplateId() == NewOrderSingleDecoder.TEMPLATE_ID)
        {
            if (!order.atVenue)
            {
                close(order);
            }
        }
        else if (order != null)
        {
            order.replacedLots = 0;
        }
    }

    /** What the core says that the venue did to orders that the journal has otherwise. */
    private void onDifference(final DirectBuffer buffer, final int message)
    {
        difference.wrapAndApplyHeader(buffer, message, header);
        final ModelOrder order = orderById.get(difference.clOrdId());
        if (difference.kind() == ReconciliationKind.UNKNOWN_FILL)
        {
            final long execKey = execKey(difference.instrumentId(), difference.execId());
            if (!countedExecIds.add(execKey))
            {
                // Found here by an id that the order had once, which the core has forgotten.
                return;
            }
            final long lots = lotsByExecId.get(execKey);
            instruments[difference.instrumentId()].netLots += difference.side() == Side.BUY ? lots : -lots;
        }
        else if (difference.kind() == ReconciliationKind.MISSING_ORDER && order != null)
        {
            close(order);
        }
    }

    /** A fill of an order that is over. */
    private void onOutOfPlace(final DirectBuffer buffer, final int message)
    {
        outOfPlace.wrapAndApplyHeader(buffer, message, header);
        if (countedExecIds.add(execKey(outOfPlace.instrumentId(), outOfPlace.execId())))
        {
            final long lots = outOfPlace.lastQtyLots();
            final ModelOrder order = orderById.get(outOfPlace.clOrdId());
            if (order != null)
            {
                order.filledLots += lots;
            }
            instruments[outOfPlace.instrumentId()].netLots += outOfPlace.side() == Side.BUY ? lots : -lots;
        }
    }

    /** An operator may take over lots that no fill has brought: from here on the position is not that of the fills. */
    private void onAccountDifference(final DirectBuffer buffer, final int message)
    {
        accountDifference.wrapAndApplyHeader(buffer, message, header);
        if (accountDifference.kind() == DifferenceKind.POSITION)
        {
            instruments[accountDifference.instrumentId()].isDifferent = true;
        }
    }

    private void onTrade(final ModelOrder order)
    {
        if (!instruments[order.instrumentId].open.contains(order))
        {
            // An answer told the order's end first; the core says this fill in a difference.
            return;
        }
        countedExecIds.add(execKey(report.instrumentId(), report.execId()));
        final long lots = report.lastQtyLots();
        instruments[order.instrumentId].netLots += order.side == Side.BUY ? lots : -lots;
        order.filledLots += lots;
        if (report.leavesQtyLots() == 0)
        {
            close(order);
        }
    }

    private void onCancelReject()
    {
        cancelReject.wrapAndApplyHeader(input, RecordDescriptor.HEADER_LENGTH, header);
        final ModelOrder order = order(cancelReject.clOrdId(), cancelReject.origClOrdId());
        if (order != null && cancelReject.responseTo() == CxlRejResponseTo.REPLACE_REQUEST)
        {
            order.replacedLots = 0;
        }
    }

    private ModelOrder order(final String clOrdId, final String origClOrdId)
    {
        final ModelOrder order = orderById.get(clOrdId);
        return order == null && origClOrdId.length() == ClOrdIds.LENGTH ? orderById.get(origClOrdId) : order;
    }

    private void close(final ModelOrder order)
    {
        order.over = true;
        instruments[order.instrumentId].open.remove(order);
    }
}
