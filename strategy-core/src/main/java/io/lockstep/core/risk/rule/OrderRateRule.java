package io.lockstep.core.risk.rule;

import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;

/** New orders and replaces of the whole scope in any second. */
final class OrderRateRule extends RateRule
{
    OrderRateRule(final LimitScope scope)
    {
        super(LimitType.MAX_ORDERS_PER_SECOND, scope, RiskReason.MAX_ORDER_RATE);
    }

    @Override
    RiskReason check(final OrderCheck order)
    {
        return checkOne(order);
    }

    @Override
    void onSent(final OrderCheck order)
    {
        count(order.nowNs());
    }
}
