package io.lockstep.perf.latency.load;

import io.lockstep.sbe.BookUpdateDecoder;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is on a tape, counted while it is recorded.
 */
final class TapeMix
{
    private long updates;
    private long levels;
    private int levelsMax;
    private long snapshots;
    private long quotes;
    private long trades;
    private long bars;
    private long statuses;
    private long orders;

    /**
     * @param update is left at its beginning.
     */
    void onUpdate(final BookUpdateDecoder update)
    {
        final BookUpdateDecoder.BidsDecoder bids = update.bids();
        final int bidCount = bids.count();
        while (bids.hasNext())
        {
            bids.next();
        }
        final int count = bidCount + update.asks().count();
        update.sbeRewind();
        updates++;
        levels += count;
        levelsMax = Math.max(levelsMax, count);
    }

    /** Of a snapshot, a chunk. */
    void onSnapshot()
    {
        snapshots++;
    }

    void onQuote()
    {
        quotes++;
    }

    void onTrade()
    {
        trades++;
    }

    void onBar()
    {
        bars++;
    }

    void onStatus()
    {
        statuses++;
    }

    /** One of the messages makes an order. */
    void onOrder()
    {
        orders++;
    }

    /** Messages that make one. */
    long orders()
    {
        return orders;
    }

    /** Messages by kind, those that there are. */
    Map<String, Long> messages()
    {
        final Map<String, Long> countByKind = new LinkedHashMap<>();
        countByKind.put("bookUpdates", updates);
        countByKind.put("bookSnapshotChunks", snapshots);
        countByKind.put("bestBidOffers", quotes);
        countByKind.put("trades", trades);
        countByKind.put("bars", bars);
        countByKind.put("feedStatuses", statuses);
        countByKind.values().removeIf((count) -> count == 0);
        return countByKind;
    }

    /** Of book updates, of which there must be one. */
    Map<String, Object> levelsPerUpdate()
    {
        final Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("mean", Math.round(10.0 * levels / updates) / 10.0);
        figures.put("max", levelsMax);
        return figures;
    }
}
