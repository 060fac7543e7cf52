package io.lockstep.journal.text;

import io.lockstep.codecs.text.Escapes;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;

/**
 * Values as YAML 1.2 in block style, without tags: numbers, booleans, nulls and text that every parser takes for what it is.
 */
public final class YamlText
{
    private static final String INDENT = "  ";

    private YamlText()
    {
    }

    /** A document's content, each line ended. */
    public static String of(final Map<String, ?> values)
    {
        final StringBuilder text = new StringBuilder();
        appendMap(text, values, "");
        return text.toString();
    }

    private static void appendMap(final StringBuilder text, final Map<?, ?> values, final String indent)
    {
        final Iterator<? extends Map.Entry<?, ?>> entries = values.entrySet().iterator();
        String before = "";
        while (entries.hasNext())
        {
            final Map.Entry<?, ?> entry = entries.next();
            text.append(before).append(Escapes.yaml(String.valueOf(entry.getKey()))).append(':');
            appendValue(text, entry.getValue(), indent);
            before = indent;
        }
    }

    private static void appendValue(final StringBuilder text, final Object value, final String indent)
    {
        if (value instanceof Map<?, ?> map && !map.isEmpty())
        {
            text.append('\n').append(indent).append(INDENT);
            appendMap(text, map, indent + INDENT);
        }
        else if (value instanceof Collection<?> list && !list.isEmpty())
        {
            text.append('\n');
            list.forEach((element) -> appendElement(text, element, indent));
        }
        else
        {
            text.append(' ').append(scalar(value)).append('\n');
        }
    }

    private static void appendElement(final StringBuilder text, final Object element, final String indent)
    {
        text.append(indent).append("- ");
        if (element instanceof Map<?, ?> map && !map.isEmpty())
        {
            appendMap(text, map, indent + INDENT);
        }
        else
        {
            text.append(scalar(element)).append('\n');
        }
    }

    private static String scalar(final Object value)
    {
        if (value == null)
        {
            return "null";
        }
        if (value instanceof Map)
        {
            return "{}";
        }
        if (value instanceof Collection)
        {
            return "[]";
        }
        if (value instanceof BigDecimal decimal)
        {
            return decimal.toPlainString();
        }
        return value instanceof Number || value instanceof Boolean ? value.toString() : Escapes.yaml(value.toString());
    }
}
