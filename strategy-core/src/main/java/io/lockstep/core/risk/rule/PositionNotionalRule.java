package io.lockstep.core.risk.rule;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;

/**
 * The value at the mark of the position that {@link PositionRule} counts is no more than that, in either direction. In units of the
 * instrument's quote currency.
 */
final class PositionNotionalRule extends Rule
{
    private final InstrumentLimit limit = InstrumentLimit.ofNotional(this, false);
    private final MutableInt128 amount = new MutableInt128();

    PositionNotionalRule(final LimitScope scope)
    {
        super(LimitType.MAX_POSITION_NOTIONAL, scope);
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
        final boolean isCounted = order.gate().positionNotional(order.worstLots(scope()), order.nowNs(), amount);
        if (isCounted && amount.compareTo(most) <= 0)
        {
            return RiskReason.NONE;
        }
        return refuse(order,
            order.gate().isMarkOld() ? RiskReason.NO_REFERENCE_PRICE : RiskReason.MAX_POSITION_NOTIONAL,
            most, isCounted ? amount : null);
    }
}
