package io.lockstep.core.list;

import io.lockstep.codecs.Xxh64;
import io.lockstep.core.order.Order;
import io.lockstep.sbe.ContingencyType;
import io.lockstep.sbe.PartState;

/**
 * One list of orders, and what it wants of them next. It looks at where its orders stand and not at how they came there, so what is
 * reported late, twice or in another order than it happened leads to the same.
 * <p>
 * The first order of a list with an entry is the entry. The others are its exits: they wait until the entry has filled something, and
 * may then together fill as much as it has; those of an OCO as much as the list is for. Of two exits one at most is at the venue. One that
 * waits for no trigger rests there; the other is held, and when its trigger is reached whatever of the list is at the venue is cancelled
 * first: the held one leaves when that is over, with what is left then. So what both fill is never more than the list's by the engine's
 * own doing.
 * <p>
 * Exits that end unfilled leave the others as they are. An entry that ends unfilled ends its exits, and exits that can do no more for
 * their entry, for they are filled or over, end what is left of the entry.
 * <p>
 * Pooled: nothing is kept of a list that is over. One thread, no allocation.
 */
public final class OrderList
{
    /** Orders that a list has at most. */
    public static final int PARTS_MAX = 3;
    private static final int ENTRY = 0;

    int id;
    ContingencyType type = ContingencyType.NULL_VAL;
    int instrumentId;
    int strategyId;
    long orderQtyLots;
    /** Orders have a multiple of it. */
    long stepLots = 1;
    int partCount;
    boolean waitsToBeSettled;
    final ListPart[] parts = {new ListPart(), new ListPart(), new ListPart()};
    private int actionPart;
    private long actionLots;

    OrderList()
    {
    }

    void begin(
        final int newId,
        final ContingencyType newType,
        final int newInstrumentId,
        final int newStrategyId,
        final long newOrderQtyLots,
        final long newStepLots)
    {
        id = newId;
        type = newType;
        instrumentId = newInstrumentId;
        strategyId = newStrategyId;
        orderQtyLots = newOrderQtyLots;
        stepLots = newStepLots;
        partCount = 0;
        waitsToBeSettled = false;
    }

    ListPart add()
    {
        return parts[partCount++];
    }

    /** From 1; no other list of the journal has it. */
    public int id()
    {
        return id;
    }

    public ContingencyType type()
    {
        return type;
    }

    public int instrumentId()
    {
        return instrumentId;
    }

    public int strategyId()
    {
        return strategyId;
    }

    /** Of the entry as it was placed; of an OCO what both may fill together. */
    public long orderQtyLots()
    {
        return orderQtyLots;
    }

    /** Orders that it was placed with. */
    public int partCount()
    {
        return partCount;
    }

    /** One of its orders, the entry first where there is one; null once that is over. */
    public Order order(final int index)
    {
        return parts[index].order;
    }

    /** Whether its first order is what the others wait for. */
    public boolean hasEntry()
    {
        return hasEntry(type);
    }

    static boolean hasEntry(final ContingencyType type)
    {
        return type != ContingencyType.OCO;
    }

    private int firstExit()
    {
        return hasEntry() ? ENTRY + 1 : ENTRY;
    }

    /** Whether the order is one whose quantity is the list's to say. */
    boolean isExit(final Order order)
    {
        return !hasEntry() || parts[ENTRY].order != order;
    }

    /** Filled by the entry; 0 without one. */
    public long entryLots()
    {
        return hasEntry() ? parts[ENTRY].cumLots : 0;
    }

    /** Filled by all others together. */
    public long exitLots()
    {
        long lots = 0;
        for (int i = firstExit(); i < partCount; i++)
        {
            lots += parts[i].cumLots;
        }
        return lots;
    }

    /** Sees its orders as they are now. */
    void see()
    {
        for (int i = 0; i < partCount; i++)
        {
            parts[i].see();
        }
    }

    /** Which order {@link #next} was about. */
    public int actionPart()
    {
        return actionPart;
    }

    /** The quantity that {@link #next} has named. */
    public long actionLots()
    {
        return actionLots;
    }

    /**
     * What is wanted next. Whoever asks does it and asks again, until it is nothing: each answer leads to another state, once it is done
     * and the orders are seen anew.
     */
    public ListAction next()
    {
        if (openParts(0) == 0)
        {
            return ListAction.END;
        }
        ListAction action = hasEntry() && !parts[ENTRY].isEnded() ? nextOfEntry(parts[ENTRY]) : ListAction.NONE;
        for (int i = firstExit(); i < partCount && action == ListAction.NONE; i++)
        {
            action = parts[i].isEnded() ? ListAction.NONE : nextOfExit(i);
        }
        return action;
    }

    private int openParts(final int from)
    {
        int open = 0;
        for (int i = from; i < partCount; i++)
        {
            open += parts[i].isEnded() ? 0 : 1;
        }
        return open;
    }

    /** What exits may yet fill; negative when they have filled too much. */
    private long leftLots()
    {
        return (hasEntry() ? parts[ENTRY].cumLots : orderQtyLots) - exitLots();
    }

