package io.lockstep.core.risk;

import io.lockstep.codecs.MutableInt128;

import java.util.Arrays;

/**
 * The instruments that have a position or open orders, and the sum of what they are worth. Nothing of it is saved: who has
 * exposure follows from positions and orders.
 * <p>
 * The sum is made when it is asked for, from the marks of that moment, so that a market event costs nothing; asking costs a
 * valuation of each instrument with exposure. Allocates when there are more of them than ever before.
 */
final class TotalNotional
{
    private static final int INITIAL_CAPACITY = 16;

    private NotionalPart[] exposed = new NotionalPart[INITIAL_CAPACITY];
    private int count;
    private boolean countable;
    private boolean doubtful;
    private final MutableInt128 sum = new MutableInt128();
    private final MutableInt128 value = new MutableInt128();

    /** The part has exposure, or has none. */
    void exposed(final NotionalPart part, final boolean isExposed)
    {
        if (isExposed == (part.place() != NotionalPart.NOT_EXPOSED))
        {
            return;
        }
        if (isExposed)
        {
            add(part);
        }
        else
        {
            remove(part);
        }
    }

    private void add(final NotionalPart part)
    {
        if (count == exposed.length)
        {
            exposed = Arrays.copyOf(exposed, count * 2);
        }
        exposed[count] = part;
        part.place(count);
        count++;
    }

    private void remove(final NotionalPart part)
    {
        final NotionalPart last = exposed[count - 1];
        exposed[part.place()] = last;
        last.place(part.place());
        part.place(NotionalPart.NOT_EXPOSED);
        count--;
        exposed[count] = null;
    }

    /** Instruments with exposure. */
    int count()
    {
        return count;
    }

    /** One of them, in no particular order. */
    NotionalPart exposed(final int index)
    {
        return exposed[index];
    }

    /** Makes the sum of all but one part, with another value in its place. */
    MutableInt128 sumWith(final NotionalPart replaced, final MutableInt128 newValue, final long nowNs)
    {
        countable = true;
        doubtful = false;
        sum.set(newValue);
        for (int i = 0; i < count; i++)
        {
            if (exposed[i] != replaced)
            {
                addValue(exposed[i], nowNs);
            }
        }
        return sum;
    }

    private void addValue(final NotionalPart part, final long nowNs)
    {
        if (part.value(nowNs, value))
        {
            sum.add(value);
        }
        else
        {
            countable = false;
        }
        doubtful |= part.isDoubtful();
    }

    /** Whether the sum made last is that of all. */
    boolean isCountable()
    {
        return countable;
    }

    /** Whether some part of it was valued at a mark older than allowed, or had no price. */
    boolean isDoubtful()
    {
        return doubtful;
    }
}
