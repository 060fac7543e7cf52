package io.lockstep.core.position;

/**
 * Integer arithmetic that is exact or says that it is not.
 */
public final class ExactMath
{
    private ExactMath()
    {
    }

    /**
     * {@code floor(a x b / divisor)} with a 128-bit product.
     *
     * @param divisor positive.
     * @throws ArithmeticException when the result does not fit in a long, or the divisor is not positive.
     */
    public static long mulDivFloor(final long a, final long b, final long divisor)
    {
        if (divisor <= 0)
        {
            throw new ArithmeticException("divisor must be positive: divisor=" + divisor);
        }
        final long high = Math.multiplyHigh(a, b);
        final long low = a * b;
        if (high == low >> 63)
        {
            return Math.floorDiv(low, divisor);
        }
        return wideDivFloor(a, b, divisor);
    }

    /** {@code ceil(a x b / divisor)}, otherwise as {@link #mulDivFloor}. */
    public static long mulDivCeil(final long a, final long b, final long divisor)
    {
        return Math.negateExact(mulDivFloor(Math.negateExact(a), b, divisor));
    }

    private static long wideDivFloor(final long a, final long b, final long divisor)
    {
        final boolean negative = (a < 0) != (b < 0);
        final long x = Math.absExact(a);
        final long y = Math.absExact(b);
        long remainder = Math.multiplyHigh(x, y);
        final long low = x * y;
        if (remainder >= divisor)
        {
            throw new ArithmeticException("quotient exceeds 63 bits: a=" + a + " b=" + b + " divisor=" + divisor);
        }
        // Schoolbook division bit by bit: rare (values beyond 63 bits), and free of the traps of estimating quotients.
        long quotient = 0;
        for (int bit = 63; bit >= 0; bit--)
        {
            final boolean carry = remainder < 0;
            remainder = remainder << 1 | low >>> bit & 1;
            quotient <<= 1;
            if (carry || Long.compareUnsigned(remainder, divisor) >= 0)
            {
                remainder -= divisor;
                quotient |= 1;
            }
        }
        if (quotient < 0)
        {
            throw new ArithmeticException("quotient exceeds 63 bits: a=" + a + " b=" + b + " divisor=" + divisor);
        }
        if (!negative)
        {
            return quotient;
        }
        return remainder == 0 ? -quotient : -quotient - 1;
    }
}
