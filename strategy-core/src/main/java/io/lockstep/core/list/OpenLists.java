package io.lockstep.core.list;

import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.order.OpenOrders;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.PartListener;
import io.lockstep.core.snapshot.SectionWriter;
import io.lockstep.core.snapshot.StateTable;
import io.lockstep.sbe.ContingencyType;
import io.lockstep.sbe.ListSectionDecoder;
import io.lockstep.sbe.ListSectionEncoder;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * The lists with open orders, by age, and which of them are to be looked at: those of whose orders something has become. One thread;
 * allocates only for more lists at once than ever before.
 */
public final class OpenLists implements PartListener, StateTable<ListSectionDecoder>
{
    /** Lists that may be open at once. */
    public static final int CAPACITY = 4_096;

    private final IntFunction<OpenOrders> openOrders;
    private OrderList[] lists = {};
    private int count;
    private int newestId;
    /** Lists that wait to be settled, in the order in which something became of them. */
    private OrderList[] changed = {};
    private int changedCount;
    /** When what was refused is asked for again, or null. */
    private long timerNs = Nulls.NULL_TIME_NS;

    /**
     * @param openOrders of an instrument, by its id; null when there is no such instrument.
     */
    public OpenLists(final IntFunction<OpenOrders> openOrders)
    {
        this.openOrders = openOrders;
    }

    public int count()
    {
        return count;
    }

    public boolean isFull()
    {
        return count == CAPACITY;
    }

    /** From 0, the oldest first. */
    public OrderList get(final int index)
    {
        return lists[index];
    }

    /** Null when it is not open. */
    public OrderList find(final int listId)
    {
        final int index = index(listId);
        return index < count && lists[index].id == listId ? lists[index] : null;
    }

