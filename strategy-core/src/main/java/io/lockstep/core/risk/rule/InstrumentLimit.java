package io.lockstep.core.risk.rule;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.core.risk.RiskGate;

/**
 * A rule's limit in the unit in which orders of an instrument count, kept for the instrument that was asked for last. A limit that bounds
 * from above is rounded down and one that bounds from below up, each to the stricter side; one that has more than 127 bits in the unit
 * is the largest there is. No allocation, but for such a limit.
 */
final class InstrumentLimit
{
    private static final int NO_INSTRUMENT = -1;
    private static final long TOP_HALF_MAX = Long.MAX_VALUE;

    private final Rule rule;
    private final boolean countsLots;
    private final boolean isLeast;
    private final MutableInt128 value = new MutableInt128();
    private int instrumentId = NO_INSTRUMENT;

    private InstrumentLimit(final Rule rule, final boolean countsLots, final boolean isLeast)
    {
        this.rule = rule;
        this.countsLots = countsLots;
        this.isLeast = isLeast;
    }

    /** In lots. */
    static InstrumentLimit ofLots(final Rule rule, final boolean isLeast)
    {
        return new InstrumentLimit(rule, true, isLeast);
    }

    /** In the units of {@link io.lockstep.core.position.CashRule#quoteExponent()}. */
    static InstrumentLimit ofNotional(final Rule rule, final boolean isLeast)
    {
        return new InstrumentLimit(rule, false, isLeast);
    }

    /** The rule has another limit. */
    void forget()
    {
        instrumentId = NO_INSTRUMENT;
    }

    Int128 of(final RiskGate gate)
    {
        if (gate.instrument().id() != instrumentId)
        {
            convert(gate);
            instrumentId = gate.instrument().id();
        }
        return value;
    }

    private void convert(final RiskGate gate)
    {
        final long mantissa = isLeast ? -rule.mantissa() : rule.mantissa();
        try
        {
            if (countsLots)
            {
                final Instrument instrument = gate.instrument();
                instrument.lot().floor(mantissa, rule.exponent(), value);
            }
            else
            {
                value.decimalFloor(mantissa, rule.exponent() - gate.cashRule().quoteExponent());
            }
            if (isLeast)
            {
                value.negate();
            }
        }
        catch (final ArithmeticException ex)
        {
            value.set(TOP_HALF_MAX, -1);
        }
    }
}
