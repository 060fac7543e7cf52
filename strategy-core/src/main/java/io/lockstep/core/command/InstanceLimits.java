package io.lockstep.core.command;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instrument.Slots;
import io.lockstep.core.risk.ExposureLimits;
import io.lockstep.core.risk.LimitOrigins.Origin;
import io.lockstep.core.risk.LimitOrigins;
import io.lockstep.core.risk.RiskLimits;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.LimitType;

/**
 * Limits of a strategy's instance on one of its instruments, from configuration or an operator: they bind beside those of the
 * instrument. What an operator has set is in force, else what is configured; another configured value takes the operator's away.
 * Only what is about orders and exposure can be set so. Setting one allocates.
 */
final class InstanceLimits
{
    private final Slots slots;

    InstanceLimits(final Slots slots)
    {
        this.slots = slots;
    }

    CommandReason set(
        final Origin origin,
        final int instrumentId,
        final int strategyId,
        final LimitType type,
        final long mantissa,
        final int exponent,
        final long sequence)
    {
        final CommandReason unknown = unknown(instrumentId, strategyId, type);
        if (unknown != CommandReason.ACCEPTED)
        {
            return unknown;
        }
        if (!slots.get(instrumentId).risk().limits().fits(type, mantissa, exponent))
        {
            return CommandReason.INVALID_VALUE;
        }
        final Leg leg = leg(instrumentId, strategyId);
        if (origin == Origin.CONFIGURED && leg.isLimited() &&
            leg.limits().origins().isEqual(origin, type, mantissa, exponent))
        {
            return CommandReason.NO_CHANGE;
        }
        slots.touch(instrumentId);
        leg.beLimited();
        final LimitOrigins origins = leg.limits().origins();
        origins.set(origin, type, mantissa, exponent, sequence);
        if (origin == Origin.CONFIGURED)
        {
            origins.unset(Origin.OPERATOR, type);
        }
        apply(leg.limits(), type);
        return CommandReason.ACCEPTED;
    }

    CommandReason unset(final Origin origin, final int instrumentId, final int strategyId, final LimitType type)
    {
        final CommandReason unknown = unknown(instrumentId, strategyId, type);
        if (unknown != CommandReason.ACCEPTED)
        {
            return unknown;
        }
        final Leg leg = leg(instrumentId, strategyId);
        if (!leg.isLimited() || !leg.limits().origins().isSet(origin, type))
        {
            return CommandReason.NO_CHANGE;
        }
        slots.touch(instrumentId);
        leg.limits().origins().unset(origin, type);
        apply(leg.limits(), type);
        return CommandReason.ACCEPTED;
    }

    private CommandReason unknown(final int instrumentId, final int strategyId, final LimitType type)
    {
        if (instrumentId == Nulls.NULL_INSTRUMENT_ID || instrumentId < 0 || instrumentId >= slots.count())
        {
            return CommandReason.UNKNOWN_INSTRUMENT;
        }
        if (leg(instrumentId, strategyId) == null)
        {
            return CommandReason.UNKNOWN_STRATEGY;
        }
        return RiskLimits.TYPES.contains(type) && ExposureLimits.isAboutExposure(type)
            ? CommandReason.ACCEPTED
            : CommandReason.INVALID_VALUE;
    }

    private Leg leg(final int instrumentId, final int strategyId)
    {
        return slots.get(instrumentId).legOf(strategyId);
    }

    /** Of the limits that the instance has on the instrument; null when it has none, or there is no such leg. To be read. */
    LimitOrigins origins(final int instrumentId, final int strategyId)
    {
        final boolean isKnown = instrumentId >= 0 && instrumentId < slots.count();
        final Leg leg = isKnown ? leg(instrumentId, strategyId) : null;
        return leg != null && leg.isLimited() ? leg.limits().origins() : null;
    }

    private static void apply(final ExposureLimits limits, final LimitType type)
    {
        final LimitOrigins origins = limits.origins();
        if (origins.isSet(type))
        {
            limits.limit(type, origins.mantissaInForce(type), origins.exponentInForce(type));
        }
        else
        {
            limits.unlimit(type);
        }
    }
}
