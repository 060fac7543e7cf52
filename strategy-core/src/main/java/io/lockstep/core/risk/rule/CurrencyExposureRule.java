package io.lockstep.core.risk.rule;

import io.lockstep.codecs.Instrument;
import io.lockstep.core.risk.Exposure;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.Side;

/** As {@link NetExposureRule}, of the instruments alone that trade the base currency of the order's. */
final class CurrencyExposureRule extends ExposureRule
{
    CurrencyExposureRule(final LimitScope scope)
    {
        super(LimitType.MAX_CURRENCY_EXPOSURE, scope, RiskReason.MAX_CURRENCY_EXPOSURE);
    }

    @Override
    boolean counts(final Instrument ofOrder, final Instrument other)
    {
        return ofOrder.baseCurrency().equals(other.baseCurrency());
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
