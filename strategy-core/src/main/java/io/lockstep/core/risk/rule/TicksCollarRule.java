package io.lockstep.core.risk.rule;

import io.lockstep.codecs.MutableInt128;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;

/** The collar in ticks. */
final class TicksCollarRule extends CollarRule
{
    private final MutableInt128 scratch = new MutableInt128();
    private long ticks;

    TicksCollarRule(final LimitScope scope)
    {
        super(LimitType.PRICE_COLLAR_TICKS, scope, RiskReason.PRICE_COLLAR_TICKS);
    }

    @Override
    void onLimit()
    {
        ticks = WholeLimit.of(this, scratch);
    }

    @Override
    void distance(final long fromTicks, final MutableInt128 result)
    {
        result.set(ticks);
    }
}
