package io.lockstep.core.risk.rule;

import io.lockstep.core.profit.ScopeProfit;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;

/** What was lost in the trading day, fees included, realized or with what is not realized now at the mark. */
final class DailyLossRule extends LossRule
{
    private final ScopeProfit.Kind kind;
    private final RiskReason reason;

    private DailyLossRule(
        final LimitType type, final LimitScope scope, final ScopeProfit.Kind kind, final RiskReason reason)
    {
        super(type, scope);
        this.kind = kind;
        this.reason = reason;
    }

    static DailyLossRule ofRealized(final LimitScope scope)
    {
        return new DailyLossRule(LimitType.MAX_DAILY_REALIZED_LOSS, scope, ScopeProfit.Kind.DAY_REALIZED,
            RiskReason.MAX_DAILY_REALIZED_LOSS);
    }

    static DailyLossRule ofAll(final LimitScope scope)
    {
        return new DailyLossRule(
            LimitType.MAX_DAILY_LOSS, scope, ScopeProfit.Kind.DAY, RiskReason.MAX_DAILY_LOSS);
    }

    @Override
    RiskReason check(final OrderCheck order)
    {
        if (isReducing(order))
        {
            return RiskReason.NONE;
        }
        final RiskReason doubt = add(order.leg(), kind, order.instrument().settlementCurrency());
        if (doubt != RiskReason.NONE)
        {
            return refuseUnknown(order, doubt);
        }
        // The sum serves nobody else before the next one is made.
        return isBeyond(order.leg().profits().sum().negate())
            ? refuse(order, reason, order.leg().profits().sum())
            : RiskReason.NONE;
    }
}
