package io.lockstep.core.risk.rule;

import io.lockstep.codecs.MutableInt128;

/** Limits that count whole things. */
final class WholeLimit
{
    private WholeLimit()
    {
    }

    /** The whole part of the rule's limit, or the largest long where it is more. */
    static long of(final Rule rule, final MutableInt128 scratch)
    {
        return of(rule, 0, scratch);
    }

    /** Likewise in units of 10^unitExponent. */
    static long of(final Rule rule, final int unitExponent, final MutableInt128 scratch)
    {
        try
        {
            scratch.decimalFloor(rule.mantissa(), rule.exponent() - unitExponent);
            return scratch.fitsLong() ? scratch.low() : Long.MAX_VALUE;
        }
        catch (final ArithmeticException ex)
        {
            return Long.MAX_VALUE;
        }
    }
}
