package io.lockstep.sequencer.config;

import io.lockstep.codecs.Decimal;
import io.lockstep.sbe.ParameterType;

import java.util.Collection;
import java.util.regex.Pattern;

/**
 * The value of a strategy's parameter, of the type that its spelling says: digits with or without a point are a decimal, a whole
 * number with a unit of time is a duration, the name of an instrument is that instrument, and all else is a text.
 *
 * @param type  of the value; an instrument is a text until the instruments are known, see {@link #among}.
 * @param value of a decimal; of a duration nanoseconds; else 0.
 * @param text  as it is written.
 */
public record ParameterValue(ParameterType type, Decimal value, String text)
{
    static final int TEXT_LENGTH_MAX = 256;

    private static final Decimal NO_NUMBER = new Decimal(0, 0);
    /** What someone may have meant for a number that is none. */
    private static final Pattern LIKE_A_NUMBER = Pattern.compile("[-+.]?[0-9][-+0-9.,_eExX]*");
    private static final String EXPECTED = "a decimal number such as 0.01 of at most 18 digits, a duration such as 10ms, or a text in quotes";

    public static ParameterValue decimal(final Decimal value)
    {
        return new ParameterValue(ParameterType.DECIMAL, value, value.toString());
    }

    /** Null when it is refused, where problems are collected. */
    static ParameterValue read(final YamlSection section, final String key)
    {
        final YamlNode.Scalar scalar = section.scalar(key, EXPECTED);
        if (scalar == null)
        {
            return null;
        }
        final String text = scalar.text();
        final Decimal decimal = YamlSection.decimalOf(text);
        if (decimal != null)
        {
            return new ParameterValue(ParameterType.DECIMAL, decimal, text);
        }
        final long durationNs = scalar.isPlain() ? Units.durationNs(text) : -1;
        if (durationNs >= 0)
        {
            return new ParameterValue(ParameterType.DURATION, new Decimal(durationNs, 0), text);
        }
        if (scalar.isPlain() && LIKE_A_NUMBER.matcher(text).matches())
        {
            section.refuse(key, text, EXPECTED);
            return null;
        }
        if (text.length() > TEXT_LENGTH_MAX || text.codePoints().anyMatch(Character::isISOControl))
        {
            section.refuse(key, text,
                "a text of at most " + TEXT_LENGTH_MAX + " characters without control characters");
            return null;
        }
        return new ParameterValue(ParameterType.TEXT, NO_NUMBER, text);
    }

    /** The same, an instrument where the text is the name of one of these. */
    public ParameterValue among(final Collection<String> instruments)
    {
        return type == ParameterType.TEXT && instruments.contains(text)
            ? new ParameterValue(ParameterType.INSTRUMENT, NO_NUMBER, text)
            : this;
    }

    /** Numbers without zeros at their end, texts as they are written. */
    @Override
    public String toString()
    {
        return type == ParameterType.DECIMAL ? value.toString() : text;
    }
}
