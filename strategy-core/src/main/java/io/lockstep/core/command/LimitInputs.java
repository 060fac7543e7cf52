package io.lockstep.core.command;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.decision.DecisionWriter;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.instrument.Slots;
import io.lockstep.core.risk.CommonLimits;
import io.lockstep.core.risk.LimitOrigins.Origin;
import io.lockstep.core.risk.LimitOrigins;
import io.lockstep.core.risk.RiskLimits;
import io.lockstep.core.risk.TotalLimits;
import io.lockstep.core.risk.rule.ScopeKey;
import io.lockstep.core.risk.rule.ScopedTypes;
import io.lockstep.sbe.AllocateLimitDecoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.SetLimitDecoder;
import io.lockstep.sbe.UnsetLimitDecoder;
import org.agrona.DirectBuffer;

/**
 * Limits from configuration or an operator: of one instrument, of each, of all together, of a strategy's instance, or of another scope. What cannot be a limit is refused and
 * changes nothing.
 * <p>
 * Of what was set for an instrument the first of these is in force: what an operator has set for it, what he has set for all,
 * what is configured for it, what is configured for all. An operator's limit for all takes the place of those that he has set for
 * single ones. A configured value that is the same as the last one changes nothing; another takes the operator's away.
 */
public final class LimitInputs
{
    private final Slots slots;
    private final InstanceLimits instanceLimits;
    private final CommonLimits commonLimits;
    private final LimitOrigins commonOrigins;
    private final TotalLimits totalLimits;
    private final ScopedLimitInputs scopedLimits;
    private final DecisionWriter decisions;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SetLimitDecoder setLimit = new SetLimitDecoder();
    private final UnsetLimitDecoder unsetLimit = new UnsetLimitDecoder();
    private final AllocateLimitDecoder allocateLimit = new AllocateLimitDecoder();
    private final MutableInt128 share = new MutableInt128();
    private final MutableInt128 total = new MutableInt128();
    private boolean isOfScope;
    private LimitType changedType = LimitType.NULL_VAL;
    private int changedInstrumentId;
    private int changedStrategyId;
    private long previousMantissa;
    private int previousExponent;

    public LimitInputs(
        final Slots slots,
        final CommonLimits commonLimits,
        final LimitOrigins commonOrigins,
        final TotalLimits totalLimits,
        final ScopedLimitInputs scopedLimits,
        final DecisionWriter decisions)
    {
        this.slots = slots;
        instanceLimits = new InstanceLimits(slots);
        this.commonLimits = commonLimits;
        this.commonOrigins = commonOrigins;
        this.totalLimits = totalLimits;
        this.scopedLimits = scopedLimits;
        this.decisions = decisions;
    }

    /**
     * An incarnation begins. Limits of which nothing is known are of a version that kept no record of who set them: they come again
     * with the configuration, behind this.
     */
    public void onNodeStarted()
    {
        if (commonOrigins.isEmpty() && isWithoutOrigins())
        {
            for (final LimitType type : RiskLimits.TYPES)
            {
                commonLimits.unset(type);
                for (int id = 0; id < slots.count(); id++)
                {
                    if (slots.get(id).risk().limits().isSet(type))
                    {
                        slots.touch(id).risk().unlimit(type);
                    }
                }
            }
            TotalLimits.TYPES.forEach(totalLimits::unsetAll);
        }
    }

    private boolean isWithoutOrigins()
    {
        for (int id = 0; id < slots.count(); id++)
        {
            if (!slots.get(id).risk().origins().isEmpty())
            {
                return false;
            }
        }
        return true;
    }

    /**
     * @param sender   whom the limit counts as set by, unless the input is marked as coming from a configuration.
     * @param sequence of the input.
     */
    public void onSetLimit(final DirectBuffer buffer, final int offset, final Origin sender, final long sequence)
    {
        setLimit.wrapAndApplyHeader(buffer, offset, header);
        final int instrumentId = setLimit.instrumentId();
        final int strategyId = setLimit.strategyId();
        final LimitScope scope = ScopedLimitInputs.scope(setLimit.scope(), instrumentId, strategyId);
        final Origin origin = origin(sender, setLimit.configured());
        final LimitType type = setLimit.limitType();
        final long mantissa = setLimit.value().mantissa();
        final int exponent = setLimit.value().exponent();
        final CommandReason reason;
        if (ScopedTypes.isScoped(type, scope))
        {
            reason = ofScope(scopedLimits.set(origin, key(scope, setLimit.scopedId(), instrumentId, strategyId), type,
                new Decimal(mantissa, exponent), sequence));
        }
        else
        {
            reason = switch (scope)
            {
                case LEG -> setOfInstance(
                    origin, instrumentId, strategyId, type, mantissa, exponent, sequence);
                case INSTRUMENT -> set(origin, instrumentId, type, mantissa, exponent, sequence);
                case NODE -> set(origin, Nulls.NULL_INSTRUMENT_ID, type, mantissa, exponent, sequence);
                case STRATEGY, VENUE, ACCOUNT, NULL_VAL, SBE_UNKNOWN -> CommandReason.INVALID_VALUE;
            };
        }
        decisions.commandResult(reason, SetLimitDecoder.TEMPLATE_ID, instrumentId);
    }

