package io.lockstep.sequencer.apply;

import io.lockstep.codecs.Decimal;
import io.lockstep.core.risk.LimitOrigins;
import io.lockstep.core.risk.LimitOrigins.Origin;
import io.lockstep.core.risk.rule.ScopedTypes;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.SetLimitEncoder;
import io.lockstep.sbe.UnsetLimitEncoder;
import io.lockstep.sequencer.config.ConfiguredInstance;
import io.lockstep.sequencer.config.Limit;

/**
 * Limits of an instance's own, on each of its instruments.
 */
final class InstanceLimitChanges
{
    private final RunningConfiguration running;
    private final InstrumentIds ids;
    private final ChangeList changes;

    InstanceLimitChanges(final RunningConfiguration running, final InstrumentIds ids, final ChangeList changes)
    {
        this.running = running;
        this.ids = ids;
        this.changes = changes;
    }

    /**
     * @param strategyId of the instance, a new one's too.
     */
    void add(final int strategyId, final ConfiguredInstance instance)
    {
        for (final String leg : instance.legs())
        {
            final int instrumentId = ids.id(leg);
            final LimitOrigins origins = running.limitOrigins(strategyId, instrumentId);
            final LimitOrigins before = origins == null ? new LimitOrigins() : origins;
            final String of = " of " + instance.name() + " on " + leg;
            for (final LimitType type : Limit.types())
            {
                if (before.isSet(Origin.CONFIGURED, type) &&
                    instance.limits().stream().noneMatch((limit) -> limit.type() == type))
                {
                    unset(strategyId, instrumentId, type, of, before);
                }
            }
            instance.limits().stream().filter((limit) -> !ScopedTypes.isScoped(limit.type(), LimitScope.LEG))
                .filter((limit) -> !before.isEqual(
                    Origin.CONFIGURED, limit.type(), limit.value().mantissa(), limit.value().exponent()))
                .forEach((limit) -> set(strategyId, instrumentId, limit, of, before));
        }
    }

    private void unset(
        final int strategyId,
        final int instrumentId,
        final LimitType type,
        final String of,
        final LimitOrigins before)
    {
        final UnsetLimitEncoder unset = new UnsetLimitEncoder();
        unset.wrapAndApplyHeader(changes.buffer(), 0, changes.header())
            .instrumentId(instrumentId)
            .limitType(type)
            .scope(LimitScope.NULL_VAL).scopedId(UnsetLimitEncoder.scopedIdNullValue())
            .configured(BooleanType.TRUE)
            .strategyId(strategyId)
            .user(changes.user());
        changes.add(ConfigurationChange.Kind.LIMIT, Limit.name(type) + of, value(before, type), null, unset);
    }

    private void set(
        final int strategyId,
        final int instrumentId,
        final Limit limit,
        final String of,
        final LimitOrigins before)
    {
        final SetLimitEncoder set = new SetLimitEncoder();
        set.wrapAndApplyHeader(changes.buffer(), 0, changes.header())
            .instrumentId(instrumentId)
            .limitType(limit.type())
            .scope(LimitScope.NULL_VAL).scopedId(SetLimitEncoder.scopedIdNullValue())
            .configured(BooleanType.TRUE)
            .strategyId(strategyId);
        set.value().mantissa(limit.value().mantissa()).exponent((byte)limit.value().exponent());
        set.user(changes.user());
        changes.add(ConfigurationChange.Kind.LIMIT, Limit.name(limit.type()) + of, value(before, limit.type()),
            limit.value().toString(), set);
    }

    private static String value(final LimitOrigins origins, final LimitType type)
    {
        return origins.isSet(type)
            ? new Decimal(origins.mantissaInForce(type), origins.exponentInForce(type)).toString()
            : null;
    }
}
