package io.lockstep.gateways.recording.scan;

import io.lockstep.gateways.recording.finding.Finding;
import io.lockstep.gateways.recording.finding.Findings;
import io.lockstep.gateways.recording.text.Text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How fine the prices, or the quantities, of one symbol in one file are, and which of them are noise of binary floating point.
 * <p>
 * A number of 16 or more significant digits is noise when it is finer than the other numbers of the file, and rounded to 15
 * digits, which is what a double can hold, it is not. It then counts as the nearest number of the others' grid. A configured
 * tick or lot is such a grid as well. A number that rounds to one of 12 or fewer digits shows that number to the grid: that
 * the digits from the thirteenth to the fifteenth are all 0, or all 9, is no chance. All else is kept as it is printed.
 */
public final class NumberGrid
{
    /** A number of fewer significant digits is never noise. */
    public static final int LONG_DIGITS = 16;
    private static final MathContext DOUBLE = new MathContext(LONG_DIGITS - 1, RoundingMode.HALF_EVEN);
    private static final int CERTAIN_DIGITS_MAX = 12;
    private static final int PLACES_MAX = 5;
    private static final int NONE = -1;

    /** A number of many digits, where it was met. */
    public record Place(long line, String field, BigDecimal value)
    {
    }

    /** Numbers that are alike in how fine they are as printed, and as doubles. */
    private static final class Alike
    {
        private final int roundedDecimals;
        private final int decimals;
        private final List<Place> places = new ArrayList<>();
        private long count;

        Alike(final int roundedDecimals, final int decimals)
        {
            this.roundedDecimals = roundedDecimals;
            this.decimals = decimals;
        }
    }

    private final Map<Long, Alike> longNumbers = new TreeMap<>();
    private int plainDecimals = NONE;
    private int configuredDecimals = NONE;

    void observe(final int decimals)
    {
        plainDecimals = Math.max(plainDecimals, decimals);
    }

    /** A number of {@link #LONG_DIGITS} or more digits. */
    void observe(final Place place)
    {
        final int decimals = decimals(place.value());
        final BigDecimal rounded = place.value().round(DOUBLE).stripTrailingZeros();
        final int roundedDecimals = decimals(rounded);
        if (rounded.precision() <= CERTAIN_DIGITS_MAX)
        {
            observe(roundedDecimals);
        }
        final Alike alike = longNumbers.computeIfAbsent(
            (long)roundedDecimals << Integer.SIZE | decimals, key -> new Alike(roundedDecimals, decimals));
        alike.count++;
        if (alike.places.size() < PLACES_MAX)
        {
            alike.places.add(place);
        }
    }

    public void add(final NumberGrid other)
    {
        plainDecimals = Math.max(plainDecimals, other.plainDecimals);
        other.longNumbers.forEach((key, theirs) ->
        {
            final Alike ours = longNumbers.computeIfAbsent(
                key, k -> new Alike(theirs.roundedDecimals, theirs.decimals));
            ours.count += theirs.count;
            ours.places.addAll(theirs.places);
        });
    }

    /** @param decimals of a tick or lot that is configured. */
    public void configured(final int decimals)
    {
        configuredDecimals = Math.max(0, decimals);
    }

    /** Places after the point of the finest number, noise aside. */
    public int decimals()
    {
        int finest = Math.max(0, plainDecimals);
        for (final Alike alike : longNumbers.values())
        {
            finest = isNoise(alike.roundedDecimals, alike.decimals) ? finest : Math.max(finest, alike.decimals);
        }
        return finest;
    }

    /** The first number that is finer than any tick can be, or null. */
    public Place tooFine()
    {
        return longNumbers.values().stream()
            .filter(alike -> alike.decimals > DecimalPlaces.DECIMALS_MAX &&
                !isNoise(alike.roundedDecimals, alike.decimals))
            .flatMap(alike -> alike.places.stream())
            .min(Comparator.comparingLong(Place::line))
            .orElse(null);
    }

    public boolean hasLongNumbers()
    {
        return !longNumbers.isEmpty();
    }

    /** The number that a noisy one counts as; null for one that is kept as it is. */
    public BigDecimal rounded(final BigDecimal value)
    {
        if (value.stripTrailingZeros().precision() < LONG_DIGITS)
        {
            return null;
        }
        final int decimals = decimals(value);
        final int roundedDecimals = decimals(value.round(DOUBLE));
        if (!isNoise(roundedDecimals, decimals))
        {
            return null;
        }
        final int grid = isNoise(plainDecimals, roundedDecimals, decimals) ? plainDecimals : configuredDecimals;
        return value.setScale(grid, RoundingMode.HALF_EVEN);
    }

    public void report(final Findings findings, final String file)
    {
        final List<Place> noise = new ArrayList<>();
        for (final Alike alike : longNumbers.values())
        {
            if (isNoise(alike.roundedDecimals, alike.decimals))
            {
                findings.count(Finding.ROUNDED, alike.count);
                noise.addAll(alike.places);
            }
        }
        noise.sort(Comparator.comparingLong(Place::line));
        for (final Place place : noise)
        {
            findings.place(Finding.ROUNDED, file, place.line(), place.field() + "=" + excerpt(place.value()) +
                ": rounded to " + rounded(place.value()).stripTrailingZeros().toPlainString());
        }
    }

    public static String excerpt(final BigDecimal value)
    {
        final byte[] text = value.toString().getBytes(StandardCharsets.US_ASCII);
        return Text.excerpt(text, 0, text.length);
    }

    private boolean isNoise(final int roundedDecimals, final int decimals)
    {
        return isNoise(plainDecimals, roundedDecimals, decimals) ||
            isNoise(configuredDecimals, roundedDecimals, decimals);
    }

    private static boolean isNoise(final int gridDecimals, final int roundedDecimals, final int decimals)
    {
        return gridDecimals != NONE && roundedDecimals <= gridDecimals && gridDecimals < decimals;
    }

    private static int decimals(final BigDecimal value)
    {
        return value.signum() == 0 ? 0 : Math.max(0, value.stripTrailingZeros().scale());
    }
}
