package io.lockstep.core;

import io.lockstep.codecs.Xxh64;

import java.util.Arrays;

/**
 * The highest ExecID taken of each source, so that a report that comes again has no effect. Sources are few: they are kept in
 * the order in which they first reported, and looked for one by one. Only a new source allocates, and seldom.
 */
final class ExecutionIds
{
    private int[] sourceIds = new int[4];
    private long[] highest = new long[4];
    private int count;
    private long repeats;

    /**
     * Takes up the id, unless it or a later one of the source has been taken before. An id that is not positive is none:
     * nothing is known of such a report.
     *
     * @return false for a repeat.
     */
    boolean take(final int sourceId, final long execId)
    {
        if (execId <= 0)
        {
            return true;
        }
        final int index = index(sourceId);
        if (execId <= highest[index])
        {
            repeats++;
            return false;
        }
        highest[index] = execId;
        return true;
    }

    /**
     * The source's newest id, as it says itself. When that is lower than what was taken the source has begun anew, and so do
     * its ids.
     */
    void onNewest(final int sourceId, final long execId)
    {
        final int index = index(sourceId);
        highest[index] = Math.min(highest[index], Math.max(0, execId));
    }

    /** Highest taken of the source, 0 before any. */
    long highest(final int sourceId)
    {
        for (int i = 0; i < count; i++)
        {
            if (sourceIds[i] == sourceId)
            {
                return highest[i];
            }
        }
        return 0;
    }

    /** Reports that had been taken before. */
    long repeats()
    {
        return repeats;
    }

    /** Forgets all ids: sources may count from 1 again. */
    void clear()
    {
        count = 0;
    }

    /** Sources known. */
    int count()
    {
        return count;
    }

    int sourceIdAt(final int index)
    {
        return sourceIds[index];
    }

    long highestAt(final int index)
    {
        return highest[index];
    }

    void restore(final int sourceId, final long newHighest)
    {
        highest[index(sourceId)] = newHighest;
    }

    void restoreRepeats(final long newRepeats)
    {
        repeats = newRepeats;
    }

    private int index(final int sourceId)
    {
        for (int i = 0; i < count; i++)
        {
            if (sourceIds[i] == sourceId)
            {
                return i;
            }
        }
        if (count == sourceIds.length)
        {
            sourceIds = Arrays.copyOf(sourceIds, 2 * count);
            highest = Arrays.copyOf(highest, 2 * count);
        }
        sourceIds[count] = sourceId;
        highest[count] = 0;
        return count++;
    }

    long stateHash()
    {
        long hash = Xxh64.chain(count, repeats);
        for (int i = 0; i < count; i++)
        {
            hash = Xxh64.chain(Xxh64.chain(hash, sourceIds[i]), highest[i]);
        }
        return hash;
    }
}
