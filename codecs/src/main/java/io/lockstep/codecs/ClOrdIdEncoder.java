package io.lockstep.codecs;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteOrder;

/**
 * Writes {@link ClOrdIds} one after another: shard, incarnation and the higher digits of the sequence seldom change from one to
 * the next, and are kept as they were written. One thread; no allocation.
 */
public final class ClOrdIdEncoder
{
    /** Digits of the sequence that are written anew each time. */
    private static final int LOW_DIGITS = 4;
    private static final int LOW = 36 * 36 * 36 * 36;
    private static final int LOW_AT = ClOrdIds.ORDINAL_AT - LOW_DIGITS;
    private static final int MIDDLE_AT = Long.BYTES;
    private static final long NOTHING_KEPT = -1;

    private final UnsafeBuffer written = new UnsafeBuffer(new byte[ClOrdIds.LENGTH]);
    private int shard;
    private int incarnation;
    private long high = NOTHING_KEPT;
    private long first;
    private int middle;

    /**
     * As {@link ClOrdIds#encode}.
     *
     * @throws IllegalArgumentException when a part is negative or above its maximum; what was written is then no id.
     */
    public void encode(
        final MutableDirectBuffer buffer,
        final int offset,
        final int newShard,
        final int newIncarnation,
        final long sequence,
        final int ordinal)
    {
        final long newHigh = sequence / LOW;
        if (newShard != shard || newIncarnation != incarnation || newHigh != high || sequence < 0)
        {
            keep(newShard, newIncarnation, sequence, newHigh);
        }
        buffer.putLong(offset, first);
        // Reaches into the low digits, which come next.
        buffer.putInt(offset + MIDDLE_AT, middle);
        buffer.putInt(offset + LOW_AT, ClOrdIds.fourDigits((int)(sequence - newHigh * LOW)), ByteOrder.BIG_ENDIAN);
        ClOrdIds.putOrdinal(buffer, offset, ordinal);
    }

    private void keep(final int newShard, final int newIncarnation, final long sequence, final long newHigh)
    {
        high = NOTHING_KEPT;
        ClOrdIds.encode(written, 0, newShard, newIncarnation, sequence, 0);
        first = written.getLong(0);
        middle = written.getInt(MIDDLE_AT);
        shard = newShard;
        incarnation = newIncarnation;
        high = newHigh;
    }
}
