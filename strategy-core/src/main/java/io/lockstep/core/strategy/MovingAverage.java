package io.lockstep.core.strategy;

import io.lockstep.codecs.Xxh64;

/**
 * A simple moving average of prices, exact: the sum of the last {@code length} values in a ring.
 */
public final class MovingAverage
{
    private final long[] values;
    private int next;
    private int count;
    private long sum;

    public MovingAverage(final int length)
    {
        values = new long[length];
    }

    public int length()
    {
        return values.length;
    }

    public boolean isComplete()
    {
        return count == values.length;
    }

    /** Sum of the values; the average is this divided by {@link #length()}. */
    public long sum()
    {
        return sum;
    }

    public void add(final long value)
    {
        sum += value - values[next];
        values[next] = value;
        next = next + 1 == values.length ? 0 : next + 1;
        count = Math.min(count + 1, values.length);
    }

    /** Sign of this average minus the other, computed without division. */
    public int compareTo(final MovingAverage other)
    {
        // 128 bits: long averages of fine ticks do not fit in 64, and a price may not stop the core.
        final int high = Long.compare(
            Math.multiplyHigh(sum, other.values.length), Math.multiplyHigh(other.sum, values.length));
        return high != 0 ? high : Long.compareUnsigned(sum * other.values.length, other.sum * values.length);
    }

    /** Saves the prices it is of; the length is the owner's to know. */
    public void save(final StateWriter state)
    {
        state.putInt(next).putInt(count);
        for (final long value : values)
        {
            state.putLong(value);
        }
    }

    /** Into an average of the same length. */
    public void restore(final StateReader state)
    {
        next = state.nextInt();
        count = state.nextInt();
        if (next < 0 || next >= values.length || count < 0 || count > values.length)
        {
            throw new IllegalStateException(
                "no state of an average: length=" + values.length + " next=" + next + " count=" + count);
        }
        sum = 0;
        for (int i = 0; i < values.length; i++)
        {
            values[i] = state.nextLong();
            sum += values[i];
        }
    }

    public long stateHash()
    {
        long hash = Xxh64.chain(next, count);
        for (final long value : values)
        {
            hash = Xxh64.chain(hash, value);
        }
        return hash;
    }
}
