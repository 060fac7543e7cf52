package io.lockstep.core.risk.rule;

import io.lockstep.codecs.Int128;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;

/** The quantity of an order is no less than that, unless it can but make a position smaller. In lots. */
final class LeastQuantityRule extends Rule
{
    private final InstrumentLimit limit = InstrumentLimit.ofLots(this, true);

    LeastQuantityRule(final LimitScope scope)
    {
        super(LimitType.MIN_ORDER_QUANTITY, scope);
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
        final long lots = order.intent().leavesLots();
        return least.compareTo(lots) <= 0 || order.reduces(scope())
            ? RiskReason.NONE
            : order.refusal().because(RiskReason.MIN_ORDER_QUANTITY, scope(), least, lots);
    }
}
