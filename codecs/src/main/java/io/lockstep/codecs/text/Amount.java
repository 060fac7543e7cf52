package io.lockstep.codecs.text;

import java.math.BigDecimal;

/**
 * A decimal and what it counts, e.g. {@code 0.5 USDT}. Immutable.
 *
 * @param value exact.
 * @param unit  empty where there is none.
 */
public record Amount(BigDecimal value, String unit)
{
    /** The decimal alone, e.g. {@code 0.5}. */
    public String decimal()
    {
        return Decimals.plain(value);
    }

    /** The decimal and its unit, fit for a terminal: a currency's name comes from outside. */
    @Override
    public String toString()
    {
        return unit.isEmpty() ? decimal() : decimal() + " " + Escapes.line(unit);
    }
}
