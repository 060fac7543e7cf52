package io.lockstep.research.book;

import io.lockstep.codecs.Increment;

/**
 * Decimal text without trailing zeros, so that a value looks the same whatever increment it is counted in.
 */
final class PlainDecimal
{
    private PlainDecimal()
    {
    }

    /**
     * Appends so many increments as a plain decimal; allocates only for increments that are no power of ten up to 1.
     */
    static void append(final StringBuilder text, final Increment increment, final long units)
    {
        if (units == 0)
        {
            text.append('0');
        }
        else if (increment.mantissa() == 1 && increment.exponent() <= 0 && units > 0)
        {
            appendScaled(text, units, -increment.exponent());
        }
        else
        {
            text.append(increment.decimal(units).stripTrailingZeros().toPlainString());
        }
    }

    private static void appendScaled(final StringBuilder text, final long units, final int scale)
    {
        long value = units;
        int places = scale;
        while (places > 0 && value % 10 == 0)
        {
            value /= 10;
            places--;
        }
        final long power = Increment.powerOfTen(places);
        text.append(value / power);
        if (places > 0)
        {
            text.append('.');
            final long fraction = value % power;
            for (long digit = power / 10; digit > fraction; digit /= 10)
            {
                text.append('0');
            }
            text.append(fraction);
        }
    }
}
