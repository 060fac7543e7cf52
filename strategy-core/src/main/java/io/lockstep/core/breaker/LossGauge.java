package io.lockstep.core.breaker;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;

/** Round trips with a loss in a row. */
final class LossGauge extends Gauge
{
    private final long threshold;
    private final MutableInt128 value = new MutableInt128();
    private long losses;

    LossGauge(final BreakerTerms terms)
    {
        threshold = terms.thresholdIn(0);
    }

    void onTrip(final boolean isLoss)
    {
        losses = isLoss ? losses + 1 : 0;
    }

    @Override
    boolean isReached(final long nowNs)
    {
        return losses >= threshold;
    }

    @Override
    Int128 value(final long nowNs)
    {
        return value.set(losses);
    }

    @Override
    long threshold()
    {
        return threshold;
    }

    @Override
    void clear()
    {
        losses = 0;
    }

    @Override
    int numbers()
    {
        return 1;
    }

    @Override
    long number(final int index)
    {
        return losses;
    }

    @Override
    void restore(final long[] numbers)
    {
        require(numbers.length == 1 && numbers[0] >= 0, numbers);
        losses = numbers[0];
    }
}
