package io.lockstep.codecs.text;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Times and durations as text.
 */
public final class Times
{
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int NANO_DIGITS = 9;
    private static final String[] UNITS = {"ns", "us", "ms", "s"};

    private Times()
    {
    }

    /** ISO 8601 in UTC, always with nine places: {@code 2026-03-01T08:30:00.000000001Z}; texts sort as their times do. */
    public static String iso(final long epochNs)
    {
        final LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(epochNs, NANOS_PER_SECOND), 0,
            ZoneOffset.UTC);
        return Numbers.padded(time.getYear(), 4) + "-" + Numbers.padded(time.getMonthValue(), 2) + "-" +
            Numbers.padded(time.getDayOfMonth(), 2) + "T" + Numbers.padded(time.getHour(), 2) + ":" +
            Numbers.padded(time.getMinute(), 2) + ":" + Numbers.padded(time.getSecond(), 2) + "." +
            Numbers.padded(Math.floorMod(epochNs, NANOS_PER_SECOND), NANO_DIGITS) + "Z";
    }

    /** As {@link #iso(long)}. */
    public static String iso(final Instant time)
    {
        return iso(Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS_PER_SECOND), time.getNano()));
    }

    /** Exact, in the largest of s, ms, us and ns of which it has at least one: {@code 5 s}, {@code 1.5 ms}. */
    public static Amount duration(final long ns)
    {
        int unit = 0;
        long size = 1;
        while (unit < UNITS.length - 1 && (ns >= size * 1_000 || ns <= -size * 1_000 || ns == 0))
        {
            size *= 1_000;
            unit++;
        }
        return new Amount(BigDecimal.valueOf(ns, 3 * unit), UNITS[unit]);
    }
}
