package io.lockstep.sequencer.config;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.NameRule;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A mapping of a YAML file, read strictly: each key is asked for by name and type, and {@link #refuseUnknown()} names any that
 * nobody asked for and the nearest one that is known. Values mean what their text says to whoever asks: a whole number is decimal
 * digits, a decimal number digits with a point, a flag true or false; YAML's other spellings of them are refused.
 * <p>
 * A problem is thrown or collected, as the file's {@link Problems} say. Where it is collected the value is the default, or what
 * stands for an absent one.
 */
public final class YamlSection
{
    private static final Pattern WHOLE = Pattern.compile("0|-?[1-9][0-9]{0,18}");
    private static final Pattern DECIMAL = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?");
    private static final int FILE_NAME_BYTES_MAX = 255;
    private static final int PATH_BYTES_MAX = 4095;

    private final YamlFile file;
    private final String path;
    private final YamlNode.Mapping mapping;

    YamlSection(final YamlFile file, final String path, final YamlNode.Mapping mapping)
    {
        this.file = file;
        this.path = path;
        this.mapping = mapping;
    }

    /**
     * The whole of a file's text; the first problem is thrown.
     *
     * @param file for messages.
     * @throws ConfigurationException when it is no YAML mapping, or not one that a configuration can be.
     */
    public static YamlSection parse(final Path file, final String text)
    {
        return parse(file, text, Problems.thrown());
    }

    /**
     * The whole of a file's text.
     *
     * @param file     for messages.
     * @param problems takes what is wrong.
     * @throws ConfigurationException when it is no YAML mapping, so that there is nothing to read.
     */
    public static YamlSection parse(final Path file, final String text, final Problems problems)
    {
        final YamlNode.Mapping root = YamlTree.parse(file.toString(), text, problems);
        return new YamlSection(new YamlFile(file.toString(), root, problems), "", root);
    }

    /** Where this section's problems go. */
    public Problems problems()
    {
        return file.problems();
    }

    /** All that was asked for until now, in the order of asking: where each value comes from. */
    public List<Setting> settings()
    {
        return file.settings();
    }

    /** Whether the key is there; it must still be read. */
    public boolean has(final String key)
    {
        file.known(mapping, key);
        return mapping.entryByKey().containsKey(key);
    }

    /** A mapping below this one; an empty one when the key is absent. */
    public YamlSection section(final String key)
    {
        return section(key, take(key));
    }

    /** A list of mappings; empty when the key is absent. */
    public List<YamlSection> sections(final String key)
    {
        final List<YamlSection> sections = new ArrayList<>();
        for (final YamlNode element : list(key, "a list"))
        {
            sections.add(section(key + "[" + sections.size() + "]", element));
        }
        return sections;
    }

    private YamlSection section(final String key, final YamlNode node)
    {
        if (node != null && !(node instanceof YamlNode.Mapping))
        {
            refuse(key, node.written(), "a mapping");
        }
        final YamlNode.Mapping below = node instanceof YamlNode.Mapping found
            ? found
            : new YamlNode.Mapping(file.place(path + key));
        file.taken(below, path + key + ".");
        return new YamlSection(file, path + key + ".", below);
    }

    /** A list of texts of a line each; empty when the key is absent. */
    public List<String> texts(final String key)
    {
        final List<String> texts = new ArrayList<>();
        final List<YamlNode> elements = list(key, "a list");
        for (int i = 0; i < elements.size(); i++)
        {
            if (elements.get(i) instanceof YamlNode.Scalar scalar)
            {
                texts.add(scalar.text());
            }
            else
            {
                refuse(key + "[" + i + "]", elements.get(i).written(), "text");
            }
        }
        file.set(path + key, texts.isEmpty() ? null : texts.toString(), has(key));
        return texts;
    }

    /** A list of whole numbers; empty when the key is absent. */
    public List<Integer> wholes(final String key, final int min, final int max, final String expected)
    {
        final List<Integer> numbers = new ArrayList<>();
        final List<String> texts = texts(key);
        for (int i = 0; i < texts.size(); i++)
        {
            final String text = texts.get(i);
            final long number = WHOLE.matcher(text).matches() && text.length() < 10
                ? Long.parseLong(text)
                : Long.MIN_VALUE;
            if (number < min || number > max)
            {
                refuse(key + "[" + i + "]", text, expected);
            }
            else
            {
                numbers.add((int)number);
            }
        }
        return numbers;
    }

    /** A list of names of instruments and the like; empty when the key is absent. */
    public List<String> names(final String key)
    {
        final List<String> names = texts(key);
        for (int i = 0; i < names.size(); i++)
        {
            requireName(key + "[" + i + "]", names.get(i));
        }
        return names;
    }

    /** A list of files or directories; empty when the key is absent. */
    public List<Path> paths(final String key)
    {
        final List<Path> paths = new ArrayList<>();
        final List<String> texts = texts(key);
        for (int i = 0; i < texts.size(); i++)
        {
            final Path found = toPath(key + "[" + i + "]", texts.get(i));
            if (found != null)
            {
                paths.add(found);
            }
        }
        return paths;
    }

    private List<YamlNode> list(final String key, final String expected)
    {
        final YamlNode value = take(key);
        if (value == null)
        {
            return List.of();
        }
        if (value instanceof YamlNode.Sequence list)
        {
            return list.elements();
        }
        refuse(key, value.written(), expected);
        return List.of();
    }

    private YamlNode take(final String key)
    {
        file.known(mapping, key);
        final YamlNode.Entry entry = mapping.entryByKey().get(key);
        if (entry == null)
        {
            return null;
        }
        file.read(entry);
        return entry.value();
    }

    /** The value in one line; null when the key is absent, or is a list or a mapping. */
    private YamlNode.Scalar scalar(final String key, final Object defaultValue, final String expected)
    {
        final YamlNode value = take(key);
        if (value != null && !(value instanceof YamlNode.Scalar))
        {
            refuse(key, value.written(), expected);
        }
        final YamlNode.Scalar scalar = value instanceof YamlNode.Scalar found ? found : null;
        file.set(path + key,
            scalar != null ? scalar.text() : defaultValue == null ? null : defaultValue.toString(), scalar != null);
        return scalar;
    }

    /** The value in one line as it is written; null when the key is absent, or where it is refused and problems are collected. */
    YamlNode.Scalar scalar(final String key, final String expected)
    {
        return scalar(key, null, expected);
    }

    /** The number that a text is, with or without a point; null when it is none, or has more digits than a decimal. */
    static Decimal decimalOf(final String text)
    {
        try
        {
            return DECIMAL.matcher(text).matches() ? Decimal.parse(text) : null;
        }
        catch (final IllegalArgumentException ex)
        {
            return null;
        }
    }

    public String text(final String key, final String defaultValue)
    {
        final YamlNode.Scalar scalar = scalar(key, defaultValue, "text");
        return scalar == null ? defaultValue : scalar.text();
    }

    /** Empty where it is missing and problems are collected. */
    public String requiredText(final String key)
    {
        require(key);
        return text(key, "");
    }

    /** Refuses a mapping without the key. */
    public void require(final String key)
    {
        if (!has(key))
        {
            refuse(key, "", "a value, the key is required");
        }
    }

    /** A text that may be a name, see {@link NameRule}. */
    public String name(final String key, final String defaultValue)
    {
        final String name = text(key, defaultValue);
        if (has(key))
        {
            requireName(key, name);
        }
        return name;
    }

    private void requireName(final String key, final String name)
    {
        final String problem = NameRule.problem(name);
        if (problem != null)
        {
            refuse(key, name, NameRule.EXPECTED + ": " + problem);
        }
    }

    /** A file or directory; null when the key is absent. */
    public Path path(final String key)
    {
        final String text = text(key, null);
        return text == null ? null : toPath(key, text);
    }

    public Path path(final String key, final Path defaultValue)
    {
        final String text = text(key, String.valueOf(defaultValue));
        final Path found = has(key) ? toPath(key, text) : null;
        return found == null ? defaultValue : found;
    }

    private Path toPath(final String key, final String text)
    {
        if (text.isBlank() || text.codePoints().anyMatch(Character::isISOControl))
        {
            refuse(key, text, "a path without control characters");
            return null;
        }
        try
        {
            final Path found = Path.of(text);
            for (final Path name : found)
            {
                if (name.toString().getBytes(StandardCharsets.UTF_8).length > FILE_NAME_BYTES_MAX)
                {
                    refuse(key, text, "a path with names of at most " + FILE_NAME_BYTES_MAX + " bytes");
                    return null;
                }
            }
            if (text.getBytes(StandardCharsets.UTF_8).length <= PATH_BYTES_MAX)
            {
                return found;
            }
            refuse(key, text, "a path of at most " + PATH_BYTES_MAX + " bytes");
        }
        catch (final InvalidPathException ex)
        {
            refuse(key, text, "a path that this system and its locale can name: " + ex.getReason());
        }
        return null;
    }

    public long whole(final String key, final long defaultValue, final long min, final long max)
    {
        final String expected = "a whole number from " + min + " to " + max;
        final YamlNode.Scalar scalar = scalar(
            key, defaultValue < min || defaultValue > max ? null : defaultValue, expected);
        if (scalar == null)
        {
            return defaultValue;
        }
        if (scalar.isPlain() && WHOLE.matcher(scalar.text()).matches())
        {
            try
            {
                final long number = Long.parseLong(scalar.text());
                if (number >= min && number <= max)
                {
                    return number;
                }
            }
            catch (final NumberFormatException ex)
            {
                // Nineteen digits are more than a long holds: said below, with the bounds.
            }
        }
        refuse(key, scalar.text(), expected);
        return defaultValue;
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
        final YamlNode.Scalar scalar = scalar(key, Units.text(defaultValue, factorByUnit), expected);
        if (scalar == null)
        {
            return defaultValue;
        }
        final long quantity = Units.parse(scalar.text(), factorByUnit);
        if (quantity < min || quantity > max || quantity < 0)
        {
            refuse(key, scalar.text(), expected + " from " + Units.text(min, factorByUnit) +
                (max == Long.MAX_VALUE ? "" : " to " + Units.text(max, factorByUnit)));
            return defaultValue;
        }
        return quantity;
    }

    public boolean flag(final String key, final boolean defaultValue)
    {
        final YamlNode.Scalar scalar = scalar(key, defaultValue, "true or false");
        if (scalar == null)
        {
            return defaultValue;
        }
        if (!scalar.isPlain() || !scalar.text().equals("true") && !scalar.text().equals("false"))
        {
            refuse(key, scalar.text(), "true or false");
            return defaultValue;
        }
        return scalar.text().equals("true");
    }

    /** An exact decimal, with or without quotes; null when the key is absent. */
    public Decimal decimal(final String key)
    {
        final YamlNode.Scalar scalar = scalar(key, null, "a decimal number such as 0.01");
        if (scalar == null)
        {
            return null;
        }
        if (DECIMAL.matcher(scalar.text()).matches())
        {
            try
            {
                return Decimal.parse(scalar.text());
            }
            catch (final IllegalArgumentException ex)
            {
                refuse(key, scalar.text(), "a decimal number of at most 18 digits");
                return null;
            }
        }
        refuse(key, scalar.text(), "a decimal number such as 0.01");
        return null;
    }

    /** A constant of an enum by its name in lower case with hyphens, e.g. {@code good-till-cancel}. */
    public <E extends Enum<E>> E constant(final String key, final Class<E> type, final E defaultValue)
    {
        final String value = text(key, defaultValue == null ? null : name(defaultValue));
        if (!has(key) || value == null)
        {
            return defaultValue;
        }
        final List<String> names = new ArrayList<>();
        for (final E constant : type.getEnumConstants())
        {
            final String name = name(constant);
            if (!name.equals("null-val") && !name.equals("sbe-unknown"))
            {
                if (name.equals(value.toLowerCase(Locale.ROOT)))
                {
                    return constant;
                }
                names.add(name);
            }
        }
        refuse(key, value, "one of " + String.join(", ", names));
        return defaultValue;
    }

    private static String name(final Enum<?> constant)
    {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** All keys, for sections whose keys are names of the user's own; each must still be asked for. */
    public Set<String> keys()
    {
        return mapping.entryByKey().keySet();
    }

    /** Says what a key comes to that is absent and whose default lies in other keys. */
    public void derived(final String key, final Object value)
    {
        file.set(path + key, String.valueOf(value), false);
    }

    /**
     * To be called when everything known has been read; for the root it looks at all sections below that were read.
     *
     * @throws ConfigurationException naming a key that nobody asked for, and the nearest known one.
     */
    public void refuseUnknown()
    {
        file.refuseUnknown(path, mapping);
        if (path.isEmpty())
        {
            file.refuseUnknown();
        }
    }

    /**
     * Reports {@code file:line:column: key=value: expected ...}, for a check of the caller's own.
     *
     * @throws ConfigurationException unless problems are collected.
     */
    public void refuse(final String key, final Object value, final String expected)
    {
        file.refuse(path + key, String.valueOf(value), expected);
    }

    /** {@code file:line:column} of the key, for a message about another. */
    public String where(final String key)
    {
        return file.where(path + key);
    }

    /** Where the key stands; of the nearest around it when it is not there. */
    public Place place(final String key)
    {
        return file.place(path + key);
    }
}
