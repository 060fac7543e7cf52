package io.lockstep.core.command;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.instance.Instances;
import io.lockstep.core.instrument.Slots;
import io.lockstep.core.risk.LimitOrigins.Origin;
import io.lockstep.core.risk.rule.ScopeKey;
import io.lockstep.core.risk.rule.ScopedLimit;
import io.lockstep.core.risk.rule.ScopedLimits;
import io.lockstep.core.venue.Venues;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;

/**
 * Limits of scopes, from configuration or an operator. What an operator has set is in force, else what is configured; another configured
 * value takes the operator's away. Setting one allocates.
 */
public final class ScopedLimitInputs
{
    private final Slots slots;
    private final Instances instances;
    private final Venues venues;
    private final ScopedLimits limits;
    private ScopeKey changedKey = ScopeKey.NODE;
    private LimitType changedType = LimitType.NULL_VAL;
    private long previousMantissa = Nulls.NULL_LONG;
    private int previousExponent;

    public ScopedLimitInputs(
        final Slots slots, final Instances instances, final Venues venues, final ScopedLimits limits)
    {
        this.slots = slots;
        this.instances = instances;
        this.venues = venues;
        this.limits = limits;
    }

    /** The scope that a command means which names none: a strategy's leg, an instrument, or the node. */
    static LimitScope scope(final LimitScope given, final int instrumentId, final int strategyId)
    {
        if (given != LimitScope.NULL_VAL && given != LimitScope.SBE_UNKNOWN)
        {
            return given;
        }
        if (strategyId != Nulls.NULL_INSTRUMENT_ID)
        {
            return LimitScope.LEG;
        }
        return instrumentId == Nulls.NULL_INSTRUMENT_ID ? LimitScope.NODE : LimitScope.INSTRUMENT;
    }

    CommandReason set(
        final Origin origin, final ScopeKey key, final LimitType type, final Decimal value, final long sequence)
    {
        final CommandReason unknown = unknown(key);
        if (unknown != CommandReason.ACCEPTED)
        {
            return unknown;
        }
        note(key, type);
        return limits.set(origin, key, type, value, sequence);
    }

    CommandReason unset(final Origin origin, final ScopeKey key, final LimitType type)
    {
        // A limit outlives the strategy that it is of.
        final CommandReason unknown = limits.find(key, type) == null ? unknown(key) : CommandReason.ACCEPTED;
        if (unknown != CommandReason.ACCEPTED)
        {
            return unknown;
        }
        note(key, type);
        return limits.unset(origin, key, type);
    }

    /** Why a scope is none that the core has, or ACCEPTED. */
    CommandReason unknown(final ScopeKey key)
    {
        return switch (key.scope())
        {
            case LEG -> isInstrument(key)
                ? slots.get(key.instrumentId()).legOf(key.scopedId()) == null
                    ? CommandReason.UNKNOWN_STRATEGY
                    : CommandReason.ACCEPTED
                : CommandReason.UNKNOWN_INSTRUMENT;
            case INSTRUMENT -> isInstrument(key) ? CommandReason.ACCEPTED : CommandReason.UNKNOWN_INSTRUMENT;
            case STRATEGY -> instances.find(key.scopedId()) == null
                ? CommandReason.UNKNOWN_STRATEGY
                : CommandReason.ACCEPTED;
            case VENUE, ACCOUNT -> key.scopedId() >= 0 && key.scopedId() < venues.count()
                ? CommandReason.ACCEPTED
                : CommandReason.UNKNOWN_VENUE;
            case NODE -> CommandReason.ACCEPTED;
            case NULL_VAL, SBE_UNKNOWN -> CommandReason.INVALID_VALUE;
        };
    }

    private boolean isInstrument(final ScopeKey key)
    {
        return key.instrumentId() >= 0 && key.instrumentId() < slots.count();
    }

    /** What a command is about to change, for whoever gave it. */
    private void note(final ScopeKey key, final LimitType type)
    {
        changedKey = key;
        changedType = type;
        previousMantissa = currentMantissa();
        previousExponent = currentExponent();
    }

    /** What was in force before the newest command, or {@link Nulls#NULL_LONG}. */
    long previousMantissa()
    {
        return previousMantissa;
    }

    int previousExponent()
    {
        return previousExponent;
    }

    /** The value in force since, or {@link Nulls#NULL_LONG} where none is. */
    long currentMantissa()
    {
        final ScopedLimit limit = limits.find(changedKey, changedType);
        return limit == null ? Nulls.NULL_LONG : limit.value(limit.inForce()).mantissa();
    }

    int currentExponent()
    {
        final ScopedLimit limit = limits.find(changedKey, changedType);
        return limit == null ? 0 : limit.value(limit.inForce()).exponent();
    }
}