    private static ScopeKey key(
        final LimitScope scope, final int scopedId, final int instrumentId, final int strategyId)
    {
        return switch (scope)
        {
            case LEG -> ScopeKey.ofLeg(strategyId, instrumentId);
            case INSTRUMENT -> ScopeKey.ofInstrument(instrumentId);
            case STRATEGY, VENUE, ACCOUNT -> new ScopeKey(scope, scopedId, ScopeKey.NONE);
            case NODE, NULL_VAL, SBE_UNKNOWN -> ScopeKey.NODE;
        };
    }

    private CommandReason ofScope(final CommandReason reason)
    {
        isOfScope = true;
        return reason;
    }

    private CommandReason setOfInstance(
        final Origin origin,
        final int instrumentId,
        final int strategyId,
        final LimitType type,
        final long mantissa,
        final int exponent,
        final long sequence)
    {
        noteOfInstance(instrumentId, strategyId, type);
        return ofInstance(instanceLimits.set(origin, instrumentId, strategyId, type, mantissa, exponent, sequence));
    }

    private CommandReason unsetOfInstance(
        final Origin origin, final int instrumentId, final int strategyId, final LimitType type)
    {
        noteOfInstance(instrumentId, strategyId, type);
        return ofInstance(instanceLimits.unset(origin, instrumentId, strategyId, type));
    }

    private CommandReason ofInstance(final CommandReason reason)
    {
        isOfScope = false;
        return reason;
    }

    /** As {@link #onSetLimit}. */
    public void onUnsetLimit(final DirectBuffer buffer, final int offset, final Origin sender)
    {
        unsetLimit.wrapAndApplyHeader(buffer, offset, header);
        final int instrumentId = unsetLimit.instrumentId();
        final int strategyId = unsetLimit.strategyId();
        final LimitScope scope = ScopedLimitInputs.scope(unsetLimit.scope(), instrumentId, strategyId);
        final Origin origin = origin(sender, unsetLimit.configured());
        final LimitType type = unsetLimit.limitType();
        final CommandReason reason;
        if (ScopedTypes.isScoped(type, scope))
        {
            reason = ofScope(scopedLimits.unset(
                origin, key(scope, unsetLimit.scopedId(), instrumentId, strategyId), type));
        }
        else
        {
            reason = switch (scope)
            {
                case LEG -> unsetOfInstance(origin, instrumentId, strategyId, type);
                case INSTRUMENT -> unset(origin, instrumentId, type);
                case NODE -> unset(origin, Nulls.NULL_INSTRUMENT_ID, type);
                case STRATEGY, VENUE, ACCOUNT, NULL_VAL, SBE_UNKNOWN -> CommandReason.INVALID_VALUE;
            };
        }
        decisions.commandResult(reason, UnsetLimitDecoder.TEMPLATE_ID, instrumentId);
    }

    /** An operator who applies a configuration to a running node sends what the node itself would send at its next start. */
    private static Origin origin(final Origin sender, final BooleanType configured)
    {
        return configured == BooleanType.TRUE ? Origin.CONFIGURED : sender;
    }

    private boolean isUnknown(final int instrumentId)
    {
        return instrumentId != Nulls.NULL_INSTRUMENT_ID && (instrumentId < 0 || instrumentId >= slots.count());
    }

    /** The origins of an instrument's limits, to be read; the id must be a known one, or null for the limits of all. */
    public LimitOrigins origins(final int instrumentId)
    {
        return instrumentId == Nulls.NULL_INSTRUMENT_ID ? commonOrigins : slots.get(instrumentId).risk().origins();
    }

    private CommandReason set(
        final Origin origin,
        final int instrumentId,
        final LimitType type,
        final long mantissa,
        final int exponent,
        final long sequence)
    {
        final boolean all = instrumentId == Nulls.NULL_INSTRUMENT_ID;
        if (isUnknown(instrumentId))
        {
            return CommandReason.UNKNOWN_INSTRUMENT;
        }
        if (isKeptElsewhere(type) || !RiskLimits.isValid(type, mantissa, exponent) || TotalLimits.isTotal(type) && !all)
        {
            return CommandReason.INVALID_VALUE;
        }
        note(instrumentId, type);
        if (origin == Origin.CONFIGURED && origins(instrumentId).isEqual(origin, type, mantissa, exponent))
        {
            return CommandReason.NO_CHANGE;
        }
        if (TotalLimits.isTotal(type)
            ? !setTotal(type, mantissa, exponent)
            : !fits(instrumentId, type, mantissa, exponent))
        {
            return CommandReason.INVALID_VALUE;
        }
        touch(instrumentId);
        origins(instrumentId).set(origin, type, mantissa, exponent, sequence);
        if (origin == Origin.CONFIGURED)
        {
            origins(instrumentId).unset(Origin.OPERATOR, type);
        }
        else if (all)
        {
            replaceOperators(type);
        }
        apply(instrumentId, type);
        return CommandReason.ACCEPTED;
    }

