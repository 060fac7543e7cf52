package io.lockstep.sequencer.apply;

import io.lockstep.core.calendar.UtcCalendar;
import io.lockstep.sbe.AssignCalendarEncoder;
import io.lockstep.sbe.CalendarDefinitionEncoder;
import io.lockstep.sequencer.config.CalendarContext;
import io.lockstep.sequencer.config.CalendarSessions;
import io.lockstep.sequencer.config.ConfiguredInstrument;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.VenueContext;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Calendars, and which instrument goes by which: by its own word, else by its venue's, else by UTC. A calendar that is configured no
 * more stays, for its id is used up, and no instrument goes by it.
 */
final class CalendarChanges
{
    private static final String UTC = "UTC";

    private final NodeContext context;
    private final RunningConfiguration running;
    private final InstrumentIds ids;
    private final ChangeList changes;
    private final Map<String, Integer> idByName = new HashMap<>();

    /**
     * @param ids of the instruments, those that are new included.
     */
    CalendarChanges(
        final NodeContext context,
        final RunningConfiguration running,
        final InstrumentIds ids,
        final ChangeList changes)
    {
        this.context = context;
        this.running = running;
        this.ids = ids;
        this.changes = changes;
        for (final RunningCalendar calendar : running.calendars())
        {
            idByName.put(calendar.name(), calendar.id());
        }
        for (final CalendarContext calendar : context.calendars())
        {
            // 0 is UTC.
            idByName.putIfAbsent(calendar.name(), idByName.size() + 1);
        }
    }

    void add()
    {
        for (final CalendarContext calendar : context.calendars())
        {
            define(calendar, idByName.get(calendar.name()));
        }
        for (final ConfiguredInstrument configured : context.instruments())
        {
            assign(configured);
        }
    }

    private void define(final CalendarContext calendar, final int id)
    {
        final List<CalendarSessions.Times> sessions = CalendarSessions.of(calendar);
        final String timeZone = calendar.timeZone().getId();
        final RunningCalendar after = new RunningCalendar(id, calendar.name(), timeZone, sessions);
        final RunningCalendar before = id <= running.calendars().size() ? running.calendars().get(id - 1) : null;
        if (after.equals(before))
        {
            return;
        }
        final CalendarDefinitionEncoder definition = new CalendarDefinitionEncoder();
        definition.wrapAndApplyHeader(changes.buffer(), 0, changes.header()).calendarId(id);
        final CalendarDefinitionEncoder.SessionsEncoder group = definition.sessionsCount(sessions.size());
        for (final CalendarSessions.Times times : sessions)
        {
            group.next().openNs(times.openNs()).closeNs(times.closeNs()).tradingDay(times.tradingDay());
        }
        definition.name(calendar.name()).timeZone(timeZone);
        changes.add(ConfigurationChange.Kind.CALENDAR, calendar.name(), before == null ? null : text(before),
            text(after), definition);
    }

    private static String text(final RunningCalendar calendar)
    {
        final List<CalendarSessions.Times> sessions = calendar.sessions();
        return sessions.size() + " sessions from " + LocalDate.ofEpochDay(sessions.get(0).tradingDay()) + " to " +
            LocalDate.ofEpochDay(sessions.get(sessions.size() - 1).tradingDay()) + ", " + calendar.timeZone() +
            ", hash " + Integer.toHexString(sessions.hashCode());
    }

    private void assign(final ConfiguredInstrument configured)
    {
        final String name = calendarOf(configured);
        final int after = name == null ? UtcCalendar.ID : idByName.get(name);
        final int instrumentId = ids.id(configured.instrument().name());
        final boolean isKnown = instrumentId < running.instrumentCount();
        final int before = isKnown ? running.calendarOf(instrumentId) : UtcCalendar.ID;
        if (after == before)
        {
            return;
        }
        final AssignCalendarEncoder assignment = new AssignCalendarEncoder();
        assignment.wrapAndApplyHeader(changes.buffer(), 0, changes.header()).instrumentId(instrumentId)
            .calendarId(after);
        changes.add(ConfigurationChange.Kind.CALENDAR, "of " + configured.instrument().name(),
            before == UtcCalendar.ID ? UTC : running.calendars().get(before - 1).name(), name == null ? UTC : name,
            assignment);
    }

    /** Null for UTC. */
    private String calendarOf(final ConfiguredInstrument configured)
    {
        if (configured.calendar() != null)
        {
            return configured.calendar();
        }
        return context.venues().stream().filter((venue) -> venue.name().equals(configured.instrument().venue()))
            .findFirst().map(VenueContext::calendar).orElse(null);
    }
}
