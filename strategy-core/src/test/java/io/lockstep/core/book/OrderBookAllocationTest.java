package io.lockstep.core.book;

import io.lockstep.core.AllocationProbe;
import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

class OrderBookAllocationTest
{
    private static final int LEVELS_MAX = 1_000;
    private static final int CHANGES = 5_000;
    private static final int WARM_UP_RUNS = 20;

    private final SplittableRandom random = new SplittableRandom(7);
    private final long[] prices = random.longs(CHANGES, 1, 3 * LEVELS_MAX).toArray();
    private final long[] quantities = random.longs(CHANGES, 0, 4).toArray();
    private OrderBook book = new OrderBook(LEVELS_MAX);
    private long updateId;
    private long sum;

    @Test
    void shouldAllocateNothingInSteadyState()
    {
        assertThat(AllocationProbe.allocatedBytes(WARM_UP_RUNS, this::snapshotAndChanges)).isZero();
        assertThat(book.bidDepth()).isPositive();
        assertThat(sum).isNotZero();
    }

    /** That the test above can fail: the same run over a book that has still to grow. */
    @Test
    void shouldSeeABookGrow()
    {
        final long bytes = AllocationProbe.allocatedBytes(WARM_UP_RUNS, () ->
        {
            book = new OrderBook(LEVELS_MAX);
            snapshotAndChanges();
        });

        assertThat(bytes).isGreaterThan(4L * LEVELS_MAX * Long.BYTES);
    }

    private void snapshotAndChanges()
    {
        updateId++;
        book.beginSnapshotChunk(0, updateId);
        for (int i = 0; i < LEVELS_MAX; i++)
        {
            book.setBid(i, 1);
            book.setAsk(LEVELS_MAX + i, 1);
        }
        book.endSnapshot(updateId);
        for (int i = 0; i < CHANGES; i++)
        {
            book.beginUpdate(updateId, updateId + 1);
            updateId++;
            book.setBid(prices[i], quantities[i]);
            book.setAsk(prices[CHANGES - 1 - i], quantities[i]);
            sum += read(i);
        }
    }

    private long read(final int i)
    {
        long read = book.bestBidTicks() + book.bestAskTicks() + book.stateHash() + book.droppedLevels();
        read += book.bidQuantityAtPrice(prices[i]) + book.askQuantityAtPrice(prices[i]);
        for (int depth = 0; depth < Math.min(10, book.bidDepth()); depth++)
        {
            read += book.bidPriceTicks(depth) * book.bidQuantityLots(depth);
        }
        return book.isCrossed() ? read + 1 : read;
    }
}
