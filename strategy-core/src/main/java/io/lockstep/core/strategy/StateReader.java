package io.lockstep.core.strategy;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.order.OpenOrders;
import io.lockstep.core.order.Order;
import org.agrona.collections.LongArrayList;

/**
 * Gives a strategy that is being restored what it has given to the {@link StateWriter}, in the same order. Every method
 * throws {@link IllegalStateException} when there is no further value, or none of its kind.
 */
public final class StateReader
{
    private final OpenOrders openOrders;
    private final LongArrayList values = new LongArrayList();
    private int next;

    /**
     * @param openOrders of the strategy's instrument, restored already.
     */
    public StateReader(final OpenOrders openOrders)
    {
        this.openOrders = openOrders;
    }

    /** Appends a value to what will be read. */
    public StateReader add(final long value)
    {
        values.addLong(value);
        return this;
    }

    public long nextLong()
    {
        if (next >= values.size())
        {
            throw new IllegalStateException("the strategy reads more than it saved: values=" + values.size());
        }
        return values.getLong(next++);
    }

    public int nextInt()
    {
        return (int)within(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    public boolean nextBoolean()
    {
        return within(0, 1) == 1;
    }

    /** For the {@code get} of a message's enum. */
    public short nextCode()
    {
        return (short)within(Short.MIN_VALUE, Short.MAX_VALUE);
    }

    private long within(final long min, final long max)
    {
        final long value = nextLong();
        if (value < min || value > max)
        {
            throw new IllegalStateException("the strategy reads another kind than it saved: index=" + (next - 1) +
                " value=" + value + " expected from " + min + " to " + max);
        }
        return value;
    }

    /** The pooled object of the open order that was saved here, or null. */
    public Order nextOrder()
    {
        final long key = nextLong();
        if (key == Nulls.NULL_SEQUENCE)
        {
            return null;
        }
        for (Order open = openOrders.first(); open != null; open = open.next())
        {
            if (ClOrdIds.key(open.sequence(), open.ordinal()) == key)
            {
                return open;
            }
        }
        throw new IllegalStateException("the strategy reads an order that is not open: index=" + (next - 1) +
            " key=" + key);
    }

    /** Values there are, read or not. */
    public int count()
    {
        return values.size();
    }

    /** Values not read yet. */
    public int remaining()
    {
        return values.size() - next;
    }
}
