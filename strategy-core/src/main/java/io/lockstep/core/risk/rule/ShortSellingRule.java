package io.lockstep.core.risk.rule;

import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;

/** With a limit of 0 the position of the scope on the order's instrument may not become short. In lots. */
final class ShortSellingRule extends Rule
{
    ShortSellingRule(final LimitScope scope)
    {
        super(LimitType.SHORT_SELLING, scope);
    }

    @Override
    RiskReason check(final OrderCheck order)
    {
        return mantissa() != 0 || order.isBuy() || order.reduces(scope())
            ? RiskReason.NONE
            : refuse(order, RiskReason.SHORT_SELLING, 0, order.worstLots(scope()));
    }
}
