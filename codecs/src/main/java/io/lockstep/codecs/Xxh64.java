package io.lockstep.codecs;

import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;

import java.lang.ref.Reference;
import java.nio.ByteOrder;

/**
 * The XXH64 hash over Agrona buffers, equal to the reference implementation's on every platform
 * (algorithm: https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md). Stateless, any thread, no allocation.
 */
public final class Xxh64
{
    private static final boolean IS_LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    private static final int STRIPE_LENGTH = 32;
    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_3 = 0x165667B19E3779F9L;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;

    private Xxh64()
    {
    }

    /**
     * Hashes so many bytes.
     *
     * @throws IndexOutOfBoundsException when they are not all in the buffer.
     */
    public static long hash(final DirectBuffer buffer, final int offset, final int length, final long seed)
    {
        // Once for all of them: a check for each word costs as much as its round.
        buffer.boundsCheck(offset, length);
        final byte[] array = buffer.byteArray();
        final long address = buffer.addressOffset() + offset;
        // Compiled apart: where the compiler knows that there is no array it may move the reads.
        final long hash = array == null
            ? hash(null, address, length, seed)
            : hash(array, address, length, seed);
        // Its memory may be off the heap, and must not go with the buffer while it is read.
        Reference.reachabilityFence(buffer);
        return hash;
    }

    /** Of memory that has been checked; without an array the address is absolute. */
    private static long hash(final byte[] array, final long address, final int length, final long seed)
    {
        long index = address;
        long hash;
        if (length >= STRIPE_LENGTH)
        {
            long v1 = seed + PRIME_1 + PRIME_2;
            long v2 = seed + PRIME_2;
            long v3 = seed;
            long v4 = seed - PRIME_1;
            int stripes = length / STRIPE_LENGTH;
            do
            {
                v1 = round(v1, getLong(array, index));
                v2 = round(v2, getLong(array, index + 8));
                v3 = round(v3, getLong(array, index + 16));
                v4 = round(v4, getLong(array, index + 24));
                index += STRIPE_LENGTH;
            }
            while (--stripes > 0);

            hash = Long.rotateLeft(v1, 1) + Long.rotateLeft(v2, 7) + Long.rotateLeft(v3, 12) + Long.rotateLeft(v4, 18);
            hash = merge(merge(merge(merge(hash, v1), v2), v3), v4);
        }
        else
        {
            hash = seed + PRIME_5;
        }
        hash += length;
        // What is left is less than a stripe, and whole words when it is a record's.
        if ((length & 16) != 0)
        {
            hash = word(word(hash, getLong(array, index)), getLong(array, index + 8));
            index += 16;
        }
        if ((length & 8) != 0)
        {
            hash = word(hash, getLong(array, index));
            index += 8;
        }
        return avalanche((length & 7) == 0 ? hash : tail(array, index, address + length, hash));
    }

    /**
     * One step of a chain or of an order-dependent hash of longs: the avalanche of the state with a value added.
     */
    public static long chain(final long state, final long value)
    {
        return avalanche(state * PRIME_1 + value + PRIME_4);
    }

    private static long word(final long hash, final long lane)
    {
        return Long.rotateLeft(hash ^ round(0, lane), 27) * PRIME_1 + PRIME_4;
    }

    /** Less than a word. */
    private static long tail(final byte[] array, final long start, final long end, final long start64)
    {
        long index = start;
        long hash = start64;
        if (index + 4 <= end)
        {
            hash ^= (getInt(array, index) & 0xFFFF_FFFFL) * PRIME_1;
            hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
            index += 4;
        }
        while (index < end)
        {
            hash ^= (UnsafeApi.getByte(array, index) & 0xFFL) * PRIME_5;
            hash = Long.rotateLeft(hash, 11) * PRIME_1;
            index++;
        }
        return hash;
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

    private static long getLong(final byte[] array, final long index)
    {
        final long bits = UnsafeApi.getLong(array, index);
        return IS_LITTLE_ENDIAN ? bits : Long.reverseBytes(bits);
    }

    private static int getInt(final byte[] array, final long index)
    {
        final int bits = UnsafeApi.getInt(array, index);
        return IS_LITTLE_ENDIAN ? bits : Integer.reverseBytes(bits);
    }
}
