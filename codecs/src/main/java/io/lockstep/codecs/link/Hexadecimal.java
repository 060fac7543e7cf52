package io.lockstep.codecs.link;

/**
 * Bytes as lower-case hexadecimal digits in US-ASCII.
 */
final class Hexadecimal
{
    private static final byte[] DIGITS = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private Hexadecimal()
    {
    }

    /** Writes two digits for each of the first so many bytes. */
    static void write(final byte[] bytes, final int length, final byte[] digits)
    {
        for (int i = 0; i < length; i++)
        {
            digits[2 * i] = DIGITS[bytes[i] >> 4 & 0xF];
            digits[2 * i + 1] = DIGITS[bytes[i] & 0xF];
        }
    }
}
