package io.lockstep.core.venue;

import io.lockstep.codecs.Xxh64;

import org.agrona.DirectBuffer;

import java.util.Arrays;

/**
 * Which ExecIDs have been taken of each source, so that a report that comes again has no effect. A source's ids grow, and need
 * not be contiguous. Sources are few: they are kept in the order in which they first reported, and looked for one by one. Only
 * a new source allocates, and seldom.
 * <p>
 * Usually the highest id is enough, for a source's reports come in order and none is missing. While the venue's answer is
 * waited for that is not so: reports that are new may come before those that the journal lacks. Until the answer is complete
 * the highest therefore stays, and what is taken above it is remembered one by one ({@link AheadIds}).
 * <p>
 * Where a venue's own ids are texts, the newest are remembered in 128 bits each, whatever the source that told them.
 */
public final class ExecutionIds
{
    /** Executions of a venue that a repeat is known by; a power of two. */
    public static final int TEXTS_MAX = 1 << 14;

    private int[] sourceIds = new int[4];
    private long[] highest = new long[4];
    private AheadIds[] ahead = new AheadIds[4];
    private int count;
    private long repeats;
    private final RecentIds texts = new RecentIds(TEXTS_MAX);

    /**
     * Takes up an id that is a text, unless it is among the newest {@value #TEXTS_MAX} of the venue. The venue's ids need only be
     * its own for an instrument.
     *
     * @return false for a repeat.
     */
    public boolean takeText(final int instrumentId, final DirectBuffer buffer, final int offset, final int length)
    {
        final boolean isNew = texts.add(Xxh64.hash(buffer, offset, length, instrumentId),
            Xxh64.hash(buffer, offset, length, ~(long)instrumentId));
        repeats += isNew ? 0 : 1;
        return isNew;
    }

    /** Ids that are texts. */
    public RecentIds texts()
    {
        return texts;
    }

    /**
     * Takes up the id, unless it has been taken before. An id that is not positive is none: nothing is known of such a report.
     *
     * @param reconciling whether lower ids that have not been taken may follow.
     * @return false for a repeat.
     */
    public boolean take(final int sourceId, final long execId, final boolean reconciling)
    {
        if (execId <= 0)
        {
            return true;
        }
        final int index = index(sourceId);
        if (execId <= highest[index] || reconciling && !takeAhead(index, execId))
        {
            repeats++;
            return false;
        }
        highest[index] = reconciling ? highest[index] : execId;
        return true;
    }

    private boolean takeAhead(final int index, final long execId)
    {
        if (ahead[index].contains(execId))
        {
            return false;
        }
        if (ahead[index].isFull())
        {
            highest[index] = ahead[index].removeLowerHalf();
        }
        if (execId > highest[index])
        {
            ahead[index].add(execId);
        }
        return true;
    }

    /** No id below the highest that was taken is missing: the answer is complete, or there will be none. */
    public void onComplete()
    {
        for (int i = 0; i < count; i++)
        {
            highest[i] = Math.max(highest[i], ahead[i].highest());
            ahead[i].clear();
        }
    }

    /**
     * The source's newest id, as its Hello gives it. When that is lower than what was taken the source has begun anew, and so do
     * its ids.
     */
    public void onNewest(final int sourceId, final long execId)
    {
        final int index = index(sourceId);
        highest[index] = Math.min(highest[index], Math.max(0, execId));
    }

    /** The id up to which nothing of the source is missing, 0 before any. */
    public long highest(final int sourceId)
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
    public long repeats()
    {
        return repeats;
    }

    /** Forgets all ids: sources may count from 1 again. */
    public void clear()
    {
        for (int i = 0; i < count; i++)
        {
            ahead[i].clear();
        }
        count = 0;
    }

    /** Sources known. */
    public int count()
    {
        return count;
    }

    public int sourceIdAt(final int index)
    {
        return sourceIds[index];
    }

    public long highestAt(final int index)
    {
        return highest[index];
    }

    /** Hash of the ids of all sources. */
    public int aheadCount()
    {
        int sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += ahead[i].count();
        }
        return sum;
    }

    public AheadIds aheadAt(final int index)
    {
        return ahead[index];
    }

    public void restore(final int sourceId, final long newHighest)
    {
        // First, for a new source may bring a longer table.
        final int index = index(sourceId);
        highest[index] = newHighest;
    }

    /** The ids taken ahead, in ascending order. */
    public void restoreAhead(final int sourceId, final long execId)
    {
        final int index = index(sourceId);
        ahead[index].add(execId);
    }

    public void restoreRepeats(final long newRepeats)
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
            ahead = Arrays.copyOf(ahead, 2 * count);
        }
        sourceIds[count] = sourceId;
        highest[count] = 0;
        ahead[count] = ahead[count] == null ? new AheadIds() : ahead[count];
        return count++;
    }

    public long stateHash()
    {
        long hash = Xxh64.chain(Xxh64.chain(count, repeats), texts.stateHash());
        for (int i = 0; i < count; i++)
        {
            hash = Xxh64.chain(Xxh64.chain(hash, sourceIds[i]), highest[i]);
            hash = Xxh64.chain(hash, ahead[i].stateHash());
        }
        return hash;
    }
}
