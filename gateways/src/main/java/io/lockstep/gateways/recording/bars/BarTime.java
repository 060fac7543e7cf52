package io.lockstep.gateways.recording.bars;

import io.lockstep.gateways.recording.finding.MalformedLine;
import io.lockstep.gateways.recording.text.Text;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a bar opens, from the text of its time column.
 * <p>
 * A date is 2024-08-08, 2024/08/08, 2024.08.08 or 20240808, alone or before a time of day, after {@code T} or blanks, as 23:54,
 * 23:54:00, 23:54:00.123 or 235400, and with or without Z, UTC, GMT or an offset such as -05:00; without one it is UTC. In a
 * column {@code date} or {@code datetime}, 8, 12 or 14 digits that form a valid date are one. Every other number is a time
 * since 1970 in seconds, milliseconds, microseconds or nanoseconds, told apart by its size. Times are from 1970 to 2261.
 */
final class BarTime
{
    private static final Pattern DATE = Pattern.compile(
        "(\\d{4})([-/.]?)(\\d{2})\\2(\\d{2})" +
            "(?:(?:T| +)(\\d{2})(:?)(\\d{2})(?:\\6(\\d{2})(?:\\.(\\d{1,9})\\d*)?)?)?" +
            " *(?:Z|UTC|GMT|([+-])(\\d{2}):?(\\d{2})?)?");
    private static final Pattern DIGITS = Pattern.compile("(\\d{8}|\\d{12}|\\d{14})(?:\\.0*)?");
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long SECONDS_MAX = LocalDateTime.of(2262, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC);

    private final boolean isDateColumn;
    private long timeNs;
    private int offsetSeconds;

    BarTime(final boolean isDateColumn)
    {
        this.isDateColumn = isDateColumn;
    }

    long timeNs()
    {
        return timeNs;
    }

    /** Of the zone that the text names, else 0. */
    int offsetSeconds()
    {
        return offsetSeconds;
    }

    /**
     * Allocates for a date, not for a number in a column of timestamps.
     *
     * @throws MalformedLine for text that is no time.
     */
    void parse(final byte[] bytes, final int start, final int end)
    {
        offsetSeconds = 0;
        if (isDateColumn && parseDigits(bytes, start, end))
        {
            return;
        }
        timeNs = Text.timeNs(bytes, start, end);
        if (timeNs == Text.NOT_A_NUMBER)
        {
            parseDate(bytes, start, end);
        }
        if (timeNs < 0 || timeNs / NANOS_PER_SECOND >= SECONDS_MAX)
        {
            throw outOfRange(bytes, start, end);
        }
    }

    private boolean parseDigits(final byte[] bytes, final int start, final int end)
    {
        final Matcher digits = DIGITS.matcher(Text.ascii(bytes, start, end));
        if (!digits.matches())
        {
            return false;
        }
        final String text = (digits.group(1) + "000000").substring(0, 14);
        final long seconds;
        try
        {
            seconds = LocalDateTime.of(number(text, 0, 4), number(text, 4, 6), number(text, 6, 8), number(text, 8, 10),
                number(text, 10, 12), number(text, 12, 14)).toEpochSecond(ZoneOffset.UTC);
        }
        catch (final DateTimeException ex)
        {
            return false;
        }
        setSeconds(seconds, 0, bytes, start, end);
        return true;
    }

    private static int number(final String text, final int from, final int to)
    {
        return Integer.parseInt(text, from, to, 10);
    }

    private void parseDate(final byte[] bytes, final int start, final int end)
    {
        final Matcher date = DATE.matcher(Text.ascii(bytes, start, end));
        if (!date.matches())
        {
            throw noTime(bytes, start, end);
        }
        try
        {
            offsetSeconds = date.group(10) == null
                ? 0
                : ZoneOffset.of(date.group(10) + date.group(11) + (date.group(12) == null ? "00" : date.group(12)))
                    .getTotalSeconds();
            final long seconds = LocalDateTime.of(number(date, 1), number(date, 3), number(date, 4), number(date, 5),
                number(date, 7), number(date, 8)).toEpochSecond(ZoneOffset.UTC) - offsetSeconds;
            setSeconds(seconds, nanoseconds(date.group(9)), bytes, start, end);
        }
        catch (final DateTimeException ex)
        {
            throw noTime(bytes, start, end);
        }
    }

    private static int number(final Matcher date, final int group)
    {
        return date.group(group) == null ? 0 : Integer.parseInt(date.group(group));
    }

    private static int nanoseconds(final String fraction)
    {
        return fraction == null ? 0 : Integer.parseInt((fraction + "000000000").substring(0, 9));
    }

    private void setSeconds(
        final long seconds, final int nanoseconds, final byte[] bytes, final int start, final int end)
    {
        if (seconds < 0 || seconds >= SECONDS_MAX)
        {
            throw outOfRange(bytes, start, end);
        }
        timeNs = seconds * NANOS_PER_SECOND + nanoseconds;
    }

    private static MalformedLine outOfRange(final byte[] bytes, final int start, final int end)
    {
        return new MalformedLine(
            "time=" + Text.excerpt(bytes, start, end) + ": expected a time from 1970-01-01 to 2261-12-31");
    }

    private static MalformedLine noTime(final byte[] bytes, final int start, final int end)
    {
        return new MalformedLine("time=" + Text.excerpt(bytes, start, end) +
            ": expected a number, not negative, or a date such as 2024-08-08 23:54:00");
    }
}
