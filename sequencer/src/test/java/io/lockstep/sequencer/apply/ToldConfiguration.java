package io.lockstep.sequencer.apply;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.breaker.Breaker;
import io.lockstep.core.breaker.BreakerKey;
import io.lockstep.core.breaker.BreakerTerms;
import io.lockstep.core.breaker.Breakers;
import io.lockstep.core.risk.LimitOrigins;
import io.lockstep.core.risk.LimitOrigins.Origin;
import io.lockstep.core.risk.rule.ScopeKey;
import io.lockstep.core.risk.rule.ScopedLimit;
import io.lockstep.core.risk.rule.ScopedLimits;
import io.lockstep.sbe.AccountType;
import io.lockstep.sbe.AllocateStrategyDecoder;
import io.lockstep.sbe.AssignCalendarDecoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.BreakerDefinitionDecoder;
import io.lockstep.sbe.CalendarDefinitionDecoder;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.InstrumentDefinitionDecoder;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.PositionMode;
import io.lockstep.sbe.RateDefinitionDecoder;
import io.lockstep.sbe.SetLimitDecoder;
import io.lockstep.sbe.SourceDefinitionDecoder;
import io.lockstep.sbe.StrategyDefinitionDecoder;
import io.lockstep.sbe.UnassignStrategyDecoder;
import io.lockstep.sbe.UnsetLimitDecoder;
import io.lockstep.sbe.VenueDefinitionDecoder;
import io.lockstep.sequencer.config.AccountContext;
import io.lockstep.sequencer.config.CalendarSessions;
import io.lockstep.sequencer.config.RateContext;
import io.lockstep.sequencer.config.VenueContext;
import org.agrona.DirectBuffer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What has been told, kept by decoding the inputs as a core would: the naive reference of one.
 */
final class ToldConfiguration implements RunningConfiguration
{
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final List<Instrument> instruments = new ArrayList<>();
    private final Map<Integer, LimitOrigins> originsById = new HashMap<>();
    private final ScopedLimits scopedLimits = new ScopedLimits();
    private final Map<String, LimitOrigins> originsByLeg = new HashMap<>();
    private final List<RunningVenue> venues = new ArrayList<>(List.of(new RunningVenue(0, null)));
    private final List<RunningCalendar> calendars = new ArrayList<>();
    private final Map<Integer, Integer> calendarIdById = new HashMap<>();
    private final List<RunningSource> sources = new ArrayList<>();
    private final List<RateContext> rates = new ArrayList<>();
    private final Breakers breakers = new Breakers(null, null);
    private final Map<Integer, RunningInstance> instanceById = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>();
    private int nextStrategyId = 1;

    @Override
    public int instrumentCount()
    {
        return instruments.size();
    }

    @Override
    public Instrument instrument(final int instrumentId)
    {
        return instruments.get(instrumentId);
    }

    @Override
    public LimitOrigins limitOrigins(final int instrumentId)
    {
        return originsById.computeIfAbsent(instrumentId, (id) -> new LimitOrigins());
    }

    @Override
    public LimitOrigins limitOrigins(final int strategyId, final int instrumentId)
    {
        return originsByLeg.get(strategyId + "/" + instrumentId);
    }

    @Override
    public List<ScopedLimit> scopedLimits()
    {
        return scopedLimits.all();
    }

    @Override
    public List<RunningVenue> venues()
    {
        return venues;
    }

    @Override
    public List<RunningCalendar> calendars()
    {
        return calendars;
    }

    @Override
    public int calendarOf(final int instrumentId)
    {
        return calendarIdById.getOrDefault(instrumentId, 0);
    }

    @Override
    public List<RunningSource> sources()
    {
        return sources;
    }

    @Override
    public List<RateContext> rates()
    {
        return rates;
    }

    @Override
    public List<Breaker> breakers()
    {
        return IntStream.range(0, breakers.table().count()).mapToObj(breakers.table()::get).toList();
    }

    @Override
    public List<RunningInstance> instances()
    {
        return List.copyOf(instanceById.values());
    }

    @Override
    public int nextStrategyId()
    {
        return nextStrategyId;
    }

    /** A line for each message taken. */
    List<String> lines()
    {
        return lines;
    }

    /** As a core that has no position: what is taken out is gone at once. */
    ToldConfiguration take(final List<ConfigurationChange> changes)
    {
        lines.clear();
        changes.forEach((change) -> take(change.message()));
        return this;
    }