    /** Of the first list that is not older. */
    private int index(final int listId)
    {
        int low = 0;
        int high = count;
        while (low < high)
        {
            final int middle = low + high >>> 1;
            if (lists[middle].id < listId)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return low;
    }

    /** The id that the next list will have. */
    public int nextId()
    {
        return newestId + 1;
    }

    /** Begins a list without orders; there must be room for it. */
    public OrderList open(
        final ContingencyType type,
        final int instrumentId,
        final int strategyId,
        final long orderQtyLots,
        final long stepLots)
    {
        final OrderList list = add();
        list.begin(++newestId, type, instrumentId, strategyId, orderQtyLots, stepLots);
        return list;
    }

    private OrderList add()
    {
        if (count == lists.length)
        {
            lists = Arrays.copyOf(lists, 2 * count + 4);
            changed = Arrays.copyOf(changed, lists.length);
        }
        if (lists[count] == null)
        {
            lists[count] = new OrderList();
        }
        return lists[count++];
    }

    /** An order of the list was opened. */
    public void add(final OrderList list, final Order order)
    {
        list.add().begin(order);
    }

    /** All orders of the list are over. */
    public void close(final OrderList list)
    {
        final int index = index(list.id);
        System.arraycopy(lists, index + 1, lists, index, --count - index);
        lists[count] = list;
        if (list.waitsToBeSettled)
        {
            forgetChange(list);
        }
    }

    private void forgetChange(final OrderList list)
    {
        int place = 0;
        while (changed[place] != list)
        {
            place++;
        }
        System.arraycopy(changed, place + 1, changed, place, --changedCount - place);
        list.waitsToBeSettled = false;
    }

    @Override
    public void onPart(final Order order)
    {
        final OrderList list = find(order.listId());
        if (list != null)
        {
            list.see();
            toBeSettled(list);
        }
    }

    /** Whether a list waits to be settled. */
    public boolean hasChanged()
    {
        return changedCount > 0;
    }

    public void toBeSettled(final OrderList list)
    {
        if (!list.waitsToBeSettled)
        {
            list.waitsToBeSettled = true;
            changed[changedCount++] = list;
        }
    }

    /** The list that has waited longest to be settled, which does so no more. */
    public OrderList takeChanged()
    {
        final OrderList list = changed[0];
        forgetChange(list);
        return list;
    }

    /** Sees the orders of a list as they are now, and says what it wants next. */
    public ListAction next(final OrderList list)
    {
        list.see();
        return list.next();
    }

    /** What the list wanted of the order is done. */
    public void sized(final OrderList list, final int part)
    {
        list.sized(part);
    }

    /** The list's replace of the order was refused. */
    public void refused(final OrderList list, final int part)
    {
        list.parts[part].refused = true;
    }

    /** What was refused is to be asked for again: those lists are to be settled. */
    public void retry()
    {
        for (int i = 0; i < count; i++)
        {
            for (int part = 0; part < lists[i].partCount; part++)
            {
                if (lists[i].parts[part].refused)
                {
                    lists[i].parts[part].refused = false;
                    toBeSettled(lists[i]);
                }
            }
        }
    }

    /** Whether the quantity of the order is its list's to say. */
    public boolean isExit(final Order order)
    {
        final OrderList list = count == 0 ? null : find(order.listId());
        return list != null && list.isExit(order);
    }

    /** The venue has filled an order that is over: a list that it was part of counts with that. */
    public void onLateFill(final int instrumentId, final long key, final int incarnation, final long lots)
    {
        for (int i = 0; i < count; i++)
        {
            final OrderList list = lists[i];
            for (int part = 0; list.instrumentId == instrumentId && part < list.partCount; part++)
            {
                final ListPart late = list.parts[part];
                if (late.isEnded() && late.key == key && late.incarnation == incarnation)
                {
                    late.fillLate(lots);
                    toBeSettled(list);
                }
            }
        }
    }

    public long timerNs()
    {
        return timerNs;
    }

    public void timerNs(final long newTimerNs)
    {
        timerNs = newTimerNs;
    }

    @Override
    public int sectionCount()
    {
        return newestId == 0 ? 0 : 1 + count;
    }

    @Override
    public void save(final SectionWriter writer)
    {
        if (newestId > 0)
        {
            writer.begin(new ListSectionEncoder()).listId(newestId).contingencyType(ContingencyType.NULL_VAL)
                .instrumentId(ListSectionEncoder.instrumentIdNullValue())
                .strategyId(ListSectionEncoder.strategyIdNullValue())
                .orderQtyLots(ListSectionEncoder.orderQtyLotsNullValue())
                .stepLots(ListSectionEncoder.stepLotsNullValue()).timerNs(timerNs).partsCount(0);
            writer.end();
        }
        for (int i = 0; i < count; i++)
        {
            save(lists[i], writer.begin(new ListSectionEncoder()));
            writer.end();
        }
    }

    private static void save(final OrderList list, final ListSectionEncoder section)
    {
        section.listId(list.id).contingencyType(list.type).instrumentId(list.instrumentId)
            .strategyId(list.strategyId).orderQtyLots(list.orderQtyLots).stepLots(list.stepLots)
            .timerNs(ListSectionEncoder.timerNsNullValue());
        final ListSectionEncoder.PartsEncoder parts = section.partsCount(list.partCount);
        for (int i = 0; i < list.partCount; i++)
        {
            list.parts[i].save(parts.next());
        }
    }

    @Override
    public int templateId()
    {
        return ListSectionDecoder.TEMPLATE_ID;
    }

    @Override
    public ListSectionDecoder newDecoder()
    {
        return new ListSectionDecoder();
    }

    @Override
    public void restore(final ListSectionDecoder section)
    {
        if (section.contingencyType() == ContingencyType.NULL_VAL)
        {
            restoreNewest(section);
            return;
        }
        final OpenOrders open = openOrders.apply(section.instrumentId());
        final boolean isNext = section.listId() <= newestId && (count == 0 || lists[count - 1].id < section.listId());
        if (section.contingencyType() == ContingencyType.SBE_UNKNOWN || open == null || !isNext || count == CAPACITY)
        {
            throw new IllegalArgumentException("listId=" + section.listId() + " contingencyType=" +
                section.contingencyTypeRaw() + " instrumentId=" + section.instrumentId() + ": expected after " +
                (count == 0 ? 0 : lists[count - 1].id) + " and up to " + newestId);
        }
        restore(section, open);
    }

    private void restoreNewest(final ListSectionDecoder section)
    {
        if (newestId != 0 || section.listId() <= 0 || section.parts().count() > 0)
        {
            throw new IllegalArgumentException("listId=" + section.listId() + ": expected one without parts, once");
        }
        newestId = section.listId();
        timerNs = section.timerNs();
    }

    private void restore(final ListSectionDecoder section, final OpenOrders open)
    {
        final OrderList list = add();
        list.begin(section.listId(), section.contingencyType(), section.instrumentId(), section.strategyId(),
            section.orderQtyLots(), section.stepLots());
        for (final ListSectionDecoder.PartsDecoder part : section.parts())
        {
            if (list.partCount == OrderList.PARTS_MAX)
            {
                throw new IllegalArgumentException("listId=" + list.id + ": expected at most " + OrderList.PARTS_MAX +
                    " parts");
            }
            list.add().restore(part, find(open, part.orderNumber(), list.id));
        }
    }

    private static Order find(final OpenOrders open, final long number, final int listId)
    {
        for (Order order = open.first(); order != null; order = open.next(order))
        {
            if (order.number() == number && order.listId() == listId)
            {
                return order;
            }
        }
        return null;
    }

    @Override
    public long stateHash()
    {
        long hash = newestId == 0 ? 0 : Xxh64.chain(newestId, timerNs);
        for (int i = 0; i < count; i++)
        {
            hash = Xxh64.chain(hash, lists[i].stateHash());
        }
        return hash;
    }
}
