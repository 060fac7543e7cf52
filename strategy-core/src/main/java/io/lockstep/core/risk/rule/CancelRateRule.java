package io.lockstep.core.risk.rule;

import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;

/**
 * Cancels and replaces of the whole scope in any second. A cancel that a strategy asks for is refused beyond that; one for safety, by a
 * halt, a stop, an operator or reconciliation, never is and does not count.
 */
final class CancelRateRule extends RateRule
{
    CancelRateRule(final LimitScope scope)
    {
        super(LimitType.MAX_CANCELS_PER_SECOND, scope, RiskReason.MAX_CANCEL_RATE);
    }

    @Override
    RiskReason check(final OrderCheck order)
    {
        return order.intent().isReplace() ? checkOne(order) : RiskReason.NONE;
    }

    @Override
    RiskReason checkCancel(final OrderCheck order)
    {
        return checkOne(order);
    }

    @Override
    void onSent(final OrderCheck order)
    {
        if (order.intent().isReplace())
        {
            count(order.nowNs());
        }
    }

    @Override
    void onCancel(final long nowNs)
    {
        count(nowNs);
    }
}