    /** It waits to be taken out. */
    void close(final int strategyId)
    {
        final RunningInstance open = instanceById.get(strategyId);
        instanceById.put(strategyId, new RunningInstance(open.id(), open.name(), open.strategy(), open.legs(),
            open.parameters(), open.codeHash(), open.keepOrders(), open.weight(), open.capital(), true));
    }

    private void take(final DirectBuffer message)
    {
        header.wrap(message, 0);
        switch (header.templateId())
        {
            case VenueDefinitionDecoder.TEMPLATE_ID -> venue(message);
            case SourceDefinitionDecoder.TEMPLATE_ID -> source(message);
            case InstrumentDefinitionDecoder.TEMPLATE_ID -> instrument(message);
            case RateDefinitionDecoder.TEMPLATE_ID -> rate(message);
            case CalendarDefinitionDecoder.TEMPLATE_ID -> calendar(message);
            case BreakerDefinitionDecoder.TEMPLATE_ID -> breaker(message);
            case AssignCalendarDecoder.TEMPLATE_ID -> assignCalendar(message);
            case SetLimitDecoder.TEMPLATE_ID -> setLimit(message);
            case UnsetLimitDecoder.TEMPLATE_ID -> unsetLimit(message);
            case StrategyDefinitionDecoder.TEMPLATE_ID -> strategy(message);
            case UnassignStrategyDecoder.TEMPLATE_ID -> unassign(message);
            case AllocateStrategyDecoder.TEMPLATE_ID -> allocate(message);
            default -> throw new IllegalArgumentException("template=" + header.templateId());
        }
    }

    private void venue(final DirectBuffer message)
    {
        final VenueDefinitionDecoder venue = new VenueDefinitionDecoder().wrapAndApplyHeader(message, 0, header);
        final int id = venue.venueId();
        final int source = venue.orderSourceId();
        final int egress = venue.egressRequests();
        final long doubt = venue.inDoubtAfterNs();
        final AccountType type = venue.accountType();
        final PositionMode mode = venue.positionMode();
        final boolean halts = venue.haltOnDifference() == BooleanType.TRUE;
        final Decimal balance = new Decimal(venue.balanceTolerance().mantissa(), venue.balanceTolerance().exponent());
        final long lots = venue.positionToleranceLots();
        final VenueContext context = new VenueContext(
            venue.name(), source, egress, doubt, new AccountContext(venue.account(), type, mode, halts, balance, lots),
            null);
        if (id == venues.size())
        {
            venues.add(null);
        }
        venues.set(id, new RunningVenue(id, context));
        lines.add("venue " + id + " " + context);
    }

    private void source(final DirectBuffer message)
    {
        final SourceDefinitionDecoder source = new SourceDefinitionDecoder().wrapAndApplyHeader(message, 0, header);
        final int id = source.definedSourceId();
        final int last = source.lastSourceId() == SourceDefinitionDecoder.lastSourceIdNullValue()
            ? id
            : source.lastSourceId();
        final int venue = source.venueId() == SourceDefinitionDecoder.venueIdNullValue()
            ? RunningSource.NO_VENUE
            : source.venueId();
        sources.removeIf((known) -> known.id() == id);
        sources.add(new RunningSource(id, last, source.role(), venue));
        lines.add("source " + id + ".." + last + " " + source.role() + " " + venue + " " + source.name());
    }

    private void instrument(final DirectBuffer message)
    {
        final Instrument instrument = Instrument.decode(
            new InstrumentDefinitionDecoder().wrapAndApplyHeader(message, 0, header));
        if (instrument.id() == instruments.size())
        {
            instruments.add(instrument);
        }
        instruments.set(instrument.id(), instrument);
        lines.add("instrument " + instrument.id() + " " + instrument.name() + " at " +
            instrument.settings().orderVenueId());
    }

    private void rate(final DirectBuffer message)
    {
        final RateDefinitionDecoder rate = new RateDefinitionDecoder().wrapAndApplyHeader(message, 0, header);
        final int id = rate.instrumentId();
        final boolean isRemoved = id == RateDefinitionDecoder.instrumentIdNullValue();
        final RateContext context = new RateContext(
            rate.asset(), rate.currency(), isRemoved ? "" : instruments.get(id).name(), rate.maxAgeNs());
        rates.removeIf((known) -> known.pair().equals(context.pair()));
        if (!isRemoved)
        {
            rates.add(context);
        }
        lines.add("rate " + context.pair() + (isRemoved
            ? " gone"
            : " by " + context.instrument() + " within " +
                context.ageMaxNs()));
    }

