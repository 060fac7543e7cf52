package io.lockstep.sequencer.config;

import io.lockstep.codecs.Decimal;
import net.openhft.chronicle.wire.WireType;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A mapping of a YAML file, read strictly: each key is asked for once by name and type, and {@link #refuseUnknown()} names
 * any that nobody asked for and the nearest one that is known. The text is parsed by Chronicle Wire; {@link YamlLines} says
 * where a key stands.
 */
public final class YamlSection
{
    private static final int DOUBLE_DIGITS = 15;

    private final String file;
    private final YamlLines lines;
    private final String path;
    private final Map<String, Object> values;
    private final Set<String> known = new LinkedHashSet<>();

    private YamlSection(
        final String file, final YamlLines lines, final String path, final Map<String, Object> values)
    {
        this.file = file;
        this.lines = lines;
        this.path = path;
        this.values = values;
    }

    /**
     * The whole of a file's text.
     *
     * @param file for messages.
     * @throws ConfigurationException when it is no YAML mapping.
     */
    public static YamlSection parse(final Path file, final String text)
    {
        final YamlLines lines = new YamlLines(file.toString(), text);
        final Object parsed;
        try
        {
            parsed = WireType.YAML_ONLY.fromString(text);
        }
        catch (final RuntimeException ex)
        {
            throw new ConfigurationException(file + ":1: not readable as YAML: " + ex.getMessage());
        }
        return new YamlSection(file.toString(), lines, "", mapping(parsed, file + ":1: a mapping of keys expected"));
    }

    private static Map<String, Object> mapping(final Object value, final String problem)
    {
        if (!(value instanceof Map<?, ?> map))
        {
            throw new ConfigurationException(problem);
        }
        final Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, entry) -> copy.put(String.valueOf(key), entry));
        return copy;
    }

    public boolean has(final String key)
    {
        known.add(key);
        return values.get(key) != null;
    }

    /** A mapping below this one; an empty one when the key is absent. */
    public YamlSection section(final String key)
    {
        known.add(key);
        final Object value = values.get(key);
        return new YamlSection(file, lines, path + key + ".",
            value == null ? Map.of() : mapping(value, problem(key, value, "a mapping")));
    }

    /** A list of mappings; empty when the key is absent. */
    public List<YamlSection> sections(final String key)
    {
        final List<YamlSection> sections = new ArrayList<>();
        for (final Object element : list(key))
        {
            final String elementKey = key + "[" + sections.size() + "]";
            sections.add(new YamlSection(file, lines, path + elementKey + ".",
                mapping(element, problem(elementKey, element, "a mapping"))));
        }
        return sections;
    }

    /** A list of texts; empty when the key is absent. */
    public List<String> texts(final String key)
    {
        final List<String> texts = new ArrayList<>();
        for (final Object element : list(key))
        {
            texts.add(String.valueOf(element));
        }
        return texts;
    }

    private List<?> list(final String key)
    {
        known.add(key);
        final Object value = values.get(key);
        if (value == null)
        {
            return List.of();
        }
        if (value instanceof List<?> list)
        {
            return list;
        }
        throw new ConfigurationException(problem(key, value, "a list"));
    }

    public String text(final String key, final String defaultValue)
    {
        known.add(key);
        final Object value = values.get(key);
        if (value instanceof Map || value instanceof List)
        {
            throw new ConfigurationException(problem(key, value, "text"));
        }
        return value == null ? defaultValue : String.valueOf(value);
    }

    public String requiredText(final String key)
    {
        final String value = text(key, null);
        if (value == null)
        {
            throw new ConfigurationException(problem(key, "", "a value, the key is required"));
        }
        return value;
    }

    public long whole(final String key, final long defaultValue, final long min, final long max)
    {
        known.add(key);
        final Object value = values.get(key);
        if (value == null)
        {
            return defaultValue;
        }
        if (!(value instanceof Long number) || number < min || number > max)
        {
            throw new ConfigurationException(problem(key, value, "a whole number from " + min + " to " + max));
        }
        return number;
    }

    /** A size such as {@code 64MiB}; the unit is one of B, KiB, MiB, GiB, TiB. */
    public long bytes(final String key, final long defaultValue, final long min, final long max)
    {
        return quantity(key, defaultValue, min, max, Units.BYTES_BY_UNIT, "a size such as 64MiB", "B");
    }

    /** A duration such as {@code 10ms}, in nanoseconds; the unit is one of ns, us, ms, s, m, h, d. */
    public long durationNs(final String key, final long defaultValue, final long min, final long max)
    {
        return quantity(key, defaultValue, min, max, Units.NANOS_BY_UNIT, "a duration such as 10ms", "ns");
    }

    private long quantity(
        final String key,
        final long defaultValue,
        final long min,
        final long max,
        final Map<String, Long> factorByUnit,
        final String expected,
        final String unit)
    {
        final String text = text(key, null);
        if (text == null)
        {
            return defaultValue;
        }
        // As it is written: for Java, and so for the parser, 1d is a double.
        final String plain = lines.plain(path + key);
        final String value = plain == null ? text : plain;
        final long quantity = Units.parse(value, factorByUnit);
        if (quantity < min || quantity > max || quantity < 0)
        {
            throw new ConfigurationException(problem(key, value,
                expected + " from " + min + unit + (max == Long.MAX_VALUE ? "" : " to " + max + unit)));
        }
        return quantity;
    }

    public boolean flag(final String key, final boolean defaultValue)
    {
        known.add(key);
        final Object value = values.get(key);
        if (value == null)
        {
            return defaultValue;
        }
        if (!(value instanceof Boolean flag))
        {
            throw new ConfigurationException(problem(key, value, "true or false"));
        }
        return flag;
    }

    /** An exact decimal, or null when the key is absent. Beyond 15 digits it must be quoted to stay exact. */
    public Decimal decimal(final String key)
    {
        known.add(key);
        final Object value = values.get(key);
        if (value == null)
        {
            return null;
        }
        try
        {
            return Decimal.parse(decimalText(value, lines.plain(path + key)));
        }
        catch (final IllegalArgumentException ex)
        {
            throw new ConfigurationException(problem(key, value, "a decimal number" +
                (value instanceof Double ? ", in quotes when it has more than " + DOUBLE_DIGITS + " digits" : "")));
        }
    }

    /** As it is written: for YAML 010 is eight, and a Double keeps 15 digits. */
    private static String decimalText(final Object value, final String plain)
    {
        final String text = plain == null ? String.valueOf(value) : plain;
        if (value instanceof Double && new BigDecimal(text).precision() > DOUBLE_DIGITS)
        {
            throw new IllegalArgumentException("more digits than an unquoted number keeps");
        }
        return text;
    }

    /** A constant of an enum by its name in lower case with hyphens, e.g. {@code good-till-cancel}. */
    public <E extends Enum<E>> E constant(final String key, final Class<E> type, final E defaultValue)
    {
        final String value = text(key, null);
        if (value == null)
        {
            return defaultValue;
        }
        final List<String> names = new ArrayList<>();
        for (final E constant : type.getEnumConstants())
        {
            final String name = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (name.equals(value.toLowerCase(Locale.ROOT)))
            {
                return constant;
            }
            if (!name.equals("null-val") && !name.equals("sbe-unknown"))
            {
                names.add(name);
            }
        }
        throw new ConfigurationException(problem(key, value, "one of " + String.join(", ", names)));
    }

    /** All keys, for sections whose keys are names of the user's own; each must still be asked for. */
    public Set<String> keys()
    {
        return values.keySet();
    }

    /**
     * To be called when everything known has been read.
     *
     * @throws ConfigurationException naming a key that nobody asked for, and the nearest known one.
     */
    public void refuseUnknown()
    {
        for (final Map.Entry<String, Object> entry : values.entrySet())
        {
            if (!known.contains(entry.getKey()))
            {
                throw new ConfigurationException(problem(entry.getKey(), entry.getValue(),
                    "a known key" + (known.isEmpty() ? "" : "; did you mean '" + nearest(entry.getKey()) + "'?")));
            }
        }
    }

    /** {@code file:line: key=value: expected ...}, for a check of the caller's own. */
    public String problem(final String key, final Object value, final String expected)
    {
        return file + ":" + lines.line(path + key) + ": " + path + key + "=" + value + ": expected " + expected;
    }

    private String nearest(final String key)
    {
        String nearest = "";
        int best = Integer.MAX_VALUE;
        for (final String candidate : known)
        {
            final int distance = distance(key, candidate);
            if (distance < best)
            {
                best = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** Levenshtein's edit distance. */
    private static int distance(final String a, final String b)
    {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j < previous.length; j++)
        {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++)
        {
            final int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++)
            {
                final int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substitution, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
