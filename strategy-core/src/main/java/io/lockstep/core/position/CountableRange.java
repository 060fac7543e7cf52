package io.lockstep.core.position;

import io.lockstep.codecs.Int128;

/**
 * How much of what comes from outside can be counted: so that sums of millions of the largest amounts fit their 127 bits, and what is
 * held can be valued at a mark a million times as high. What is beyond is refused where it comes in. Stateless, any thread, no
 * allocation.
 */
public final class CountableRange
{
    /** Lots of one instrument, those of all owners added up without their signs. */
    public static final long LOTS_MAX = 1L << 61;
    private static final int CASH_BITS_MAX = 105;

    private CountableRange()
    {
    }

    /** Whether so many lots, in either direction, can be counted. */
    public static boolean hasLots(final long lots)
    {
        return lots <= LOTS_MAX && lots >= -LOTS_MAX;
    }

    /** Whether an amount of cash, or of a fee, can be counted. */
    public static boolean hasCash(final Int128 units)
    {
        final long beyond = units.high() >> CASH_BITS_MAX - Long.SIZE;
        return beyond == 0 || beyond == -1;
    }
}
