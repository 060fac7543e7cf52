package io.lockstep.gateways.recording.text;

import java.nio.charset.StandardCharsets;

/** A line's bytes as characters, so that decimals are converted where they lie. Indexes are those of the array. */
public final class ByteText implements CharSequence
{
    private byte[] bytes = new byte[0];

    public ByteText wrap(final byte[] newBytes)
    {
        bytes = newBytes;
        return this;
    }

    @Override
    public int length()
    {
        return bytes.length;
    }

    @Override
    public char charAt(final int index)
    {
        return (char)(bytes[index] & 0xFF);
    }

    @Override
    public CharSequence subSequence(final int start, final int end)
    {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString()
    {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
