package io.lockstep.core.signal;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.instrument.Slots;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Which instrument a signal's symbol means: the venue's symbol alone, where one venue has it, or symbol and venue. It follows from the
 * instruments' definitions, whose names never change, and so is no state. Allocates when instruments were defined since the last
 * search, else not.
 */
final class SymbolIndex
{
    /** No instrument has the symbol. */
    static final int UNKNOWN = -1;
    /** Several instruments have it. */
    static final int AMBIGUOUS = -2;

    private static final long SEED = 0;

    private final Slots slots;
    private String[] symbols = {};
    private String[] names = {};
    /** Of the symbol and of the whole name of each instrument, so that a search reads through one array. */
    private long[] hashes = {};

    SymbolIndex(final Slots slots)
    {
        this.slots = slots;
    }

    /** The instrument's id, {@link #UNKNOWN} or {@link #AMBIGUOUS}. */
    int find(final DirectBuffer buffer, final int offset, final int length)
    {
        addNew();
        final long hash = Xxh64.hash(buffer, offset, length, SEED);
        int found = UNKNOWN;
        for (int i = 0; i < hashes.length; i++)
        {
            if (hashes[i] == hash && isEqual(i, buffer, offset, length))
            {
                found = found == UNKNOWN || found == i / 2 ? i / 2 : AMBIGUOUS;
            }
        }
        return found;
    }

    private boolean isEqual(final int index, final DirectBuffer buffer, final int offset, final int length)
    {
        final String text = index % 2 == 0 ? symbols[index / 2] : names[index / 2];
        return Utf8Names.isEqual(text, buffer, offset, length);
    }

    private void addNew()
    {
        final int known = symbols.length;
        if (known == slots.count())
        {
            return;
        }
        symbols = Arrays.copyOf(symbols, slots.count());
        names = Arrays.copyOf(names, slots.count());
        hashes = Arrays.copyOf(hashes, 2 * slots.count());
        for (int id = known; id < slots.count(); id++)
        {
            final Instrument instrument = slots.get(id).instrument();
            symbols[id] = instrument.symbol();
            names[id] = instrument.name();
            hashes[2 * id] = hash(symbols[id]);
            hashes[2 * id + 1] = hash(names[id]);
        }
    }

    private static long hash(final String text)
    {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Xxh64.hash(new UnsafeBuffer(bytes), 0, bytes.length, SEED);
    }
}
