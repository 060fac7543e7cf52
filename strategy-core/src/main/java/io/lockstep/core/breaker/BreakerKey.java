package io.lockstep.core.breaker;

import io.lockstep.core.instance.Leg;
import io.lockstep.sbe.BreakerCause;
import io.lockstep.sbe.LimitScope;

import java.util.Comparator;

/**
 * What a circuit breaker goes by.
 *
 * @param scopedId of the strategy's instance, instrument or venue; 0 of the node.
 */
public record BreakerKey(LimitScope scope, BreakerCause cause, int scopedId) implements Comparable<BreakerKey>
{
    private static final Comparator<BreakerKey> ORDER = Comparator.comparing((BreakerKey key) -> key.scope.value())
        .thenComparing(BreakerKey::scopedId).thenComparing((key) -> key.cause.value());

    /** Whether there can be one: venues and the node alone have disconnects. */
    public boolean isValid()
    {
        return switch (scope)
        {
            case STRATEGY, INSTRUMENT -> hasCause() && scopedId >= 0 && cause != BreakerCause.DISCONNECTS;
            case VENUE -> hasCause() && scopedId >= 0;
            case NODE -> hasCause() && scopedId == 0;
            case LEG, ACCOUNT, NULL_VAL, SBE_UNKNOWN -> false;
        };
    }

    private boolean hasCause()
    {
        return cause != BreakerCause.NULL_VAL && cause != BreakerCause.SBE_UNKNOWN;
    }

    /** Whether what the leg does is within the scope. */
    boolean covers(final Leg leg)
    {
        return switch (scope)
        {
            case STRATEGY -> leg.strategyId() == scopedId;
            case INSTRUMENT -> leg.slot().id() == scopedId;
            case VENUE -> leg.slot().venue().id() == scopedId;
            case NODE -> true;
            case LEG, ACCOUNT, NULL_VAL, SBE_UNKNOWN -> false;
        };
    }

    /** Whether what happens to the venue is within the scope. */
    boolean coversVenue(final int venueId)
    {
        return scope == LimitScope.NODE || scope == LimitScope.VENUE && scopedId == venueId;
    }

    @Override
    public int compareTo(final BreakerKey other)
    {
        return ORDER.compare(this, other);
    }
}
