package io.lockstep.gateways.recording.binance;

import io.lockstep.codecs.NameRule;
import io.lockstep.gateways.recording.finding.MalformedLine;
import io.lockstep.gateways.recording.text.Text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Dense indexes of the symbols of one file, found from a line's bytes without making a string of them. */
final class SymbolTable
{
    static final int MISSING = -1;

    private final List<String> symbols = new ArrayList<>();
    /** Texts that name a symbol: its own, and others that stand for it, such as one with escapes. */
    private final List<byte[]> keys = new ArrayList<>();
    private final List<Integer> indexes = new ArrayList<>();
    /** Open addressing, number of a key + 1 in each slot that is taken. */
    private int[] slots = new int[16];

    int size()
    {
        return symbols.size();
    }

    String symbol(final int index)
    {
        return symbols.get(index);
    }

    /** Index of the symbol that a parsed line's field names, or {@link #MISSING}; allocates for a text that is new. */
    int find(final BinanceLine line, final BinanceField field)
    {
        final byte[] bytes = line.bytes();
        final int start = line.start(field);
        final int end = line.symbolEnd(field);
        final int found = find(bytes, start, end, field == BinanceField.STREAM);
        if (found != MISSING)
        {
            return found;
        }
        final int other = symbols.indexOf(symbol(line, field));
        if (other >= 0)
        {
            addKey(Arrays.copyOfRange(bytes, start, end), other);
        }
        return other;
    }

    /**
     * Adds the symbol that a parsed line's field names.
     *
     * @throws MalformedLine for text that cannot be a symbol.
     */
    int add(final BinanceLine line, final BinanceField field)
    {
        final String symbol = symbol(line, field);
        final String problem = NameRule.problem(symbol);
        if (problem != null)
        {
            throw line.wrong(field, NameRule.EXPECTED + ": " + problem);
        }
        return add(symbol);
    }

    int add(final String symbol)
    {
        final int known = symbols.indexOf(symbol);
        if (known >= 0)
        {
            return known;
        }
        symbols.add(symbol);
        addKey(symbol.getBytes(StandardCharsets.UTF_8), symbols.size() - 1);
        return symbols.size() - 1;
    }

    private static String symbol(final BinanceLine line, final BinanceField field)
    {
        final String text = Text.unescaped(line.bytes(), line.start(field), line.symbolEnd(field));
        if (text == null)
        {
            throw line.wrong(field, "text in UTF-8");
        }
        return field == BinanceField.STREAM ? text.toUpperCase(Locale.ROOT) : text;
    }

    private void addKey(final byte[] key, final int index)
    {
        keys.add(key);
        indexes.add(index);
        if (2 * keys.size() > slots.length)
        {
            slots = new int[2 * slots.length];
            for (int i = 0; i < keys.size(); i++)
            {
                insert(i);
            }
        }
        else
        {
            insert(keys.size() - 1);
        }
    }

    private void insert(final int key)
    {
        final byte[] bytes = keys.get(key);
        int slot = hash(bytes, 0, bytes.length) & slots.length - 1;
        while (slots[slot] != 0)
        {
            slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = key + 1;
    }

    private int find(final byte[] bytes, final int start, final int end, final boolean isAnyCase)
    {
        int slot = hash(bytes, start, end) & slots.length - 1;
        while (slots[slot] != 0)
        {
            if (isEqual(keys.get(slots[slot] - 1), bytes, start, end, isAnyCase))
            {
                return indexes.get(slots[slot] - 1);
            }
            slot = slot + 1 & slots.length - 1;
        }
        return MISSING;
    }

    private static boolean isEqual(
        final byte[] symbol, final byte[] bytes, final int start, final int end, final boolean isAnyCase)
    {
        if (!isAnyCase)
        {
            return Arrays.equals(symbol, 0, symbol.length, bytes, start, end);
        }
        if (symbol.length != end - start)
        {
            return false;
        }
        for (int i = 0; i < symbol.length; i++)
        {
            if (upper(symbol[i]) != upper(bytes[start + i]))
            {
                return false;
            }
        }
        return true;
    }

    private static int hash(final byte[] bytes, final int start, final int end)
    {
        int hash = 0;
        for (int i = start; i < end; i++)
        {
            hash = 31 * hash + upper(bytes[i]);
        }
        return hash ^ hash >>> 15;
    }

    private static int upper(final byte c)
    {
        return c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c;
    }
}
