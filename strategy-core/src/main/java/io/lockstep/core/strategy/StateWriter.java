package io.lockstep.core.strategy;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.order.OpenOrders;
import io.lockstep.core.order.Order;
import org.agrona.collections.LongArrayList;

/**
 * Takes the values of a strategy that is being saved, in an order of the strategy's own; {@link StateReader} gives them back
 * in that order. Each is one 64-bit number in the snapshot, and nothing tells them apart but their place.
 */
public final class StateWriter
{
    private final OpenOrders openOrders;
    private final LongArrayList values = new LongArrayList();

    /**
     * @param openOrders of the strategy's instrument.
     */
    public StateWriter(final OpenOrders openOrders)
    {
        this.openOrders = openOrders;
    }

    public StateWriter putLong(final long value)
    {
        values.addLong(value);
        return this;
    }

    public StateWriter putInt(final int value)
    {
        return putLong(value);
    }

    public StateWriter putBoolean(final boolean value)
    {
        return putLong(value ? 1 : 0);
    }

    /** The code of an enum: of a message's enum its {@code value()}. An ordinal is no code, it changes with the source. */
    public StateWriter putCode(final short code)
    {
        return putLong(code);
    }

    /**
     * An open order of the instrument, or null.
     *
     * @throws IllegalStateException when the order is not open: the object may serve another order by now.
     */
    public StateWriter putOrder(final Order order)
    {
        return putLong(order == null ? Nulls.NULL_SEQUENCE : keyOfOpen(order));
    }

    private long keyOfOpen(final Order order)
    {
        for (Order open = openOrders.first(); open != null; open = open.next())
        {
            if (open == order)
            {
                return ClOrdIds.key(order.sequence(), order.ordinal());
            }
        }
        throw new IllegalStateException("the strategy keeps an order that is not open: instrumentId=" +
            order.instrumentId() + " sequence=" + order.sequence() + " ordinal=" + order.ordinal());
    }

    /** Values taken so far. */
    public int count()
    {
        return values.size();
    }

    /** The value put in as this, from 0. */
    public long value(final int index)
    {
        return values.getLong(index);
    }
}
