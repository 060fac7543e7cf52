package io.lockstep.research.analytics;

import io.lockstep.cli.config.TradingCalendar;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Equity at the end of each day, in UTC. A day ends with midnight, so what is stamped 00:00:00 belongs to the day before: a daily bar
 * is known at the midnight that ends its day.
 * <p>
 * The value of a day is the last one within it, as far as the data go. The first day only gives the value that changes are counted
 * from. A last day whose data end more than six hours earlier in the day than those of the day before is not whole, and is left out.
 */
final class DailyEquity
{
    static final long DAY_NS = 86_400_000_000_000L;
    private static final long EARLY_NS = DAY_NS / 4;
    private static final int DAYS_PER_WEEK = 7;
    private static final int WEEKDAYS = 5;
    /** Of 1970-01-01, a Thursday, counted from Monday. */
    private static final int EPOCH_WEEKDAY = 3;

    private final List<Day> days = new ArrayList<>();
    private long day = Long.MIN_VALUE;
    private long dayEndNs = Long.MIN_VALUE;
    private long lastDataNs;
    private boolean hasData;

    /**
     * A day that something happened in.
     *
     * @param day        since 1970-01-01.
     * @param equity     at its end.
     * @param hasData    whether there was market data in it.
     * @param lastDataNs time of the last, since the day began.
     */
    private record Day(long day, BigDecimal equity, boolean hasData, long lastDataNs)
    {
    }

    /** Whether this time ends the present day: {@link #advance} wants to know the equity before what happens now. */
    boolean isOver(final long timeNs)
    {
        return timeNs > dayEndNs;
    }

    /**
     * Goes on to the day of this time.
     *
     * @param equity until now.
     */
    void advance(final long timeNs, final BigDecimal equity)
    {
        close(equity);
        day = Math.floorDiv(timeNs - 1, DAY_NS);
        dayEndNs = (day + 1) * DAY_NS;
        hasData = false;
    }

    /** There was market data at this time, which is within the present day. */
    void onData(final long timeNs)
    {
        hasData = true;
        lastDataNs = timeNs - day * DAY_NS;
    }

    /** The end of all: the present day is over. */
    void close(final BigDecimal equity)
    {
        if (day != Long.MIN_VALUE)
        {
            days.add(new Day(day, equity, hasData, lastDataNs));
        }
        day = Long.MIN_VALUE;
        dayEndNs = Long.MIN_VALUE;
    }

    /**
     * Equity at the ends of the calendar's days from the first to the last whole day with data, carried forward where nothing
     * happened.
     *
     * @param daysWithData of those days.
     */
    record Samples(List<BigDecimal> equity, int daysWithData, long spanDays)
    {
    }

    /** Of all days so far; {@link #close} has been called. */
    Samples samples(final TradingCalendar calendar)
    {
        final List<Day> withData = days.stream().filter(Day::hasData).toList();
        final int whole = withData.size() - (isLastPartial(withData) ? 1 : 0);
        if (whole == 0)
        {
            return new Samples(List.of(), 0, 0);
        }
        final long first = withData.get(0).day();
        final long last = withData.get(whole - 1).day();
        final boolean carriesWeekdays = whole * 3L < 2 * weekdays(first, last);
        final List<BigDecimal> equity = new ArrayList<>();
        int next = 0;
        Day newest = withData.get(0);
        for (long at = first; at <= last; at++)
        {
            boolean hasDataNow = false;
            for (; next < days.size() && days.get(next).day() <= at; next++)
            {
                newest = days.get(next);
                hasDataNow = newest.day() == at && newest.hasData();
            }
            if (calendar == TradingCalendar.EVERY_DAY || hasDataNow || carriesWeekdays && isWeekday(at))
            {
                equity.add(newest.equity());
            }
        }
        return new Samples(equity, whole, last - first);
    }

    private static boolean isLastPartial(final List<Day> withData)
    {
        final int count = withData.size();
        return count > 1 && withData.get(count - 1).lastDataNs() < withData.get(count - 2).lastDataNs() - EARLY_NS;
    }

    private static boolean isWeekday(final long day)
    {
        return Math.floorMod(day + EPOCH_WEEKDAY, DAYS_PER_WEEK) < WEEKDAYS;
    }

    private static long weekdays(final long first, final long last)
    {
        long count = 0;
        for (long at = first; at <= last; at++)
        {
            count += isWeekday(at) ? 1 : 0;
        }
        return count;
    }
}
