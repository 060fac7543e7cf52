package io.lockstep.sequencer.config;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Turns a calendar's rules into the times of its sessions, by the time zone data of the JDK that runs: so the times, and not the rules,
 * are what the journal holds.
 */
public final class CalendarSessions
{
    /**
     * One session.
     *
     * @param openNs     nanoseconds since 1970.
     * @param closeNs    likewise.
     * @param tradingDay days since 1970-01-01.
     */
    public record Times(long openNs, long closeNs, int tradingDay)
    {
    }

    private CalendarSessions()
    {
    }

    /** The sessions of all trading days from the first to the last, by their opening. */
    public static List<Times> of(final CalendarContext calendar)
    {
        final List<Times> sessions = new ArrayList<>();
        // A session that closes on the next day belongs to that one.
        for (LocalDate date = calendar.from().minusDays(1); !date.isAfter(calendar.until()); date = date.plusDays(1))
        {
            for (final CalendarContext.Session session : calendar.sessions())
            {
                final Times times = session.days().contains(date.getDayOfWeek())
                    ? times(calendar, session, date)
                    : null;
                if (times != null)
                {
                    sessions.add(times);
                }
            }
        }
        sessions.sort(Comparator.comparingLong(Times::openNs));
        return sessions;
    }

    /** Null where there is none on that day: a holiday, a half day that is over before, or a day that is not asked for. */
    private static Times times(
        final CalendarContext calendar, final CalendarContext.Session session, final LocalDate date)
    {
        final LocalDate tradingDay = session.isOvernight() ? date.plusDays(1) : date;
        if (tradingDay.isBefore(calendar.from()) || tradingDay.isAfter(calendar.until()) ||
            calendar.holidays().contains(tradingDay))
        {
            return null;
        }
        final long openNs = timeNs(date, session.open(), calendar.timeZone());
        final long endNs = timeNs(tradingDay, session.close(), calendar.timeZone());
        final LocalTime earlyClose = calendar.halfDays().get(tradingDay);
        final long closeNs = earlyClose == null
            ? endNs
            : Math.min(endNs, timeNs(tradingDay, earlyClose, calendar.timeZone()));
        return closeNs <= openNs ? null : new Times(openNs, closeNs, (int)tradingDay.toEpochDay());
    }

    /** A time that a clock change leaves out is as much later; one that comes twice is the earlier. */
    private static long timeNs(final LocalDate date, final LocalTime time, final ZoneId zone)
    {
        return TimeUnit.SECONDS.toNanos(date.atTime(time).atZone(zone).toEpochSecond());
    }

    /** The first trading day on which a session opens before the one before has closed, or none. */
    static Optional<LocalDate> overlap(final CalendarContext calendar)
    {
        final List<Times> sessions = of(calendar);
        for (int i = 1; i < sessions.size(); i++)
        {
            if (sessions.get(i).openNs < sessions.get(i - 1).closeNs ||
                sessions.get(i).tradingDay < sessions.get(i - 1).tradingDay)
            {
                return Optional.of(LocalDate.ofEpochDay(sessions.get(i).tradingDay));
            }
        }
        return Optional.empty();
    }
}
