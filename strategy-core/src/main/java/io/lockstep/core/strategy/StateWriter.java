package io.lockstep.core.strategy;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.order.Order;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Takes what a strategy that is being saved keeps, in an order of the strategy's own; {@link StateReader} gives it back in that
 * order. Whole numbers, booleans, codes and orders take eight bytes each, and nothing tells them apart but their place. It grows as
 * it must, up to {@value #BYTES_MAX} bytes, and cannot fail up to there.
 */
public final class StateWriter
{
    /** What one instance may keep. */
    public static final int BYTES_MAX = 16 << 20;
    /** Upper half of what {@link #putVersion} writes: the letters STVR; the version follows. */
    static final long VERSION_TAG = 0x5354_5652L << Integer.SIZE;
    /** The one not-a-number that is saved: others that a computation may leave have other bits in another JVM. */
    private static final long CANONICAL_NAN = 0x7FF8_0000_0000_0000L;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private int length;

    /** Says in which layout the rest is; to be put first, and read by {@link StateReader#version}. */
    public StateWriter putVersion(final int version)
    {
        return putLong(VERSION_TAG | version & 0xFFFF_FFFFL);
    }

    public StateWriter putLong(final long value)
    {
        reserve(Long.BYTES);
        buffer.putLong(length, value, ByteOrder.LITTLE_ENDIAN);
        length += Long.BYTES;
        return this;
    }

    public StateWriter putInt(final int value)
    {
        return putLong(value);
    }

    public StateWriter putBoolean(final boolean value)
    {
        return putLong(value ? 1 : 0);
    }

    /** The code of an enum: of a message's enum its {@code value()}. An ordinal is no code, it changes with the source. */
    public StateWriter putCode(final short code)
    {
        return putLong(code);
    }

    /** Its bits; every not-a-number becomes the same one. */
    public StateWriter putDouble(final double value)
    {
        return putLong(Double.isNaN(value) ? CANONICAL_NAN : Double.doubleToRawLongBits(value));
    }

    public StateWriter putBytes(final DirectBuffer source, final int offset, final int byteLength)
    {
        putLong(byteLength);
        reserve(byteLength);
        buffer.putBytes(length, source, offset, byteLength);
        length += byteLength;
        return this;
    }

    public StateWriter putText(final String text)
    {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        putLong(bytes.length);
        reserve(bytes.length);
        buffer.putBytes(length, bytes);
        length += bytes.length;
        return this;
    }

    /** An order of the strategy, or null; one that is no longer open is the strategy's mistake, found when it is read. */
    public StateWriter putOrder(final Order order)
    {
        return order == null
            ? putLong(Nulls.NULL_SEQUENCE).putLong(0)
            : putLong(ClOrdIds.key(order.sequence(), order.ordinal())).putLong(order.incarnation());
    }

    private void reserve(final int bytes)
    {
        if (length + bytes > BYTES_MAX)
        {
            throw new IllegalStateException(
                "a strategy keeps more than " + BYTES_MAX + " bytes: at least " + ((long)length + bytes));
        }
    }

    /** Holds {@link #length} bytes, from 0 on. */
    public DirectBuffer buffer()
    {
        return buffer;
    }

    /** Bytes taken so far. */
    public int length()
    {
        return length;
    }
}
