package io.lockstep.sequencer.config;

import io.lockstep.codecs.Decimal;
import io.lockstep.sbe.LimitType;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * A pre-trade limit and its value; the unit is the type's.
 */
public record Limit(LimitType type, Decimal value)
{
    /** The name in configuration and commands, e.g. {@code maxOrderQuantity}. */
    public static String name(final LimitType type)
    {
        final StringBuilder name = new StringBuilder();
        for (final String word : type.name().toLowerCase(Locale.ROOT).split("_"))
        {
            name.append(name.length() == 0 ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }

    /** All types that can be set. */
    public static List<LimitType> types()
    {
        final List<LimitType> types = new ArrayList<>(List.of(LimitType.values()));
        types.removeIf((type) -> type == LimitType.NULL_VAL || type == LimitType.SBE_UNKNOWN);
        return types;
    }

    /**
     * @param mayBe which types may stand there.
     */
    static List<Limit> read(final YamlSection section, final Predicate<LimitType> mayBe)
    {
        final List<Limit> limits = new ArrayList<>();
        for (final LimitType type : types())
        {
            if (!mayBe.test(type))
            {
                continue;
            }
            final Decimal value = section.decimal(name(type));
            if (value != null)
            {
                if (value.mantissa() < 0)
                {
                    throw new ConfigurationException(
                        section.problem(name(type), value, "a limit that is not negative"));
                }
                limits.add(new Limit(type, value));
            }
        }
        section.refuseUnknown();
        return limits;
    }
}
