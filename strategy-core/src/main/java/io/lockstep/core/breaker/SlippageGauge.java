package io.lockstep.core.breaker;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.sbe.Side;

import java.util.Arrays;

/**
 * How much worse than the best price of the other side when they left orders were filled, on average over the newest fills; a better price
 * counts against it. In hundredths of a basis point, each rounded up; nothing before there are as many fills as are averaged.
 */
final class SlippageGauge extends Gauge
{
    /** Of one fill, either way: 100 %. What is further off says nothing more. */
    private static final long ONE_MAX = 1_000_000;
    private final long threshold;
    private final long[] fills;
    private final MutableInt128 value = new MutableInt128();
    private int newest;
    private int count;
    private long sum;

    SlippageGauge(final BreakerTerms terms)
    {
        threshold = terms.thresholdIn(BreakerTerms.SLIPPAGE_EXPONENT);
        fills = new long[terms.windowFills()];
    }

    /**
     * @param arrivalTicks above 0.
     */
    static long slippage(final Side side, final long arrivalTicks, final long priceTicks)
    {
        final long worse = side == Side.BUY ? priceTicks - arrivalTicks : arrivalTicks - priceTicks;
        if (Math.abs(worse) >= arrivalTicks)
        {
            return worse > 0 ? ONE_MAX : -ONE_MAX;
        }
        final long high = Math.multiplyHigh(worse, ONE_MAX);
        final long low = worse * ONE_MAX;
        return high == low >> Long.SIZE - 1
            ? -Math.floorDiv(-low, arrivalTicks)
            : -Math.floorDiv(-worse, arrivalTicks / ONE_MAX);
    }

    void onFill(final long slippage)
    {
        newest = (newest + 1) % fills.length;
        sum += slippage - fills[newest];
        fills[newest] = slippage;
        count = Math.min(count + 1, fills.length);
    }

    @Override
    boolean isReached(final long nowNs)
    {
        return count == fills.length && average() >= threshold;
    }

    private long average()
    {
        return count == 0 ? 0 : Math.floorDiv(sum, count);
    }

    @Override
    Int128 value(final long nowNs)
    {
        return value.set(average());
    }

    @Override
    long threshold()
    {
        return threshold;
    }

    @Override
    void clear()
    {
        Arrays.fill(fills, 0);
        newest = 0;
        count = 0;
        sum = 0;
    }

    @Override
    int numbers()
    {
        return count;
    }

    /** From the oldest on. */
    @Override
    long number(final int index)
    {
        return fills[Math.floorMod(newest - count + 1 + index, fills.length)];
    }

    @Override
    void restore(final long[] numbers)
    {
        require(numbers.length <= fills.length, numbers);
        clear();
        for (final long slippage : numbers)
        {
            require(Math.abs(slippage) <= ONE_MAX, numbers);
            onFill(slippage);
        }
    }
}
