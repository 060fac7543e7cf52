package io.lockstep.core.venue;

import io.lockstep.codecs.Xxh64;

import java.util.Arrays;

/**
 * Orders that the venue has, that are ours by their ClOrdID, and that the journal has lost. They are being cancelled; until
 * they are, they may still trade, and what they trade is ours. Few, and only after a loss, so they are looked for one by one.
 * Only {@link #add} allocates, and seldom.
 */
public final class StrayOrders
{
    public static final int NONE = -1;

    private int[] incarnations = new int[4];
    private long[] sequences = new long[4];
    private int[] ordinals = new int[4];
    private int count;

    public int count()
    {
        return count;
    }

    public int incarnationAt(final int index)
    {
        return incarnations[index];
    }

    public long sequenceAt(final int index)
    {
        return sequences[index];
    }

    public int ordinalAt(final int index)
    {
        return ordinals[index];
    }

    /** Its index, or {@link #NONE}. */
    public int find(final int incarnation, final long sequence, final int ordinal)
    {
        for (int i = 0; i < count; i++)
        {
            if (sequences[i] == sequence && ordinals[i] == ordinal && incarnations[i] == incarnation)
            {
                return i;
            }
        }
        return NONE;
    }

    public void add(final int incarnation, final long sequence, final int ordinal)
    {
        if (find(incarnation, sequence, ordinal) != NONE)
        {
            return;
        }
        if (count == sequences.length)
        {
            incarnations = Arrays.copyOf(incarnations, 2 * count);
            sequences = Arrays.copyOf(sequences, 2 * count);
            ordinals = Arrays.copyOf(ordinals, 2 * count);
        }
        incarnations[count] = incarnation;
        sequences[count] = sequence;
        ordinals[count] = ordinal;
        count++;
    }

    /** The last takes its place. */
    public void remove(final int index)
    {
        count--;
        incarnations[index] = incarnations[count];
        sequences[index] = sequences[count];
        ordinals[index] = ordinals[count];
    }

    public void clear()
    {
        count = 0;
    }

    public long stateHash()
    {
        long hash = count;
        for (int i = 0; i < count; i++)
        {
            hash = Xxh64.chain(hash, sequences[i]);
            hash = Xxh64.chain(hash, (long)incarnations[i] << 32 | ordinals[i]);
        }
        return hash;
    }
}
