package io.lockstep.core.risk.rule;

import io.lockstep.codecs.Xxh64;
import io.lockstep.core.risk.Refusal;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.RiskReason;
import org.agrona.collections.Long2ObjectHashMap;

import java.util.ArrayList;
import java.util.List;

/**
 * The newest refusal for each reason and scope, with how many there were. What comes when {@value #ENTRIES_MAX} are kept is counted alone.
 * Only the first refusal of a kind allocates.
 */
public final class RefusalBook
{
    public static final int ENTRIES_MAX = 4_096;
    private static final int ID_BITS = 24;
    private static final long ID_MASK = (1L << ID_BITS) - 1;

    private final Long2ObjectHashMap<Entry> entryByKey = new Long2ObjectHashMap<>();
    /** In the order in which they came first. */
    private final List<Entry> entries = new ArrayList<>();
    private long left;

    /** The refusals of one reason and scope. */
    public static final class Entry
    {
        private final RiskReason reason;
        private final LimitScope scope;
        int strategyId;
        int instrumentId;
        int venueId;
        long refusals;
        long sequence;
        long timeNs;
        long limitLow;
        long limitHigh;
        long actualLow;
        long actualHigh;

        Entry(final RiskReason reason, final LimitScope scope)
        {
            this.reason = reason;
            this.scope = scope;
        }

        public RiskReason reason()
        {
            return reason;
        }

        /** Null of a refusal that was about no limit. */
        public LimitScope scope()
        {
            return scope;
        }

        /** Whose order the newest was. */
        public int strategyId()
        {
            return strategyId;
        }

        public int instrumentId()
        {
            return instrumentId;
        }

        public int venueId()
        {
            return venueId;
        }

        public long refusals()
        {
            return refusals;
        }

        /** Of the input of the newest. */
        public long sequence()
        {
            return sequence;
        }

        /** Sequenced time of the newest. */
        public long timeNs()
        {
            return timeNs;
        }

        /** As in {@link Refusal}, of the newest. */
        public long limitValue()
        {
            return limitLow;
        }

        public long limitValueHigh()
        {
            return limitHigh;
        }

        public long actualValue()
        {
            return actualLow;
        }

        public long actualValueHigh()
        {
            return actualHigh;
        }

        long chain(final long hash)
        {
            long chained = Xxh64.chain(hash, (long)reason.value() << 8 | scope.value());
            chained = Xxh64.chain(chained, (long)strategyId << 32 | instrumentId);
            chained = Xxh64.chain(Xxh64.chain(chained, venueId), refusals);
            chained = Xxh64.chain(Xxh64.chain(chained, sequence), timeNs);
            chained = Xxh64.chain(Xxh64.chain(chained, limitLow), limitHigh);
            return Xxh64.chain(Xxh64.chain(chained, actualLow), actualHigh);
        }
    }

    private static long key(
        final RiskReason reason, final LimitScope scope, final int strategyId, final int instrumentId,
        final int venueId)
    {
        final long head = (long)reason.value() << 56 | (long)(scope.value() & 0xF) << 52;
        return head | switch (scope)
        {
            case LEG -> (strategyId & ID_MASK) << ID_BITS | instrumentId & ID_MASK;
            case STRATEGY -> strategyId & ID_MASK;
            case INSTRUMENT -> instrumentId & ID_MASK;
            case VENUE, ACCOUNT -> venueId & ID_MASK;
            case NODE, NULL_VAL, SBE_UNKNOWN -> 0;
        };
    }

    /** An order was refused. */
    public void note(
        final Refusal refusal,
        final int strategyId,
        final int instrumentId,
        final int venueId,
        final long sequence,
        final long timeNs)
    {
        final long key = key(refusal.reason(), refusal.scope(), strategyId, instrumentId, venueId);
        Entry entry = entryByKey.get(key);
        if (entry == null)
        {
            if (entries.size() == ENTRIES_MAX)
            {
                left++;
                return;
            }
            entry = add(key, new Entry(refusal.reason(), refusal.scope()));
        }
        entry.strategyId = strategyId;
        entry.instrumentId = instrumentId;
        entry.venueId = venueId;
        entry.refusals++;
        entry.sequence = sequence;
        entry.timeNs = timeNs;
        entry.limitLow = refusal.limitValue();
        entry.limitHigh = refusal.limitValueHigh();
        entry.actualLow = refusal.actualValue();
        entry.actualHigh = refusal.actualValueHigh();
    }

    private Entry add(final long key, final Entry entry)
    {
        entryByKey.put(key, entry);
        entries.add(entry);
        return entry;
    }

    /** The newest of the reason by the scope; null when there was none. */
    public Entry find(final RiskReason reason, final ScopeKey scope)
    {
        final int venueId = scope.scopedId();
        return entryByKey.get(key(reason, scope.scope(), scope.scopedId(), scope.instrumentId(), venueId));
    }

    public int count()
    {
        return entries.size();
    }

    /** In the order in which their first came. */
    public Entry get(final int index)
    {
        return entries.get(index);
    }

    /** Refusals that there was no room to keep. */
    public long left()
    {
        return left;
    }

    void restore(final Entry entry)
    {
        final long key = key(entry.reason, entry.scope, entry.strategyId, entry.instrumentId, entry.venueId);
        if (entry.refusals <= 0 || entryByKey.containsKey(key) || entries.size() == ENTRIES_MAX)
        {
            throw new IllegalArgumentException("no refusal that can follow: reason=" + entry.reason + " scope=" +
                entry.scope + " refusals=" + entry.refusals);
        }
        add(key, entry);
    }

    void restoreLeft(final long newLeft)
    {
        left = newLeft;
    }

    long stateHash()
    {
        long hash = left;
        for (int i = 0; i < entries.size(); i++)
        {
            hash = entries.get(i).chain(hash);
        }
        return hash;
    }
}
