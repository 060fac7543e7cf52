package io.lockstep.core.account;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;

/**
 * Amounts in units of 10^{@value #EXPONENT} of their asset. What is finer is rounded towards minus infinity, as signed receipt:
 * against the account. What is larger than {@value #BITS_MAX} bits is no amount, so that sums and differences of two always fit.
 * Counts both. One thread, no allocation.
 */
final class AssetUnits
{
    static final int EXPONENT = -18;
    static final int BITS_MAX = 125;
    /** The absent exponent of the schema, an int8. */
    private static final int NULL_EXPONENT = Byte.MIN_VALUE;
    private static final MutableInt128[] LARGEST_BY_POWER = largestByPower();

    long rounded;
    long unreadable;
    private final MutableInt128 other = new MutableInt128();

    /** For each power of ten, the largest number that times it is still an amount. */
    private static MutableInt128[] largestByPower()
    {
        final MutableInt128[] largest = new MutableInt128[38];
        largest[0] = new MutableInt128().set((1L << BITS_MAX - Long.SIZE) - 1, -1);
        for (int power = 1; power < largest.length; power++)
        {
            largest[power] = new MutableInt128().set(largest[power - 1]).divideFloor(10);
        }
        return largest;
    }

    static boolean isAmount(final Int128 value)
    {
        return isWithin(value, LARGEST_BY_POWER[0]);
    }

    private static boolean isWithin(final Int128 value, final MutableInt128 largest)
    {
        return value.signum() < 0 ? isNegativeWithin(value, largest) : value.compareTo(largest) <= 0;
    }

    /** -x is at most y where the complement of x, which is -x - 1, is less than y. */
    private static boolean isNegativeWithin(final Int128 value, final MutableInt128 largest)
    {
        final long high = ~value.high();
        return high < largest.high() || high == largest.high() && Long.compareUnsigned(~value.low(), largest.low()) < 0;
    }

    /**
     * Turns a number of 10^exponent of an asset into units.
     *
     * @return false when it is no amount; the value is then undefined.
     */
    boolean scale(final MutableInt128 value, final int exponent)
    {
        final int power = exponent - EXPONENT;
        if (exponent == NULL_EXPONENT || power >= 0 && value.signum() != 0 && !fits(value, power))
        {
            unreadable++;
            return false;
        }
        if (power >= 0)
        {
            value.multiplyByPowerOfTen(power);
            return true;
        }
        other.set(value).divideCeilByPowerOfTen(-power);
        value.divideFloorByPowerOfTen(-power);
        if (!other.equals(value))
        {
            rounded++;
        }
        if (!isAmount(value))
        {
            unreadable++;
            return false;
        }
        return true;
    }

    private static boolean fits(final MutableInt128 value, final int power)
    {
        return power < LARGEST_BY_POWER.length && isWithin(value, LARGEST_BY_POWER[power]);
    }

    /** Turns units into whole ones of 10^exponent, rounded towards minus infinity; false when they do not fit. */
    static boolean unscale(final MutableInt128 units, final int exponent)
    {
        final int power = EXPONENT - exponent;
        if (power <= 0)
        {
            units.divideFloorByPowerOfTen(-power);
            return true;
        }
        if (units.signum() != 0 && !fits(units, power))
        {
            return false;
        }
        units.multiplyByPowerOfTen(power);
        return true;
    }
}
