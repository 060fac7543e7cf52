package io.lockstep.perf.gate;

import io.lockstep.perf.work.Work;

/**
 * What a part's time is measured by: copies 256 bytes, hashes the copy, and takes a branch that cannot be predicted. It is made of
 * the same things as the engine's work (moving memory, multiplying, branching, reading tables that fit the first cache) and shares
 * no code with it, so that no change of the engine changes it.
 */
final class Kernel implements Work
{
    private static final int WORDS = 32;
    private static final int TABLE = 1 << 9;
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private final long[] source = new long[WORDS];
    private final long[] copy = new long[WORDS];
    private final long[] table = new long[TABLE];
    private long hash = 1;

    @Override
    public long step()
    {
        source[(int)hash & WORDS - 1] += hash;
        System.arraycopy(source, 0, copy, 0, WORDS);
        long next = hash;
        for (int i = 0; i < WORDS; i++)
        {
            next = Long.rotateLeft(next ^ copy[i] * MULTIPLIER, 27) * MULTIPLIER;
        }
        final int slot = (int)(next >>> 32) & TABLE - 1;
        if ((next & 1) == 0)
        {
            table[slot] += next;
        }
        else
        {
            next ^= table[slot];
        }
        hash = next;
        return next;
    }
}
