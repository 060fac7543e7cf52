package io.lockstep.core.book;

import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.BookSectionDecoder;
import io.lockstep.sbe.BookSectionEncoder;
import io.lockstep.sbe.BooleanType;

import static io.lockstep.core.book.PriceLevels.ASKS;
import static io.lockstep.core.book.PriceLevels.BIDS;

/**
 * The book of one instrument by price level, built from snapshots and changes alone.
 * <p>
 * It is {@code synchronised} from the end of a snapshot until a gap. A change applies when it builds on the book's own update
 * id; {@link #beginUpdate} says whether it does, and levels are only to be set when it returned {@link Update#APPLY}.
 * Depth 0 is the best level.
 */
public final class OrderBook implements BookView
{
    /** What is to be done with a change. */
    public enum Update
    {
        /** It builds on this book: set its levels. */
        APPLY,
        /** It is older than the book, or the book has no snapshot yet: leave it. */
        DISCARD,
        /** Something before it is missing: the book is no longer synchronised. */
        GAP
    }

    private final int levelsMax;
    private long[] cells;
    private long updateId = Nulls.NULL_UPDATE_ID;
    private boolean synchronised;
    private int nextChunk;
    private long chunksUpdateId = Nulls.NULL_UPDATE_ID;

    /**
     * @param levelsMax levels kept on each side; beyond it the worst is dropped.
     */
    public OrderBook(final int levelsMax)
    {
        this.levelsMax = levelsMax;
        cells = PriceLevels.newCells(levelsMax);
    }

    /** Reads across the object to have it in the caches; the sum means nothing. */
    public long touch()
    {
        return updateId;
    }

    /** Reads the objects that those read by {@link #touch} lead to. */
    public long touchLevels()
    {
        return PriceLevels.touch(cells);
    }

    @Override
    public boolean isSynchronised()
    {
        return synchronised;
    }

    @Override
    public long updateId()
    {
        return updateId;
    }

    /**
     * Begins a change.
     *
     * @param previousUpdateId id of the book it builds on, or null for one its gateway could not place.
     * @param newUpdateId      id of the book after it.
     */
    public Update beginUpdate(final long previousUpdateId, final long newUpdateId)
    {
        if (!synchronised || previousUpdateId == Nulls.NULL_UPDATE_ID)
        {
            return Update.DISCARD;
        }
        if (previousUpdateId == updateId)
        {
            updateId = newUpdateId;
            return Update.APPLY;
        }
        if (newUpdateId <= updateId)
        {
            return Update.DISCARD;
        }
        synchronised = false;
        return Update.GAP;
    }

    /**
     * Begins a chunk of a snapshot; the first clears the book.
     *
     * @return false for a chunk whose levels are to be left: it does not follow the one before of the same snapshot, which is
     *         then lost, or the snapshot is older than the synchronised book.
     */
    public boolean beginSnapshotChunk(final int chunkIndex, final long snapshotUpdateId)
    {
        if (synchronised && snapshotUpdateId < updateId)
        {
            return false;
        }
        if (chunkIndex == 0)
        {
            synchronised = false;
            BIDS.clear(cells);
            ASKS.clear(cells);
        }
        else if (chunkIndex != nextChunk || snapshotUpdateId != chunksUpdateId)
        {
            nextChunk = 0;
            return false;
        }
        nextChunk = chunkIndex + 1;
        chunksUpdateId = snapshotUpdateId;
        return true;
    }

    /** Whether a snapshot has begun whose last chunk is still to come. */
    public boolean isSnapshotUnderWay()
    {
        return nextChunk > 0;
    }

    public void endSnapshot(final long snapshotUpdateId)
    {
        updateId = snapshotUpdateId;
        synchronised = true;
        nextChunk = 0;
    }

    /** What was built so far is no longer to be relied on until the next snapshot. */
    public void desynchronise()
    {
        synchronised = false;
    }

    public void setBid(final long priceTicks, final long quantityLots)
    {
        cells = BIDS.set(cells, levelsMax, priceTicks, quantityLots);
    }

    public void setAsk(final long priceTicks, final long quantityLots)
    {
        cells = ASKS.set(cells, levelsMax, priceTicks, quantityLots);
    }

    @Override
    public int bidDepth()
    {
        return BIDS.size(cells);
    }

    @Override
    public int askDepth()
    {
        return ASKS.size(cells);
    }

    @Override
    public long bidPriceTicks(final int depth)
    {
        return BIDS.priceTicks(cells, depth);
    }

    @Override
    public long bidQuantityLots(final int depth)
    {
        return BIDS.quantityLots(cells, depth);
    }

    @Override
    public long askPriceTicks(final int depth)
    {
        return ASKS.priceTicks(cells, depth);
    }

    @Override
    public long askQuantityLots(final int depth)
    {
        return ASKS.quantityLots(cells, depth);
    }

    @Override
    public long bestBidTicks()
    {
        return BIDS.bestTicks(cells);
    }

    @Override
    public long bestAskTicks()
    {
        return ASKS.bestTicks(cells);
    }

    @Override
    public long bidQuantityAtPrice(final long priceTicks)
    {
        return BIDS.quantityAtPrice(cells, priceTicks);
    }

    @Override
    public long askQuantityAtPrice(final long priceTicks)
    {
        return ASKS.quantityAtPrice(cells, priceTicks);
    }

    @Override
    public boolean isCrossed()
    {
        return isTwoSided() && BIDS.priceTicks(cells, 0) > ASKS.priceTicks(cells, 0);
    }

    /** Whether the best bid is at the best ask. */
    public boolean isLocked()
    {
        return isTwoSided() && BIDS.priceTicks(cells, 0) == ASKS.priceTicks(cells, 0);
    }

    /** Whether there are a best bid and a best ask. */
    public boolean isTwoSided()
    {
        return BIDS.size(cells) > 0 && ASKS.size(cells) > 0;
    }

    @Override
    public long droppedLevels()
    {
        return BIDS.droppedLevels(cells) + ASKS.droppedLevels(cells);
    }

    /** Writes the message's fields, all but the levels; the encoder must be wrapped. */
    public void save(final BookSectionEncoder section)
    {
        section.synchronised(synchronised ? BooleanType.TRUE : BooleanType.FALSE)
            .updateId(updateId)
            .nextChunk(nextChunk)
            .chunksUpdateId(chunksUpdateId)
            .bidLevels(BIDS.size(cells))
            .askLevels(ASKS.size(cells))
            .droppedBidLevels(BIDS.droppedLevels(cells))
            .droppedAskLevels(ASKS.droppedLevels(cells));
    }

    /** Takes up all but the levels, which are then to be set, each side from its worst on. */
    public void restore(final BookSectionDecoder section)
    {
        synchronised = section.synchronised() == BooleanType.TRUE;
        updateId = section.updateId();
        nextChunk = section.nextChunk();
        chunksUpdateId = section.chunksUpdateId();
        BIDS.droppedLevels(cells, section.droppedBidLevels());
        ASKS.droppedLevels(cells, section.droppedAskLevels());
    }

    public long stateHash()
    {
        long hash = Xxh64.chain(BIDS.hash(cells), ASKS.hash(cells));
        hash = Xxh64.chain(hash, updateId);
        hash = Xxh64.chain(hash, nextChunk > 0 ? chunksUpdateId : Nulls.NULL_UPDATE_ID);
        return Xxh64.chain(hash, (synchronised ? 1L : 0L) << 32 | nextChunk);
    }
}
