package io.lockstep.codecs;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Client order ids: 18 characters, base 36 in upper case, {@code shard(2) incarnation(4) sequence(9) ordinal(3)}. They
 * derive from what named the decision, so a replay makes the same ones, and from the incarnation, so that a lost journal
 * tail never makes one twice. Stateless, no allocation unless it returns text.
 */
public final class ClOrdIds
{
    public static final int LENGTH = 18;
    public static final int ORDINAL_MAX = 36 * 36 * 36 - 1;
    /** At a million inputs a second, more than three years. */
    public static final long SEQUENCE_MAX = 101_559_956_668_415L;
    public static final int SHARD_MAX = 36 * 36 - 1;
    public static final int INCARNATION_MAX = 36 * 36 * 36 * 36 - 1;

    private static final int INCARNATION_AT = 2;
    private static final int SEQUENCE_AT = 6;
    private static final int ORDINAL_AT = 15;

    private ClOrdIds()
    {
    }

    /**
     * Writes the 18 characters.
     *
     * @throws IllegalArgumentException when a part is negative or above its maximum; what was written is then no id.
     */
    public static void encode(
        final MutableDirectBuffer buffer,
        final int offset,
        final int shard,
        final int incarnation,
        final long sequence,
        final int ordinal)
    {
        putBase36(buffer, offset, INCARNATION_AT, shard);
        putBase36(buffer, offset + INCARNATION_AT, SEQUENCE_AT - INCARNATION_AT, incarnation);
        putBase36(buffer, offset + SEQUENCE_AT, ORDINAL_AT - SEQUENCE_AT, sequence);
        putBase36(buffer, offset + ORDINAL_AT, LENGTH - ORDINAL_AT, ordinal);
    }

    /** Whether the 18 characters are all digits of base 36. */
    public static boolean isValid(final DirectBuffer buffer, final int offset)
    {
        for (int i = 0; i < LENGTH; i++)
        {
            if (digit(buffer.getByte(offset + i)) < 0)
            {
                return false;
            }
        }
        return true;
    }

    public static int shard(final DirectBuffer buffer, final int offset)
    {
        return (int)getBase36(buffer, offset, INCARNATION_AT);
    }

    public static int incarnation(final DirectBuffer buffer, final int offset)
    {
        return (int)getBase36(buffer, offset + INCARNATION_AT, SEQUENCE_AT - INCARNATION_AT);
    }

    public static long sequence(final DirectBuffer buffer, final int offset)
    {
        return getBase36(buffer, offset + SEQUENCE_AT, ORDINAL_AT - SEQUENCE_AT);
    }

    public static int ordinal(final DirectBuffer buffer, final int offset)
    {
        return (int)getBase36(buffer, offset + ORDINAL_AT, LENGTH - ORDINAL_AT);
    }

    public static String text(final DirectBuffer buffer, final int offset)
    {
        return buffer.getStringWithoutLengthAscii(offset, LENGTH);
    }

    private static void putBase36(
        final MutableDirectBuffer buffer, final int offset, final int digits, final long value)
    {
        long rest = value;
        for (int i = digits - 1; i >= 0; i--)
        {
            final int digit = (int)(rest % 36);
            buffer.putByte(offset + i, (byte)(digit < 10 ? '0' + digit : 'A' + digit - 10));
            rest /= 36;
        }
        if (rest != 0 || value < 0)
        {
            throw new IllegalArgumentException("does not fit in " + digits + " base-36 digits: value=" + value);
        }
    }

    /** Sequence and ordinal as one number, unique within an incarnation. */
    public static long key(final long sequence, final int ordinal)
    {
        return sequence * (ORDINAL_MAX + 1) + ordinal;
    }

    private static long getBase36(final DirectBuffer buffer, final int offset, final int digits)
    {
        long value = 0;
        for (int i = 0; i < digits; i++)
        {
            value = value * 36 + digit(buffer.getByte(offset + i));
        }
        return value;
    }

    private static int digit(final byte c)
    {
        if (c >= '0' && c <= '9')
        {
            return c - '0';
        }
        return c >= 'A' && c <= 'Z' ? c - 'A' + 10 : -1;
    }
}
