package io.lockstep.sequencer.counters;

import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a counter counts, as text that other processes read beside the counters: names for a number. One writer; a reader that
 * comes while it is written looks again.
 * <pre>
 *  0  version, odd while it is written
 *  4  length of the text in bytes
 *  8  the text, UTF-8
 * </pre>
 */
public enum CounterNote
{
    /** Instruments with a position or open orders whose market is stale, and why. */
    STALE_EXPOSED(1 << 14),
    /** What is configured and not in force, or the other way round, and why; a line each. */
    CONFIGURATION_DIFFERENCES(1 << 16),
    /** Every strategy's instance, see {@link InstanceLines}. */
    STRATEGIES(1 << 19),
    /** Every venue with its account, see {@link VenueLines}. */
    VENUES(1 << 16);

    private static final int LENGTH_OFFSET = Integer.BYTES;
    private static final int TEXT_OFFSET = 2 * Integer.BYTES;
    private static final int ATTEMPTS = 1_000;

    private final int length;
    private int start;

    CounterNote(final int length)
    {
        this.length = length;
    }

    static
    {
        int next = 0;
        for (final CounterNote note : values())
        {
            note.start = next;
            next += note.length;
        }
    }

    /** Of all notes. */
    static int totalLength()
    {
        final CounterNote last = values()[values().length - 1];
        return last.start + last.length;
    }

    void write(final AtomicBuffer notes, final String text)
    {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        final int written = Math.min(bytes.length, length - TEXT_OFFSET);
        final int version = notes.getInt(start);
        notes.putIntVolatile(start, version + 1);
        notes.putInt(start + LENGTH_OFFSET, written);
        notes.putBytes(start + TEXT_OFFSET, bytes, 0, written);
        notes.putIntVolatile(start, version + 2);
    }

    /** Empty when nothing was written, or it is written all the time. */
    String read(final UnsafeBuffer notes)
    {
        for (int i = 0; i < ATTEMPTS; i++)
        {
            final int version = notes.getIntVolatile(start);
            final byte[] bytes = new byte[length - TEXT_OFFSET];
            final int written = notes.getInt(start + LENGTH_OFFSET);
            notes.getBytes(start + TEXT_OFFSET, bytes);
            if ((version & 1) == 0 && version == notes.getIntVolatile(start) && written >= 0 && written <= bytes.length)
            {
                return new String(Arrays.copyOf(bytes, written), StandardCharsets.UTF_8);
            }
        }
        return "";
    }
}
