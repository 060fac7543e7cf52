package io.lockstep.core.host;

import io.lockstep.codecs.Nulls;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.LongLongConsumer;

import java.util.Arrays;
import java.util.TreeMap;

/**
 * Timers by deadline, equal deadlines by timer id: an order that does not depend on when or how often they were scheduled.
 * A binary heap; a cancelled or moved timer leaves its old entry behind, which is recognised and dropped when it surfaces, or
 * when the heap is full of such. Grows to twice the most timers there have been; only that allocates.
 */
public final class TimerQueue
{
    private final Long2LongHashMap deadlineById = new Long2LongHashMap(64, 0.55f, Nulls.NULL_TIME_NS);
    private long[] deadlines = new long[64];
    private long[] ids = new long[64];
    private int size;

    /** Replaces a timer of the same id. */
    public void schedule(final long timerId, final long deadlineNs)
    {
        if (deadlineById.put(timerId, deadlineNs) == deadlineNs)
        {
            return;
        }
        if (size == ids.length && deadlineById.size() <= size / 2)
        {
            // Timers far ahead that are moved often would fill any memory with entries that have not surfaced yet.
            dropDead();
        }
        push(timerId, deadlineNs);
    }

    /** Keeps one entry of each timer that waits; in place, by taking all off the heap and putting those back. */
    private void dropDead()
    {
        final int count = size;
        while (size > 0)
        {
            final long deadlineNs = deadlines[0];
            final long timerId = ids[0];
            pop();
            deadlines[size] = deadlineNs;
            ids[size] = timerId;
        }
        long previousId = Nulls.NULL_LONG;
        long previousNs = Nulls.NULL_LONG;
        for (int i = 0; i < count; i++)
        {
            final boolean isRepeated = ids[i] == previousId && deadlines[i] == previousNs;
            previousId = ids[i];
            previousNs = deadlines[i];
            if (!isRepeated && deadlineById.get(previousId) == previousNs)
            {
                push(previousId, previousNs);
            }
        }
    }

    public void cancel(final long timerId)
    {
        deadlineById.remove(timerId);
    }

    /** A timer has become an input; one that was scheduled anew in the meantime still waits. */
    public void onFired(final long timerId, final long deadlineNs)
    {
        if (deadlineById.get(timerId) == deadlineNs)
        {
            deadlineById.remove(timerId);
        }
    }

    /** Timers that wait. */
    public int count()
    {
        return deadlineById.size();
    }

    /** Gives id and deadline of every timer that waits, ascending by id. Allocates. */
    public void forEach(final LongLongConsumer consumer)
    {
        final TreeMap<Long, Long> waiting = new TreeMap<>();
        for (int i = 0; i < size; i++)
        {
            if (deadlineById.get(ids[i]) == deadlines[i])
            {
                waiting.put(ids[i], deadlines[i]);
            }
        }
        waiting.forEach(consumer::accept);
    }

    /** Deadline of the first timer, or {@link Long#MAX_VALUE}. */
    public long nextDeadlineNs()
    {
        while (size > 0 && deadlineById.get(ids[0]) != deadlines[0])
        {
            pop();
        }
        return size > 0 ? deadlines[0] : Long.MAX_VALUE;
    }

    /** Removes the first timer and returns its id; there must be one. */
    public long poll()
    {
        nextDeadlineNs();
        final long timerId = ids[0];
        deadlineById.remove(timerId);
        pop();
        return timerId;
    }

    private void push(final long timerId, final long deadlineNs)
    {
        if (size == ids.length)
        {
            ids = Arrays.copyOf(ids, size * 2);
            deadlines = Arrays.copyOf(deadlines, size * 2);
        }
        int index = size++;
        while (index > 0)
        {
            final int parent = (index - 1) >>> 1;
            if (!isBefore(deadlineNs, timerId, deadlines[parent], ids[parent]))
            {
                break;
            }
            deadlines[index] = deadlines[parent];
            ids[index] = ids[parent];
            index = parent;
        }
        deadlines[index] = deadlineNs;
        ids[index] = timerId;
    }

    private void pop()
    {
        size--;
        final long deadlineNs = deadlines[size];
        final long timerId = ids[size];
        int index = 0;
        for (int child = 1; child < size; child = 2 * index + 1)
        {
            if (child + 1 < size && isBefore(deadlines[child + 1], ids[child + 1], deadlines[child], ids[child]))
            {
                child++;
            }
            if (!isBefore(deadlines[child], ids[child], deadlineNs, timerId))
            {
                break;
            }
            deadlines[index] = deadlines[child];
            ids[index] = ids[child];
            index = child;
        }
        deadlines[index] = deadlineNs;
        ids[index] = timerId;
    }

    private static boolean isBefore(
        final long deadlineNs, final long timerId, final long otherDeadlineNs, final long otherId)
    {
        return deadlineNs < otherDeadlineNs || deadlineNs == otherDeadlineNs && timerId < otherId;
    }
}
