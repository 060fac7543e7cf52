package io.lockstep.sequencer.apply;

import io.lockstep.codecs.Decimal;
import io.lockstep.sbe.ParameterType;
import io.lockstep.sequencer.config.ParameterValue;

/**
 * A parameter as the core has it.
 *
 * @param value a decimal, nanoseconds of a duration, or an instrument's id; 0 of a text.
 * @param text  of a text, else empty.
 */
public record RunningParameter(ParameterType type, Decimal value, String text)
{
    /**
     * @param ids of instruments.
     */
    static RunningParameter of(final ParameterValue configured, final InstrumentIds ids)
    {
        return switch (configured.type())
        {
            case DECIMAL, DURATION -> new RunningParameter(configured.type(), configured.value(), "");
            case TEXT -> new RunningParameter(configured.type(), configured.value(), configured.text());
            case INSTRUMENT ->
                new RunningParameter(configured.type(), new Decimal(ids.id(configured.text()), 0), "");
            case NULL_VAL, SBE_UNKNOWN -> throw new IllegalArgumentException("parameter without a type");
        };
    }

    /** Whether it is the same: numbers count, not how they are written. */
    boolean isSame(final RunningParameter other)
    {
        return type == other.type && value.isSameNumber(other.value) && text.equals(other.text);
    }

    /**
     * For people.
     *
     * @param ids of instruments.
     */
    String text(final InstrumentIds ids)
    {
        return switch (type)
        {
            case DECIMAL -> value.toString();
            case DURATION -> value + "ns";
            case INSTRUMENT -> ids.name((int)value.mantissa());
            case TEXT, NULL_VAL, SBE_UNKNOWN -> text;
        };
    }
}
