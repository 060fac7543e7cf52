package io.lockstep.core.order;

import io.lockstep.codecs.ClOrdIds;
import org.agrona.BitUtil;

/**
 * Open orders by {@link ClOrdIds#key}: open addressing with linear probing, never more than half full. Two may be under one key:
 * incarnations count sequences on from each other, but for those that a journal has lost and the venue has.
 * <p>
 * Keys that follow each other lie side by side, so that the order that is opened next mostly finds its place in a cache line that
 * one before has used. For the same reason the table begins small and grows with the orders that are open at once: it goes round
 * within the caches. Each ordinal begins at a place of its own, spread over the table, so that many orders of few inputs do not
 * make one long run. One thread; only growing allocates.
 */
final class OrderIndex
{
    /** The empty place: no {@link ClOrdIds#key} is 0, because sequences count from 1. */
    private static final long EMPTY = 0;
    private static final int KEYS_PER_SEQUENCE = ClOrdIds.ORDINAL_MAX + 1;
    /** 2^32 divided by the golden ratio: multiples of it spread evenly (Knuth, The Art of Computer Programming 3, 6.4). */
    private static final int SPREAD = 0x9E3779B9;

    private long[] keys;
    private Order[] orders;
    private int mask;
    private int shift;
    private int count;

    /**
     * @param capacity keys that may be held at once before it grows.
     */
    OrderIndex(final int capacity)
    {
        allocate(BitUtil.findNextPositivePowerOfTwo(2 * capacity));
    }

    private void allocate(final int length)
    {
        keys = new long[length];
        orders = new Order[length];
        mask = length - 1;
        shift = Integer.numberOfLeadingZeros(mask);
    }

    /** Places there are. */
    int length()
    {
        return keys.length;
    }

    /** The order that goes by the key of this incarnation, or null. */
    Order get(final long key, final int incarnation)
    {
        int slot = home(key);
        while (keys[slot] != EMPTY)
        {
            if (keys[slot] == key && orders[slot].goesBy(key, incarnation))
            {
                return orders[slot];
            }
            slot = slot + 1 & mask;
        }
        return null;
    }

    /** Holds the order under the key, too, from now on. */
    void add(final long key, final Order order)
    {
        insert(key, order);
        if (2 * ++count > keys.length)
        {
            grow();
        }
    }

    private void insert(final long key, final Order order)
    {
        int slot = home(key);
        while (keys[slot] != EMPTY)
        {
            slot = slot + 1 & mask;
        }
        keys[slot] = key;
        orders[slot] = order;
    }

    private void grow()
    {
        final long[] oldKeys = keys;
        final Order[] oldOrders = orders;
        allocate(2 * oldKeys.length);
        for (int i = 0; i < oldKeys.length; i++)
        {
            if (oldKeys[i] != EMPTY)
            {
                insert(oldKeys[i], oldOrders[i]);
            }
        }
    }

    /** Forgets the order under the key; one that is not held is no fault. */
    void remove(final long key, final Order order)
    {
        int gap = home(key);
        while (keys[gap] != key || orders[gap] != order)
        {
            if (keys[gap] == EMPTY)
            {
                return;
            }
            gap = gap + 1 & mask;
        }
        count--;
        int slot = gap;
        while (keys[slot] != EMPTY)
        {
            slot = slot + 1 & mask;
            // An entry whose own place lies at or before the gap would not be found beyond it, so it moves into the gap.
            if (keys[slot] == EMPTY || (slot - home(keys[slot]) & mask) >= (slot - gap & mask))
            {
                keys[gap] = keys[slot];
                orders[gap] = orders[slot];
                gap = slot;
            }
        }
        keys[gap] = EMPTY;
        orders[gap] = null;
    }

    private int home(final long key)
    {
        final long sequence = key / KEYS_PER_SEQUENCE;
        final int ordinal = (int)(key - sequence * KEYS_PER_SEQUENCE);
        return (int)sequence + (ordinal * SPREAD >>> shift) & mask;
    }
}
