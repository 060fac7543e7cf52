package io.lockstep.core.risk.rule;

import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.risk.OrderIntent;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;

import java.util.Arrays;

/**
 * No new order has the terms of one that was sent within the window: instrument, strategy, side, type, time in force, price and quantity.
 * The newest {@value #CAPACITY} orders of the scope are remembered, by a hash of 64 bits of their terms. Limit and value, how long ago
 * the other was sent, in nanoseconds.
 */
final class DuplicateRule extends Rule
{
    /** A power of two. */
    static final int CAPACITY = 512;
    private static final int MASK = CAPACITY - 1;
    private static final int NANOS_EXPONENT = -6;
    private static final int NONE = -1;

    private final MutableInt128 scratch = new MutableInt128();
    private final long[] terms = new long[CAPACITY];
    private final long[] timesNs = new long[CAPACITY];
    /** The place of the newest order whose terms end in the same bits, and behind each place that of the one before it. */
    private final int[] newestByBucket = new int[CAPACITY];
    private final int[] olderByPlace = new int[CAPACITY];
    private long windowNs;
    private int next;
    private int count;
    private long hash;
    private boolean isHashed;

    DuplicateRule(final LimitScope scope)
    {
        super(LimitType.DUPLICATE_WINDOW_MS, scope);
        Arrays.fill(newestByBucket, NONE);
    }

    @Override
    void onLimit()
    {
        windowNs = WholeLimit.of(this, NANOS_EXPONENT, scratch);
    }

    @Override
    RiskReason check(final OrderCheck order)
    {
        if (order.intent().isReplace())
        {
            return RiskReason.NONE;
        }
        final long wanted = terms(order);
        int lastAge = -1;
        int place = newestByBucket[(int)wanted & MASK];
        while (place != NONE)
        {
            final int age = next - 1 - place & MASK;
            final long agoNs = order.nowNs() - timesNs[place];
            // What is not older than the one before has taken the place of one that is forgotten.
            if (age <= lastAge || age >= count || agoNs >= windowNs)
            {
                return RiskReason.NONE;
            }
            if (terms[place] == wanted)
            {
                return refuse(order, RiskReason.DUPLICATE_ORDER, windowNs, agoNs);
            }
            lastAge = age;
            place = olderByPlace[place];
        }
        return RiskReason.NONE;
    }

    private static long terms(final OrderCheck order)
    {
        final OrderIntent intent = order.intent();
        long hash = Xxh64.chain((long)order.instrument().id() << 32 | order.leg().strategyId(), intent.priceTicks());
        hash = Xxh64.chain(hash, intent.orderQtyLots());
        return Xxh64.chain(hash, (long)intent.side().value() << 24 | intent.ordType().value() << 16 |
            intent.timeInForce().value() << 8 | intent.execInst().value());
    }

    @Override
    boolean isCounting()
    {
        return true;
    }

    @Override
    void onSent(final OrderCheck order)
    {
        if (!order.intent().isReplace())
        {
            isHashed = false;
            add(terms(order), order.nowNs());
        }
    }

    private void add(final long newTerms, final long timeNs)
    {
        final int bucket = (int)newTerms & MASK;
        terms[next] = newTerms;
        timesNs[next] = timeNs;
        olderByPlace[next] = newestByBucket[bucket];
        newestByBucket[bucket] = next;
        next = next + 1 & MASK;
        count = Math.min(count + 1, CAPACITY);
    }

    @Override
    int numbers()
    {
        return 2 * count;
    }

    /** From the oldest on, terms and time in turn. */
    @Override
    long number(final int index)
    {
        final int place = next - count + index / 2 & MASK;
        return index % 2 == 0 ? terms[place] : timesNs[place];
    }

    @Override
    void restore(final long[] numbers)
    {
        if (numbers.length % 2 != 0 || numbers.length > 2 * CAPACITY)
        {
            throw new IllegalArgumentException("no terms and times: numbers=" + numbers.length);
        }
        isHashed = false;
        for (int i = 0; i < numbers.length; i += 2)
        {
            add(numbers[i], numbers[i + 1]);
        }
    }

    /** Kept until an order is sent: the ring is long. */
    @Override
    long stateHash()
    {
        if (!isHashed)
        {
            hash = super.stateHash();
            isHashed = true;
        }
        return hash;
    }
}