    private void breaker(final DirectBuffer message)
    {
        final BreakerDefinitionDecoder definition = new BreakerDefinitionDecoder()
            .wrapAndApplyHeader(message, 0, header);
        final BreakerKey key = new BreakerKey(definition.scope(), definition.cause(), definition.scopedId());
        if (definition.present() == BooleanType.TRUE)
        {
            final BreakerTerms terms = BreakerTerms.decode(definition);
            assertThat(breakers.define(key, terms)).isEqualTo(CommandReason.ACCEPTED);
            lines.add("breaker " + key.scope() + " " + key.scopedId() + " " + key.cause() + " " + terms);
        }
        else
        {
            assertThat(breakers.remove(key)).isEqualTo(CommandReason.ACCEPTED);
            lines.add("no breaker " + key.scope() + " " + key.scopedId() + " " + key.cause());
        }
    }

    private void calendar(final DirectBuffer message)
    {
        final CalendarDefinitionDecoder definition = new CalendarDefinitionDecoder()
            .wrapAndApplyHeader(message, 0, header);
        final int id = definition.calendarId();
        final List<CalendarSessions.Times> sessions = new ArrayList<>();
        for (final CalendarDefinitionDecoder.SessionsDecoder session : definition.sessions())
        {
            sessions.add(new CalendarSessions.Times(session.openNs(), session.closeNs(), session.tradingDay()));
        }
        final RunningCalendar calendar = new RunningCalendar(id, definition.name(), definition.timeZone(), sessions);
        if (id > calendars.size())
        {
            calendars.add(null);
        }
        calendars.set(id - 1, calendar);
        lines.add("calendar " + id + " " + calendar.name() + " " + sessions.size());
    }

    private void assignCalendar(final DirectBuffer message)
    {
        final AssignCalendarDecoder assignment = new AssignCalendarDecoder().wrapAndApplyHeader(message, 0, header);
        calendarIdById.put(assignment.instrumentId(), assignment.calendarId());
        lines.add("calendar of " + assignment.instrumentId() + " " + assignment.calendarId());
    }

    private void setLimit(final DirectBuffer message)
    {
        final SetLimitDecoder limit = new SetLimitDecoder().wrapAndApplyHeader(message, 0, header);
        final Origin origin = limit.configured() == BooleanType.TRUE ? Origin.CONFIGURED : Origin.OPERATOR;
        if (limit.scope() != LimitScope.NULL_VAL)
        {
            final ScopeKey key = key(limit.scope(), limit.scopedId(), limit.instrumentId(), limit.strategyId());
            final Decimal value = new Decimal(limit.value().mantissa(), limit.value().exponent());
            assertThat(scopedLimits.set(origin, key, limit.limitType(), value, 1)).isEqualTo(CommandReason.ACCEPTED);
            lines.add("limit " + text(key) + " " + limit.limitType() + " " + value + " " + origin + " " + limit.user());
            return;
        }
        final LimitOrigins origins = origins(limit.strategyId(), limit.instrumentId());
        origins.set(origin, limit.limitType(), limit.value().mantissa(), limit.value().exponent(), 1);
        origins.unset(Origin.OPERATOR, limit.limitType());
        lines.add("limit " + name(limit.strategyId(), limit.instrumentId()) + " " + limit.limitType() + " " +
            new Decimal(limit.value().mantissa(), limit.value().exponent()) + " " + origin + " " + limit.user());
    }

    private static ScopeKey key(
        final LimitScope scope, final int scopedId, final int instrumentId, final int strategyId)
    {
        return new ScopeKey(scope, scope == LimitScope.LEG ? strategyId : scopedId, instrumentId);
    }

    private static String text(final ScopeKey key)
    {
        return key.scope() + (key.scopedId() == ScopeKey.NONE ? "" : " " + key.scopedId()) +
            (key.instrumentId() == ScopeKey.NONE ? "" : " on " + key.instrumentId());
    }

