package io.lockstep.codecs;

import java.math.BigInteger;

/**
 * Whole-number arithmetic with 128 bits, in place. Each method is exact or throws {@link ArithmeticException} and leaves the
 * number as it was; the range is that of {@link Int128}. One thread; no allocation but for messages of exceptions and what is
 * said to allocate.
 * <p>
 * Numbers that fit in a long, and results that do, take short ways: they are what is met with.
 */
public final class MutableInt128 implements Int128
{
    private static final int POWER_MAX = 18;

    private long high;
    private long low;

    /** Zero. */
    public MutableInt128()
    {
    }

    public MutableInt128(final long value)
    {
        set(value);
    }

    /** @throws ArithmeticException when it is beyond the range. */
    public static MutableInt128 of(final BigInteger value)
    {
        if (value.bitLength() >= 2 * Long.SIZE)
        {
            throw new ArithmeticException("more than 127 bits: value=" + value);
        }
        return new MutableInt128().set(value.shiftRight(Long.SIZE).longValue(), value.longValue());
    }

    @Override
    public long high()
    {
        return high;
    }

    @Override
    public long low()
    {
        return low;
    }

    public MutableInt128 set(final long value)
    {
        high = value >> Long.SIZE - 1;
        low = value;
        return this;
    }

    public MutableInt128 set(final Int128 value)
    {
        high = value.high();
        low = value.low();
        return this;
    }

    /** From its two halves. */
    public MutableInt128 set(final long newHigh, final long newLow)
    {
        if (newHigh == Long.MIN_VALUE)
        {
            throw overflow();
        }
        high = newHigh;
        low = newLow;
        return this;
    }

    /** From a message's two fields: without a high half the low one is the number. */
    public MutableInt128 decode(final long newLow, final long highOrNull)
    {
        high = highOrNull == Nulls.NULL_LONG ? newLow >> Long.SIZE - 1 : highOrNull;
        low = newLow;
        return this;
    }

    public MutableInt128 add(final long value)
    {
        return add(value >> Long.SIZE - 1, value);
    }

    public MutableInt128 add(final Int128 value)
    {
        return add(value.high(), value.low());
    }

    private MutableInt128 add(final long otherHigh, final long otherLow)
    {
        final long newLow = low + otherLow;
        final long carry = Long.compareUnsigned(newLow, low) < 0 ? 1 : 0;
        final long newHigh = high + otherHigh + carry;
        // The signs of both terms differ from that of the sum.
        if (((high ^ newHigh) & (otherHigh ^ newHigh)) < 0)
        {
            throw overflow();
        }
        return set(newHigh, newLow);
    }

    public MutableInt128 subtract(final long value)
    {
        return subtract(value >> Long.SIZE - 1, value);
    }

    public MutableInt128 subtract(final Int128 value)
    {
        return subtract(value.high(), value.low());
    }

    private MutableInt128 subtract(final long otherHigh, final long otherLow)
    {
        final long borrow = Long.compareUnsigned(low, otherLow) < 0 ? 1 : 0;
        final long newHigh = high - otherHigh - borrow;
        // The terms' signs differ, and the difference has not the sign of the first.
        if (((high ^ otherHigh) & (high ^ newHigh)) < 0)
        {
            throw overflow();
        }
        return set(newHigh, low - otherLow);
    }

    public MutableInt128 negate()
    {
        return set(~high + (low == 0 ? 1 : 0), -low);
    }

    public MutableInt128 abs()
    {
        return high < 0 ? negate() : this;
    }

    /** Sets it to {@code a x b}, which always fits. */
    public MutableInt128 product(final long a, final long b)
    {
        high = Math.multiplyHigh(a, b);
        low = a * b;
        return this;
    }

    public MutableInt128 multiply(final long factor)
    {
        if (fitsLong())
        {
            return product(low, factor);
        }
        final boolean negative = high < 0 != factor < 0;
        final long x0 = magnitudeLow();
        final long x1 = magnitudeHigh();
        final long k = Math.abs(factor);
        final long y0 = x0 * k;
        final long y1 = x1 * k;
        final long carried = unsignedMultiplyHigh(x0, k);
        final long sum = y1 + carried;
        if (unsignedMultiplyHigh(x1, k) != 0 || Long.compareUnsigned(sum, carried) < 0 || sum < 0)
        {
            throw overflow();
        }
        return setMagnitude(negative, sum, y0);
    }

