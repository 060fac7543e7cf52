package io.lockstep.codecs;

import java.math.BigInteger;

/**
 * A whole number of 128 bits, to be read: amounts of money, which need more than 63 bits. What implements it may change when
 * its owner does something; {@link #toBigInteger()} is a copy. Two's complement.
 * <p>
 * The range is from -(2^127 - 2^64) to 2^127 - 1: the high half is never {@link Nulls#NULL_LONG}, which is the absent value of
 * the messages' fields.
 */
public interface Int128 extends Comparable<Int128>
{
    /** The upper 64 bits, with the sign. */
    long high();

    /** The lower 64 bits, without a sign of their own. */
    long low();

    /** -1, 0 or 1. */
    default int signum()
    {
        return high() < 0 ? -1 : (high() | low()) == 0 ? 0 : 1;
    }

    /** Whether {@link #low()} alone is the number. */
    default boolean fitsLong()
    {
        return high() == low() >> Long.SIZE - 1;
    }

    /** @throws ArithmeticException when it does not fit. */
    default long toLongExact()
    {
        if (!fitsLong())
        {
            throw new ArithmeticException("more than 63 bits: value=" + toBigInteger());
        }
        return low();
    }

    /**
     * For a message's two fields: the high half, or {@link Nulls#NULL_LONG} where the low half alone says it all.
     * {@link MutableInt128#decode} is the inverse.
     */
    default long highOrNull()
    {
        return fitsLong() && low() != Nulls.NULL_LONG ? Nulls.NULL_LONG : high();
    }

    @Override
    default int compareTo(final Int128 other)
    {
        final int byHigh = Long.compare(high(), other.high());
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low(), other.low());
    }

    /** As {@link #compareTo(Int128)}. */
    default int compareTo(final long other)
    {
        final int byHigh = Long.compare(high(), other >> Long.SIZE - 1);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low(), other);
    }

    /**
     * Goes on with a hash. What fits in a long counts as that long, so that a number hashes as it did when it was one.
     */
    default long chain(final long hash)
    {
        final long chained = Xxh64.chain(hash, low());
        return fitsLong() ? chained : Xxh64.chain(chained, high());
    }

    /** Allocates. */
    default BigInteger toBigInteger()
    {
        return toBigInteger(high(), low());
    }

    /** Allocates. */
    static BigInteger toBigInteger(final long high, final long low)
    {
        return BigInteger.valueOf(high).shiftLeft(Long.SIZE)
            .or(BigInteger.valueOf(low).and(BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE)));
    }
}