    private void unsetLimit(final DirectBuffer message)
    {
        final UnsetLimitDecoder limit = new UnsetLimitDecoder().wrapAndApplyHeader(message, 0, header);
        final Origin origin = limit.configured() == BooleanType.TRUE ? Origin.CONFIGURED : Origin.OPERATOR;
        if (limit.scope() != LimitScope.NULL_VAL)
        {
            final ScopeKey key = key(limit.scope(), limit.scopedId(), limit.instrumentId(), limit.strategyId());
            assertThat(scopedLimits.unset(origin, key, limit.limitType())).isEqualTo(CommandReason.ACCEPTED);
            lines.add("no limit " + text(key) + " " + limit.limitType());
            return;
        }
        origins(limit.strategyId(), limit.instrumentId()).unset(origin, limit.limitType());
        lines.add("unset " + name(limit.strategyId(), limit.instrumentId()) + " " + limit.limitType() + " " + origin
            + " " + limit.user());
    }

    private LimitOrigins origins(final int strategyId, final int instrumentId)
    {
        return strategyId == SetLimitDecoder.strategyIdNullValue()
            ? limitOrigins(instrumentId)
            : originsByLeg.computeIfAbsent(strategyId + "/" + instrumentId, (leg) -> new LimitOrigins());
    }

    private static String name(final int strategyId, final int instrumentId)
    {
        return (instrumentId == Nulls.NULL_INSTRUMENT_ID ? "all" : String.valueOf(instrumentId)) +
            (strategyId == SetLimitDecoder.strategyIdNullValue() ? "" : " of " + strategyId);
    }

    private void strategy(final DirectBuffer message)
    {
        final StrategyDefinitionDecoder strategy = new StrategyDefinitionDecoder()
            .wrapAndApplyHeader(message, 0, header);
        final int id = strategy.strategyId();
        final long codeHash = strategy.codeHash();
        final boolean keeps = strategy.keepOrders() == BooleanType.TRUE;
        final List<String> legs = new ArrayList<>();
        strategy.legs().forEach((leg) -> legs.add(instruments.get(leg.instrumentId()).name()));
        final Map<String, RunningParameter> parameters = new LinkedHashMap<>();
        for (final StrategyDefinitionDecoder.ParametersDecoder parameter : strategy.parameters())
        {
            final Decimal value = new Decimal(parameter.value().mantissa(), parameter.value().exponent());
            final var type = parameter.parameterType();
            parameters.put(parameter.name(), new RunningParameter(type, value, parameter.text()));
        }
        final RunningInstance before = instanceById.get(id);
        final RunningInstance instance = new RunningInstance(id, strategy.name(), strategy.strategyName(), legs,
            parameters, codeHash, keeps, before == null ? new Decimal(1, 0) : before.weight(),
            before == null ? new Decimal(-1, 0) : before.capital(), false);
        nextStrategyId = Math.max(nextStrategyId, id + 1);
        instanceById.put(id, instance);
        lines.add("strategy " + id + " " + instance.name() + " " + instance.strategy() + " " + legs + " " + parameters +
            (keeps ? " keep" : "") + (codeHash == 0 ? "" : " code " + codeHash) + " " + strategy.user());
    }

    private void unassign(final DirectBuffer message)
    {
        final UnassignStrategyDecoder unassign = new UnassignStrategyDecoder().wrapAndApplyHeader(message, 0, header);
        instanceById.remove(unassign.strategyId());
        lines.add("unassign " + unassign.strategyId() + " " + unassign.user());
    }

    private void allocate(final DirectBuffer message)
    {
        final AllocateStrategyDecoder allocate = new AllocateStrategyDecoder().wrapAndApplyHeader(message, 0, header);
        final RunningInstance old = instanceById.get(allocate.strategyId());
        final Decimal weight = allocate.weight().exponent() == Byte.MIN_VALUE
            ? old.weight()
            : new Decimal(allocate.weight().mantissa(), allocate.weight().exponent());
        final Decimal capital = new Decimal(allocate.capital().mantissa(), allocate.capital().exponent());
        instanceById.put(old.id(), new RunningInstance(old.id(), old.name(), old.strategy(), old.legs(),
            old.parameters(), old.codeHash(), old.keepOrders(), weight, capital, old.isClosing()));
        lines.add("allocate " + old.id() + " " + weight + " " + capital + " " + allocate.reason());
    }
}
