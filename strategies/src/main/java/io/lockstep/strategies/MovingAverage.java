package io.lockstep.strategies;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.strategy.StateReader;
import io.lockstep.core.strategy.StateWriter;

/**
 * A simple moving average of prices, exact: the sum of the last {@code length} values in a ring.
 */
public final class MovingAverage
{
    private static final long WEIGHT = 0x9E37_79B9_7F4A_7C15L;

    private final long[] values;
    private final MutableInt128 wide = new MutableInt128();
    private final MutableInt128 otherWide = new MutableInt128();
    private int next;
    private int count;
    /** Of values so large that their sum has more than 63 bits it is kept apart, from the first of them on. */
    private final MutableInt128 wideSum = new MutableInt128();
    private final long narrowMax;
    private boolean isWide;
    private long sum;
    /** Sum of the values by the weights of their places, so that a hash need not read them all. */
    private long weightedSum;

    public MovingAverage(final int length)
    {
        values = new long[length];
        narrowMax = Long.MAX_VALUE / length;
    }

    public int length()
    {
        return values.length;
    }

    /** Values it is of, at most {@link #length()}. */
    public int count()
    {
        return count;
    }

    public boolean isComplete()
    {
        return count == values.length;
    }

    /** Sum of the values; the average is this divided by {@link #length()}. It follows the average. */
    public Int128 sum()
    {
        return isWide ? wideSum : wideSum.set(sum);
    }

    public void add(final long value)
    {
        if (isWide || value > narrowMax || value < -narrowMax)
        {
            addWide(value);
        }
        else
        {
            sum += value - values[next];
        }
        weightedSum += (value - values[next]) * weight(next);
        values[next] = value;
        next = next + 1 == values.length ? 0 : next + 1;
        count = Math.min(count + 1, values.length);
    }

    private void addWide(final long value)
    {
        if (!isWide)
        {
            isWide = true;
            wideSum.set(sum);
        }
        wideSum.add(value).subtract(values[next]);
    }

    /** Odd and of all bits, another for each place: no value's change is lost in it. */
    private static long weight(final int place)
    {
        return (2L * place + 1) * WEIGHT;
    }

    /** Sign of this average minus the other, computed without division. */
    public int compareTo(final MovingAverage other)
    {
        // 128 bits: long averages of fine ticks do not fit in 64, and a price may not stop the core.
        if (isWide || other.isWide)
        {
            // Sums of 31 bits' worth of longs times a length fit: 125 bits.
            return wide.set(sum()).multiply(other.values.length).compareTo(
                otherWide.set(other.sum()).multiply(values.length));
        }
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
        isWide = false;
        weightedSum = 0;
        for (int i = 0; i < values.length; i++)
        {
            values[i] = state.nextLong();
            isWide |= values[i] > narrowMax || values[i] < -narrowMax;
            sum += values[i];
            weightedSum += values[i] * weight(i);
        }
        if (isWide)
        {
            wideSum.set(0);
            for (final long value : values)
            {
                wideSum.add(value);
            }
        }
    }

    /** Reads across the object, for {@link io.lockstep.core.strategy.Strategy#touch}; the sum means nothing. */
    public long touch()
    {
        return weightedSum + next;
    }

    /** The same of the value that {@link #add} will replace, in the step after that. */
    public long touchNext()
    {
        return values[next];
    }

    public long stateHash()
    {
        return Xxh64.chain(Xxh64.chain(next, count), weightedSum);
    }
}
