package io.lockstep.core.risk.rule;

import io.lockstep.codecs.Instrument;
import io.lockstep.core.risk.Exposure;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.Side;

/** Long less short positions, all that is open on the order's side filled, in the order's direction. */
final class NetExposureRule extends ExposureRule
{
    NetExposureRule(final LimitScope scope)
    {
        super(LimitType.MAX_NET_EXPOSURE, scope, RiskReason.MAX_NET_EXPOSURE);
    }

    @Override
    boolean counts(final Instrument ofOrder, final Instrument other)
    {
        return true;
    }

    @Override
    long lotsWith(final OrderCheck order)
    {
        return order.worstLots(scope());
    }

    @Override
    long lots(final Exposure exposure, final Side side)
    {
        return lotsTowards(exposure, side);
    }
}
