package io.lockstep.core.order;

/**
 * What has become of orders that the engine held, to be told to their strategies behind the input: a list through the orders, the oldest
 * first. An order about which something is to be told already is told the newest. No allocation.
 */
public final class OrderNotices
{
    private Order first;
    private Order last;

    public boolean isEmpty()
    {
        return first == null;
    }

    public void add(final Order order, final OrderEvent event)
    {
        if (order.notice == null)
        {
            append(order);
        }
        order.notice = event;
    }

    private void append(final Order order)
    {
        if (first == null)
        {
            first = order;
        }
        else
        {
            last.nextNotice = order;
        }
        last = order;
    }

    /** The order that is next, or null; {@link #take} says what of it. */
    public Order first()
    {
        return first;
    }

    /** What is to be told of {@link #first}, which is told from here on. */
    public OrderEvent take()
    {
        final Order order = first;
        final OrderEvent event = order.notice;
        first = order.nextNotice;
        last = first == null ? null : last;
        order.nextNotice = null;
        order.notice = null;
        return event;
    }
}
