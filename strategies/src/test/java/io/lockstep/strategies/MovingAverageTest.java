package io.lockstep.strategies;

import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

class MovingAverageTest
{
    /** Prices of any size: neither sums nor their comparison may turn over. */
    @Test
    void shouldCompareAveragesOfAnyPrices()
    {
        final SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 200; i++)
        {
            final MovingAverage fast = new MovingAverage(1 + random.nextInt(5));
            final MovingAverage slow = new MovingAverage(1 + random.nextInt(50));
            final int shift = random.nextInt(63);
            final BigInteger fastSum = fill(fast, random, shift);
            final BigInteger slowSum = fill(slow, random, shift);

            assertThat(fast.sum().toBigInteger()).isEqualTo(fastSum);
            assertThat(Integer.signum(fast.compareTo(slow)))
                .isEqualTo(fastSum.multiply(BigInteger.valueOf(slow.length()))
                    .compareTo(slowSum.multiply(BigInteger.valueOf(fast.length()))));
        }
    }

    private static BigInteger fill(final MovingAverage average, final SplittableRandom random, final int shift)
    {
        final long[] ring = new long[average.length()];
        for (int i = 0; i < 3 * ring.length; i++)
        {
            ring[i % ring.length] = random.nextLong() >> shift;
            average.add(ring[i % ring.length]);
        }
        BigInteger sum = BigInteger.ZERO;
        for (final long value : ring)
        {
            sum = sum.add(BigInteger.valueOf(value));
        }
        return sum;
    }
}
