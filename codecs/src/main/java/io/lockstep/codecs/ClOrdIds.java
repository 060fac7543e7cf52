package io.lockstep.codecs;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

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

    private static final int BASE = 36;
    private static final byte[] DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".getBytes(StandardCharsets.US_ASCII);
    /** Each pair of digits, the first in the higher byte. */
    private static final short[] PAIRS = pairs();
    private static final int INCARNATION_AT = 2;
    private static final int SEQUENCE_AT = 6;
    static final int ORDINAL_AT = 15;

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
        putOrdinal(buffer, offset, ordinal);
    }

    static void putOrdinal(final MutableDirectBuffer buffer, final int offset, final int ordinal)
    {
        putBase36(buffer, offset + ORDINAL_AT, LENGTH - ORDINAL_AT, ordinal);
    }

    /** The digits of a number below 36^4, the first in the highest byte. */
    static int fourDigits(final int value)
    {
        return PAIRS[value / PAIRS.length] << Short.SIZE | PAIRS[value % PAIRS.length];
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

    /** Two digits at a time: half the divisions, and none of the digits' cases. */
    private static void putBase36(
        final MutableDirectBuffer buffer, final int offset, final int digits, final long value)
    {
        long rest = Math.max(value, 0);
        int at = digits;
        for (; at > 1; at -= 2)
        {
            buffer.putShort(offset + at - 2, PAIRS[(int)(rest % PAIRS.length)], ByteOrder.BIG_ENDIAN);
            rest /= PAIRS.length;
        }
        if (at == 1)
        {
            buffer.putByte(offset, DIGITS[(int)(rest % BASE)]);
            rest /= BASE;
        }
        if (rest != 0 || value < 0)
        {
            throw new IllegalArgumentException("does not fit in " + digits + " base-36 digits: value=" + value);
        }
    }

    private static short[] pairs()
    {
        final short[] pairs = new short[BASE * BASE];
        for (int i = 0; i < pairs.length; i++)
        {
            pairs[i] = (short)(DIGITS[i / BASE] << Byte.SIZE | DIGITS[i % BASE]);
        }
        return pairs;
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
            value = value * BASE + digit(buffer.getByte(offset + i));
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
