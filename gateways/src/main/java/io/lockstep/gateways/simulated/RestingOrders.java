package io.lockstep.gateways.simulated;

/**
 * Our resting orders of one side of one instrument, best price first, equal prices in the order of their arrival: a
 * linked list through the orders, because there are few and most leave from the front. No allocation.
 */
final class RestingOrders
{
    private final long sign;
    private VenueOrder first;

    RestingOrders(final boolean isBuy)
    {
        sign = isBuy ? 1 : -1;
    }

    VenueOrder first()
    {
        return first;
    }

    /** Positive when the order's limit is better than the price for the other side, 0 when it is the same. */
    int compare(final VenueOrder order, final long priceTicks)
    {
        return Long.compare(sign * order.limitTicks, sign * priceTicks);
    }

    void add(final VenueOrder order)
    {
        VenueOrder before = null;
        VenueOrder after = first;
        while (after != null && compare(after, order.limitTicks) >= 0)
        {
            before = after;
            after = after.next;
        }
        order.previous = before;
        order.next = after;
        order.resting = true;
        if (before == null)
        {
            first = order;
        }
        else
        {
            before.next = order;
        }
        if (after != null)
        {
            after.previous = order;
        }
    }

    void remove(final VenueOrder order)
    {
        if (order.previous == null)
        {
            first = order.next;
        }
        else
        {
            order.previous.next = order.next;
        }
        if (order.next != null)
        {
            order.next.previous = order.previous;
        }
        order.previous = null;
        order.next = null;
        order.resting = false;
    }
}
