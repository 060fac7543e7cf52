package io.lockstep.core.strategy;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.order.OpenOrders;
import io.lockstep.core.order.Order;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Gives a strategy that is being restored what it has given to the {@link StateWriter}, in the same order. Every method
 * throws {@link IllegalStateException} when there is nothing further, or nothing of its kind.
 */
public final class StateReader
{
    private final List<OpenOrders> openOrders;
    private final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
    private final boolean namesIncarnations;
    private boolean isLater;
    private int length;
    private int next;

    /**
     * @param openOrders of each leg, restored already.
     */
    public StateReader(final List<OpenOrders> openOrders)
    {
        this(openOrders, true);
    }

    /**
     * @param namesIncarnations whether an order is saved with its incarnation; not so before schema version 4.
     */
    public StateReader(final List<OpenOrders> openOrders, final boolean namesIncarnations)
    {
        this.openOrders = List.copyOf(openOrders);
        this.namesIncarnations = namesIncarnations;
    }

    /** Appends what will be read. */
    public StateReader add(final DirectBuffer source, final int offset, final int byteLength)
    {
        buffer.putBytes(length, source, offset, byteLength);
        length += byteLength;
        return this;
    }

    /** Appends one value. */
    public StateReader add(final long value)
    {
        buffer.putLong(length, value, ByteOrder.LITTLE_ENDIAN);
        length += Long.BYTES;
        return this;
    }

    /** What {@link StateWriter#putVersion} has put here; 0, and nothing read, when there is no such. */
    public int version()
    {
        if (remaining() < Long.BYTES)
        {
            return 0;
        }
        final long tag = buffer.getLong(next, ByteOrder.LITTLE_ENDIAN);
        if (tag >>> Integer.SIZE != StateWriter.VERSION_TAG >>> Integer.SIZE)
        {
            return 0;
        }
        next += Long.BYTES;
        return (int)tag;
    }

    public long nextLong()
    {
        require(Long.BYTES);
        final long value = buffer.getLong(next, ByteOrder.LITTLE_ENDIAN);
        next += Long.BYTES;
        return value;
    }

    private void require(final long bytes)
    {
        if (bytes < 0 || bytes > remaining())
        {
            throw new IllegalStateException(
                "the strategy reads more than it saved: bytes=" + length + " next=" + next + " wanted=" + bytes);
        }
    }

    public int nextInt()
    {
        return (int)within(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    public boolean nextBoolean()
    {
        return within(0, 1) == 1;
    }

    /** The code of an enum, for the {@code get} of a message's. */
    public short nextCode()
    {
        return (short)within(Short.MIN_VALUE, Short.MAX_VALUE);
    }

    private long within(final long min, final long max)
    {
        final long value = nextLong();
        if (value < min || value > max)
        {
            throw new IllegalStateException("the strategy reads another kind than it saved: offset=" +
                (next - Long.BYTES) + " value=" + value + " expected from " + min + " to " + max);
        }
        return value;
    }

    public double nextDouble()
    {
        return Double.longBitsToDouble(nextLong());
    }

    public byte[] nextBytes()
    {
        final long byteLength = nextLong();
        require(byteLength);
        final byte[] bytes = new byte[(int)byteLength];
        buffer.getBytes(next, bytes);
        next += bytes.length;
        return bytes;
    }

    public String nextText()
    {
        return new String(nextBytes(), StandardCharsets.UTF_8);
    }

    /**
     * The pooled object of the open order that was saved here; null when none was. An order that is no longer open is null where time
     * has passed since it was saved, and else refused.
     */
    public Order nextOrder()
    {
        final long key = nextLong();
        final int incarnation = namesIncarnations ? nextInt() : 0;
        if (key == Nulls.NULL_SEQUENCE && incarnation == 0)
        {
            return null;
        }
        for (final OpenOrders ofLeg : openOrders)
        {
            for (Order open = ofLeg.first(); open != null; open = ofLeg.next(open))
            {
                if (ClOrdIds.key(open.sequence(), open.ordinal()) == key &&
                    (!namesIncarnations || open.incarnation() == incarnation))
                {
                    return open;
                }
            }
        }
        if (!isLater)
        {
            throw new IllegalStateException(
                "the strategy reads an order that is not open: offset=" + next + " key=" + key);
        }
        return null;
    }

    /** Time has passed since the state was saved: orders that were open may be over. */
    public StateReader later()
    {
        isLater = true;
        return this;
    }

    /** A copy of all there is. */
    public byte[] bytes()
    {
        final byte[] all = new byte[length];
        buffer.getBytes(0, all);
        return all;
    }

    /** Count of all bytes, read or not. */
    public int length()
    {
        return length;
    }

    /** Count of the bytes that are not read yet. */
    public int remaining()
    {
        return length - next;
    }
}
