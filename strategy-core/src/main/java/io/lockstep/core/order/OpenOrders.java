package io.lockstep.core.order;

import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.Side;

/**
 * The open orders of one instrument: a list through the orders themselves, oldest first, with the lots that may still trade
 * on each side.
 */
public final class OpenOrders
{
    private Order first;
    private Order last;
    private int count;

    public int count()
    {
        return count;
    }

    /** The oldest, or null; go on with {@link Order#next()}. */
    public Order first()
    {
        return first;
    }

    public long exposureLots(final Side side)
    {
        long lots = 0;
        for (Order order = first; order != null; order = order.next)
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
        for (Order order = first; order != null; order = order.next)
        {
            hash = Xxh64.chain(hash, order.stateHash());
        }
        return hash;
    }

    void add(final Order order)
    {
        order.previous = last;
        order.next = null;
        if (last == null)
        {
            first = order;
        }
        else
        {
            last.next = order;
        }
        last = order;
        count++;
    }

    void remove(final Order order)
    {
        if (order.previous == null)
        {
            first = order.next;
        }
        else
        {
            order.previous.next = order.next;
        }
        if (order.next == null)
        {
            last = order.previous;
        }
        else
        {
            order.next.previous = order.previous;
        }
        order.next = null;
        order.previous = null;
        count--;
    }
}
