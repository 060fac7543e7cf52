package io.lockstep.core.breaker;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;

import java.util.Arrays;

/** How often something has happened within the window: the times of the newest, as many as the threshold. */
final class RateGauge extends Gauge
{
    private final long windowNs;
    private final long[] timesNs;
    private final MutableInt128 value = new MutableInt128();
    private int newest;

    RateGauge(final BreakerTerms terms)
    {
        windowNs = terms.windowNs();
        timesNs = new long[(int)terms.thresholdIn(0)];
        clear();
    }

    void onEvent(final long nowNs)
    {
        newest = (newest + 1) % timesNs.length;
        timesNs[newest] = nowNs;
    }

    private boolean isWithin(final long timeNs, final long nowNs)
    {
        return timeNs != Nulls.NULL_TIME_NS && nowNs - timeNs < windowNs;
    }

    @Override
    boolean isReached(final long nowNs)
    {
        // The oldest of as many as the threshold.
        return isWithin(timesNs[(newest + 1) % timesNs.length], nowNs);
    }

    @Override
    Int128 value(final long nowNs)
    {
        int count = 0;
        for (final long timeNs : timesNs)
        {
            count += isWithin(timeNs, nowNs) ? 1 : 0;
        }
        return value.set(count);
    }

    @Override
    long threshold()
    {
        return timesNs.length;
    }

    @Override
    void clear()
    {
        Arrays.fill(timesNs, Nulls.NULL_TIME_NS);
        newest = 0;
    }

    @Override
    int numbers()
    {
        return timesNs.length;
    }

    /** From the oldest on. */
    @Override
    long number(final int index)
    {
        return timesNs[(newest + 1 + index) % timesNs.length];
    }

    @Override
    void restore(final long[] numbers)
    {
        require(numbers.length == timesNs.length, numbers);
        newest = timesNs.length - 1;
        System.arraycopy(numbers, 0, timesNs, 0, numbers.length);
    }
}
