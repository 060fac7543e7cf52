package io.lockstep.sequencer.apply;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Instrument;
import io.lockstep.core.TradingCore;
import io.lockstep.core.breaker.Breaker;
import io.lockstep.core.calendar.SessionCalendar;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instance.StrategyDefinition;
import io.lockstep.core.instance.StrategyInstance;
import io.lockstep.core.risk.LimitOrigins;
import io.lockstep.core.risk.rule.ScopedLimit;
import io.lockstep.core.venue.Venue;
import io.lockstep.sbe.SourceRole;
import io.lockstep.sequencer.config.AccountContext;
import io.lockstep.sequencer.config.CalendarSessions;
import io.lockstep.sequencer.config.RateContext;
import io.lockstep.sequencer.config.VenueContext;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a core has been told, as the core itself has it.
 */
public final class CoreConfiguration implements RunningConfiguration
{
    private final TradingCore core;

    public CoreConfiguration(final TradingCore core)
    {
        this.core = core;
    }

    @Override
    public int instrumentCount()
    {
        return core.instrumentCount();
    }

    @Override
    public Instrument instrument(final int instrumentId)
    {
        return core.instrument(instrumentId);
    }

    @Override
    public LimitOrigins limitOrigins(final int instrumentId)
    {
        return core.limitOrigins(instrumentId);
    }

    @Override
    public List<ScopedLimit> scopedLimits()
    {
        return core.scopedRisk().limits().all();
    }

    @Override
    public LimitOrigins limitOrigins(final int strategyId, final int instrumentId)
    {
        final boolean isKnown = instrumentId >= 0 && instrumentId < core.instrumentCount();
        final Leg leg = isKnown ? core.slot(instrumentId).legOf(strategyId) : null;
        return leg != null && leg.isLimited() ? leg.limits().origins() : null;
    }

    @Override
    public List<RunningVenue> venues()
    {
        return IntStream.range(0, core.venueCount()).mapToObj((id) -> running(core.venue(id))).toList();
    }

    private static RunningVenue running(final Venue venue)
    {
        return new RunningVenue(venue.id(), venue.isDefined() ? terms(venue) : null);
    }

    private static VenueContext terms(final Venue venue)
    {
        return new VenueContext(venue.name(), venue.orderSourceId(), venue.egressRequests(), venue.inDoubtAfterNs(),
            new AccountContext(venue.account(), venue.accountType(), venue.positionMode(), venue.haltsOnDifference(),
                new Decimal(venue.toleranceMantissa(), venue.toleranceExponent()), venue.positionToleranceLots()),
            null);
    }

    @Override
    public List<RunningCalendar> calendars()
    {
        return IntStream.range(1, core.calendars().count()).mapToObj(core.calendars()::findSessions)
            .map(CoreConfiguration::running).toList();
    }

    private static RunningCalendar running(final SessionCalendar calendar)
    {
        return new RunningCalendar(calendar.id(), calendar.name(), calendar.timeZone(),
            IntStream.range(0, calendar.sessionCount()).mapToObj((i) -> new CalendarSessions.Times(
                calendar.openNs(i), calendar.closeNs(i), calendar.sessionDay(i))).toList());
    }

    @Override
    public int calendarOf(final int instrumentId)
    {
        return core.calendars().ofInstrument(instrumentId).id();
    }

    @Override
    public List<RunningSource> sources()
    {
        return core.roles().definitions().stream()
            .map((source) -> new RunningSource(source.firstSourceId(), source.lastSourceId(), source.role(),
                source.role() == SourceRole.ORDER_GATEWAY ? source.venueId() : RunningSource.NO_VENUE))
            .toList();
    }

    @Override
    public List<RateContext> rates()
    {
        return core.rates().rates().stream().map((rate) -> new RateContext(
            rate.asset(), rate.currency(), core.instrument(rate.instrumentId()).name(), rate.ageMaxNs())).toList();
    }

    @Override
    public List<Breaker> breakers()
    {
        return IntStream.range(0, core.breakers().count()).mapToObj(core.breakers()::get).toList();
    }

    @Override
    public List<RunningInstance> instances()
    {
        return IntStream.range(1, core.instances().count()).mapToObj(core.instances()::find)
            .filter(StrategyInstance::isPresent).map(this::running).toList();
    }

    /** By its newest definition, whether that is in force or waits to be. */
    private RunningInstance running(final StrategyInstance instance)
    {
        final StrategyDefinition newest = instance.pending() == null ? instance.definition() : instance.pending();
        final List<String> legs = IntStream.range(0, newest.legCount())
            .mapToObj((leg) -> core.instrument(newest.instrumentId(leg)).name()).toList();
        final Map<String, RunningParameter> parameters = new LinkedHashMap<>();
        newest.parameters().forEach((parameter) -> parameters.put(
            parameter.name(), new RunningParameter(parameter.type(), parameter.value(), parameter.text())));
        return new RunningInstance(instance.id(), newest.name(), newest.strategyName(), legs, parameters,
            newest.codeHash(), newest.keepsOrders(), instance.weight(), instance.capital(), instance.isClosing());
    }

    @Override
    public int nextStrategyId()
    {
        return core.instances().count();
    }
}
