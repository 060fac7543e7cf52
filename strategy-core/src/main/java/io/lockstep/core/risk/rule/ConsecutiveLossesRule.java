package io.lockstep.core.risk.rule;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.core.risk.RiskSubject;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;

/**
 * Round trips of the scope with a loss in a row since the limit was set: with as many as the limit nothing more may be opened. Whoever sets
 * the limit anew lifts what it has come to.
 */
final class ConsecutiveLossesRule extends Rule
{
    private final MutableInt128 scratch = new MutableInt128();
    private long most;
    private long losses;

    ConsecutiveLossesRule(final LimitScope scope)
    {
        super(LimitType.MAX_CONSECUTIVE_LOSSES, scope);
    }

    @Override
    void onLimit()
    {
        most = WholeLimit.of(this, scratch);
        losses = 0;
    }

    @Override
    boolean isCounting()
    {
        return true;
    }

    @Override
    void onTripEnded(final RiskSubject leg, final Int128 result)
    {
        losses = result.signum() < 0 ? losses + 1 : 0;
    }

    @Override
    RiskReason check(final OrderCheck order)
    {
        return losses >= most && !order.reduces(LimitScope.LEG)
            ? refuse(order, RiskReason.MAX_CONSECUTIVE_LOSSES, most, losses)
            : RiskReason.NONE;
    }

    @Override
    long used(final long nowNs)
    {
        return losses;
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
        if (numbers.length != 1 || numbers[0] < 0)
        {
            throw new IllegalArgumentException("no losses in a row: numbers=" + numbers.length);
        }
        losses = numbers[0];
    }
}
