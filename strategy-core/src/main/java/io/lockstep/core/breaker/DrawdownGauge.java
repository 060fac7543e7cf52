package io.lockstep.core.breaker;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.core.account.ConversionRates;

/** How far equity has fallen from its peak, in units of 10^{@value #EXPONENT} of the currency. Nothing before equity is known. */
final class DrawdownGauge extends Gauge
{
    static final int EXPONENT = ConversionRates.VALUE_EXPONENT;
    private static final int NUMBERS = 5;

    private final long threshold;
    private final MutableInt128 peak = new MutableInt128();
    private final MutableInt128 fall = new MutableInt128();
    private boolean known;

    DrawdownGauge(final BreakerTerms terms)
    {
        threshold = terms.thresholdIn(EXPONENT);
    }

    void onEquity(final Int128 equity)
    {
        if (!known || equity.compareTo(peak) > 0)
        {
            known = true;
            peak.set(equity);
        }
        fall.set(peak).subtract(equity);
    }

    @Override
    boolean isReached(final long nowNs)
    {
        return fall.compareTo(threshold) >= 0;
    }

    @Override
    Int128 value(final long nowNs)
    {
        return fall;
    }

    @Override
    long threshold()
    {
        return threshold;
    }

    /** The next equity is the peak. */
    @Override
    void clear()
    {
        known = false;
        peak.set(0);
        fall.set(0);
    }

    @Override
    int numbers()
    {
        return NUMBERS;
    }

    @Override
    long number(final int index)
    {
        return switch (index)
        {
            case 0 -> known ? 1 : 0;
            case 1 -> peak.high();
            case 2 -> peak.low();
            case 3 -> fall.high();
            default -> fall.low();
        };
    }

    @Override
    void restore(final long[] numbers)
    {
        require(numbers.length == NUMBERS && numbers[0] >>> 1 == 0 && numbers[3] >= 0, numbers);
        known = numbers[0] == 1;
        peak.set(numbers[1], numbers[2]);
        fall.set(numbers[3], numbers[4]);
    }
}
