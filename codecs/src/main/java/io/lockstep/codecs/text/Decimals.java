package io.lockstep.codecs.text;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Plain decimal text: no exponent, no trailing zeros, {@code 0} for every zero, so that equal values are equal text.
 */
public final class Decimals
{
    private Decimals()
    {
    }

    public static String plain(final BigDecimal value)
    {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    /** Of {@code units x 10^exponent}. */
    public static String plain(final long units, final int exponent)
    {
        return plain(scaled(units, exponent));
    }

    /** {@code units x 10^exponent}. */
    public static BigDecimal scaled(final long units, final int exponent)
    {
        return BigDecimal.valueOf(units, -exponent);
    }

    /** {@code units x 10^exponent}. */
    public static BigDecimal scaled(final BigInteger units, final int exponent)
    {
        return new BigDecimal(units, -exponent);
    }
}
