package io.lockstep.core.signal;

import org.agrona.DirectBuffer;

/**
 * Compares a name with the bytes of a message, without making text of them. Stateless, no allocation.
 */
final class Utf8Names
{
    private static final int CONTINUATION = 0x80;
    private static final int CONTINUATION_BITS = 6;
    private static final int CONTINUATION_MASK = 0x3F;
    /** By how many bytes the character has. */
    private static final int[] LEADS = {0, 0, 0xC0, 0xE0, 0xF0};

    private Utf8Names()
    {
    }

    /** Whether the bytes are the text in UTF-8. */
    static boolean isEqual(final String text, final DirectBuffer buffer, final int offset, final int length)
    {
        final int end = offset + length;
        int at = offset;
        int index = 0;
        while (index < text.length())
        {
            final int codePoint = text.codePointAt(index);
            final int bytes = bytes(codePoint);
            if (at + bytes > end || !isEqual(codePoint, bytes, buffer, at))
            {
                return false;
            }
            at += bytes;
            index += Character.charCount(codePoint);
        }
        return at == end;
    }

    private static int bytes(final int codePoint)
    {
        if (codePoint < 0x80)
        {
            return 1;
        }
        return codePoint < 0x800 ? 2 : codePoint < 0x1_0000 ? 3 : 4;
    }

    private static boolean isEqual(final int codePoint, final int bytes, final DirectBuffer buffer, final int offset)
    {
        int rest = codePoint;
        for (int i = bytes - 1; i > 0; i--)
        {
            if (buffer.getByte(offset + i) != (byte)(CONTINUATION | rest & CONTINUATION_MASK))
            {
                return false;
            }
            rest >>>= CONTINUATION_BITS;
        }
        return buffer.getByte(offset) == (byte)(LEADS[bytes] | rest);
    }
}
