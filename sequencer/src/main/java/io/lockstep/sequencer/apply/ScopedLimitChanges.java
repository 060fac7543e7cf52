package io.lockstep.sequencer.apply;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.risk.LimitOrigins.Origin;
import io.lockstep.core.risk.rule.ScopeKey;
import io.lockstep.core.risk.rule.ScopedLimit;
import io.lockstep.core.risk.rule.ScopedTypes;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.SetLimitEncoder;
import io.lockstep.sbe.UnsetLimitEncoder;
import io.lockstep.sequencer.config.ConfiguredInstance;
import io.lockstep.sequencer.config.ConfiguredInstrument;
import io.lockstep.sequencer.config.Limit;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.VenueContext;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Limits that are kept by scope: of the node, instruments, venues, accounts and strategies. First it is told what is wanted; behind all
 * that defines those, {@link #add} takes back what is configured no more and sets the rest.
 */
final class ScopedLimitChanges
{
    private record Place(ScopeKey key, LimitType type)
    {
    }

    private record Wanted(Decimal value, String of)
    {
    }

    private final RunningConfiguration running;
    private final InstrumentIds ids;
    private final ChangeList changes;
    private final Map<Place, Wanted> wantedByPlace = new LinkedHashMap<>();

    ScopedLimitChanges(final RunningConfiguration running, final InstrumentIds ids, final ChangeList changes)
    {
        this.running = running;
        this.ids = ids;
        this.changes = changes;
    }

    /** Of the node, instruments, venues and accounts. */
    void want(final NodeContext context, final ToIntFunction<String> venueId)
    {
        want(ScopeKey.NODE, "all", context.limits());
        for (final ConfiguredInstrument configured : context.instruments())
        {
            final String name = configured.instrument().name();
            want(ScopeKey.ofInstrument(ids.id(name)), name, configured.limits());
        }
        for (final VenueContext venue : context.venues())
        {
            final int id = venueId.applyAsInt(venue.name());
            want(ScopeKey.ofVenue(id), "venue " + venue.name(), venue.limits());
            want(ScopeKey.ofAccount(id), "account of " + venue.name(), venue.accountLimits());
        }
    }

    /**
     * Of a strategy's instance, and of it on each of its instruments.
     *
     * @param strategyId of the instance, a new one's too.
     */
    void want(final int strategyId, final ConfiguredInstance instance)
    {
        want(ScopeKey.ofStrategy(strategyId), "strategy " + instance.name(), instance.strategyLimits());
        for (final String leg : instance.legs())
        {
            want(ScopeKey.ofLeg(strategyId, ids.id(leg)), instance.name() + " on " + leg, instance.limits());
        }
    }

    private void want(final ScopeKey key, final String of, final List<Limit> limits)
    {
        limits.stream().filter((limit) -> ScopedTypes.isScoped(limit.type(), key.scope()))
            .forEach((limit) -> wantedByPlace.put(new Place(key, limit.type()), new Wanted(limit.value(), of)));
    }

    void add()
    {
        for (final ScopedLimit limit : running.scopedLimits())
        {
            if (limit.isSet(Origin.CONFIGURED) && !wantedByPlace.containsKey(new Place(limit.key(), limit.type())))
            {
                unset(limit);
            }
        }
        wantedByPlace.forEach(this::set);
    }

    private void unset(final ScopedLimit limit)
    {
        final ScopeKey key = limit.key();
        final UnsetLimitEncoder unset = new UnsetLimitEncoder();
        unset.wrapAndApplyHeader(changes.buffer(), 0, changes.header())
            .instrumentId(key.instrumentId())
            .limitType(limit.type())
            .configured(BooleanType.TRUE)
            .strategyId(strategyId(key))
            .scope(key.scope())
            .scopedId(scopedId(key))
            .user(changes.user());
        changes.add(ConfigurationChange.Kind.LIMIT, Limit.name(limit.type()) + " of " + text(key),
            limit.value(limit.inForce()).toString(), null, unset);
    }

    private void set(final Place place, final Wanted wanted)
    {
        final ScopedLimit before = running.scopedLimits().stream()
            .filter((limit) -> limit.key().equals(place.key) && limit.type() == place.type).findFirst().orElse(null);
        if (before != null && before.isEqual(Origin.CONFIGURED, wanted.value))
        {
            return;
        }
        final SetLimitEncoder set = new SetLimitEncoder();
        set.wrapAndApplyHeader(changes.buffer(), 0, changes.header())
            .instrumentId(place.key.instrumentId())
            .limitType(place.type)
            .configured(BooleanType.TRUE)
            .strategyId(strategyId(place.key))
            .scope(place.key.scope())
            .scopedId(scopedId(place.key));
        set.value().mantissa(wanted.value.mantissa()).exponent((byte)wanted.value.exponent());
        set.user(changes.user());
        changes.add(ConfigurationChange.Kind.LIMIT, Limit.name(place.type) + " of " + wanted.of,
            before == null ? null : before.value(before.inForce()).toString(), wanted.value.toString(), set);
    }

    private static int strategyId(final ScopeKey key)
    {
        return key.scope() == LimitScope.LEG ? key.scopedId() : Nulls.NULL_INSTRUMENT_ID;
    }

    private static int scopedId(final ScopeKey key)
    {
        return key.scope() == LimitScope.LEG ? Nulls.NULL_INSTRUMENT_ID : key.scopedId();
    }

    /** Of what is configured no more: by its ids. */
    private String text(final ScopeKey key)
    {
        return switch (key.scope())
        {
            case LEG -> "strategy " + key.scopedId() + " on " + ids.name(key.instrumentId());
            case STRATEGY -> "strategy " + key.scopedId();
            case INSTRUMENT -> ids.name(key.instrumentId());
            case VENUE -> "venue " + key.scopedId();
            case ACCOUNT -> "account of venue " + key.scopedId();
            case NODE, NULL_VAL, SBE_UNKNOWN -> "all";
        };
    }
}
