package io.lockstep.core.position;

/**
 * Integer arithmetic that is exact or says that it is not. Stateless, any thread, no allocation.
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
        requirePositive(divisor);
        final long low = a * b;
        if (Math.multiplyHigh(a, b) == low >> 63)
        {
            return Math.floorDiv(low, divisor);
        }
        return wideDiv(a, b, divisor, false);
    }

    /** {@code ceil(a x b / divisor)}, otherwise as {@link #mulDivFloor}. */
    public static long mulDivCeil(final long a, final long b, final long divisor)
    {
        requirePositive(divisor);
        final long low = a * b;
        if (Math.multiplyHigh(a, b) == low >> 63)
        {
            final long floor = Math.floorDiv(low, divisor);
            return floor * divisor == low ? floor : floor + 1;
        }
        return wideDiv(a, b, divisor, true);
    }

    private static void requirePositive(final long divisor)
    {
        if (divisor <= 0)
        {
            throw new ArithmeticException("divisor must be positive: divisor=" + divisor);
        }
    }

    private static long wideDiv(final long a, final long b, final long divisor, final boolean roundUp)
    {
        // Magnitudes are unsigned, so that that of Long.MIN_VALUE is one.
        final long x = Math.abs(a);
        final long y = Math.abs(b);
        final long low = x * y;
        long remainder = Math.multiplyHigh(x, y) + (x >> 63 & y) + (y >> 63 & x);
        if (Long.compareUnsigned(remainder, divisor) >= 0)
        {
            throw overflow(a, b, divisor);
        }
        // Schoolbook division bit by bit: rare (values beyond 63 bits), and free of the traps of estimating quotients.
        long quotient = 0;
        for (int bit = 63; bit >= 0; bit--)
        {
            remainder = remainder << 1 | low >>> bit & 1;
            quotient <<= 1;
            if (Long.compareUnsigned(remainder, divisor) >= 0)
            {
                remainder -= divisor;
                quotient |= 1;
            }
        }
        final boolean negative = a < 0 != b < 0;
        final long awayFromZero = remainder != 0 && roundUp != negative ? 1 : 0;
        final long magnitudeMax = negative ? Long.MIN_VALUE : Long.MAX_VALUE;
        if (Long.compareUnsigned(quotient, magnitudeMax - awayFromZero) > 0)
        {
            throw overflow(a, b, divisor);
        }
        return negative ? -(quotient + awayFromZero) : quotient + awayFromZero;
    }

    private static ArithmeticException overflow(final long a, final long b, final long divisor)
    {
        return new ArithmeticException("result exceeds 63 bits: a=" + a + " b=" + b + " divisor=" + divisor);
    }
}
