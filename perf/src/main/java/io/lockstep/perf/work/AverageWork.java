package io.lockstep.perf.work;

import io.lockstep.gateways.generator.SplitMix64;
import io.lockstep.strategies.MovingAverage;

/**
 * What a price costs a strategy of two moving averages: both take it and are compared.
 */
public final class AverageWork implements Work
{
    private static final int PRICES = 4_096;

    private final long[] prices = new long[PRICES];
    private final MovingAverage fast = new MovingAverage(10);
    private final MovingAverage slow = new MovingAverage(50);
    private int next;

    public AverageWork()
    {
        final SplitMix64 random = new SplitMix64(4);
        long price = SampleMarket.MID_TICKS;
        for (int i = 0; i < PRICES; i++)
        {
            price += random.below(5) - 2;
            prices[i] = price;
            fast.add(price);
            slow.add(price);
        }
    }

    @Override
    public long step()
    {
        fast.add(prices[next]);
        slow.add(prices[next]);
        next = next + 1 == PRICES ? 0 : next + 1;
        return fast.compareTo(slow);
    }
}
