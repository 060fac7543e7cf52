package io.lockstep.core.venue;

import io.lockstep.codecs.Xxh64;

import java.util.Arrays;

/**
 * Ids of a source that were taken while lower ones may be missing, in ascending order. Bounded; a full one gives up its lower
 * half. Grows to the largest it has been.
 */
public final class AheadIds
{
    /** A power of two, and one that the group of a section holds. */
    public static final int CAPACITY = 1 << 14;

    private long[] ids = new long[16];
    private int count;

    public boolean contains(final long id)
    {
        return Arrays.binarySearch(ids, 0, count, id) >= 0;
    }

    public boolean isFull()
    {
        return count == CAPACITY;
    }

    /** An id that is not contained, while it is not full. */
    public void add(final long id)
    {
        final int place = -1 - Arrays.binarySearch(ids, 0, count, id);
        if (count == ids.length)
        {
            ids = Arrays.copyOf(ids, 2 * count);
        }
        System.arraycopy(ids, place, ids, place + 1, count - place);
        ids[place] = id;
        count++;
    }

    /** The highest id that was removed. */
    public long removeLowerHalf()
    {
        final int removed = count / 2;
        final long highest = ids[removed - 1];
        System.arraycopy(ids, removed, ids, 0, count - removed);
        count -= removed;
        return highest;
    }

    /** 0 for none. */
    public long highest()
    {
        return count == 0 ? 0 : ids[count - 1];
    }

    public void clear()
    {
        count = 0;
    }

    public int count()
    {
        return count;
    }

    public long at(final int index)
    {
        return ids[index];
    }

    public long stateHash()
    {
        long hash = count;
        for (int i = 0; i < count; i++)
        {
            hash = Xxh64.chain(hash, ids[i]);
        }
        return hash;
    }
}
