package io.lockstep.core.signal;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Increment;

/**
 * A model's share of signals in whole numbers, so that shares can be added up exactly. Stateless, no allocation.
 */
public final class ModelWeight
{
    /** A weight is a multiple of 10 to this power. */
    public static final int EXPONENT = -6;
    /** The largest weight, in such units: so many models as there can be do not add up to more than 63 bits. */
    public static final long UNITS_MAX = 1_000_000_000_000L;

    /** What a weight can be, in words. */
    public static final String BOUNDS = "a multiple of 0.000001 from 0 to 1000000";

    private static final Increment UNIT = new Increment(1, EXPONENT);
    private static final int DIGITS_MAX = 18;

    private ModelWeight()
    {
    }

    /** Whether it can be counted exactly: from 0 to 1,000,000, a multiple of 0.000001. */
    public static boolean isOne(final Decimal weight)
    {
        if (weight.mantissa() < 0)
        {
            return false;
        }
        final long units = UNIT.fromScaled(weight.mantissa(), weight.exponent());
        return units >= 0 && units <= UNITS_MAX;
    }

    /** Of a weight that is not negative: rounded down, and no more than the largest, where an earlier version let in another. */
    static long units(final Decimal weight)
    {
        final int shift = weight.exponent() - EXPONENT;
        if (Math.abs(shift) > DIGITS_MAX)
        {
            return shift < 0 || weight.mantissa() == 0 ? 0 : UNITS_MAX;
        }
        final long factor = Increment.powerOfTen(Math.abs(shift));
        if (shift < 0)
        {
            return Math.min(UNITS_MAX, weight.mantissa() / factor);
        }
        return weight.mantissa() > UNITS_MAX / factor ? UNITS_MAX : weight.mantissa() * factor;
    }
}
