package io.lockstep.core.risk.rule;

import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;

/** With a limit of 1 nothing is opened outside the sessions of the instrument's calendar. */
final class TradingHoursRule extends Rule
{
    TradingHoursRule(final LimitScope scope)
    {
        super(LimitType.TRADING_HOURS, scope);
    }

    @Override
    RiskReason check(final OrderCheck order)
    {
        return mantissa() == 0 || order.leg().calendar().isOpen(order.nowNs()) || order.reduces(LimitScope.LEG)
            ? RiskReason.NONE
            : refuse(order, RiskReason.TRADING_HOURS, Nulls.NULL_LONG, Nulls.NULL_LONG);
    }
}
