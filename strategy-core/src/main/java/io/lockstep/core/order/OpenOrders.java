package io.lockstep.core.order;

import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.Side;

/**
 * Open orders, oldest first: all of an instrument, or those of one leg. A list through the orders themselves, each of which is in
 * one list of either kind. No allocation.
 */
public final class OpenOrders
{
    private final boolean isOfLeg;
    private Order first;
    private Order last;
    private int count;
    private int reduceOnlyCount;

    private OpenOrders(final boolean isOfLeg)
    {
        this.isOfLeg = isOfLeg;
    }

    /** The open orders of all that trade an instrument. */
    public static OpenOrders ofSlot()
    {
        return new OpenOrders(false);
    }

    /** The open orders of one leg of a strategy's instance. */
    public static OpenOrders ofLeg()
    {
        return new OpenOrders(true);
    }

    public int count()
    {
        return count;
    }

    /** Whether one of them only reduces a position. */
    public boolean hasReduceOnly()
    {
        return reduceOnlyCount > 0;
    }

    /** The oldest, or null; go on with {@link #next}. */
    public Order first()
    {
        return first;
    }

    /** The one that was opened next after this, or null. */
    public Order next(final Order order)
    {
        return isOfLeg ? order.nextOfLeg : order.nextOfSlot;
    }

    /** Lots that may still trade on the side. */
    public long exposureLots(final Side side)
    {
        long lots = 0;
        for (Order order = first; order != null; order = next(order))
        {
            if (order.side == side)
            {
                lots += order.exposureLots();
            }
        }
        return lots;
    }

    public long stateHash()
    {
        long hash = count;
        for (Order order = first; order != null; order = next(order))
        {
            hash = Xxh64.chain(hash, order.stateHash());
        }
        return hash;
    }

    void add(final Order order)
    {
        insert(order, last);
    }

    /** Puts an order at its place by age. */
    void addByAge(final Order order)
    {
        Order before = last;
        while (before != null && before.number > order.number)
        {
            before = previous(before);
        }
        insert(order, before);
    }

    private void insert(final Order order, final Order before)
    {
        final Order after = before == null ? first : next(before);
        link(before, order);
        link(order, after);
        count++;
        reduceOnlyCount += order.reduceOnly ? 1 : 0;
    }

    void remove(final Order order)
    {
        link(previous(order), next(order));
        unlink(order);
        count--;
        reduceOnlyCount -= order.reduceOnly ? 1 : 0;
    }

    private Order previous(final Order order)
    {
        return isOfLeg ? order.previousOfLeg : order.previousOfSlot;
    }

    private void link(final Order before, final Order after)
    {
        if (before == null)
        {
            first = after;
        }
        else if (isOfLeg)
        {
            before.nextOfLeg = after;
        }
        else
        {
            before.nextOfSlot = after;
        }
        if (after == null)
        {
            last = before;
        }
        else if (isOfLeg)
        {
            after.previousOfLeg = before;
        }
        else
        {
            after.previousOfSlot = before;
        }
    }

    private void unlink(final Order order)
    {
        if (isOfLeg)
        {
            order.nextOfLeg = null;
            order.previousOfLeg = null;
        }
        else
        {
            order.nextOfSlot = null;
            order.previousOfSlot = null;
        }
    }
}
