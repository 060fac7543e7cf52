package io.lockstep.core.risk.rule;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.risk.RiskSubject;
import io.lockstep.sbe.LimitScope;

/**
 * One scope: of which strategy, instrument, venue or account, or the node.
 *
 * @param scopedId     strategyId of a LEG or STRATEGY, venueId of a VENUE or ACCOUNT, else {@link #NONE}.
 * @param instrumentId of a LEG or INSTRUMENT, else {@link #NONE}.
 */
public record ScopeKey(LimitScope scope, int scopedId, int instrumentId) implements Comparable<ScopeKey>
{
    public static final int NONE = Nulls.NULL_INSTRUMENT_ID;
    public static final ScopeKey NODE = new ScopeKey(LimitScope.NODE, NONE, NONE);

    public static ScopeKey ofLeg(final int strategyId, final int instrumentId)
    {
        return new ScopeKey(LimitScope.LEG, strategyId, instrumentId);
    }

    public static ScopeKey ofStrategy(final int strategyId)
    {
        return new ScopeKey(LimitScope.STRATEGY, strategyId, NONE);
    }

    public static ScopeKey ofInstrument(final int instrumentId)
    {
        return new ScopeKey(LimitScope.INSTRUMENT, NONE, instrumentId);
    }

    public static ScopeKey ofVenue(final int venueId)
    {
        return new ScopeKey(LimitScope.VENUE, venueId, NONE);
    }

    public static ScopeKey ofAccount(final int venueId)
    {
        return new ScopeKey(LimitScope.ACCOUNT, venueId, NONE);
    }

    /** Whether what the leg does is within the scope. */
    public boolean covers(final RiskSubject leg)
    {
        return switch (scope)
        {
            case LEG -> leg.strategyId() == scopedId && leg.risk().instrument().id() == instrumentId;
            case STRATEGY -> leg.strategyId() == scopedId;
            case INSTRUMENT -> leg.risk().instrument().id() == instrumentId;
            case VENUE, ACCOUNT -> leg.risk().venueId() == scopedId;
            case NODE -> true;
            case NULL_VAL, SBE_UNKNOWN -> false;
        };
    }

    /** From the narrowest scope on. */
    private int rank()
    {
        return switch (scope)
        {
            case LEG -> 0;
            case STRATEGY -> 1;
            case INSTRUMENT -> 2;
            case VENUE -> 3;
            case ACCOUNT -> 4;
            case NODE, NULL_VAL, SBE_UNKNOWN -> 5;
        };
    }

    @Override
    public int compareTo(final ScopeKey other)
    {
        final int byRank = Integer.compare(rank(), other.rank());
        final int byId = byRank != 0 ? byRank : Integer.compare(scopedId, other.scopedId);
        return byId != 0 ? byId : Integer.compare(instrumentId, other.instrumentId);
    }
}
