package io.lockstep.core.execution;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.decision.DecisionWriter;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instance.TimerIds;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.instrument.Slots;
import io.lockstep.core.list.ListAction;
import io.lockstep.core.list.ListTerms;
import io.lockstep.core.list.OpenLists;
import io.lockstep.core.list.OrderList;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderTerms;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.RiskReason;

/**
 * Places lists of orders, and does what they want of their orders: behind each input in which something has become of one, so that it makes
 * no difference who was asked first. A list is placed whole or not at all. A replace that is refused is asked for again every
 * {@value #RETRY_NS} ns while the list still wants it. No allocation.
 */
public final class ListDesk
{
    static final long RETRY_NS = 1_000_000_000L;

    private final Slots slots;
    private final DecisionWriter decisions;
    private final OrderDesk desk;
    private final OpenLists lists;
    private final ListTerms terms = new ListTerms();

    ListDesk(final Slots slots, final DecisionWriter decisions, final OrderDesk desk, final OpenLists lists)
    {
        this.slots = slots;
        this.decisions = decisions;
        this.desk = desk;
        this.lists = lists;
    }

    /** To be filled for {@link #send}: one for all, and empty. */
    public ListTerms terms()
    {
        return terms.clear();
    }

    /** The lists with open orders. */
    public OpenLists open()
    {
        return lists;
    }

    /**
     * Places a list, if all of its orders pass the checks; else each order's refusal is a decision.
     *
     * @return its id, or {@link OrderTerms#NO_LIST}.
     */
    public int send(final Leg leg, final ListTerms asked)
    {
        return send(leg, false, asked);
    }

    /** As {@link #send}, by hand: also for an instance that does not run. */
    public int sendByOperator(final Leg leg, final ListTerms asked)
    {
        for (int i = 0; i < asked.partCount(); i++)
        {
            asked.part(i).reason(OrderReason.OPERATOR);
        }
        return send(leg, true, asked);
    }

    private int send(final Leg leg, final boolean isByOperator, final ListTerms asked)
    {
        asked.complete();
        final int refused = refused(leg, isByOperator, asked);
        final int signalCode = desk.takeCause(leg);
        if (refused >= 0)
        {
            refuse(leg, asked, refused, signalCode);
            return OrderTerms.NO_LIST;
        }
        return place(leg, asked, signalCode);
    }

    /** Which order is refused, or -1. */
    private int refused(final Leg leg, final boolean isByOperator, final ListTerms asked)
    {
        final RiskReason reason = checkList(leg, asked);
        if (reason != RiskReason.NONE)
        {
            desk.intend(leg, asked.first());
            desk.refusal(leg).because(reason);
            return 0;
        }
        long lots = Nulls.NULL_LONG;
        for (int i = 0; i < asked.partCount(); i++)
        {
            // The one that would rest at the venue from now on is checked as one that leaves.
            final boolean isHeld = asked.isExit(i) && (asked.hasEntry() || asked.part(i).isHeld());
            if (isHeld)
            {
                asked.part(i).heldForList();
            }
            asked.part(i).list(lists.nextId());
            if (i > 0)
            {
                asked.part(i).quantity(lots);
            }
            final RiskReason refusal = desk.check(leg, isByOperator, asked.part(i), i);
            if (refusal == RiskReason.SELF_TRADE && desk.yields(leg))
            {
                asked.part(i).heldForList();
            }
            else if (refusal != RiskReason.NONE)
            {
                return i;
            }
            lots = i == 0 ? desk.askedLots() : lots;
        }
        return -1;
    }

    private RiskReason checkList(final Leg leg, final ListTerms asked)
    {
        if (!asked.isComplete())
        {
            return RiskReason.LIST_INCOMPLETE;
        }
        if (!asked.isConsistent())
        {
            return RiskReason.LIST_CONTRADICTION;
        }
        return lists.isFull() ? RiskReason.LIST_CAPACITY : RiskReason.NONE;
    }

