package io.lockstep.core;

import io.lockstep.codecs.Xxh64;

import org.agrona.DirectBuffer;

import java.util.Arrays;

/**
 * The machines of all instruments by their dense ids, with the source of each one's data, its strategy's assignment, and the
 * sum of their hashes. A machine's hash is kept and only computed again when an input has touched the machine. Only
 * {@link #add} allocates.
 */
final class Machines
{
    private static final int INITIAL_CAPACITY = 16;
    /** Of some 3 KB each. */
    static final int UNCACHED_MACHINES = 2_048;
    private static final int DIRTY_MAX = 16;

    private SymbolMachine[] machines = new SymbolMachine[INITIAL_CAPACITY];
    private StrategyAssignment[] assignments = new StrategyAssignment[INITIAL_CAPACITY];
    private int[] sourceIds = new int[INITIAL_CAPACITY];
    private long[] hashes = new long[INITIAL_CAPACITY];
    private boolean[] isDirty = new boolean[INITIAL_CAPACITY];
    private int[] dirtyIds = new int[INITIAL_CAPACITY];
    private int dirtyCount;
    private final LookAhead lookAhead = new LookAhead(this);
    private int count;
    private long hash;

    /** As {@link TradingCore#lookAhead}. */
    void lookAhead(final DirectBuffer buffer, final int offset, final int end)
    {
        lookAhead.read(buffer, offset, end);
    }

    int count()
    {
        return count;
    }

    /** To be read; the id must be a known one. */
    SymbolMachine get(final int id)
    {
        return machines[id];
    }

    /** To be changed; null when there is none of this id. */
    SymbolMachine touch(final int id)
    {
        final SymbolMachine machine = touchMarket(id);
        if (machine != null)
        {
            machine.tradingChanges();
        }
        return machine;
    }

    /** Its market is to be changed, and what follows from that; null when there is none of this id. */
    SymbolMachine touchMarket(final int id)
    {
        if (id < 0 || id >= count)
        {
            return null;
        }
        if (!isDirty[id])
        {
            isDirty[id] = true;
            dirtyIds[dirtyCount++] = id;
        }
        return machines[id];
    }

    /**
     * Between two inputs: with more machines than the caches hold, hashes what was touched while it is still there, instead of
     * reading all of it once more when a hash is due.
     */
    void settle()
    {
        if (dirtyCount >= DIRTY_MAX && count >= UNCACHED_MACHINES)
        {
            hashDirty();
        }
    }

    /** Under the next id. */
    void add(final SymbolMachine machine)
    {
        reserve(count + 1);
        machines[count] = machine;
        count++;
        touch(count - 1);
    }

    private void reserve(final int needed)
    {
        if (needed > machines.length)
        {
            final int capacity = machines.length * 2;
            machines = Arrays.copyOf(machines, capacity);
            assignments = Arrays.copyOf(assignments, capacity);
            sourceIds = Arrays.copyOf(sourceIds, capacity);
            hashes = Arrays.copyOf(hashes, capacity);
            isDirty = Arrays.copyOf(isDirty, capacity);
            dirtyIds = Arrays.copyOf(dirtyIds, capacity);
        }
    }

    /** Where the newest market data came from, 0 before the first. */
    int sourceId(final int id)
    {
        return sourceIds[id];
    }

    void sourceId(final int id, final int newSourceId)
    {
        sourceIds[id] = newSourceId;
    }

    /** What its strategy was made from, or null. */
    StrategyAssignment assignment(final int id)
    {
        return assignments[id];
    }

    void assignment(final int id, final StrategyAssignment newAssignment)
    {
        assignments[id] = newAssignment;
    }

    boolean runs(final int id, final String strategyName)
    {
        return assignments[id] != null && assignments[id].strategyName().equals(strategyName);
    }

    long stateHash()
    {
        hashDirty();
        return Xxh64.chain(hash, count);
    }

    private void hashDirty()
    {
        for (int i = 0; i < dirtyCount; i++)
        {
            final int id = dirtyIds[i];
            final long nameHash = assignments[id] == null ? 0 : assignments[id].nameHash();
            final long newHash = Xxh64.chain(machines[id].stateHash(), Xxh64.chain(nameHash, sourceIds[id]));
            hash += newHash - hashes[id];
            hashes[id] = newHash;
            isDirty[id] = false;
        }
        dirtyCount = 0;
    }
}