    /**
     * Sets it to {@code mantissa x 10^exponent}, rounded towards minus infinity where the exponent is negative.
     */
    public MutableInt128 decimalFloor(final long mantissa, final int exponent)
    {
        set(mantissa);
        return exponent < 0 ? divideFloorByPowerOfTen(-exponent) : multiplyByPowerOfTen(exponent);
    }

    /** @param exponent not negative. */
    public MutableInt128 multiplyByPowerOfTen(final int exponent)
    {
        final long oldHigh = high;
        final long oldLow = low;
        try
        {
            int left = (oldHigh | oldLow) == 0 ? 0 : exponent;
            for (; left > POWER_MAX; left -= POWER_MAX)
            {
                multiply(Increment.powerOfTen(POWER_MAX));
            }
            return multiply(Increment.powerOfTen(left));
        }
        catch (final ArithmeticException ex)
        {
            set(oldHigh, oldLow);
            throw ex;
        }
    }

    /** Rounded towards minus infinity, like each method that ends in Floor; the divisor must be positive. */
    public MutableInt128 divideFloor(final long divisor)
    {
        return mulDiv(1, divisor, false);
    }

    /** Rounded towards plus infinity, like each method that ends in Ceil; the divisor must be positive. */
    public MutableInt128 divideCeil(final long divisor)
    {
        return mulDiv(1, divisor, true);
    }

    /** @param exponent not negative. */
    public MutableInt128 divideFloorByPowerOfTen(final int exponent)
    {
        return divideByPowerOfTen(exponent, false);
    }

    /** @param exponent not negative. */
    public MutableInt128 divideCeilByPowerOfTen(final int exponent)
    {
        return divideByPowerOfTen(exponent, true);
    }

    /** In steps: what is rounded twice to the same side is as if it were rounded once. */
    private MutableInt128 divideByPowerOfTen(final int exponent, final boolean roundUp)
    {
        for (int left = exponent; left > 0 && signum() != 0; left -= POWER_MAX)
        {
            mulDiv(1, Increment.powerOfTen(Math.min(left, POWER_MAX)), roundUp);
        }
        return this;
    }

    /** Times a factor, over a positive divisor; the product may have 191 bits. */
    public MutableInt128 mulDivFloor(final long factor, final long divisor)
    {
        return mulDiv(factor, divisor, false);
    }

    public MutableInt128 mulDivCeil(final long factor, final long divisor)
    {
        return mulDiv(factor, divisor, true);
    }

    private MutableInt128 mulDiv(final long factor, final long divisor, final boolean roundUp)
    {
        if (divisor <= 0)
        {
            throw new ArithmeticException("divisor must be positive: divisor=" + divisor);
        }
        if (high == low >> Long.SIZE - 1)
        {
            final long product = low * factor;
            if (Math.multiplyHigh(low, factor) == product >> Long.SIZE - 1)
            {
                final long floor = Math.floorDiv(product, divisor);
                return set(roundUp && floor * divisor != product ? floor + 1 : floor);
            }
        }
        return mulDivWide(factor, divisor, roundUp);
    }

    private MutableInt128 mulDivWide(final long factor, final long divisor, final boolean roundUp)
    {
        final boolean negative = high < 0 != factor < 0;
        final long x0 = magnitudeLow();
        final long x1 = magnitudeHigh();
        final long k = Math.abs(factor);
        final long p0 = x0 * k;
        final long carried = unsignedMultiplyHigh(x0, k);
        final long p1 = x1 * k + carried;
        final long p2 = unsignedMultiplyHigh(x1, k) + (Long.compareUnsigned(p1, carried) < 0 ? 1 : 0);
        if (Long.compareUnsigned(p2, divisor) >= 0)
        {
            throw overflow();
        }
        final long q1 = divide(p2, p1, divisor);
        final long r1 = p1 - q1 * divisor;
        final long q0 = divide(r1, p0, divisor);
        final boolean isAwayFromZero = p0 - q0 * divisor != 0 && roundUp != negative;
        final long rounded = isAwayFromZero ? q0 + 1 : q0;
        final long carry = isAwayFromZero && rounded == 0 ? 1 : 0;
        if (q1 < 0 || q1 + carry < 0)
        {
            throw overflow();
        }
        return setMagnitude(negative, q1 + carry, rounded);
    }

