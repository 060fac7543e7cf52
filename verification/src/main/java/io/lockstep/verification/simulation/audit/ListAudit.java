package io.lockstep.verification.simulation.audit;

import io.lockstep.core.TradingCore;
import io.lockstep.core.list.OrderList;
import io.lockstep.core.order.OpenOrders;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderTerms;
import io.lockstep.sbe.ContingencyType;
import io.lockstep.sbe.ListPlacedDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.verification.simulation.audit.LimitAudit.ModelOrder;
import org.agrona.DirectBuffer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lists of orders. From the journal alone: what leaves of a list is never more than its orders may yet fill together, by the fills that the
 * journal has. From the core, between two turns of the loop: every order of a list is one of a list that is there, and none that is held has
 * more than the list has left.
 */
public final class ListAudit
{
    private final Map<Integer, ModelList> listById = new HashMap<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ListPlacedDecoder placed = new ListPlacedDecoder();

    /** One list as the journal tells it. */
    private static final class ModelList
    {
        private final boolean hasEntry;
        private final long sizeLots;
        private final List<ModelOrder> orders = new ArrayList<>();

        ModelList(final boolean hasEntry, final long sizeLots)
        {
            this.hasEntry = hasEntry;
            this.sizeLots = sizeLots;
        }

        boolean isExit(final ModelOrder order)
        {
            return !hasEntry || orders.get(0) != order;
        }

        long mayFillLots()
        {
            return hasEntry ? orders.get(0).filledLots() : sizeLots;
        }
    }

    void onPlaced(final DirectBuffer buffer, final int message)
    {
        placed.wrapAndApplyHeader(buffer, message, header);
        listById.put(placed.listId(),
            new ModelList(placed.contingencyType() != ContingencyType.OCO, placed.orderQtyLots()));
    }

    /** The entry first, where there is one. */
    void onOrder(final int listId, final ModelOrder order)
    {
        if (listId != OrderTerms.NO_LIST)
        {
            listById.get(listId).orders.add(order);
        }
    }

    /** An order leaves. */
    void requireRoom(final String clOrdId, final int listId, final ModelOrder order)
    {
        final ModelList list = listId == OrderTerms.NO_LIST ? null : listById.get(listId);
        if (list == null || !list.isExit(order))
        {
            return;
        }
        final long openOrFilledLots = list.orders.stream().filter(list::isExit)
            .mapToLong((exit) -> exit.filledLots() + exit.openLots()).sum();
        if (openOrFilledLots > list.mayFillLots())
        {
            throw new SimulationFailure(Invariant.LISTS_KEPT, "more than the list may fill: listId=" + listId +
                " clOrdId=" + clOrdId + " limit=" + list.mayFillLots() + " actual=" + openOrFilledLots);
        }
    }

    public static void requireKept(final TradingCore core)
    {
        for (int id = 0; id < core.instrumentCount(); id++)
        {
            final OpenOrders open = core.openOrders(id);
            for (Order order = open.first(); order != null; order = open.next(order))
            {
                if (order.listId() != OrderTerms.NO_LIST)
                {
                    requireKept(core.lists().find(order.listId()), order);
                }
            }
        }
    }

    private static void requireKept(final OrderList list, final Order order)
    {
        if (list == null || !isOf(list, order))
        {
            throw new SimulationFailure(Invariant.LISTS_KEPT, "nobody will let go an order: listId=" + order.listId() +
                " state=" + order.state() + " sequence=" + order.sequence());
        }
        final boolean isEntry = list.hasEntry() && list.order(0) == order;
        final long leftLots = (list.hasEntry() ? list.entryLots() : list.orderQtyLots()) - list.exitLots();
        if (!isEntry && order.isHeld() && !order.trigger().waitsForList() && leftLots > 0 &&
            order.orderQtyLots() > leftLots)
        {
            throw new SimulationFailure(Invariant.LISTS_KEPT, "an order of more than its list has left: listId=" +
                list.id() + " limit=" + leftLots + " actual=" + order.orderQtyLots());
        }
    }

    private static boolean isOf(final OrderList list, final Order order)
    {
        for (int part = 0; part < list.partCount(); part++)
        {
            if (list.order(part) == order)
            {
                return true;
            }
        }
        return false;
    }
}
