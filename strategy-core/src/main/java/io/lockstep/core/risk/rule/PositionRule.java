package io.lockstep.core.risk.rule;

import io.lockstep.codecs.Int128;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;

/**
 * The position of the scope on the order's instrument, with all that is open on the order's side filled and the order too, is no more
 * than that: long, short or in either direction. In lots. An order that can but make it smaller passes.
 */
final class PositionRule extends Rule
{
    private final InstrumentLimit limit = InstrumentLimit.ofLots(this, false);
    private final boolean boundsBuys;
    private final boolean boundsSales;
    private final RiskReason reason;

    private PositionRule(
        final LimitType type,
        final LimitScope scope,
        final boolean boundsBuys,
        final boolean boundsSales,
        final RiskReason reason)
    {
        super(type, scope);
        this.boundsBuys = boundsBuys;
        this.boundsSales = boundsSales;
        this.reason = reason;
    }

    static PositionRule ofBoth(final LimitScope scope)
    {
        return new PositionRule(
            LimitType.MAX_POSITION_QUANTITY, scope, true, true, RiskReason.MAX_POSITION_QUANTITY);
    }

    static PositionRule ofLong(final LimitScope scope)
    {
        return new PositionRule(LimitType.MAX_LONG_POSITION, scope, true, false, RiskReason.MAX_LONG_POSITION);
    }

    static PositionRule ofShort(final LimitScope scope)
    {
        return new PositionRule(LimitType.MAX_SHORT_POSITION, scope, false, true, RiskReason.MAX_SHORT_POSITION);
    }

    @Override
    void onLimit()
    {
        limit.forget();
    }

    @Override
    RiskReason check(final OrderCheck order)
    {
        if (!(order.isBuy() ? boundsBuys : boundsSales) || order.reduces(scope()))
        {
            return RiskReason.NONE;
        }
        final Int128 most = limit.of(order.gate());
        final long worst = order.worstLots(scope());
        return most.compareTo(worst) >= 0
            ? RiskReason.NONE
            : order.refusal().because(reason, scope(), most, worst);
    }
}
