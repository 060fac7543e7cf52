package io.lockstep.core.risk.rule;

import io.lockstep.codecs.Int128;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;

/** The quantity of an order is no more than that, unless it can but make a position smaller. In lots. */
final class OrderQuantityRule extends Rule
{
    private final InstrumentLimit limit = InstrumentLimit.ofLots(this, false);

    OrderQuantityRule(final LimitScope scope)
    {
        super(LimitType.MAX_ORDER_QUANTITY, scope);
    }

    @Override
    void onLimit()
    {
        limit.forget();
    }

    @Override
    RiskReason check(final OrderCheck order)
    {
        final Int128 most = limit.of(order.gate());
        final long lots = order.intent().leavesLots();
        return most.compareTo(lots) >= 0 || order.reduces(scope())
            ? RiskReason.NONE
            : order.refusal().because(RiskReason.MAX_ORDER_QUANTITY, scope(), most, lots);
    }
}
