package io.lockstep.codecs;

import org.agrona.DirectBuffer;

import java.nio.ByteOrder;

/**
 * The XXH64 hash over Agrona buffers, equal to the reference implementation's on every platform
 * (algorithm: https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md). Stateless, any thread, no allocation.
 */
public final class Xxh64
{
    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_3 = 0x165667B19E3779F9L;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;

    private Xxh64()
    {
    }

    public static long hash(final DirectBuffer buffer, final int offset, final int length, final long seed)
    {
        final int end = offset + length;
        int index = offset;
        long hash;
        if (length >= 32)
        {
            long v1 = seed + PRIME_1 + PRIME_2;
            long v2 = seed + PRIME_2;
            long v3 = seed;
            long v4 = seed - PRIME_1;
            final int limit = end - 32;
            do
            {
                v1 = round(v1, getLong(buffer, index));
                v2 = round(v2, getLong(buffer, index + 8));
                v3 = round(v3, getLong(buffer, index + 16));
                v4 = round(v4, getLong(buffer, index + 24));
                index += 32;
            }
            while (index <= limit);

            hash = Long.rotateLeft(v1, 1) + Long.rotateLeft(v2, 7) + Long.rotateLeft(v3, 12) + Long.rotateLeft(v4, 18);
            hash = merge(merge(merge(merge(hash, v1), v2), v3), v4);
        }
        else
        {
            hash = seed + PRIME_5;
        }
        return tail(buffer, index, end, hash + length);
    }

    /**
     * One step of a chain or of an order-dependent hash of longs: the avalanche of the state with a value added.
     */
    public static long chain(final long state, final long value)
    {
        return avalanche(state * PRIME_1 + value + PRIME_4);
    }

    private static long tail(final DirectBuffer buffer, final int start, final int end, final long start64)
    {
        int index = start;
        long hash = start64;
        while (index + 8 <= end)
        {
            hash ^= round(0, getLong(buffer, index));
            hash = Long.rotateLeft(hash, 27) * PRIME_1 + PRIME_4;
            index += 8;
        }
        if (index + 4 <= end)
        {
            hash ^= (buffer.getInt(index, ByteOrder.LITTLE_ENDIAN) & 0xFFFF_FFFFL) * PRIME_1;
            hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
            index += 4;
        }
        while (index < end)
        {
            hash ^= (buffer.getByte(index) & 0xFFL) * PRIME_5;
            hash = Long.rotateLeft(hash, 11) * PRIME_1;
            index++;
        }
        return avalanche(hash);
    }

    private static long round(final long accumulator, final long lane)
    {
        return Long.rotateLeft(accumulator + lane * PRIME_2, 31) * PRIME_1;
    }

    private static long merge(final long hash, final long accumulator)
    {
        return (hash ^ round(0, accumulator)) * PRIME_1 + PRIME_4;
    }

    private static long avalanche(final long value)
    {
        long hash = value;
        hash ^= hash >>> 33;
        hash *= PRIME_2;
        hash ^= hash >>> 29;
        hash *= PRIME_3;
        hash ^= hash >>> 32;
        return hash;
    }

    private static long getLong(final DirectBuffer buffer, final int index)
    {
        return buffer.getLong(index, ByteOrder.LITTLE_ENDIAN);
    }
}
