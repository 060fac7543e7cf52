package io.lockstep.core.breaker;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.Xxh64;

/**
 * What a circuit breaker counts with. One thread; no allocation but when it is made.
 */
abstract class Gauge
{
    /** Whether the value has reached the threshold. */
    abstract boolean isReached(long nowNs);

    /** As it stands, in the unit of the cause; valid until the next call. */
    abstract Int128 value(long nowNs);

    /** In the same unit. */
    abstract long threshold();

    /** Nothing was counted. */
    abstract void clear();

    /** How many numbers its state has. */
    abstract int numbers();

    abstract long number(int index);

    /**
     * @throws IllegalArgumentException when they are none of such a gauge.
     */
    abstract void restore(long[] numbers);

    final long stateHash()
    {
        long hash = numbers();
        for (int i = 0; i < numbers(); i++)
        {
            hash = Xxh64.chain(hash, number(i));
        }
        return hash;
    }

    static void require(final boolean isOne, final long[] numbers)
    {
        if (!isOne)
        {
            throw new IllegalArgumentException(
                "counted=" + numbers.length + " numbers that do not go with the breaker");
        }
    }
}
