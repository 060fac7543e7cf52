package io.lockstep.gateways.recording;

import io.lockstep.codecs.Nulls;
import io.lockstep.gateways.recording.message.MarketEncoder.TickLevels;
import io.lockstep.sbe.BookSnapshotDecoder;
import io.lockstep.sbe.BookUpdateDecoder;
import org.agrona.collections.Long2LongHashMap;

import java.util.Arrays;

/**
 * The book of one instrument as a recording has told it so far. It is known from the end of a snapshot on, until a change does not
 * build on it or the recording has a gap. Allocates to grow, and for {@link #fill}.
 */
final class RecordedBook
{
    private static final long NO_LOTS = 0;

    private final Long2LongHashMap bidLotsByTicks = new Long2LongHashMap(NO_LOTS);
    private final Long2LongHashMap askLotsByTicks = new Long2LongHashMap(NO_LOTS);
    private long updateId = Nulls.NULL_UPDATE_ID;
    private boolean known;

    void onSnapshot(final BookSnapshotDecoder snapshot)
    {
        if (snapshot.chunkIndex() == 0)
        {
            bidLotsByTicks.clear();
            askLotsByTicks.clear();
        }
        updateId = snapshot.updateId();
        for (final BookSnapshotDecoder.BidsDecoder bid : snapshot.bids())
        {
            set(bidLotsByTicks, bid.priceTicks(), bid.quantityLots());
        }
        for (final BookSnapshotDecoder.AsksDecoder ask : snapshot.asks())
        {
            set(askLotsByTicks, ask.priceTicks(), ask.quantityLots());
        }
        known = snapshot.chunkIndex() == snapshot.chunkCount() - 1;
    }

    void onUpdate(final BookUpdateDecoder update)
    {
        if (!known || update.updateId() <= updateId)
        {
            return;
        }
        known = update.previousUpdateId() == updateId;
        updateId = update.updateId();
        for (final BookUpdateDecoder.BidsDecoder bid : update.bids())
        {
            set(bidLotsByTicks, bid.priceTicks(), bid.quantityLots());
        }
        for (final BookUpdateDecoder.AsksDecoder ask : update.asks())
        {
            set(askLotsByTicks, ask.priceTicks(), ask.quantityLots());
        }
    }

    private static void set(final Long2LongHashMap lotsByTicks, final long priceTicks, final long quantityLots)
    {
        if (quantityLots == NO_LOTS)
        {
            lotsByTicks.remove(priceTicks);
        }
        else
        {
            lotsByTicks.put(priceTicks, quantityLots);
        }
    }

    /** The recording has a gap here. */
    void onGap()
    {
        known = false;
    }

    boolean isKnown()
    {
        return known;
    }

    long updateId()
    {
        return updateId;
    }

    /** Writes the levels, the best of each side first. */
    void fill(final TickLevels bids, final TickLevels asks)
    {
        final long[] bidTicks = ascending(bidLotsByTicks);
        bids.clear();
        for (int i = bidTicks.length - 1; i >= 0; i--)
        {
            bids.add(bidTicks[i], bidLotsByTicks.get(bidTicks[i]));
        }
        asks.clear();
        for (final long askTicks : ascending(askLotsByTicks))
        {
            asks.add(askTicks, askLotsByTicks.get(askTicks));
        }
    }

    private static long[] ascending(final Long2LongHashMap lotsByTicks)
    {
        final long[] priceTicks = new long[lotsByTicks.size()];
        final int[] count = {0};
        lotsByTicks.forEachLong((ticks, lots) -> priceTicks[count[0]++] = ticks);
        Arrays.sort(priceTicks);
        return priceTicks;
    }
}