    private ListAction nextOfEntry(final ListPart entry)
    {
        if (entry.state == PartState.TRIGGERED || entry.state == PartState.WAITING)
        {
            return act(ListAction.RELEASE, ENTRY, entry.askedLots);
        }
        final boolean isDone = openParts(firstExit()) == 0 || entry.cumLots > 0 && leftLots() <= 0;
        return isDone && !entry.going ? act(ListAction.CANCEL, ENTRY, 0) : ListAction.NONE;
    }

    private ListAction nextOfExit(final int index)
    {
        final ListPart part = parts[index];
        final long leftLots = Math.max(0, leftLots());
        final long sizeLots = leftLots - leftLots % stepLots;
        if (sizeLots == 0)
        {
            final boolean isOver = !hasEntry() || parts[ENTRY].isEnded();
            return (isOver || part.isOut() && part.askedLots > part.cumLots) && !part.going
                ? act(ListAction.CANCEL, index, 0)
                : ListAction.NONE;
        }
        return switch (part.state)
        {
            case WAITING -> nextOfWaiting(index, sizeLots);
            case WATCHING -> resize(index, sizeLots);
            case TRIGGERED -> nextOfTriggered(index, sizeLots);
            case LEAVING, WORKING -> nextOfOut(index, sizeLots);
            case ENDED, NULL_VAL, SBE_UNKNOWN -> ListAction.NONE;
        };
    }

    /** The other of two exits, while it is open, or null. */
    private ListPart sibling(final int index)
    {
        final int other = 2 * firstExit() + 1 - index;
        return other < partCount && !parts[other].isEnded() ? parts[other] : null;
    }

    /** One with a trigger goes first, for the market may be beyond it. */
    private ListAction nextOfWaiting(final int index, final long sizeLots)
    {
        final ListPart sibling = sibling(index);
        return parts[index].triggered || sibling == null || sibling.state == PartState.WATCHING
            ? act(ListAction.RELEASE, index, sizeLots)
            : ListAction.NONE;
    }

    private ListAction resize(final int index, final long sizeLots)
    {
        return isToChange(parts[index], sizeLots) ? act(ListAction.RESIZE, index, sizeLots) : ListAction.NONE;
    }

    /** An order gets smaller whenever it must, and larger only when the entry has filled more: what others have taken stays taken. */
    private boolean isToChange(final ListPart part, final long sizeLots)
    {
        final long openLots = part.askedLots - part.cumLots;
        return openLots > sizeLots || openLots < sizeLots && hasEntry() && parts[ENTRY].cumLots > part.sizedForLots;
    }

    private ListAction nextOfTriggered(final int index, final long sizeLots)
    {
        final int other = 2 * firstExit() + 1 - index;
        final ListPart sibling = sibling(index);
        if (sibling != null && sibling.state == PartState.TRIGGERED)
        {
            // Both at once: the one that was named first leaves.
            return act(ListAction.CANCEL, Math.max(index, other), 0);
        }
        if (sibling != null && sibling.isOut())
        {
            return cancelFirst(other);
        }
        return hasEntry() && !parts[ENTRY].isEnded()
            ? cancelFirst(ENTRY)
            : act(ListAction.RELEASE, index, sizeLots);
    }

    private ListAction cancelFirst(final int index)
    {
        return parts[index].going ? ListAction.NONE : act(ListAction.CANCEL, index, 0);
    }

    private ListAction nextOfOut(final int index, final long sizeLots)
    {
        final ListPart part = parts[index];
        final ListPart sibling = sibling(index);
        if (part.going)
        {
            return ListAction.NONE;
        }
        if (sibling != null && sibling.isOut() && !sibling.going)
        {
            // The journal has lost that one of them was cancelled: the one that was triggered stays, and else the one named first.
            final int other = 2 * firstExit() + 1 - index;
            final boolean isOtherToGo = part.triggered == sibling.triggered ? index < other : part.triggered;
            return act(ListAction.CANCEL, isOtherToGo ? other : index, 0);
        }
        if (part.state == PartState.LEAVING)
        {
            return resize(index, sizeLots);
        }
        return part.resting && isToChange(part, sizeLots) ? replace(index, sizeLots) : ListAction.NONE;
    }

    private ListAction replace(final int index, final long sizeLots)
    {
        final ListPart part = parts[index];
        final boolean isLess = part.askedLots - part.cumLots > sizeLots;
        if (part.refused)
        {
            return isLess ? act(ListAction.CANCEL, index, 0) : ListAction.NONE;
        }
        return part.replaceable ? act(ListAction.REPLACE, index, part.cumLots + sizeLots) : ListAction.NONE;
    }

    private ListAction act(final ListAction action, final int index, final long lots)
    {
        actionPart = index;
        actionLots = lots;
        return action;
    }

    /** The order has the size that fits what the entry has filled. */
    void sized(final int index)
    {
        parts[index].sizedForLots = entryLots();
        parts[index].refused = false;
    }

    long stateHash()
    {
        long hash = Xxh64.chain((long)id << 32 | type.value(), (long)instrumentId << 32 | strategyId);
        hash = Xxh64.chain(hash, orderQtyLots);
        for (int i = 0; i < partCount; i++)
        {
            hash = Xxh64.chain(hash, parts[i].stateHash());
        }
        return hash;
    }
}
