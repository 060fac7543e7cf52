package io.lockstep.core.instrument;

import io.lockstep.codecs.Xxh64;

import org.agrona.DirectBuffer;

import java.util.Arrays;

/**
 * The slots of all instruments by their dense ids, and the sum of their hashes. A slot's hash is kept and only computed
 * again when an input has touched the slot. What is kept of each slot lies in it and not in arrays here, so that an input
 * finds all of it together. Only {@link #add} allocates.
 */
public final class Slots
{
    private static final int INITIAL_CAPACITY = 16;
    /** How many slots are touched, of some 3 KB each, before they are hashed while the caches still hold them. */
    public static final int UNCACHED_SLOTS = 2_048;
    private static final int DIRTY_MAX = 16;

    private InstrumentSlot[] slots = new InstrumentSlot[INITIAL_CAPACITY];
    private int[] dirtyIds = new int[INITIAL_CAPACITY];
    private int dirtyCount;
    private final LookAhead lookAhead = new LookAhead(this);
    private int count;
    private long hash;

    /** As {@link io.lockstep.core.TradingCore#lookAhead}. */
    public void lookAhead(final DirectBuffer buffer, final int offset, final int end)
    {
        lookAhead.read(buffer, offset, end);
    }

    /** As {@link io.lockstep.core.TradingCore#lookAheadNow}. */
    public void lookAheadNow(final DirectBuffer buffer, final int offset, final int end)
    {
        lookAhead.readNow(buffer, offset, end);
    }

    public int count()
    {
        return count;
    }

    /** To be read; the id must be a known one. */
    public InstrumentSlot get(final int id)
    {
        return slots[id];
    }

    /** To be changed; null when there is none of this id. */
    public InstrumentSlot touch(final int id)
    {
        final InstrumentSlot slot = touchMarket(id);
        if (slot != null)
        {
            slot.tradingChanges();
        }
        return slot;
    }

    /** Its market is to be changed, and what follows from that; null when there is none of this id. */
    public InstrumentSlot touchMarket(final int id)
    {
        if (id < 0 || id >= count)
        {
            return null;
        }
        final InstrumentSlot slot = slots[id];
        if (!slot.isDirty)
        {
            slot.isDirty = true;
            dirtyIds[dirtyCount++] = id;
        }
        return slot;
    }

    /**
     * Between two inputs: with more slots than the caches hold, hashes what was touched while it is still there, instead of
     * reading all of it once more when a hash is due.
     */
    public void settle()
    {
        if (dirtyCount >= DIRTY_MAX && count >= UNCACHED_SLOTS)
        {
            hashDirty();
        }
    }

    /** Under the next id. */
    public void add(final InstrumentSlot slot)
    {
        reserve(count + 1);
        slots[count] = slot;
        count++;
        touch(count - 1);
    }

    private void reserve(final int needed)
    {
        if (needed > slots.length)
        {
            final int capacity = slots.length * 2;
            slots = Arrays.copyOf(slots, capacity);
            dirtyIds = Arrays.copyOf(dirtyIds, capacity);
        }
    }

    public long stateHash()
    {
        hashDirty();
        return Xxh64.chain(hash, count);
    }

    private void hashDirty()
    {
        for (int i = 0; i < dirtyCount; i++)
        {
            final InstrumentSlot slot = slots[dirtyIds[i]];
            final long newHash = slot.stateHash();
            hash += newHash - slot.countedHash;
            slot.countedHash = newHash;
            slot.isDirty = false;
        }
        dirtyCount = 0;
    }
}
