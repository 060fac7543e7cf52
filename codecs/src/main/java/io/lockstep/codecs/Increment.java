package io.lockstep.codecs;

import java.math.BigDecimal;

/**
 * The size of one tick or one lot, {@code mantissa x 10^exponent}, and the exact conversion between decimal text and whole
 * numbers of it. Immutable, any thread.
 *
 * @param mantissa positive.
 * @param exponent from -18 to 18.
 */
public record Increment(long mantissa, int exponent)
{
    /** Returned for text that is no plain decimal number. */
    public static final long NOT_A_NUMBER = Long.MIN_VALUE + 1;
    /** Returned for a number that is no whole multiple of the increment. */
    public static final long OFF_GRID = Long.MIN_VALUE + 2;
    /**
     * Returned for a number whose significant digits, or which in units of 10^exponent, exceed
     * 9,223,372,036,854,775,799. A number this large is refused before it is looked at whether it is on the grid.
     */
    public static final long TOO_LARGE = Long.MIN_VALUE + 3;

    /** No number, negated, may be one of the values above. */
    private static final long DIGITS_MAX = Long.MAX_VALUE - 8;

    private static final long[] POWERS_OF_TEN = new long[19];

    static
    {
        long power = 1;
        for (int i = 0; i < POWERS_OF_TEN.length; i++)
        {
            POWERS_OF_TEN[i] = power;
            power *= 10;
        }
    }

    public Increment
    {
        if (mantissa <= 0 || exponent < -18 || exponent > 18)
        {
            throw new IllegalArgumentException("increment must be positive with an exponent from -18 to 18: mantissa=" +
                mantissa + " exponent=" + exponent);
        }
    }

    /**
     * From text such as {@code 0.01}, {@code 0.25}, {@code 100} or {@code 1e-8}.
     *
     * @throws IllegalArgumentException when it is not a positive decimal of at most 18 digits.
     */
    public static Increment parse(final CharSequence text)
    {
        final BigDecimal value;
        try
        {
            value = new BigDecimal(text.toString()).stripTrailingZeros();
        }
        catch (final NumberFormatException | ArithmeticException ex)
        {
            throw new IllegalArgumentException("expected a decimal such as 0.01, got '" + text + "'", ex);
        }
        if (value.signum() <= 0 || value.precision() > 18)
        {
            throw new IllegalArgumentException("expected a positive decimal of at most 18 digits, got '" + text + "'");
        }
        return new Increment(value.unscaledValue().longValueExact(), -value.scale());
    }

    public static long powerOfTen(final int exponent)
    {
        return POWERS_OF_TEN[exponent];
    }

    /**
     * Whole increments in the text, or one of {@link #NOT_A_NUMBER}, {@link #OFF_GRID}, {@link #TOO_LARGE}. Accepts an
     * optional sign, digits and one point; no exponent, no spaces, no grouping. Leading and trailing zeros change nothing.
     */
    public long units(final CharSequence text)
    {
        return units(text, 0, text.length());
    }

    public long units(final CharSequence text, final int start, final int end)
    {
        int index = start;
        boolean negative = false;
        if (index < end && (text.charAt(index) == '-' || text.charAt(index) == '+'))
        {
            negative = text.charAt(index) == '-';
            index++;
        }
        long digits = 0;
        int pendingZeros = 0;
        int digitCount = 0;
        int fractionDigits = 0;
        boolean fraction = false;
        for (; index < end; index++)
        {
            final char c = text.charAt(index);
            if (c == '.' && !fraction)
            {
                fraction = true;
                continue;
            }
            if (c < '0' || c > '9')
            {
                return NOT_A_NUMBER;
            }
            digitCount++;
            fractionDigits += fraction ? 1 : 0;
            // Zeros are held back until a digit follows: trailing ones must not overflow what the number itself does not.
            if (c == '0')
            {
                pendingZeros++;
                continue;
            }
            for (; pendingZeros > 0 && digits > 0; pendingZeros--)
            {
                if (digits > Long.MAX_VALUE / 10)
                {
                    return TOO_LARGE;
                }
                digits *= 10;
            }
            pendingZeros = 0;
            if (digits > DIGITS_MAX / 10)
            {
                return TOO_LARGE;
            }
            digits = digits * 10 + (c - '0');
        }
        if (digitCount == 0)
        {
            return NOT_A_NUMBER;
        }
        final long units = fromScaled(digits, pendingZeros - fractionDigits);
        return negative && units >= 0 ? -units : units;
    }

    /**
     * Whole increments in {@code value x 10^valueExponent} for a value that is not negative, or {@link #OFF_GRID} or
     * {@link #TOO_LARGE}.
     */
    public long fromScaled(final long value, final int valueExponent)
    {
        if (value < 0)
        {
            throw new IllegalArgumentException("must not be negative: value=" + value);
        }
        if (value == 0)
        {
            return 0;
        }
        long scaled = value;
        int shift = valueExponent - exponent;
        for (; shift < 0 && scaled % 10 == 0; shift++)
        {
            scaled /= 10;
        }
        if (shift < 0)
        {
            return OFF_GRID;
        }
        if (shift > 18 || scaled > DIGITS_MAX / POWERS_OF_TEN[shift])
        {
            return TOO_LARGE;
        }
        scaled *= POWERS_OF_TEN[shift];
        return scaled % mantissa == 0 ? scaled / mantissa : OFF_GRID;
    }

    /**
     * Sets the result to the whole increments in a decimal, rounded towards minus infinity.
     *
     * @return the result.
     * @throws ArithmeticException when there are more than 127 bits can count.
     */
    public MutableInt128 floor(final long value, final int valueExponent, final MutableInt128 result)
    {
        final int shift = valueExponent - exponent;
        if (shift < 0)
        {
            return result.set(value).divideFloorByPowerOfTen(-shift).divideFloor(mantissa);
        }
        // What a long times 10^18 is always fits, and the product of the other factors may be wider than the quotient.
        final int first = Math.min(shift, POWERS_OF_TEN.length - 1);
        return result.set(value).multiplyByPowerOfTen(first)
            .mulDivFloor(POWERS_OF_TEN[shift - first], mantissa);
    }

    public static boolean isError(final long units)
    {
        return units <= TOO_LARGE && units != Nulls.NULL_LONG;
    }

    /** The number as a decimal; allocates. */
    public BigDecimal decimal(final long units)
    {
        return BigDecimal.valueOf(units).multiply(BigDecimal.valueOf(mantissa)).scaleByPowerOfTen(exponent);
    }

    /** Plain decimal text with as many places as the increment has; allocates. */
    public String text(final long units)
    {
        final BigDecimal value = decimal(units);
        return (value.scale() < 0 ? value.setScale(0) : value).toPlainString();
    }

    /** By value: 100 is 1e2, which {@link #equals} tells apart. */
    public boolean isEqualTo(final Increment other)
    {
        return decimal(1).compareTo(other.decimal(1)) == 0;
    }

    @Override
    public String toString()
    {
        return text(1);
    }
}
