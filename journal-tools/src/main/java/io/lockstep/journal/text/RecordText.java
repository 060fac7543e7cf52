package io.lockstep.journal.text;

import io.lockstep.codecs.text.Amount;
import io.lockstep.codecs.text.Numbers;
import io.lockstep.codecs.text.Times;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Decoded records for people and for programs.
 * <p>
 * For programs every value stays as the schema has it, and beside it stands what it means: {@code NAMEDecimal} and
 * {@code NAMEUnit} of a number with a unit, {@code NAME} without its {@code Ns} of a time, {@code instrument} of an instrument's
 * id. For people the meaning replaces the value.
 */
public final class RecordText
{
    private static final String NANOS = "Ns";
    private static final String TICKS = "Ticks";
    private static final String LOTS = "Lots";
    private static final List<String> PRICES = List.of("price", "px", "open", "high", "low", "close");
    private static final List<String> HASHES = List.of("Hash", "chain", "Chain");
    private static final List<String> QUANTITIES = List.of("quantity", "qty", "volume");

    private final RecordMeanings meanings;

    public RecordText(final RecordMeanings meanings)
    {
        this.meanings = meanings;
    }

    /** A record with all raw values and their meanings. */
    public Map<String, Object> explained(final Map<String, Object> record)
    {
        final Map<String, Object> explained = new LinkedHashMap<>();
        record.forEach((name, value) ->
        {
            explained.put(name, name.equals("message") ? explainedMessage(message(record)) : value);
            putTime(explained, name, value);
        });
        return explained;
    }

    /** A message with all raw values and their meanings. */
    public Map<String, Object> explainedMessage(final Map<String, Object> message)
    {
        return explained(message, message);
    }

    private Map<String, Object> explained(final Map<String, Object> message, final Map<String, Object> scope)
    {
        final Map<String, Object> explained = new LinkedHashMap<>();
        scope.forEach((name, value) ->
        {
            explained.put(name, value instanceof Collection<?> entries ? explained(message, entries) : value);
            putTime(explained, name, value);
            if (name.equals("instrumentId"))
            {
                explained.put("instrument", meanings.instrument(value));
            }
            final Amount amount = meanings.amount(message, scope, name);
            if (amount != null)
            {
                explained.put(name + "Decimal", amount.decimal());
                explained.put(name + "Unit", amount.unit());
            }
        });
        return explained;
    }

    private List<Object> explained(final Map<String, Object> message, final Collection<?> entries)
    {
        final List<Object> explained = new ArrayList<>();
        entries.forEach((entry) -> explained.add(explained(message, asMap(entry))));
        return explained;
    }

    private static void putTime(final Map<String, Object> values, final String name, final Object value)
    {
        if (RecordMeanings.isTime(name))
        {
            values.put(timeName(name), time(value));
        }
    }

    /** One line: sequence, time, kind, message and its values. */
    public String line(final Map<String, Object> record)
    {
        final StringBuilder line = new StringBuilder()
            .append(record.get("sequence")).append('.').append(record.get("ordinal")).append(' ')
            .append(time(record.get("sequencerTimeNs")) == null ? "-" : time(record.get("sequencerTimeNs")))
            .append(' ').append(record.get("kind")).append(' ').append(record.get("template"));
        final String values = ValueText.of(readable(message(record)));
        return values.isEmpty() ? line.toString() : line.append(' ').append(values).toString();
    }

    /** A message with the meanings alone, under names without the raw values' units. */
    public Map<String, Object> readable(final Map<String, Object> message)
    {
        return readable(message, message);
    }

    private Map<String, Object> readable(final Map<String, Object> message, final Map<String, Object> scope)
    {
        final Map<String, Object> readable = new LinkedHashMap<>();
        scope.forEach((name, value) ->
        {
            if (!RecordMeanings.isHighHalf(scope, name))
            {
                putReadable(readable, message, scope, name);
            }
        });
        return readable;
    }

    private void putReadable(
        final Map<String, Object> readable,
        final Map<String, Object> message,
        final Map<String, Object> scope,
        final String name)
    {
        final Object value = scope.get(name);
        final Amount amount = meanings.amount(message, scope, name);
        if (amount != null)
        {
            readable.put(withoutUnit(name), amount.toString());
        }
        else if (name.equals("instrumentId") && meanings.instrument(value) != null)
        {
            readable.put("instrument", meanings.instrument(value));
        }
        else if (RecordMeanings.isTime(name))
        {
            readable.put(timeName(name), time(value));
        }
        else if (value instanceof Long hash && HASHES.stream().anyMatch(name::endsWith))
        {
            readable.put(name, Numbers.hex(hash));
        }
        else if (value instanceof Collection<?> entries)
        {
            final List<Object> list = new ArrayList<>();
            entries.forEach((entry) -> list.add(readable(message, asMap(entry))));
            readable.put(name, list);
        }
        else
        {
            readable.put(value == null ? withoutUnit(name) : name, value);
        }
    }

    private static String withoutUnit(final String name)
    {
        if (name.endsWith(TICKS))
        {
            return named(name.substring(0, name.length() - TICKS.length()), PRICES, "Price");
        }
        if (name.endsWith(NANOS))
        {
            return timeName(name);
        }
        return name.endsWith(LOTS)
            ? named(name.substring(0, name.length() - LOTS.length()), QUANTITIES, "Quantity")
            : name;
    }

    /** A name that says what it is of stays, any other gets a word for it. */
    private static String named(final String base, final List<String> endings, final String word)
    {
        final String lower = base.toLowerCase(Locale.ROOT);
        return endings.stream().anyMatch(lower::endsWith) ? base : base + word;
    }

    static String timeName(final String name)
    {
        return name.substring(0, name.length() - NANOS.length());
    }

    /** 0 stands for no time. */
    private static String time(final Object ns)
    {
        return ns instanceof Long time && time != 0 ? Times.iso(time) : null;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> message(final Map<String, Object> record)
    {
        return (Map<String, Object>)record.get("message");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(final Object entry)
    {
        return (Map<String, Object>)entry;
    }
}
