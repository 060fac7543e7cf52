package io.lockstep.core;

import io.lockstep.codecs.Xxh64;

import org.agrona.DirectBuffer;

import java.util.Arrays;

/**
 * The machines of all instruments by their dense ids, and the sum of their hashes. A machine's hash is kept and only computed
 * again when an input has touched the machine. What is kept of each machine lies in it and not in arrays here, so that an input
 * finds all of it together. Only {@link #add} allocates.
 */
final class Machines
{
    private static final int INITIAL_CAPACITY = 16;
    /** Of some 3 KB each. */
    static final int UNCACHED_MACHINES = 2_048;
    private static final int DIRTY_MAX = 16;

    private SymbolMachine[] machines = new SymbolMachine[INITIAL_CAPACITY];
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
        final SymbolMachine machine = machines[id];
        if (!machine.isDirty)
        {
            machine.isDirty = true;
            dirtyIds[dirtyCount++] = id;
        }
        return machine;
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
            dirtyIds = Arrays.copyOf(dirtyIds, capacity);
        }
    }

    /** What its strategy was made from, or null. */
    StrategyAssignment assignment(final int id)
    {
        return machines[id].assignment;
    }

    void assignment(final int id, final StrategyAssignment newAssignment)
    {
        machines[id].assignment = newAssignment;
        machines[id].assignmentHash = newAssignment == null ? 0 : newAssignment.nameHash();
    }

    boolean runs(final int id, final String strategyName)
    {
        final StrategyAssignment assignment = assignment(id);
        return assignment != null && assignment.strategyName().equals(strategyName);
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
            final SymbolMachine machine = machines[dirtyIds[i]];
            final long newHash = Xxh64.chain(machine.stateHash(), machine.assignmentHash);
            hash += newHash - machine.countedHash;
            machine.countedHash = newHash;
            machine.isDirty = false;
        }
        dirtyCount = 0;
    }
}
