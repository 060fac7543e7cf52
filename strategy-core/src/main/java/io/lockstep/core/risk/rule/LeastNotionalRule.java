package io.lockstep.core.risk.rule;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;

/**
 * The value of an order at the price that it may pay is no less than that, unless it can but make a position smaller. In units of the
 * instrument's quote currency; what has more than 127 bits is no less.
 */
final class LeastNotionalRule extends Rule
{
    private final InstrumentLimit limit = InstrumentLimit.ofNotional(this, true);
    private final MutableInt128 amount = new MutableInt128();

    LeastNotionalRule(final LimitScope scope)
    {
        super(LimitType.MIN_ORDER_NOTIONAL, scope);
    }

    @Override
    void onLimit()
    {
        limit.forget();
    }

    @Override
    RiskReason check(final OrderCheck order)
    {
        final Int128 least = limit.of(order.gate());
        return !order.gate().orderNotional(order.intent(), amount) || amount.compareTo(least) >= 0 ||
            order.reduces(scope())
                ? RiskReason.NONE
                : refuse(order, RiskReason.MIN_ORDER_NOTIONAL, least, amount);
    }
}