    /** First the order that is why, then the others. */
    private void refuse(final Leg leg, final ListTerms asked, final int refused, final int signalCode)
    {
        desk.refuse(leg, signalCode);
        for (int i = 0; i < asked.partCount(); i++)
        {
            if (i != refused)
            {
                desk.intend(leg, asked.part(i));
                desk.refusal(leg).because(RiskReason.LIST_PART_DENIED);
                desk.refuse(leg, signalCode);
            }
        }
    }

    private int place(final Leg leg, final ListTerms asked, final int signalCode)
    {
        final InstrumentSlot slot = leg.slot();
        final long lots = asked.part(asked.partCount() - 1).quantityLots();
        final OrderList list = lists.open(
            asked.type(), slot.id(), leg.strategyId(), lots, slot.instrument().orderLots());
        final int listId = list.id();
        decisions.listPlaced(list, asked.partCount());
        for (int i = 0; i < asked.partCount(); i++)
        {
            if (asked.isExit(i))
            {
                asked.part(i).heldForList();
            }
            lists.add(list, desk.open(leg, asked.part(i), lots, signalCode));
        }
        settle(list);
        return listId;
    }

    /**
     * The wish that all orders of the list be gone.
     *
     * @return false when there is no such list of the leg.
     */
    public boolean cancel(final Leg leg, final int listId, final OrderReason reason)
    {
        final OrderList list = lists.find(listId);
        if (list == null || list.strategyId() != leg.strategyId() || list.instrumentId() != leg.slot().id())
        {
            return false;
        }
        for (int i = 0; i < list.partCount(); i++)
        {
            if (list.order(i) != null)
            {
                desk.cancelForGood(list.order(i), reason);
            }
        }
        return true;
    }

    /** Whether lists wait for {@link #settle()}. */
    public boolean hasChanged()
    {
        return lists.hasChanged();
    }

    /** Behind an input: does what lists want of whose orders something has become. */
    public void settle()
    {
        while (lists.hasChanged())
        {
            settle(lists.takeChanged());
        }
    }

    private void settle(final OrderList list)
    {
        ListAction action = lists.next(list);
        while (action != ListAction.NONE && action != ListAction.END)
        {
            perform(action, list, list.actionPart(), list.actionLots());
            action = lists.next(list);
        }
        if (action == ListAction.END)
        {
            decisions.listEnded(list);
            lists.close(list);
        }
    }

    private void perform(final ListAction action, final OrderList list, final int part, final long lots)
    {
        final Order order = list.order(part);
        switch (action)
        {
            case RELEASE -> {
                resize(list, part, order, lots);
                desk.held().release(order);
            }
            case RESIZE -> resize(list, part, order, lots);
            case REPLACE -> replace(list, part, order, lots);
            case CANCEL -> desk.cancelForGood(order, OrderReason.LIST);
            case NONE, END -> throw new IllegalStateException("nothing to be done: listId=" + list.id());
        }
    }

    private void resize(final OrderList list, final int part, final Order order, final long lots)
    {
        if (order.orderQtyLots() != lots)
        {
            desk.held().resize(order, lots, OrderReason.LIST);
        }
        lists.sized(list, part);
    }

    private void replace(final OrderList list, final int part, final Order order, final long lots)
    {
        final Leg leg = slots.get(order.instrumentId()).legOf(order.strategyId());
        if (desk.replaceBySystem(leg, order, lots, OrderReason.LIST))
        {
            lists.sized(list, part);
            return;
        }
        lists.refused(list, part);
        if (lists.timerNs() == Nulls.NULL_TIME_NS)
        {
            lists.timerNs(decisions.nowNs() + RETRY_NS);
            decisions.scheduleTimer(TimerIds.LISTS, lists.timerNs());
        }
    }

    /** The core's own timer: what was refused is asked for again. */
    public void onTimer(final long deadlineNs)
    {
        if (deadlineNs == lists.timerNs())
        {
            lists.timerNs(Nulls.NULL_TIME_NS);
            lists.retry();
        }
    }
}
