package io.lockstep.core.order;

import io.lockstep.codecs.Xxh64;
import io.lockstep.core.snapshot.SectionWriter;
import io.lockstep.core.snapshot.StateTable;
import io.lockstep.sbe.EarlierClOrdIdsDecoder;
import io.lockstep.sbe.EarlierClOrdIdsEncoder;

import java.util.Arrays;

/**
 * The newest {@value #CAPACITY} ClOrdIDs that orders had before they were replaced, each with the one that came in its place: a
 * venue may report an execution under the ClOrdID that the order had when it was made. A ring; the oldest gives way. A search
 * costs a step for each replace since. Allocates nothing after construction but to be saved.
 */
public final class EarlierClOrdIds implements StateTable<EarlierClOrdIdsDecoder>
{
    /** A power of two. */
    public static final int CAPACITY = 1 << 12;
    public static final int NONE = -1;
    private static final int MASK = CAPACITY - 1;
    private static final int TABLE_LENGTH = 4 * CAPACITY;
    private static final int TABLE_MASK = TABLE_LENGTH - 1;

    private final long[] keys = new long[CAPACITY];
    private final int[] incarnations = new int[CAPACITY];
    private final long[] nextKeys = new long[CAPACITY];
    private final int[] nextIncarnations = new int[CAPACITY];
    /** Place in the ring by hashed key, linear probing. */
    private final int[] table = new int[TABLE_LENGTH];
    /** Count of all that were ever added. */
    private long added;
    private long first;
    /** Sum of the hashes of those in the ring. */
    private long hash;

    public EarlierClOrdIds()
    {
        Arrays.fill(table, NONE);
    }

    /** An order has another ClOrdID than it had; keys as {@link io.lockstep.codecs.ClOrdIds#key} makes them. */
    void add(final long key, final int incarnation, final long nextKey, final int nextIncarnation)
    {
        if (count() == CAPACITY)
        {
            removeOldest();
        }
        final int place = (int)(added++ & MASK);
        keys[place] = key;
        incarnations[place] = incarnation;
        nextKeys[place] = nextKey;
        nextIncarnations[place] = nextIncarnation;
        hash += hashAt(place);
        int index = index(key);
        while (table[index] != NONE)
        {
            index = index + 1 & TABLE_MASK;
        }
        table[index] = place;
    }

    private void removeOldest()
    {
        final int place = (int)(first++ & MASK);
        hash -= hashAt(place);
        int index = index(keys[place]);
        while (table[index] != place)
        {
            index = index + 1 & TABLE_MASK;
        }
        table[index] = NONE;
        closeGap(index);
    }

    /** What was found beyond the freed cell moves up, so that no search ends before it. */
    private void closeGap(final int freed)
    {
        int gap = freed;
        for (int index = gap + 1 & TABLE_MASK; table[index] != NONE; index = index + 1 & TABLE_MASK)
        {
            final int wanted = index(keys[table[index]]);
            final boolean mayMove = (index - wanted & TABLE_MASK) >= (index - gap & TABLE_MASK);
            if (mayMove)
            {
                table[gap] = table[index];
                table[index] = NONE;
                gap = index;
            }
        }
    }

    private static int index(final long key)
    {
        return (int)Xxh64.chain(key, 0) & TABLE_MASK;
    }

    private int find(final long key, final int incarnation)
    {
        for (int index = index(key); table[index] != NONE; index = index + 1 & TABLE_MASK)
        {
            final int place = table[index];
            if (keys[place] == key && incarnations[place] == incarnation)
            {
                return place;
            }
        }
        return NONE;
    }

    /** Whether an order had this ClOrdID and has another now. */
    public boolean contains(final long key, final int incarnation)
    {
        return find(key, incarnation) != NONE;
    }

    /**
     * The place of the newest replace of the order that had this ClOrdID, for {@link #nextKey}; {@link #NONE} when nothing is known
     * of it.
     */
    int newest(final long key, final int incarnation)
    {
        int newest = NONE;
        int place = find(key, incarnation);
        // No more steps than there are ids, whatever a venue has called its orders.
        for (int step = 0; place != NONE && step < count(); step++)
        {
            newest = place;
            place = find(nextKeys[place], nextIncarnations[place]);
        }
        return newest;
    }

    /** Of the ClOrdID that came in place of the one here. */
    long nextKey(final int place)
    {
        return nextKeys[place];
    }

    int nextIncarnation(final int place)
    {
        return nextIncarnations[place];
    }

    public int count()
    {
        return (int)(added - first);
    }

    private long hashAt(final int place)
    {
        final long value = Xxh64.chain(keys[place], incarnations[place]);
        return Xxh64.chain(Xxh64.chain(value, nextKeys[place]), nextIncarnations[place]);
    }

    @Override
    public int sectionCount()
    {
        return count() == 0 ? 0 : 1;
    }

    @Override
    public void save(final SectionWriter writer)
    {
        if (count() == 0)
        {
            return;
        }
        final EarlierClOrdIdsEncoder.IdsEncoder ids = writer.begin(new EarlierClOrdIdsEncoder()).idsCount(count());
        for (long i = first; i < added; i++)
        {
            final int place = (int)(i & MASK);
            ids.next().key(keys[place]).incarnation(incarnations[place]).nextKey(nextKeys[place])
                .nextIncarnation(nextIncarnations[place]);
        }
        writer.end();
    }

    @Override
    public int templateId()
    {
        return EarlierClOrdIdsDecoder.TEMPLATE_ID;
    }

    @Override
    public EarlierClOrdIdsDecoder newDecoder()
    {
        return new EarlierClOrdIdsDecoder();
    }

    @Override
    public void restore(final EarlierClOrdIdsDecoder section)
    {
        for (final EarlierClOrdIdsDecoder.IdsDecoder id : section.ids())
        {
            add(id.key(), id.incarnation(), id.nextKey(), id.nextIncarnation());
        }
    }

    /** Of those in the ring; what was forgotten has no part in it. */
    @Override
    public long stateHash()
    {
        return count() == 0 ? 0 : Xxh64.chain(count(), hash);
    }
}
