package io.lockstep.core.order;

import java.util.Arrays;

/**
 * Orders that are good till a time, the one first that is over first, and the older first of two alike: a binary heap in which each order
 * knows its place. Allocates only when there are more than ever before.
 */
public final class ExpiryQueue
{
    private static final Order[] EMPTY = {};

    private Order[] orders = EMPTY;
    private int count;

    /** The first, or null. */
    public Order first()
    {
        return count == 0 ? null : orders[0];
    }

    public int count()
    {
        return count;
    }

    /** The order is not in it. */
    public void add(final Order order)
    {
        if (count == orders.length)
        {
            orders = Arrays.copyOf(orders, 2 * count + 4);
        }
        rise(order, count++);
    }

    /** Whether the order was in it: it is not any more. */
    public boolean remove(final Order order)
    {
        final int gap = order.expiryPlace;
        if (gap == OrderTrigger.NOWHERE)
        {
            return false;
        }
        order.expiryPlace = OrderTrigger.NOWHERE;
        final Order last = orders[--count];
        orders[count] = null;
        if (last != order)
        {
            sink(last, gap);
            if (orders[gap] == last)
            {
                rise(last, gap);
            }
        }
        return true;
    }

    private void rise(final Order order, final int from)
    {
        int place = from;
        while (place > 0 && isBefore(order, orders[(place - 1) / 2]))
        {
            put(orders[(place - 1) / 2], place);
            place = (place - 1) / 2;
        }
        put(order, place);
    }

    private void sink(final Order order, final int from)
    {
        int place = from;
        for (int child = 2 * place + 1; child < count; child = 2 * place + 1)
        {
            if (child + 1 < count && isBefore(orders[child + 1], orders[child]))
            {
                child++;
            }
            if (!isBefore(orders[child], order))
            {
                break;
            }
            put(orders[child], place);
            place = child;
        }
        put(order, place);
    }

    private void put(final Order order, final int place)
    {
        orders[place] = order;
        order.expiryPlace = place;
    }

    private static boolean isBefore(final Order one, final Order other)
    {
        return one.expireTimeNs == other.expireTimeNs
            ? one.number < other.number
            : one.expireTimeNs < other.expireTimeNs;
    }
}
