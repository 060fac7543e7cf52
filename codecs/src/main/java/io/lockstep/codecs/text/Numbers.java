package io.lockstep.codecs.text;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Whole and rounded numbers as text, with the digits 0 to 9 under every locale.
 */
public final class Numbers
{
    private static final int HEX_DIGITS = 16;

    private Numbers()
    {
    }

    /** Sixteen hexadecimal digits in lower case, as hashes are written. */
    public static String hex(final long value)
    {
        return padded(Long.toHexString(value), HEX_DIGITS);
    }

    /** Eight hexadecimal digits in lower case. */
    public static String hex(final int value)
    {
        return padded(Integer.toHexString(value), HEX_DIGITS / 2);
    }

    /** With zeros in front up to so many digits; the sign of a negative number is not counted. */
    public static String padded(final long value, final int digits)
    {
        return value < 0
            ? "-" + padded(Long.toString(value).substring(1), digits)
            : padded(Long.toString(value), digits);
    }

    /** With a comma between groups of three digits, for people alone: what is pasted elsewhere is printed without. */
    public static String grouped(final long value)
    {
        final StringBuilder text = new StringBuilder(Long.toString(value));
        for (int i = text.length() - 3; i > (value < 0 ? 1 : 0); i -= 3)
        {
            text.insert(i, ',');
        }
        return text.toString();
    }

    /** Rounded half up to so many places; what is no number as Java prints it. */
    public static String fixed(final double value, final int places)
    {
        return Double.isFinite(value)
            ? new BigDecimal(value).setScale(places, RoundingMode.HALF_UP).toPlainString()
            : Double.toString(value);
    }

    private static String padded(final String digits, final int length)
    {
        return "0".repeat(Math.max(0, length - digits.length())) + digits;
    }
}
