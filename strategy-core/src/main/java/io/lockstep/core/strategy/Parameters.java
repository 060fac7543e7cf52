package io.lockstep.core.strategy;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Increment;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The parameters of a strategy, decimals by name, as they are in the journal. Used while a strategy is made; allocates.
 */
public final class Parameters
{
    private static final Increment UNIT = new Increment(1, 0);

    private final TreeMap<String, Decimal> valueByName = new TreeMap<>();
    private final List<Known> known = new ArrayList<>();

    /**
     * A parameter that a strategy has asked for.
     *
     * @param defaultValue in force when it is not given.
     * @param bounds       in words; empty when any decimal will do.
     */
    public record Known(String name, String defaultValue, String bounds)
    {
    }

    public Parameters put(final String name, final Decimal value)
    {
        valueByName.put(name, value);
        return this;
    }

    /**
     * A whole number within bounds, which may be negative.
     *
     * @param defaultValue when the parameter is not given; not held against the bounds.
     * @param min          least value allowed.
     * @param max          greatest value allowed.
     * @throws IllegalArgumentException naming the parameter, its value and the bounds when it is not one.
     */
    public long whole(final String name, final long defaultValue, final long min, final long max)
    {
        known.add(new Known(name, Long.toString(defaultValue), "whole number from " + min + " to " + max));
        final Decimal value = valueByName.remove(name);
        if (value == null)
        {
            return defaultValue;
        }
        final long magnitude = value.mantissa() == Long.MIN_VALUE
            ? Increment.TOO_LARGE
            : UNIT.fromScaled(Math.abs(value.mantissa()), value.exponent());
        final long whole = value.mantissa() < 0 ? -magnitude : magnitude;
        if (Increment.isError(magnitude) || whole < min || whole > max)
        {
            throw new IllegalArgumentException("parameter " + name + "=" + value +
                ": expected a whole number from " + min + " to " + max);
        }
        return whole;
    }

    /** Any decimal. */
    public Decimal decimal(final String name, final Decimal defaultValue)
    {
        known.add(new Known(name, String.valueOf(defaultValue), ""));
        final Decimal value = valueByName.remove(name);
        return value == null ? defaultValue : value;
    }

    /** What was asked for so far, in that order: what a strategy knows, for a page about it. */
    public List<Known> known()
    {
        return List.copyOf(known);
    }

    /**
     * To be called when all known parameters have been read.
     *
     * @throws IllegalArgumentException naming one that nobody read.
     */
    public void refuseUnknown()
    {
        if (!valueByName.isEmpty())
        {
            throw new IllegalArgumentException("unknown parameter " + valueByName.firstKey() + ": expected one of " +
                known.stream().map(Known::name).toList());
        }
    }
}
