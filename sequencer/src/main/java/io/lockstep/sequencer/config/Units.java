package io.lockstep.sequencer.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whole numbers with a unit, as a configuration writes them: {@code 64MiB}, {@code 10ms}.
 */
public final class Units
{
    static final Map<String, Long> BYTES_BY_UNIT = Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30,
        "TiB", 1L << 40);
    static final Map<String, Long> NANOS_BY_UNIT = Map.of("ns", 1L, "us", 1_000L, "ms", 1_000_000L, "s",
        1_000_000_000L, "m", 60_000_000_000L, "h", 3_600_000_000_000L, "d", 86_400_000_000_000L);

    private static final Pattern QUANTITY = Pattern.compile("(0|[1-9][0-9]{0,17}) ?([A-Za-z]+)");

    private Units()
    {
    }

    /** A duration such as {@code 10ms} in nanoseconds, or -1 when the text is none or too long. */
    public static long durationNs(final String text)
    {
        return parse(text, NANOS_BY_UNIT);
    }

    /**
     * @return the quantity in the unit whose factor is 1, or -1 when the text is none or too large; nothing needs no unit.
     */
    static long parse(final String text, final Map<String, Long> factorByUnit)
    {
        if ("0".equals(text))
        {
            return 0;
        }
        final Matcher matcher = QUANTITY.matcher(text);
        final Long factor = matcher.matches() ? factorByUnit.get(matcher.group(2)) : null;
        if (factor == null)
        {
            return -1;
        }
        final long count = Long.parseLong(matcher.group(1));
        return count > Long.MAX_VALUE / factor ? -1 : count * factor;
    }

    /** The quantity in the largest unit that holds it whole, as a configuration writes it. */
    static String text(final long quantity, final Map<String, Long> factorByUnit)
    {
        String unit = "";
        for (final Map.Entry<String, Long> entry : factorByUnit.entrySet())
        {
            if (quantity % entry.getValue() == 0 &&
                (unit.isEmpty() || entry.getValue() > factorByUnit.get(unit)))
            {
                unit = entry.getKey();
            }
        }
        return quantity == 0 ? "0" : quantity / factorByUnit.get(unit) + unit;
    }
}
