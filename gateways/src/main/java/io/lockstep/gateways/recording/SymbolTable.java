package io.lockstep.gateways.recording;

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
    private final List<byte[]> symbolBytes = new ArrayList<>();
    /** Open addressing, index + 1 of a symbol in each slot that is taken. */
    private int[] slots = new int[16];

    int size()
    {
        return symbols.size();
    }

    String symbol(final int index)
    {
        return symbols.get(index);
    }

    /** Index of the symbol that a parsed line's field names, or {@link #MISSING}. */
    int find(final BinanceLine line, final BinanceField field)
    {
        return find(line.bytes(), line.start(field), line.symbolEnd(field), field == BinanceField.STREAM);
    }

    int add(final BinanceLine line, final BinanceField field)
    {
        final String text = Text.ascii(line.bytes(), line.start(field), line.symbolEnd(field));
        return add(field == BinanceField.STREAM ? text.toUpperCase(Locale.ROOT) : text);
    }

    int add(final String symbol)
    {
        final byte[] bytes = symbol.getBytes(StandardCharsets.UTF_8);
        final int found = find(bytes, 0, bytes.length, false);
        if (found != MISSING)
        {
            return found;
        }
        symbols.add(symbol);
        symbolBytes.add(bytes);
        if (2 * symbols.size() > slots.length)
        {
            slots = new int[2 * slots.length];
            for (int i = 0; i < symbols.size(); i++)
            {
                insert(i);
            }
        }
        else
        {
            insert(symbols.size() - 1);
        }
        return symbols.size() - 1;
    }

    private void insert(final int index)
    {
        final byte[] bytes = symbolBytes.get(index);
        int slot = hash(bytes, 0, bytes.length) & slots.length - 1;
        while (slots[slot] != 0)
        {
            slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = index + 1;
    }

    private int find(final byte[] bytes, final int start, final int end, final boolean isAnyCase)
    {
        int slot = hash(bytes, start, end) & slots.length - 1;
        while (slots[slot] != 0)
        {
            if (isEqual(symbolBytes.get(slots[slot] - 1), bytes, start, end, isAnyCase))
            {
                return slots[slot] - 1;
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
