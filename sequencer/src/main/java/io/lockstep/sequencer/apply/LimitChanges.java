package io.lockstep.sequencer.apply;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.risk.LimitOrigins;
import io.lockstep.core.risk.LimitOrigins.Origin;
import io.lockstep.core.risk.rule.ScopedTypes;
import io.lockstep.sbe.AllocateLimitEncoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.SetLimitEncoder;
import io.lockstep.sbe.UnsetLimitEncoder;
import io.lockstep.sequencer.config.Allocation;
import io.lockstep.sequencer.config.ConfiguredInstrument;
import io.lockstep.sequencer.config.Limit;
import io.lockstep.sequencer.config.NodeContext;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Pre-trade limits: those of all instruments, then those of each. What an operator has set stays until the configured value changes.
 */
final class LimitChanges
{
    private final NodeContext context;
    private final RunningConfiguration running;
    private final InstrumentIds ids;
    private final ChangeList changes;

    LimitChanges(
        final NodeContext context, final RunningConfiguration running, final InstrumentIds ids,
        final ChangeList changes)
    {
        this.context = context;
        this.running = running;
        this.ids = ids;
        this.changes = changes;
    }

    void add()
    {
        final Set<LimitType> common = new HashSet<>();
        context.limits().forEach((limit) -> common.add(limit.type()));
        context.allocations().forEach((allocation) -> common.add(allocation.type()));
        unsetOthers(Nulls.NULL_INSTRUMENT_ID, common);
        context.limits().stream().filter((limit) -> !ScopedTypes.isScoped(limit.type(), LimitScope.NODE))
            .forEach((limit) -> set(Nulls.NULL_INSTRUMENT_ID, limit));
        context.allocations().forEach(this::allocate);
        final Map<Integer, List<Limit>> limitsById = new HashMap<>();
        context.instruments().forEach((configured) -> limitsById.put(
            ids.id(configured.instrument().name()), configured.limits()));
        for (int id = 0; id < running.instrumentCount(); id++)
        {
            final Set<LimitType> own = new HashSet<>();
            limitsById.getOrDefault(id, List.of()).forEach((limit) -> own.add(limit.type()));
            unsetOthers(id, own);
        }
        for (final ConfiguredInstrument configured : context.instruments())
        {
            final int id = ids.id(configured.instrument().name());
            configured.limits().stream()
                .filter((limit) -> !ScopedTypes.isScoped(limit.type(), LimitScope.INSTRUMENT))
                .forEach((limit) -> set(id, limit));
        }
    }

    /** What was configured and is no more. */
    private void unsetOthers(final int instrumentId, final Set<LimitType> configured)
    {
        final LimitOrigins origins = running.limitOrigins(instrumentId);
        for (final LimitType type : Limit.types())
        {
            if (origins.isSet(Origin.CONFIGURED, type) && !configured.contains(type))
            {
                final UnsetLimitEncoder unset = new UnsetLimitEncoder();
                unset.wrapAndApplyHeader(changes.buffer(), 0, changes.header())
                    .instrumentId(instrumentId)
                    .limitType(type)
                    .scope(LimitScope.NULL_VAL).scopedId(UnsetLimitEncoder.scopedIdNullValue())
                    .configured(BooleanType.TRUE)
                    .strategyId(UnsetLimitEncoder.strategyIdNullValue())
                    .user(changes.user());
                changes.add(ConfigurationChange.Kind.LIMIT, subject(instrumentId, type), value(instrumentId, type),
                    null,
                    unset);
            }
        }
    }

    private void set(final int instrumentId, final Limit limit)
    {
        if (isConfigured(instrumentId, limit.type(), limit.value()))
        {
            return;
        }
        final SetLimitEncoder set = new SetLimitEncoder();
        set.wrapAndApplyHeader(changes.buffer(), 0, changes.header())
            .instrumentId(instrumentId)
            .limitType(limit.type())
            .scope(LimitScope.NULL_VAL).scopedId(SetLimitEncoder.scopedIdNullValue())
            .configured(BooleanType.TRUE)
            .strategyId(SetLimitEncoder.strategyIdNullValue());
        set.value().mantissa(limit.value().mantissa()).exponent((byte)limit.value().exponent());
        set.user(changes.user());
        changes.add(ConfigurationChange.Kind.LIMIT, subject(instrumentId, limit.type()),
            value(instrumentId, limit.type()), limit.value().toString(), set);
    }

    /** A share is the core's to compare where the total may be another: only an equal share leaves nothing to say. */
    private void allocate(final Allocation allocation)
    {
        final AllocateLimitEncoder allocate = new AllocateLimitEncoder();
        allocate.wrapAndApplyHeader(changes.buffer(), 0, changes.header()).limitType(allocation.type());
        allocate.share().mantissa(allocation.share().mantissa()).exponent((byte)allocation.share().exponent());
        allocate.total().mantissa(allocation.total().mantissa()).exponent((byte)allocation.total().exponent());
        changes.add(ConfigurationChange.Kind.LIMIT, subject(Nulls.NULL_INSTRUMENT_ID, allocation.type()),
            value(Nulls.NULL_INSTRUMENT_ID, allocation.type()), allocation.share().toString(), allocate);
    }

    private boolean isConfigured(final int instrumentId, final LimitType type, final Decimal value)
    {
        return instrumentId < running.instrumentCount() && running.limitOrigins(instrumentId)
            .isEqual(Origin.CONFIGURED, type, value.mantissa(), value.exponent());
    }

    private String subject(final int instrumentId, final LimitType type)
    {
        return Limit.name(type) + " of " + (instrumentId == Nulls.NULL_INSTRUMENT_ID ? "all" : ids.name(instrumentId));
    }

    /** In force, whoever has set it; null for none. */
    private String value(final int instrumentId, final LimitType type)
    {
        if (instrumentId >= running.instrumentCount() || !running.limitOrigins(instrumentId).isSet(type))
        {
            return null;
        }
        final LimitOrigins origins = running.limitOrigins(instrumentId);
        return new Decimal(origins.mantissaInForce(type), origins.exponentInForce(type)).toString();
    }
}
