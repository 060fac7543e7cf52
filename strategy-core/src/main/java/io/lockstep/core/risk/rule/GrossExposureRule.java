package io.lockstep.core.risk.rule;

import io.lockstep.codecs.Instrument;
import io.lockstep.core.risk.Exposure;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.Side;

/** Long and short positions together, each as large as its open orders can make it. */
final class GrossExposureRule extends ExposureRule
{
    GrossExposureRule(final LimitScope scope)
    {
        super(LimitType.MAX_GROSS_EXPOSURE, scope, RiskReason.MAX_GROSS_EXPOSURE);
    }

    @Override
    boolean counts(final Instrument ofOrder, final Instrument other)
    {
        return true;
    }

    @Override
    long lotsWith(final OrderCheck order)
    {
        final Exposure exposure = order.exposure(scope());
        return Math.max(largestLots(exposure), order.worstLots(scope()));
    }

    @Override
    long lots(final Exposure exposure, final Side side)
    {
        return largestLots(exposure);
    }
}
