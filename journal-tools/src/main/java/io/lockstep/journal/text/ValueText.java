package io.lockstep.journal.text;

import io.lockstep.codecs.text.Decimals;
import io.lockstep.codecs.text.Escapes;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One line of text for a value of any kind, e.g. {@code side=BUY, price=27.1 USDT, bids=[price=1 USDT; price=2 USDT]}.
 */
public final class ValueText
{
    private ValueText()
    {
    }

    /** Absent values are {@code none}, decimals plain, texts fit for a terminal. */
    public static String of(final Object value)
    {
        if (value == null)
        {
            return "none";
        }
        if (value instanceof BigDecimal decimal)
        {
            return Decimals.plain(decimal);
        }
        if (value instanceof Map<?, ?> map)
        {
            return map.entrySet().stream()
                .map((entry) -> Escapes.line(String.valueOf(entry.getKey())) + "=" + within(entry.getValue()))
                .collect(Collectors.joining(", "));
        }
        if (value instanceof Collection<?> entries)
        {
            return entries.isEmpty()
                ? "none"
                : entries.stream().map(ValueText::of).collect(Collectors.joining("; "));
        }
        return Escapes.line(value.toString());
    }

    private static String within(final Object value)
    {
        return value instanceof Map || value instanceof Collection<?> entries && !entries.isEmpty()
            ? "[" + of(value) + "]"
            : of(value);
    }
}
