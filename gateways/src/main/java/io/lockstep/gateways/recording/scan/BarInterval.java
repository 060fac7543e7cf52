package io.lockstep.gateways.recording.scan;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * How long the bars of a file are, and with it when one is over, which is when it may be known.
 * <p>
 * Bars of seconds, minutes and hours end so much after they open. Bars of days, weeks and months end by the calendar of the
 * time that the file gives; where the next bar opens within an hour of that, when it opens, for a day on which clocks change
 * has 23 or 25 hours. Of a file whose name says no interval only one thing is certain: a bar is over when the next one opens.
 * The last bar of such a file is taken to be as long as most, and rather longer than shorter.
 *
 * @param unit  what is counted; UNKNOWN where the file's name says none.
 * @param count of units; of nanoseconds when the unit is UNKNOWN.
 */
public record BarInterval(Unit unit, long count)
{
    /** What an interval is counted in. */
    enum Unit
    {
        SECOND("s", 1_000_000_000L), MINUTE("m", 60_000_000_000L), HOUR("h", 3_600_000_000_000L), DAY("d",
            86_400_000_000_000L), WEEK("w",
                604_800_000_000_000L), MONTH("M", 31 * 86_400_000_000_000L), UNKNOWN("ns", 1);

        private final String letter;
        private final long nanoseconds;

        Unit(final String letter, final long nanoseconds)
        {
            this.letter = letter;
            this.nanoseconds = nanoseconds;
        }
    }

    /** For {@link #endNs}: there is no next bar. */
    public static final long NO_NEXT = Long.MIN_VALUE;

    private static final long CLOCK_CHANGE_MAX_NS = Unit.HOUR.nanoseconds;

    /**
     * From the letter that file names have; m is a minute, M a month, of others the case does not matter.
     */
    public static BarInterval of(final long count, final String letter)
    {
        return new BarInterval(switch (letter)
        {
            case "s", "S" -> Unit.SECOND;
            case "m" -> Unit.MINUTE;
            case "h", "H" -> Unit.HOUR;
            case "d", "D" -> Unit.DAY;
            case "w", "W" -> Unit.WEEK;
            case "M" -> Unit.MONTH;
            default -> throw new IllegalArgumentException("letter=" + letter + ": expected s, m, h, d, w or M");
        }, count);
    }

    public static BarInterval unknown(final long typicalNs)
    {
        return new BarInterval(Unit.UNKNOWN, typicalNs);
    }

    /** Roughly, and at least. */
    long lengthNs()
    {
        return count * unit.nanoseconds;
    }

    /**
     * @param offsetSeconds of the opening time's zone, which its day and month are of.
     * @param nextOpenNs    when the next bar opens, or {@link #NO_NEXT}.
     */
    public long endNs(final long openNs, final int offsetSeconds, final long nextOpenNs)
    {
        return switch (unit)
        {
            case SECOND, MINUTE, HOUR -> openNs + lengthNs();
            case DAY, WEEK -> nearNext(openNs + lengthNs(), nextOpenNs);
            case MONTH -> nearNext(monthEndNs(openNs, offsetSeconds), nextOpenNs);
            case UNKNOWN -> nextOpenNs == NO_NEXT ? openNs + count : nextOpenNs;
        };
    }

    /** Whether one instrument may have bars of both: equal, or as alike as one can tell. */
    public boolean isLike(final BarInterval other)
    {
        if (unit != Unit.UNKNOWN && other.unit != Unit.UNKNOWN)
        {
            return lengthNs() == other.lengthNs();
        }
        return lengthNs() / 3 * 2 <= other.lengthNs() && other.lengthNs() / 3 * 2 <= lengthNs();
    }

    private static long nearNext(final long endNs, final long nextOpenNs)
    {
        return nextOpenNs != NO_NEXT && Math.abs(nextOpenNs - endNs) <= CLOCK_CHANGE_MAX_NS ? nextOpenNs : endNs;
    }

    private long monthEndNs(final long openNs, final int offsetSeconds)
    {
        final OffsetDateTime open = Instant.ofEpochSecond(0, openNs).atOffset(ZoneOffset.ofTotalSeconds(offsetSeconds));
        final Instant end = open.plusMonths(count).toInstant();
        return end.getEpochSecond() * 1_000_000_000L + end.getNano();
    }

    @Override
    public String toString()
    {
        return count + unit.letter;
    }
}
