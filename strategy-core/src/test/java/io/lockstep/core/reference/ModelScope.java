package io.lockstep.core.reference;

import io.lockstep.sbe.LimitScope;

import java.util.Comparator;
import java.util.List;

/**
 * What a limit or a trading state binds.
 *
 * @param id           of the strategy or venue, or 0.
 * @param instrumentId or 0.
 */
record ModelScope(LimitScope scope, int id, int instrumentId)
{
    static final ModelScope NODE = new ModelScope(LimitScope.NODE, 0, 0);
    /** From the narrowest on. */
    static final List<LimitScope> ORDER = List.of(LimitScope.LEG, LimitScope.STRATEGY, LimitScope.INSTRUMENT,
        LimitScope.VENUE,
        LimitScope.ACCOUNT, LimitScope.NODE);
    static final Comparator<ModelScope> NARROWEST_FIRST = Comparator
        .<ModelScope>comparingInt((scope) -> ORDER.indexOf(scope.scope())).thenComparingInt(ModelScope::id)
        .thenComparingInt(ModelScope::instrumentId);

    static ModelScope ofLeg(final ModelLeg leg)
    {
        return new ModelScope(LimitScope.LEG, leg.strategyId, leg.slot.id());
    }

    static ModelScope ofStrategy(final int strategyId)
    {
        return new ModelScope(LimitScope.STRATEGY, strategyId, 0);
    }

    static ModelScope ofInstrument(final int instrumentId)
    {
        return new ModelScope(LimitScope.INSTRUMENT, 0, instrumentId);
    }

    static ModelScope ofVenue(final int venueId)
    {
        return new ModelScope(LimitScope.VENUE, venueId, 0);
    }

    boolean covers(final ModelLeg leg)
    {
        return switch (scope)
        {
            case LEG -> leg.strategyId == id && leg.slot.id() == instrumentId;
            case STRATEGY -> leg.strategyId == id;
            case INSTRUMENT -> leg.slot.id() == instrumentId;
            case VENUE, ACCOUNT -> leg.slot.instrument.venueId() == id;
            case NODE -> true;
            case NULL_VAL, SBE_UNKNOWN -> false;
        };
    }

    /** Whose position it is about: the strategy's own, or that of all. */
    ModelExposure exposure(final ModelLeg leg)
    {
        return scope == LimitScope.LEG || scope == LimitScope.STRATEGY ? leg : leg.slot;
    }
}
