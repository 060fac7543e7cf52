package io.lockstep.research.book;

import org.agrona.collections.Long2LongHashMap;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares the venue's own best bid and offer with the rebuilt book of the same update id, whichever comes first: some
 * quotes arrive after the change that has their id, and a change may come long after its quotes.
 * <p>
 * Bounded: the newest {@value #ROWS_MAX} rows wait for quotes, and the {@value #QUOTES_MAX} quotes with the highest ids
 * for rows. A quote older than that is not compared.
 */
final class QuoteComparison
{
    static final int ROWS_MAX = 1 << 17;
    static final int QUOTES_MAX = 1 << 20;

    private static final int ROWS_INITIAL = 1 << 8;
    private static final int FIELDS = 5;
    private static final long MISSING = -1;

    /** Several quotes may bear one id. */
    private record Quote(long bidTicks, long bidLots, long askTicks, long askLots, Quote next)
    {
    }

    private long[] rows = new long[ROWS_INITIAL * FIELDS];
    private final Long2LongHashMap slotByUpdateId = new Long2LongHashMap(MISSING);
    private final TreeMap<Long, Quote> waitingById = new TreeMap<>();
    private long rowCount;
    private long lastRowId = Long.MIN_VALUE;
    private long compared;
    private long mismatches;

    /** Quotes whose id a row bears. */
    long compared()
    {
        return compared;
    }

    /** Of these, the ones whose price or quantity differs on either side. */
    long mismatches()
    {
        return mismatches;
    }

    /** The book's best levels after a row; a side's price is null and its quantity 0 when it is empty. */
    void onRow(
        final long updateId, final long bidTicks, final long bidLots, final long askTicks, final long askLots)
    {
        if (rowCount * FIELDS == rows.length && rowCount < ROWS_MAX)
        {
            rows = Arrays.copyOf(rows, 2 * rows.length);
        }
        final int slot = (int)(rowCount++ % ROWS_MAX);
        final int at = slot * FIELDS;
        if (rowCount > ROWS_MAX && slotByUpdateId.get(rows[at]) == slot)
        {
            slotByUpdateId.remove(rows[at]);
        }
        rows[at] = updateId;
        rows[at + 1] = bidTicks;
        rows[at + 2] = bidLots;
        rows[at + 3] = askTicks;
        rows[at + 4] = askLots;
        slotByUpdateId.put(updateId, slot);
        lastRowId = updateId;
        compareWaiting(slot);
    }

    void onQuote(
        final long updateId, final long bidTicks, final long bidLots, final long askTicks, final long askLots)
    {
        final long slot = slotByUpdateId.get(updateId);
        if (slot != MISSING)
        {
            compare((int)slot, new Quote(bidTicks, bidLots, askTicks, askLots, null));
        }
        else if (updateId > lastRowId)
        {
            waitingById.merge(updateId, new Quote(bidTicks, bidLots, askTicks, askLots, null),
                (before, added) -> new Quote(bidTicks, bidLots, askTicks, askLots, before));
            if (waitingById.size() > QUOTES_MAX)
            {
                waitingById.pollFirstEntry();
            }
        }
    }

    private void compareWaiting(final int slot)
    {
        final long updateId = rows[slot * FIELDS];
        while (!waitingById.isEmpty() && waitingById.firstKey() <= updateId)
        {
            final Map.Entry<Long, Quote> waiting = waitingById.pollFirstEntry();
            if (waiting.getKey() == updateId)
            {
                for (Quote quote = waiting.getValue(); quote != null; quote = quote.next)
                {
                    compare(slot, quote);
                }
            }
        }
    }

    private void compare(final int slot, final Quote quote)
    {
        final int at = slot * FIELDS;
        compared++;
        if (rows[at + 1] != quote.bidTicks || rows[at + 2] != quote.bidLots || rows[at + 3] != quote.askTicks ||
            rows[at + 4] != quote.askLots)
        {
            mismatches++;
        }
    }
}
