package io.lockstep.core.risk.rule;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;

/**
 * The value of an order at the price that it may pay is no more than that, unless it can but make a position smaller. In units of the
 * instrument's quote currency.
 */
final class OrderNotionalRule extends Rule
{
    private final InstrumentLimit limit = InstrumentLimit.ofNotional(this, false);
    private final MutableInt128 amount = new MutableInt128();

    OrderNotionalRule(final LimitScope scope)
    {
        super(LimitType.MAX_ORDER_NOTIONAL, scope);
    }

    @Override
    void onLimit()
    {
        limit.forget();
    }

    @Override
    RiskReason check(final OrderCheck order)
    {
        if (order.reduces(scope()))
        {
            return RiskReason.NONE;
        }
        final Int128 most = limit.of(order.gate());
        final boolean isCounted = order.gate().orderNotional(order.intent(), amount);
        return isCounted && amount.compareTo(most) <= 0
            ? RiskReason.NONE
            : refuse(order, RiskReason.MAX_ORDER_NOTIONAL, most, isCounted ? amount : null);
    }
}
