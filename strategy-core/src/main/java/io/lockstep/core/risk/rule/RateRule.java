package io.lockstep.core.risk.rule;

import io.lockstep.codecs.MutableInt128;
import io.lockstep.core.risk.OrderRate;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;

/** No more than so many in any second of sequenced time: the ring of the newest, as long as the limit. */
abstract class RateRule extends Rule
{
    private static final int HEAD = 2;

    private final RiskReason reason;
    private final OrderRate rate = new OrderRate();
    private final MutableInt128 scratch = new MutableInt128();
    private long most;

    RateRule(final LimitType type, final LimitScope scope, final RiskReason reason)
    {
        super(type, scope);
        this.reason = reason;
    }

    @Override
    final void onLimit()
    {
        most = WholeLimit.of(this, scratch);
        rate.limit(most);
    }

    @Override
    final boolean isCounting()
    {
        return true;
    }

    @Override
    final long used(final long nowNs)
    {
        return rate.within(nowNs);
    }

    /** One more, if it is let out. */
    final RiskReason checkOne(final OrderCheck order)
    {
        final long excess = rate.excess(most, order.nowNs());
        return excess > 0 ? refuse(order, reason, most, excess) : RiskReason.NONE;
    }

    /** One has been let out. */
    final void count(final long nowNs)
    {
        rate.onOrder(nowNs);
    }

    @Override
    final int numbers()
    {
        return HEAD + rate.length();
    }

    @Override
    final long number(final int index)
    {
        return switch (index)
        {
            case 0 -> rate.newest();
            case 1 -> rate.count();
            default -> rate.timeNs(index - HEAD);
        };
    }

    @Override
    final void restore(final long[] numbers)
    {
        if (numbers.length != HEAD + most)
        {
            throw new IllegalArgumentException("numbers=" + numbers.length + " expected=" + (HEAD + most));
        }
        rate.restore(numbers.length - HEAD, Math.toIntExact(numbers[0]), Math.toIntExact(numbers[1]));
        for (int i = HEAD; i < numbers.length; i++)
        {
            rate.timeNs(i - HEAD, numbers[i]);
        }
    }

    @Override
    final long stateHash()
    {
        return rate.stateHash();
    }
}
