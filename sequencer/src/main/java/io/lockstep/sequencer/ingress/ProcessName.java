package io.lockstep.sequencer.ingress;

import io.lockstep.sbe.HelloDecoder;

import java.nio.charset.StandardCharsets;

/**
 * Which process a gateway is, as it said in its Hello: bytes that are kept without an object for each Hello. What is longer than
 * {@link #LENGTH_MAX} is cut off.
 */
public final class ProcessName
{
    public static final int LENGTH_MAX = 200;

    private final byte[] bytes = new byte[LENGTH_MAX];
    private int length;

    /** Takes it from a Hello, once for each: reading the text moves the decoder on to the next one. */
    void read(final HelloDecoder hello)
    {
        length = Math.min(hello.processLength(), LENGTH_MAX);
        hello.getProcess(bytes, 0, LENGTH_MAX);
    }

    void set(final ProcessName other)
    {
        length = other.length;
        System.arraycopy(other.bytes, 0, bytes, 0, length);
    }

    void clear()
    {
        length = 0;
    }

    /** UTF-8; the first {@link #length} bytes. */
    public byte[] bytes()
    {
        return bytes;
    }

    public int length()
    {
        return length;
    }

    /** Allocates. */
    @Override
    public String toString()
    {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
