package io.lockstep.core.risk.rule;

import io.lockstep.codecs.MutableInt128;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;

/** The data that the order relies on, touch or else mark, are no older than that. In nanoseconds. */
final class MarketDataAgeRule extends Rule
{
    private static final int NANOS_EXPONENT = -6;

    private final MutableInt128 scratch = new MutableInt128();
    private long mostNs;

    MarketDataAgeRule(final LimitScope scope)
    {
        super(LimitType.MAX_MARKET_DATA_AGE_MS, scope);
    }

    @Override
    void onLimit()
    {
        mostNs = WholeLimit.of(this, NANOS_EXPONENT, scratch);
    }

    @Override
    RiskReason check(final OrderCheck order)
    {
        final long ageNs = order.gate().dataAgeNs(order.intent().side(), order.nowNs());
        return ageNs <= mostNs
            ? RiskReason.NONE
            : refuse(order, RiskReason.STALE_MARKET_DATA, mostNs, ageNs);
    }
}
