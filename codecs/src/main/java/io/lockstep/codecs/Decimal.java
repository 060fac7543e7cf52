package io.lockstep.codecs;

import java.math.BigDecimal;

/**
 * An exact decimal, {@code mantissa x 10^exponent}, as the messages carry it. Immutable, any thread.
 */
public record Decimal(long mantissa, int exponent)
{
    /**
     * From plain or scientific text.
     *
     * @throws IllegalArgumentException when it is no number, or has more than 18 digits or an exponent beyond 18.
     */
    public static Decimal parse(final String text)
    {
        final BigDecimal value;
        try
        {
            value = new BigDecimal(text).stripTrailingZeros();
        }
        catch (final NumberFormatException ex)
        {
            throw new IllegalArgumentException("expected a decimal number, got '" + text + "'", ex);
        }
        if (value.precision() > 18 || Math.abs(value.scale()) > 18)
        {
            throw new IllegalArgumentException("expected a decimal number of at most 18 digits, got '" + text + "'");
        }
        return new Decimal(value.unscaledValue().longValueExact(), -value.scale());
    }

    public boolean isSameNumber(final Decimal other)
    {
        return value().compareTo(other.value()) == 0;
    }

    /** Exact. */
    public BigDecimal value()
    {
        return BigDecimal.valueOf(mantissa).scaleByPowerOfTen(exponent);
    }

    @Override
    public String toString()
    {
        return value().toPlainString();
    }
}
