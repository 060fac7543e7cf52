package io.lockstep.core.risk.rule;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.core.risk.RiskSubject;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;

/**
 * The worst round trip of the scope since the limit was set, in the settlement currency of what was traded. Whoever sets the limit anew
 * lifts what it has come to.
 */
final class TradeLossRule extends LossRule
{
    private static final int NUMBERS = 2;

    private final MutableInt128 worst = new MutableInt128();
    private final MutableInt128 loss = new MutableInt128();

    TradeLossRule(final LimitScope scope)
    {
        super(LimitType.MAX_TRADE_LOSS, scope);
    }

    @Override
    void onLimit()
    {
        super.onLimit();
        worst.set(0);
    }

    @Override
    boolean isCounting()
    {
        return true;
    }

    @Override
    void onTripEnded(final RiskSubject leg, final Int128 result)
    {
        loss.set(result).negate();
        if (loss.signum() > 0 && leg.profits().value(leg.risk().instrument(), loss) && loss.compareTo(worst) > 0)
        {
            worst.set(loss);
        }
    }

    @Override
    RiskReason check(final OrderCheck order)
    {
        return isBeyond(worst) && !isReducing(order)
            ? refuse(order, RiskReason.MAX_TRADE_LOSS, worst)
            : RiskReason.NONE;
    }

    @Override
    int numbers()
    {
        return NUMBERS;
    }

    @Override
    long number(final int index)
    {
        return index == 0 ? worst.high() : worst.low();
    }

    @Override
    void restore(final long[] numbers)
    {
        if (numbers.length != NUMBERS || numbers[0] < 0)
        {
            throw new IllegalArgumentException("no loss of a round trip: numbers=" + numbers.length);
        }
        worst.set(numbers[0], numbers[1]);
    }
}
