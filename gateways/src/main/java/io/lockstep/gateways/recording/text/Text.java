package io.lockstep.gateways.recording.text;

import io.lockstep.codecs.text.Escapes;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads numbers and times in the text of a line without making strings of them. */
public final class Text
{
    /** Of text that is no number, or no time. */
    public static final int NOT_A_NUMBER = -1;

    private static final int EXCERPT_MAX = 40;
    private static final int DECIMAL_LENGTH_MAX = 400;
    private static final long SECONDS_MAX = 100_000_000_000L;
    private static final long MILLISECONDS_MAX = SECONDS_MAX * 1_000;
    private static final long MICROSECONDS_MAX = MILLISECONDS_MAX * 1_000;

    private Text()
    {
    }

    public static String ascii(final byte[] bytes, final int start, final int end)
    {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /** For messages: long text is cut, and what would harm a terminal is escaped. */
    public static String excerpt(final byte[] bytes, final int start, final int end)
    {
        return Escapes.line(end - start <= EXCERPT_MAX
            ? ascii(bytes, start, end)
            : ascii(bytes, start, start + EXCERPT_MAX) + "...");
    }

    /** The text of a JSON string whose quotation marks are left off; null when it is no text in UTF-8. */
    public static String unescaped(final byte[] bytes, final int start, final int end)
    {
        final String text;
        try
        {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, end - start)).toString();
        }
        catch (final CharacterCodingException ex)
        {
            return null;
        }
        return text.indexOf('\\') < 0 ? text : unescaped(text);
    }

    /** The escapes are known to be well-formed: the line was found to be JSON. */
    private static String unescaped(final String text)
    {
        final StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++)
        {
            final char c = text.charAt(i);
            if (c != '\\')
            {
                plain.append(c);
                continue;
            }
            i++;
            final char escape = text.charAt(i);
            final int simple = "bfnrt".indexOf(escape);
            if (escape == 'u')
            {
                plain.append((char)Integer.parseInt(text.substring(i + 1, i + 5), 16));
                i += 4;
            }
            else
            {
                plain.append(simple < 0 ? escape : "\b\f\n\r\t".charAt(simple));
            }
        }
        return plain.toString();
    }

    public static boolean equal(final byte[] bytes, final int start, final int end, final String text)
    {
        if (end - start != text.length())
        {
            return false;
        }
        for (int i = 0; i < text.length(); i++)
        {
            if (bytes[start + i] != text.charAt(i))
            {
                return false;
            }
        }
        return true;
    }

    public static boolean startsWith(final byte[] bytes, final int start, final int end, final String text)
    {
        return end - start >= text.length() && equal(bytes, start, start + text.length(), text);
    }

    /**
     * Places after the point, trailing zeros aside, of a plain decimal; {@link #NOT_A_NUMBER} for other text.
     */
    public static int significantDecimals(final byte[] bytes, final int start, final int end)
    {
        int index = start;
        if (index < end && (bytes[index] == '-' || bytes[index] == '+'))
        {
            index++;
        }
        int digits = 0;
        int places = 0;
        int significant = 0;
        boolean fraction = false;
        for (; index < end; index++)
        {
            final byte c = bytes[index];
            if (c == '.' && !fraction)
            {
                fraction = true;
            }
            else if (c >= '0' && c <= '9')
            {
                digits++;
                if (fraction)
                {
                    places++;
                    significant = c == '0' ? significant : places;
                }
            }
            else
            {
                return NOT_A_NUMBER;
            }
        }
        return digits > 0 ? significant : NOT_A_NUMBER;
    }

    /** Whether a decimal is 0, however many digits it has. */
    public static boolean isZero(final byte[] bytes, final int start, final int end)
    {
        for (int i = start; i < end; i++)
        {
            if (bytes[i] >= '1' && bytes[i] <= '9')
            {
                return false;
            }
            if (bytes[i] == 'e' || bytes[i] == 'E')
            {
                return true;
            }
        }
        return true;
    }

    /**
     * Nanoseconds of a time in seconds, milliseconds, microseconds or nanoseconds, told apart by its size, with an
     * optional fraction; {@link #NOT_A_NUMBER} for other text. Digits of the fraction beyond a nanosecond are cut.
     */
    public static long timeNs(final byte[] bytes, final int start, final int end)
    {
        long whole = 0;
        int index = start;
        for (; index < end && bytes[index] >= '0' && bytes[index] <= '9'; index++)
        {
            if (whole > Long.MAX_VALUE / 10 - 1)
            {
                return NOT_A_NUMBER;
            }
            whole = whole * 10 + bytes[index] - '0';
        }
        if (index == start)
        {
            return NOT_A_NUMBER;
        }
        final long unitNs = timeUnitNs(whole);
        return index == end ? whole * unitNs : withFraction(bytes, index, end, whole * unitNs, unitNs);
    }

    /** Nanoseconds of one unit of a time of this size. */
    public static long timeUnitNs(final long time)
    {
        if (time < SECONDS_MAX)
        {
            return time > Long.MAX_VALUE / 1_000_000_000L ? 1_000_000 : 1_000_000_000L;
        }
        if (time < MILLISECONDS_MAX)
        {
            return time > Long.MAX_VALUE / 1_000_000 ? 1_000 : 1_000_000;
        }
        return time < MICROSECONDS_MAX && time <= Long.MAX_VALUE / 1_000 ? 1_000 : 1;
    }

    /**
     * The value of a decimal, plain or in scientific notation, which some tools write for small quantities; null for other
     * text and for numbers that no price or quantity has. Allocates.
     */
    public static BigDecimal decimal(final byte[] bytes, final int start, final int end)
    {
        if (end - start > DECIMAL_LENGTH_MAX)
        {
            return null;
        }
        for (int i = start; i < end; i++)
        {
            if ("0123456789+-.eE".indexOf(bytes[i]) < 0)
            {
                return null;
            }
        }
        try
        {
            final BigDecimal value = new BigDecimal(ascii(bytes, start, end));
            return Math.abs((long)value.scale()) > DECIMAL_LENGTH_MAX ? null : value;
        }
        catch (final NumberFormatException | ArithmeticException ex)
        {
            return null;
        }
    }

    private static long withFraction(
        final byte[] bytes, final int start, final int end, final long wholeNs, final long unitNs)
    {
        if (bytes[start] != '.' || start + 1 == end)
        {
            return NOT_A_NUMBER;
        }
        long timeNs = wholeNs;
        long placeNs = unitNs / 10;
        for (int i = start + 1; i < end; i++)
        {
            if (bytes[i] < '0' || bytes[i] > '9')
            {
                return NOT_A_NUMBER;
            }
            timeNs += (bytes[i] - '0') * placeNs;
            placeNs /= 10;
        }
        return timeNs;
    }
}
