package io.lockstep.core.risk.rule;

import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.risk.OrderIntent;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;

/**
 * No new order has the terms of one that was sent within the window: instrument, strategy, side, type, time in force, price and quantity.
 * The newest {@value #CAPACITY} orders of the scope are remembered, by a hash of 64 bits of their terms. Limit and value, how long ago
 * the other was sent, in nanoseconds.
 */
final class DuplicateRule extends Rule
{
    static final int CAPACITY = 512;
    private static final int NANOS_EXPONENT = -6;

    private final MutableInt128 scratch = new MutableInt128();
    private final long[] terms = new long[CAPACITY];
    private final long[] timesNs = new long[CAPACITY];
    private long windowNs;
    private int next;
    private int count;

    DuplicateRule(final LimitScope scope)
    {
        super(LimitType.DUPLICATE_WINDOW_MS, scope);
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
        for (int age = 0; age < count; age++)
        {
            final int place = Math.floorMod(next - 1 - age, CAPACITY);
            final long agoNs = order.nowNs() - timesNs[place];
            if (agoNs >= windowNs)
            {
                return RiskReason.NONE;
            }
            if (terms[place] == wanted)
            {
                return refuse(order, RiskReason.DUPLICATE_ORDER, windowNs, agoNs);
            }
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
            terms[next] = terms(order);
            timesNs[next] = order.nowNs();
            next = (next + 1) % CAPACITY;
            count = Math.min(count + 1, CAPACITY);
        }
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
        final int place = Math.floorMod(next - count + index / 2, CAPACITY);
        return index % 2 == 0 ? terms[place] : timesNs[place];
    }

    @Override
    void restore(final long[] numbers)
    {
        if (numbers.length % 2 != 0 || numbers.length > 2 * CAPACITY)
        {
            throw new IllegalArgumentException("no terms and times: numbers=" + numbers.length);
        }
        count = numbers.length / 2;
        next = count % CAPACITY;
        for (int i = 0; i < count; i++)
        {
            terms[i] = numbers[2 * i];
            timesNs[i] = numbers[2 * i + 1];
        }
    }
}
