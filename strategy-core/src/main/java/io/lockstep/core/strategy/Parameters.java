package io.lockstep.core.strategy;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Increment;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The parameters of a strategy by name, as they are in the journal: whole numbers, decimals, texts, durations, instruments. Used
 * while a strategy is made; allocates.
 */
public final class Parameters
{
    private static final Increment UNIT = new Increment(1, 0);

    private final TreeMap<String, Decimal> valueByName = new TreeMap<>();
    private final TreeMap<String, String> textByName = new TreeMap<>();
    private final TreeMap<String, Long> durationByName = new TreeMap<>();
    private final TreeMap<String, Integer> instrumentByName = new TreeMap<>();
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

    public Parameters putText(final String name, final String text)
    {
        textByName.put(name, text);
        return this;
    }

    public Parameters putDuration(final String name, final long durationNs)
    {
        durationByName.put(name, durationNs);
        return this;
    }

    /**
     * @param instrumentId dense, by the instrument's definition.
     */
    public Parameters putInstrument(final String name, final int instrumentId)
    {
        instrumentByName.put(name, instrumentId);
        return this;
    }

    /**
     * One of a closed list of texts; any text when the list is empty.
     *
     * @throws IllegalArgumentException naming the parameter, its value and the list when it is none of them.
     */
    public String text(final String name, final String defaultValue, final String... allowed)
    {
        final List<String> list = List.of(allowed);
        known.add(new Known(name, defaultValue, list.isEmpty() ? "text" : "one of " + String.join(", ", list)));
        final String text = textByName.remove(name);
        if (text == null)
        {
            return defaultValue;
        }
        if (!list.isEmpty() && !list.contains(text))
        {
            throw new IllegalArgumentException("parameter " + name + "=" + text + ": expected one of " + list);
        }
        return text;
    }

    /**
     * A duration in nanoseconds, within bounds.
     *
     * @throws IllegalArgumentException naming the parameter, its value and the bounds when it is not one.
     */
    public long durationNs(final String name, final long defaultNs, final long minNs, final long maxNs)
    {
        known.add(new Known(name, defaultNs + "ns", "duration from " + minNs + "ns to " + maxNs + "ns"));
        final Long durationNs = durationByName.remove(name);
        if (durationNs == null)
        {
            return defaultNs;
        }
        if (durationNs < minNs || durationNs > maxNs)
        {
            throw new IllegalArgumentException("parameter " + name + "=" + durationNs + "ns: expected from " + minNs +
                "ns to " + maxNs + "ns");
        }
        return durationNs;
    }

    /** An instrument's id, or the default when it is not given. */
    public int instrumentId(final String name, final int defaultId)
    {
        known.add(new Known(name, "", "instrument"));
        final Integer instrumentId = instrumentByName.remove(name);
        return instrumentId == null ? defaultId : instrumentId;
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
        for (final TreeMap<String, ?> left : List.of(valueByName, textByName, durationByName, instrumentByName))
        {
            if (!left.isEmpty())
            {
                throw new IllegalArgumentException("unknown parameter " + left.firstKey() + ": expected one of " +
                    known.stream().map((parameter) -> parameter.name + " (" + kind(parameter) + ')').toList());
            }
        }
    }

    private static String kind(final Known parameter)
    {
        return parameter.bounds.isEmpty() ? "decimal" : parameter.bounds;
    }
}