    /**
     * The quotient of a number that is not negative and a positive one, rounded down; it may be of any size.
     *
     * @return this, which is the quotient now; the remainder is gone.
     */
    public MutableInt128 divideFloor(final Int128 divisor)
    {
        if (divisor.signum() <= 0 || high < 0)
        {
            throw new ArithmeticException(
                "expected nothing negative: value=" + toBigInteger() + " divisor=" + divisor.toBigInteger());
        }
        if (divisor.fitsLong())
        {
            return divideFloor(divisor.low());
        }
        // The divisor has more than 63 bits, so the quotient has at most 64.
        long restHigh = 0;
        long restLow = high;
        long quotient = 0;
        for (int bit = Long.SIZE - 1; bit >= 0; bit--)
        {
            restHigh = restHigh << 1 | restLow >>> Long.SIZE - 1;
            restLow = restLow << 1 | low >>> bit & 1;
            quotient <<= 1;
            if (isAtLeast(restHigh, restLow, divisor))
            {
                final long borrow = Long.compareUnsigned(restLow, divisor.low()) < 0 ? 1 : 0;
                restHigh -= divisor.high() + borrow;
                restLow -= divisor.low();
                quotient |= 1;
            }
        }
        return set(0, quotient);
    }

    private static boolean isAtLeast(final long unsignedHigh, final long unsignedLow, final Int128 other)
    {
        final int byHigh = Long.compareUnsigned(unsignedHigh, other.high());
        return byHigh > 0 || byHigh == 0 && Long.compareUnsigned(unsignedLow, other.low()) >= 0;
    }

    private long magnitudeLow()
    {
        return high < 0 ? -low : low;
    }

    private long magnitudeHigh()
    {
        return high < 0 ? ~high + (low == 0 ? 1 : 0) : high;
    }

    private MutableInt128 setMagnitude(final boolean negative, final long magnitudeHigh, final long magnitudeLow)
    {
        return negative
            ? set(~magnitudeHigh + (magnitudeLow == 0 ? 1 : 0), -magnitudeLow)
            : set(magnitudeHigh, magnitudeLow);
    }

    /** As Math.unsignedMultiplyHigh of later Java. */
    private static long unsignedMultiplyHigh(final long a, final long b)
    {
        return Math.multiplyHigh(a, b) + (a >> Long.SIZE - 1 & b) + (b >> Long.SIZE - 1 & a);
    }

    /**
     * Of an unsigned number of 128 bits by a positive long, whose quotient has 64: by halves of 32 bits, each estimated from
     * the leading ones (Knuth, The Art of Computer Programming 2, 4.3.1, algorithm D).
     */
    private static long divide(final long numeratorHigh, final long numeratorLow, final long divisor)
    {
        if (numeratorHigh == 0)
        {
            return Long.divideUnsigned(numeratorLow, divisor);
        }
        final int shift = Long.numberOfLeadingZeros(divisor);
        final long scaled = divisor << shift;
        final long top = numeratorHigh << shift | numeratorLow >>> Long.SIZE - shift;
        final long bottom = numeratorLow << shift;
        final long upper = digit(top, bottom >>> Integer.SIZE, scaled);
        final long rest = (top << Integer.SIZE | bottom >>> Integer.SIZE) - upper * scaled;
        final long lower = digit(rest, bottom & 0xFFFF_FFFFL, scaled);
        return upper << Integer.SIZE | lower;
    }

    /** A digit of 32 bits: the quotient of a rest and one more digit by a divisor whose highest bit is set. */
    private static long digit(final long rest, final long next, final long scaled)
    {
        final long leading = scaled >>> Integer.SIZE;
        final long trailing = scaled & 0xFFFF_FFFFL;
        long digit = Long.divideUnsigned(rest, leading);
        long remainder = rest - digit * leading;
        while (digit >>> Integer.SIZE != 0 ||
            Long.compareUnsigned(digit * trailing, remainder << Integer.SIZE | next) > 0)
        {
            digit--;
            remainder += leading;
            if (remainder >>> Integer.SIZE != 0)
            {
                break;
            }
        }
        return digit;
    }

    private static ArithmeticException overflow()
    {
        return new ArithmeticException("more than 127 bits");
    }

    /** By value; it changes with the number, so no number is to be a key. */
    @Override
    public boolean equals(final Object other)
    {
        return other instanceof Int128 && ((Int128)other).high() == high && ((Int128)other).low() == low;
    }

    @Override
    public int hashCode()
    {
        return Long.hashCode(high * 31 + low);
    }

    /** Decimal digits; allocates. */
    @Override
    public String toString()
    {
        return toBigInteger().toString();
    }
}