    private static boolean isKeptElsewhere(final LimitType type)
    {
        return !RiskLimits.TYPES.contains(type) && !TotalLimits.isTotal(type);
    }

    private boolean fits(final int instrumentId, final LimitType type, final long mantissa, final int exponent)
    {
        final boolean all = instrumentId == Nulls.NULL_INSTRUMENT_ID;
        for (int id = all ? 0 : instrumentId; id < (all ? slots.count() : instrumentId + 1); id++)
        {
            if (!slots.get(id).risk().limits().fits(type, mantissa, exponent))
            {
                return false;
            }
        }
        return true;
    }

    private void touch(final int instrumentId)
    {
        if (instrumentId != Nulls.NULL_INSTRUMENT_ID)
        {
            slots.touch(instrumentId);
        }
    }

    private void replaceOperators(final LimitType type)
    {
        for (int id = 0; id < slots.count(); id++)
        {
            if (slots.get(id).risk().origins().isSet(Origin.OPERATOR, type))
            {
                slots.touch(id).risk().origins().unset(Origin.OPERATOR, type);
            }
        }
    }

    private CommandReason unset(final Origin origin, final int instrumentId, final LimitType type)
    {
        if (isUnknown(instrumentId))
        {
            return CommandReason.UNKNOWN_INSTRUMENT;
        }
        if (isKeptElsewhere(type))
        {
            return CommandReason.INVALID_VALUE;
        }
        note(instrumentId, type);
        if (!origins(instrumentId).isSet(origin, type))
        {
            return CommandReason.NO_CHANGE;
        }
        touch(instrumentId);
        origins(instrumentId).unset(origin, type);
        if (TotalLimits.isTotal(type))
        {
            returnTotal(origin, type);
        }
        apply(instrumentId, type);
        return CommandReason.ACCEPTED;
    }

    /** To what is left of operator and configuration, which was in force before and so is a limit that can be set. */
    private void returnTotal(final Origin origin, final LimitType type)
    {
        if (commonOrigins.isSet(type))
        {
            setTotal(type, commonOrigins.mantissaInForce(type), commonOrigins.exponentInForce(type));
        }
        else if (origin == Origin.CONFIGURED)
        {
            totalLimits.unsetAll(type);
        }
        else
        {
            totalLimits.unset(type);
        }
    }

    /** Puts in force the limit that counts among those of its origins. */
    private void apply(final int instrumentId, final LimitType type)
    {
        if (TotalLimits.isTotal(type))
        {
            return;
        }
        if (instrumentId != Nulls.NULL_INSTRUMENT_ID)
        {
            applyTo(instrumentId, type);
            return;
        }
        if (commonOrigins.isSet(type))
        {
            commonLimits.set(type, commonOrigins.mantissaInForce(type), commonOrigins.exponentInForce(type));
        }
        else
        {
            commonLimits.unset(type);
        }
        for (int id = 0; id < slots.count(); id++)
        {
            applyTo(id, type);
        }
    }

    private void applyTo(final int id, final LimitType type)
    {
        final InstrumentSlot slot = slots.touch(id);
        final LimitOrigins origins = deciding(id, type);
        if (origins.isSet(type))
        {
            slot.risk().limit(type, origins.mantissaInForce(type), origins.exponentInForce(type));
        }
        else
        {
            slot.risk().unlimit(type);
        }
    }

    private boolean setTotal(final LimitType type, final long mantissa, final int exponent)
    {
        if (type == LimitType.MAX_TOTAL_NOTIONAL && !isOneCurrency() || !totalLimits.set(type, mantissa, exponent))
        {
            return false;
        }
        if (type == LimitType.MAX_TOTAL_NOTIONAL)
        {
            // Nothing was counted while there was no limit.
            for (int id = 0; id < slots.count(); id++)
            {
                slots.get(id).risk().reckon();
            }
        }
        return true;
    }

    private boolean isOneCurrency()
    {
        for (int id = 1; id < slots.count(); id++)
        {
            if (!slots.get(id).instrument().quoteCurrency().equals(slots.get(0).instrument().quoteCurrency()))
            {
                return false;
            }
        }
        return true;
    }

