package io.lockstep.core.book;

import io.lockstep.codecs.Nulls;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.SplittableRandom;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Long random runs against {@link ReferenceBook}. A failure names the seed and the step, and those alone reproduce it.
 */
class OrderBookReferenceTest
{
    private static final int STEPS = 60_000;
    private static final int FULL_COMPARISON_EVERY = 50;

    /** From sides that are always full to sides that never are; prices around zero too. */
    @ParameterizedTest
    @CsvSource(
    {
        "1, 1, 40, 1000",
        "2, 2, 40, -20",
        "3, 7, 40, 0",
        "4, 31, 100, 5000",
        "5, 32, 100, 5000",
        "6, 33, 100, 5000",
        "7, 50, 200, -5000000000",
        "8, 64, 70, 1",
        "9, 1000, 3000, 6000000",
        "10, 5000, 3000, 9000000000000"})
    void shouldEqualTheReferenceAfterEveryChange(
        final long seed, final int levelsMax, final int priceRange, final long priceFrom)
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final OrderBook book = new OrderBook(levelsMax);
        final ReferenceBook reference = new ReferenceBook(levelsMax);
        boolean wasCrossed = false;
        for (int step = 0; step < STEPS; step++)
        {
            if (random.nextInt(20_000) == 0)
            {
                book.beginSnapshotChunk(0, step);
                reference.clear();
            }
            final long price = priceFrom + random.nextInt(priceRange);
            final long quantity = random.nextInt(3) == 0 ? 0 : random.nextLong(1, 1L << 40);
            if (random.nextBoolean())
            {
                book.setBid(price, quantity);
                reference.set(reference.bids, price, quantity);
            }
            else
            {
                book.setAsk(price, quantity);
                reference.set(reference.asks, price, quantity);
            }
            wasCrossed |= book.isCrossed();
            assertTouch(book, reference, price, seed, step);
            if (step % FULL_COMPARISON_EVERY == 0)
            {
                assertLevels(book, reference, seed, step);
            }
        }
        assertLevels(book, reference, seed, STEPS);
        assertThat(wasCrossed).as("the run crossed the book at times").isTrue();
        // Two in three prices hold a level after a while.
        assertThat(reference.droppedLevels() > 0).as("levels were dropped").isEqualTo(levelsMax < priceRange / 2);
    }

    /** A feed as it is: bids below, asks above, most changes near the touch, the price drifting. */
    @ParameterizedTest
    @CsvSource(
    {"21, 10", "22, 100", "23, 1000"})
    void shouldEqualTheReferenceAlongAMarket(final long seed, final int levelsMax)
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final OrderBook book = new OrderBook(levelsMax);
        final ReferenceBook reference = new ReferenceBook(levelsMax);
        long middle = 50_000;
        for (int step = 0; step < STEPS; step++)
        {
            middle += random.nextInt(3) - 1;
            final int distance = 1 + (int)Math.abs(random.nextInt(40) * random.nextDouble());
            final long quantity = random.nextInt(10) < 4 ? 0 : random.nextLong(1, 1_000);
            removeCrossing(book, reference, middle);
            if (random.nextBoolean())
            {
                book.setBid(middle - distance, quantity);
                reference.set(reference.bids, middle - distance, quantity);
            }
            else
            {
                book.setAsk(middle + distance, quantity);
                reference.set(reference.asks, middle + distance, quantity);
            }
            assertTouch(book, reference, middle - distance, seed, step);
            assertThat(book.isCrossed()).as("seed=%d step=%d", seed, step).isFalse();
            if (step % FULL_COMPARISON_EVERY == 0)
            {
                assertLevels(book, reference, seed, step);
            }
        }
        assertLevels(book, reference, seed, STEPS);
    }

    private static void removeCrossing(final OrderBook book, final ReferenceBook reference, final long middle)
    {
        while (book.bidDepth() > 0 && book.bestBidTicks() >= middle)
        {
            reference.set(reference.bids, book.bestBidTicks(), 0);
            book.setBid(book.bestBidTicks(), 0);
        }
        while (book.askDepth() > 0 && book.bestAskTicks() <= middle)
        {
            reference.set(reference.asks, book.bestAskTicks(), 0);
            book.setAsk(book.bestAskTicks(), 0);
        }
    }

    private static void assertTouch(
        final OrderBook book, final ReferenceBook reference, final long price, final long seed, final int step)
    {
        final boolean equal = book.bidDepth() == reference.bids.size() &&
            book.askDepth() == reference.asks.size() &&
            book.bestBidTicks() == best(reference.bids) &&
            book.bestAskTicks() == best(reference.asks) &&
            book.bidQuantityAtPrice(price) == reference.bids.getOrDefault(price, 0L) &&
            book.askQuantityAtPrice(price) == reference.asks.getOrDefault(price, 0L) &&
            book.isCrossed() == reference.isCrossed() &&
            book.isLocked() == reference.isLocked() &&
            book.droppedLevels() == reference.droppedLevels();
        if (!equal)
        {
            assertLevels(book, reference, seed, step);
        }
        assertThat(equal).as("seed=%d step=%d price=%d", seed, step, price).isTrue();
    }

    private static long best(final TreeMap<Long, Long> side)
    {
        return side.isEmpty() ? Nulls.NULL_PRICE_TICKS : side.firstKey();
    }

    private static void assertLevels(
        final OrderBook book, final ReferenceBook reference, final long seed, final int step)
    {
        assertThat(ReferenceBook.bidLevels(book)).as("bids, seed=%d step=%d", seed, step)
            .isEqualTo(ReferenceBook.levels(reference.bids));
        assertThat(ReferenceBook.askLevels(book)).as("asks, seed=%d step=%d", seed, step)
            .isEqualTo(ReferenceBook.levels(reference.asks));
    }
}
