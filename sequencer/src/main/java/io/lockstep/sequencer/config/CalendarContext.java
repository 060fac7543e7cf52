package io.lockstep.sequencer.config;

import io.lockstep.core.calendar.SessionCalendar;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A trading calendar; an entry of {@code calendars}. {@link CalendarSessions} makes times of it.
 *
 * @param name     as instruments and venues name it.
 * @param from     first trading day.
 * @param until    last trading day; holidays are known so far.
 * @param sessions in the order in which they stand there.
 * @param holidays trading days without a session.
 * @param halfDays when trading ends on trading days that end earlier.
 */
public record CalendarContext(
    String name,
    ZoneId timeZone,
    LocalDate from,
    LocalDate until,
    List<Session> sessions,
    Set<LocalDate> holidays,
    Map<LocalDate, LocalTime> halfDays)
{
    /**
     * A session of some days of the week; one that does not close behind its opening closes on the next day, which is then its trading
     * day.
     *
     * @param days on which it opens.
     */
    public record Session(Set<DayOfWeek> days, LocalTime open, LocalTime close)
    {
        boolean isOvernight()
        {
            return !close.isAfter(open);
        }
    }

    private static final String DATE = "a date such as 2026-12-31";
    private static final String TIME = "a time of day such as 09:30";
    private static final Set<DayOfWeek> WORKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

    /** Reads the list and refuses calendars of one name. */
    static List<CalendarContext> readAll(final YamlSection root)
    {
        final List<CalendarContext> calendars = new ArrayList<>();
        final Map<String, String> whereByName = new HashMap<>();
        for (final YamlSection section : root.sections("calendars"))
        {
            final int problems = section.problems().count();
            final CalendarContext calendar = read(section);
            if (section.problems().count() > problems)
            {
                continue;
            }
            final String same = whereByName.putIfAbsent(calendar.name, section.where("name"));
            if (same != null)
            {
                section.refuse("name", calendar.name, "each calendar once, it stands at " + same + " as well");
            }
            calendar.check(section);
            calendars.add(calendar);
        }
        return List.copyOf(calendars);
    }

    private static CalendarContext read(final YamlSection section)
    {
        for (final String key : List.of("name", "timeZone", "from", "until", "sessions"))
        {
            section.require(key);
        }
        final CalendarContext calendar = new CalendarContext(
            section.name("name", ""),
            parsed(section, "timeZone", "UTC", ZoneId::of, "a time zone such as America/New_York"),
            parsed(section, "from", "1970-01-01", LocalDate::parse, DATE),
            parsed(section, "until", "1970-01-01", LocalDate::parse, DATE),
            section.sections("sessions").stream().map(CalendarContext::session).toList(),
            holidays(section),
            halfDays(section));
        section.refuseUnknown();
        return calendar;
    }

    private static Session session(final YamlSection section)
    {
        section.require("open");
        section.require("close");
        final Session session = new Session(
            days(section),
            parsed(section, "open", "00:00", LocalTime::parse, TIME),
            parsed(section, "close", "00:00", LocalTime::parse, TIME));
        section.refuseUnknown();
        return session;
    }

    private static Set<DayOfWeek> days(final YamlSection section)
    {
        final Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        final List<String> names = section.texts("days");
        for (int i = 0; i < names.size(); i++)
        {
            final DayOfWeek day = day(names.get(i));
            if (day == null || !days.add(day))
            {
                section.refuse("days[" + i + "]", names.get(i),
                    "each of mon, tue, wed, thu, fri, sat, sun at most once");
            }
        }
        if (!section.has("days"))
        {
            section.derived("days", "[mon, tue, wed, thu, fri]");
        }
        return names.isEmpty() ? WORKDAYS : days;
    }

    private static DayOfWeek day(final String name)
    {
        for (final DayOfWeek day : DayOfWeek.values())
        {
            if (day.name().substring(0, 3).toLowerCase(Locale.ROOT).equals(name))
            {
                return day;
            }
        }
        return null;
    }

    private static Set<LocalDate> holidays(final YamlSection section)
    {
        final Set<LocalDate> holidays = new HashSet<>();
        final List<String> texts = section.texts("holidays");
        for (int i = 0; i < texts.size(); i++)
        {
            try
            {
                holidays.add(LocalDate.parse(texts.get(i)));
            }
            catch (final DateTimeException ex)
            {
                section.refuse("holidays[" + i + "]", texts.get(i), DATE);
            }
        }
        return Set.copyOf(holidays);
    }

    private static Map<LocalDate, LocalTime> halfDays(final YamlSection section)
    {
        final Map<LocalDate, LocalTime> closeByDay = new LinkedHashMap<>();
        for (final YamlSection halfDay : section.sections("halfDays"))
        {
            halfDay.require("date");
            halfDay.require("close");
            closeByDay.put(
                parsed(halfDay, "date", "1970-01-01", LocalDate::parse, DATE),
                parsed(halfDay, "close", "00:00", LocalTime::parse, TIME));
            halfDay.refuseUnknown();
        }
        return Map.copyOf(closeByDay);
    }

    private static <T> T parsed(
        final YamlSection section,
        final String key,
        final String standIn,
        final Function<String, T> parser,
        final String expected)
    {
        final String text = section.text(key, null);
        if (text != null)
        {
            try
            {
                return parser.apply(text);
            }
            catch (final DateTimeException ex)
            {
                section.refuse(key, text, expected);
            }
        }
        return parser.apply(standIn);
    }

    /** What is right key by key and wrong together. */
    private void check(final YamlSection section)
    {
        if (until.isBefore(from))
        {
            section.refuse("until", until, "no day before from=" + from);
            return;
        }
        for (final LocalDate day : halfDays.keySet())
        {
            if (holidays.contains(day))
            {
                section.refuse("halfDays", day, "a day that is not among the holidays");
            }
        }
        final int count = CalendarSessions.of(this).size();
        if (count == 0 || count > SessionCalendar.SESSIONS_MAX)
        {
            section.refuse("until", until, "from one session to " + SessionCalendar.SESSIONS_MAX + ", from " + from +
                " on there are " + count);
        }
        CalendarSessions.overlap(this).ifPresent((overlap) -> section.refuse("sessions", overlap,
            "sessions that do not overlap"));
    }
}