    /** As {@link #onSetLimit}; the node's own. */
    public void onAllocateLimit(final DirectBuffer buffer, final int offset, final long sequence)
    {
        allocateLimit.wrapAndApplyHeader(buffer, offset, header);
        decisions.commandResult(
            allocate(allocateLimit.limitType(), allocateLimit.share().mantissa(), allocateLimit.share().exponent(),
                allocateLimit.total().mantissa(), allocateLimit.total().exponent(), sequence),
            AllocateLimitDecoder.TEMPLATE_ID, Nulls.NULL_INSTRUMENT_ID);
    }

    private CommandReason allocate(
        final LimitType type,
        final long shareMantissa,
        final int shareExponent,
        final long totalMantissa,
        final int totalExponent,
        final long sequence)
    {
        if (!TotalLimits.fits(type, totalMantissa, totalExponent, total) ||
            !TotalLimits.fits(type, shareMantissa, shareExponent, share) ||
            TotalLimits.units(type, shareMantissa, shareExponent, share)
                .compareTo(TotalLimits.units(type, totalMantissa, totalExponent, total)) > 0)
        {
            return CommandReason.INVALID_VALUE;
        }
        if (type == LimitType.MAX_TOTAL_NOTIONAL && !isOneCurrency())
        {
            return CommandReason.INVALID_VALUE;
        }
        if (commonOrigins.isEqual(Origin.CONFIGURED, type, shareMantissa, shareExponent) &&
            totalLimits.isTotalSet(type) && totalLimits.total(type).compareTo(total) == 0)
        {
            return CommandReason.NO_CHANGE;
        }
        totalLimits.total(type, totalMantissa, totalExponent);
        setTotal(type, shareMantissa, shareExponent);
        commonOrigins.set(Origin.CONFIGURED, type, shareMantissa, shareExponent, sequence);
        commonOrigins.unset(Origin.OPERATOR, type);
        return CommandReason.ACCEPTED;
    }

    /** What a command is about to change, for whoever gave it. */
    private void note(final int instrumentId, final LimitType type)
    {
        isOfScope = false;
        changedType = type;
        changedInstrumentId = instrumentId;
        changedStrategyId = SetLimitDecoder.strategyIdNullValue();
        previousMantissa = mantissaInForce(instrumentId, type);
        previousExponent = exponentInForce(instrumentId, type);
    }

    /** An instance's own limit: what binds beside it is not told. */
    private void noteOfInstance(final int instrumentId, final int strategyId, final LimitType type)
    {
        final boolean isOne = type != LimitType.NULL_VAL && type != LimitType.SBE_UNKNOWN;
        changedType = isOne ? type : LimitType.NULL_VAL;
        changedInstrumentId = instrumentId;
        changedStrategyId = strategyId;
        previousMantissa = currentMantissa();
        previousExponent = currentExponent();
    }

    private LimitOrigins deciding(final int instrumentId, final LimitType type)
    {
        final LimitOrigins own = origins(instrumentId);
        return own.isSet(Origin.OPERATOR, type) || !commonOrigins.isSet(Origin.OPERATOR, type) && own.isSet(type)
            ? own
            : commonOrigins;
    }

    /** The limit in force, as it was set; {@link Nulls#NULL_LONG} where nothing binds. */
    public long mantissaInForce(final int instrumentId, final LimitType type)
    {
        return deciding(instrumentId, type).mantissaInForce(type);
    }

    public int exponentInForce(final int instrumentId, final LimitType type)
    {
        return deciding(instrumentId, type).exponentInForce(type);
    }

    /** What was in force before the newest command about a limit, or {@link Nulls#NULL_LONG}. */
    public long previousMantissa()
    {
        return isOfScope ? scopedLimits.previousMantissa() : previousMantissa;
    }

    public int previousExponent()
    {
        return isOfScope ? scopedLimits.previousExponent() : previousExponent;
    }

    /** The value in force since the newest command about a limit, or {@link Nulls#NULL_LONG} where none is. */
    public long currentMantissa()
    {
        if (isOfScope)
        {
            return scopedLimits.currentMantissa();
        }
        final LimitOrigins changed = changed();
        return changed == null ? Nulls.NULL_LONG : changed.mantissaInForce(changedType);
    }

    public int currentExponent()
    {
        if (isOfScope)
        {
            return scopedLimits.currentExponent();
        }
        final LimitOrigins changed = changed();
        return changed == null ? 0 : changed.exponentInForce(changedType);
    }

    /** Null where there are none. */
    private LimitOrigins changed()
    {
        if (changedType == LimitType.NULL_VAL)
        {
            return null;
        }
        return changedStrategyId == SetLimitDecoder.strategyIdNullValue()
            ? deciding(changedInstrumentId, changedType)
            : instanceLimits.origins(changedInstrumentId, changedStrategyId);
    }
}
