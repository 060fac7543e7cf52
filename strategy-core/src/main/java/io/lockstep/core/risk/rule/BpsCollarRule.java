package io.lockstep.core.risk.rule;

import io.lockstep.codecs.MutableInt128;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;

/** The collar in basis points of the price that it lies around. */
final class BpsCollarRule extends CollarRule
{
    private static final long BPS = 10_000;

    private final MutableInt128 scratch = new MutableInt128();
    private long basisPoints;

    BpsCollarRule(final LimitScope scope)
    {
        super(LimitType.PRICE_COLLAR_BPS, scope, RiskReason.PRICE_COLLAR);
    }

    @Override
    void onLimit()
    {
        basisPoints = WholeLimit.of(this, scratch);
    }

    @Override
    void distance(final long fromTicks, final MutableInt128 result)
    {
        result.set(basisPoints).mulDivFloor(Math.absExact(fromTicks), BPS);
    }
}
