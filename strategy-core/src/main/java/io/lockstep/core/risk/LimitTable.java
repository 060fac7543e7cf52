package io.lockstep.core.risk;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;

/**
 * The limits of some types, by index: whether each is set, and to what, in 128 bits. A limit that is not set does not bind.
 * Allocates nothing after construction.
 */
final class LimitTable
{
    /** In messages and hashes: not set. A limit that is set to this is told apart by a high half that says so. */
    private static final long NOT_SET = Long.MAX_VALUE;

    private final MutableInt128[] values;
    private final boolean[] set;
    /** The largest long that is not beyond the limit: what fits in a long is held against it alone. */
    private final long[] bounds;

    LimitTable(final int size)
    {
        values = new MutableInt128[size];
        set = new boolean[size];
        bounds = new long[size];
        for (int index = 0; index < size; index++)
        {
            values[index] = new MutableInt128();
            unset(index);
        }
    }

    boolean isSet(final int index)
    {
        return set[index];
    }

    /** Means nothing when it is not set. */
    Int128 value(final int index)
    {
        return values[index];
    }

    /** The largest long that is not beyond the limit; of a limit that is not set, the largest there is. */
    long bound(final int index)
    {
        return bounds[index];
    }

    boolean isBeyond(final int index, final Int128 actual)
    {
        return set[index] && (actual.fitsLong()
            ? actual.low() > bounds[index]
            : actual.compareTo(values[index]) > 0);
    }

    void set(final int index, final Int128 value)
    {
        values[index].set(value);
        set[index] = true;
        bounds[index] = value.fitsLong() ? value.low() : Long.MAX_VALUE;
    }

    void unset(final int index)
    {
        values[index].set(0);
        set[index] = false;
        bounds[index] = Long.MAX_VALUE;
    }

    /** For messages whose value may say that it is not set. */
    long low(final int index)
    {
        return set[index] ? values[index].low() : NOT_SET;
    }

    /** Likewise, the high half or null. */
    long highOrNull(final int index)
    {
        if (!set[index])
        {
            return Nulls.NULL_LONG;
        }
        return isMaximum(index) ? 0 : values[index].highOrNull();
    }

    private boolean isMaximum(final int index)
    {
        return values[index].compareTo(NOT_SET) == 0;
    }

    /** From the two fields of a message whose value may say that it is not set. */
    void restore(final int index, final long low, final long highOrNull)
    {
        if (low == NOT_SET && highOrNull == Nulls.NULL_LONG)
        {
            unset(index);
        }
        else
        {
            set(index, values[index].decode(low, highOrNull));
        }
    }

    /** Goes on with a hash; one that fits in a long counts as it did when all had to. */
    long chain(final long hash, final int index)
    {
        if (!set[index])
        {
            return Xxh64.chain(hash, NOT_SET);
        }
        final long chained = values[index].chain(hash);
        return isMaximum(index) ? Xxh64.chain(chained, 0) : chained;
    }
}
