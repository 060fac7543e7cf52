package io.lockstep.core.book;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.book.OrderBook.Update;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OrderBookTest
{
    private static final int LEVELS_MAX = 1_000;
    private static final int ARRAY_HEADER_BYTES = 16;

    private final OrderBook book = new OrderBook(LEVELS_MAX);

    @Test
    void shouldBeginEmptyAndNotSynchronised()
    {
        assertThat(book.isSynchronised()).isFalse();
        assertThat(book.updateId()).isEqualTo(Nulls.NULL_UPDATE_ID);
        assertThat(book.bestBidTicks()).isEqualTo(Nulls.NULL_PRICE_TICKS);
        assertThat(book.bestAskTicks()).isEqualTo(Nulls.NULL_PRICE_TICKS);
        assertThat(book.bidDepth()).isZero();
        assertThat(book.askDepth()).isZero();
        assertThat(book.isCrossed()).isFalse();
        assertThat(book.bidQuantityAtPrice(1)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints =
    {0, -1, Integer.MIN_VALUE})
    void shouldRefuseToKeepNoLevels(final int levelsMax)
    {
        assertThatThrownBy(() -> new OrderBook(levelsMax))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("levelsMax=" + levelsMax);
    }

    @Nested
    class Updates
    {
        @Test
        void shouldDiscardBeforeTheFirstSnapshot()
        {
            assertThat(book.beginUpdate(Nulls.NULL_UPDATE_ID, 5)).isEqualTo(Update.DISCARD);
            assertThat(book.beginUpdate(4, 5)).isEqualTo(Update.DISCARD);
            assertThat(book.isSynchronised()).isFalse();
        }

        @Test
        void shouldApplyWhatBuildsOnTheBook()
        {
            snapshot(book, 100);

            assertThat(book.beginUpdate(100, 105)).isEqualTo(Update.APPLY);
            assertThat(book.updateId()).isEqualTo(105);
            assertThat(book.beginUpdate(105, 106)).isEqualTo(Update.APPLY);
            assertThat(book.updateId()).isEqualTo(106);
            assertThat(book.isSynchronised()).isTrue();
        }

        /** What builds on the book applies whatever the venue calls the result: some count down, some repeat an id. */
        @ParameterizedTest
        @ValueSource(longs =
        {100, 99, 0, -5, Long.MAX_VALUE})
        void shouldApplyByThePreviousIdAlone(final long newUpdateId)
        {
            snapshot(book, 100);

            assertThat(book.beginUpdate(100, newUpdateId)).isEqualTo(Update.APPLY);
            assertThat(book.updateId()).isEqualTo(newUpdateId);
        }

        @Test
        void shouldDiscardWhatIsOlderThanTheBook()
        {
            snapshot(book, 100);

            assertThat(book.beginUpdate(90, 99)).isEqualTo(Update.DISCARD);
            assertThat(book.beginUpdate(99, 100)).isEqualTo(Update.DISCARD);
            assertThat(book.updateId()).isEqualTo(100);
            assertThat(book.isSynchronised()).isTrue();
        }

        @Test
        void shouldDiscardWhatItsGatewayCouldNotPlace()
        {
            snapshot(book, 100);

            assertThat(book.beginUpdate(Nulls.NULL_UPDATE_ID, 101)).isEqualTo(Update.DISCARD);
            assertThat(book.updateId()).isEqualTo(100);
            assertThat(book.isSynchronised()).isTrue();
        }

        @ParameterizedTest
        @ValueSource(longs =
        {101, 99, 0})
        void shouldSayThatSomethingIsMissing(final long previousUpdateId)
        {
            snapshot(book, 100);

            assertThat(book.beginUpdate(previousUpdateId, 102)).isEqualTo(Update.GAP);
            assertThat(book.isSynchronised()).isFalse();
            assertThat(book.updateId()).isEqualTo(100);
            assertThat(book.beginUpdate(102, 103)).as("after the gap").isEqualTo(Update.DISCARD);
        }

        @Test
        void shouldGoOnAfterTheSnapshotThatFollowsAGap()
        {
            snapshot(book, 100);
            book.beginUpdate(101, 102);

            snapshot(book, 110);

            assertThat(book.beginUpdate(110, 111)).isEqualTo(Update.APPLY);
        }
    }

    @Nested
    class Snapshots
    {
        @Test
        void shouldTakeEffectWithTheLastChunk()
        {
            assertThat(book.beginSnapshotChunk(0, 50)).isTrue();
            book.setBid(10, 1);
            assertThat(book.isSynchronised()).isFalse();
            assertThat(book.beginUpdate(50, 51)).isEqualTo(Update.DISCARD);
            assertThat(book.beginSnapshotChunk(1, 50)).isTrue();
            book.setAsk(11, 1);
            book.endSnapshot(50);

            assertThat(book.isSynchronised()).isTrue();
            assertThat(book.updateId()).isEqualTo(50);
            assertThat(book.bestBidTicks()).isEqualTo(10);
            assertThat(book.bestAskTicks()).isEqualTo(11);
        }

        @Test
        void shouldReplaceTheWholeBook()
        {
            snapshot(book, 50);
            book.setBid(10, 1);
            book.setAsk(12, 1);

            snapshot(book, 60);

            assertThat(book.bidDepth()).isZero();
            assertThat(book.askDepth()).isZero();
            assertThat(book.updateId()).isEqualTo(60);
        }

        @Test
        void shouldBeLostWhenAChunkIsMissing()
        {
            assertThat(book.beginSnapshotChunk(0, 50)).isTrue();
            assertThat(book.beginSnapshotChunk(2, 50)).isFalse();
            assertThat(book.beginSnapshotChunk(3, 50)).isFalse();
            assertThat(book.beginSnapshotChunk(1, 50)).as("too late").isFalse();

            assertThat(book.isSynchronised()).isFalse();
            assertThat(book.beginSnapshotChunk(0, 50)).as("sent again").isTrue();
            assertThat(book.beginSnapshotChunk(1, 50)).isTrue();
        }

        @Test
        void shouldBeLostWhenAChunkIsRepeated()
        {
            book.beginSnapshotChunk(0, 50);
            book.beginSnapshotChunk(1, 50);

            assertThat(book.beginSnapshotChunk(1, 50)).isFalse();
            assertThat(book.beginSnapshotChunk(2, 50)).isFalse();
        }

        @Test
        void shouldNotBeginInTheMiddle()
        {
            assertThat(book.beginSnapshotChunk(1, 50)).isFalse();
            assertThat(book.isSynchronised()).isFalse();
        }

        /** The end of one and the beginning of the next are lost together: the chunks that remain fit by their index. */
        @Test
        void shouldNotBeMixedFromTwo()
        {
            assertThat(book.beginSnapshotChunk(0, 50)).isTrue();
            assertThat(book.beginSnapshotChunk(1, 60)).isFalse();
            assertThat(book.beginSnapshotChunk(1, 50)).isFalse();
            assertThat(book.isSynchronised()).isFalse();
        }

        @Test
        void shouldBeDiscardedWhenOlderThanTheBook()
        {
            snapshot(book, 50);
            book.beginUpdate(50, 60);
            book.setBid(10, 1);
            final long hash = book.stateHash();

            assertThat(book.beginSnapshotChunk(0, 59)).isFalse();
            assertThat(book.beginSnapshotChunk(1, 59)).isFalse();

            assertThat(book.isSynchronised()).isTrue();
            assertThat(book.updateId()).isEqualTo(60);
            assertThat(book.bestBidTicks()).isEqualTo(10);
            assertThat(book.stateHash()).isEqualTo(hash);
        }

        @Test
        void shouldBeTakenWhenAsOldAsTheBook()
        {
            snapshot(book, 50);

            assertThat(book.beginSnapshotChunk(0, 50)).isTrue();
        }

        @Test
        void shouldBeTakenHoweverOldWhenTheBookIsNotSynchronised()
        {
            snapshot(book, 50);
            book.desynchronise();

            assertThat(book.isSynchronised()).isFalse();
            assertThat(book.beginSnapshotChunk(0, 40)).isTrue();
            book.endSnapshot(40);
            assertThat(book.updateId()).isEqualTo(40);
            assertThat(book.isSynchronised()).isTrue();
        }

        @Test
        void shouldLeaveAStrayChunkOfAnotherWithoutHarm()
        {
            snapshot(book, 50);
            book.setBid(10, 1);

            assertThat(book.beginSnapshotChunk(1, 70)).isFalse();

            assertThat(book.isSynchronised()).isTrue();
            assertThat(book.bestBidTicks()).isEqualTo(10);
        }
    }

    @Nested
    class DroppedLevels
    {
        private final OrderBook small = new OrderBook(3);

        @Test
        void shouldDropTheNewOneWhenItIsTheWorst()
        {
            fill();

            small.setBid(97, 5);
            small.setAsk(113, 5);

            assertThat(ReferenceBook.bidLevels(small)).containsExactly("1@100", "2@99", "3@98");
            assertThat(ReferenceBook.askLevels(small)).containsExactly("1@110", "2@111", "3@112");
            assertThat(small.droppedLevels()).isEqualTo(2);
            assertThat(small.bidQuantityAtPrice(97)).isZero();
        }

        @Test
        void shouldDropTheWorstForABetterOne()
        {
            fill();

            small.setBid(101, 7);
            small.setAsk(109, 7);

            assertThat(ReferenceBook.bidLevels(small)).containsExactly("7@101", "1@100", "2@99");
            assertThat(ReferenceBook.askLevels(small)).containsExactly("7@109", "1@110", "2@111");
            assertThat(small.droppedLevels()).isEqualTo(2);
        }

        @Test
        void shouldDropNothingForAChangeOrARemoval()
        {
            fill();

            small.setBid(98, 9);
            small.setBid(90, 0);
            small.setAsk(110, 0);
            small.setAsk(115, 4);

            assertThat(ReferenceBook.bidLevels(small)).containsExactly("1@100", "2@99", "9@98");
            assertThat(ReferenceBook.askLevels(small)).containsExactly("2@111", "3@112", "4@115");
            assertThat(small.droppedLevels()).isZero();
        }

        @Test
        void shouldHashAsIfTheDroppedLevelHadNeverBeen()
        {
            final OrderBook other = new OrderBook(3);
            fill();
            small.setBid(101, 7);

            other.setBid(101, 7);
            other.setBid(100, 1);
            other.setBid(99, 2);
            other.setAsk(110, 1);
            other.setAsk(111, 2);
            other.setAsk(112, 3);

            assertThat(small.stateHash()).isEqualTo(other.stateHash());
        }

        private void fill()
        {
            small.setBid(99, 2);
            small.setBid(98, 3);
            small.setBid(100, 1);
            small.setAsk(111, 2);
            small.setAsk(110, 1);
            small.setAsk(112, 3);
        }
    }

    @Test
    void shouldBeLockedWhenBidMeetsAskAndCrossedBeyond()
    {
        book.setBid(100, 1);
        assertThat(book.isCrossed()).isFalse();
        book.setAsk(101, 1);
        assertThat(book.isCrossed()).isFalse();
        book.setAsk(100, 1);
        assertThat(book.isCrossed()).as("locked").isFalse();
        assertThat(book.isLocked()).isTrue();
        book.setAsk(99, 1);
        assertThat(book.isCrossed()).isTrue();
        assertThat(book.isLocked()).isFalse();
        book.setBid(100, 0);
        assertThat(book.isCrossed()).isFalse();
    }

    @Test
    void shouldKeepPricesBelowZero()
    {
        book.setBid(-5, 1);
        book.setBid(-3, 2);
        book.setAsk(-1, 3);
        book.setAsk(0, 4);

        assertThat(ReferenceBook.bidLevels(book)).containsExactly("2@-3", "1@-5");
        assertThat(ReferenceBook.askLevels(book)).containsExactly("3@-1", "4@0");
        assertThat(book.bidQuantityAtPrice(-5)).isEqualTo(1);
        assertThat(book.askQuantityAtPrice(0)).isEqualTo(4);
    }

    @Nested
    class StateHash
    {
        private static final int LEVELS = 200;

        @Test
        void shouldBeTheSameHoweverTheBookCameAbout()
        {
            final long expected = built(0).stateHash();
            for (int seed = 1; seed < 50; seed++)
            {
                assertThat(built(seed).stateHash()).as("seed=%d", seed).isEqualTo(expected);
            }
        }

        @Test
        void shouldDifferForAnyOtherLevel()
        {
            final Set<Long> hashes = new HashSet<>();
            int books = 0;
            for (int i = 0; i < LEVELS; i++)
            {
                for (final long quantity : new long[]{0, 1, 1_000 + i + 1, Long.MAX_VALUE})
                {
                    final OrderBook otherBid = built(0);
                    otherBid.setBid(10_000 - i, quantity);
                    hashes.add(otherBid.stateHash());
                    final OrderBook otherAsk = built(0);
                    otherAsk.setAsk(20_000 + i, quantity);
                    hashes.add(otherAsk.stateHash());
                    books += 2;
                }
            }
            hashes.add(built(0).stateHash());

            assertThat(hashes).hasSize(books + 1);
        }

        @Test
        void shouldTellSidesApart()
        {
            final OrderBook bid = new OrderBook(LEVELS_MAX);
            bid.setBid(100, 5);
            final OrderBook ask = new OrderBook(LEVELS_MAX);
            ask.setAsk(100, 5);

            assertThat(bid.stateHash()).isNotEqualTo(ask.stateHash());
        }

        @Test
        void shouldTellPriceFromQuantity()
        {
            final OrderBook one = new OrderBook(LEVELS_MAX);
            one.setBid(100, 5);
            final OrderBook other = new OrderBook(LEVELS_MAX);
            other.setBid(5, 100);

            assertThat(one.stateHash()).isNotEqualTo(other.stateHash());
        }

        @Test
        void shouldDifferByUpdateIdSynchronisationAndChunk()
        {
            final Set<Long> hashes = new HashSet<>();
            hashes.add(book.stateHash());
            book.beginSnapshotChunk(0, 50);
            hashes.add(book.stateHash());
            book.beginSnapshotChunk(1, 50);
            hashes.add(book.stateHash());
            book.beginSnapshotChunk(0, 51);
            hashes.add(book.stateHash());
            book.endSnapshot(51);
            hashes.add(book.stateHash());
            book.beginUpdate(51, 52);
            hashes.add(book.stateHash());
            book.desynchronise();
            hashes.add(book.stateHash());

            assertThat(hashes).hasSize(7);
        }

        /** The same levels in another order, with detours: levels set before, changed and removed again. */
        private OrderBook built(final int seed)
        {
            final OrderBook built = new OrderBook(LEVELS_MAX);
            final Random random = new Random(seed);
            final List<Integer> order = new ArrayList<>();
            for (int i = 0; i < LEVELS; i++)
            {
                order.add(i);
            }
            Collections.shuffle(order, random);
            for (final int i : order)
            {
                built.setBid(30_000 + i, 5);
                built.setBid(10_000 - i, 1 + random.nextInt(100));
                built.setAsk(20_000 + i, 1 + random.nextInt(100));
            }
            Collections.shuffle(order, random);
            for (final int i : order)
            {
                built.setBid(30_000 + i, 0);
                built.setBid(10_000 - i, 1_000 + i);
                built.setAsk(20_000 + i, 1_000 + i);
            }
            return built;
        }
    }

    /** The array is all that grows: four longs for each of 1,000 levels, and six. */
    @Test
    void shouldTakeLessThan64KiBForAThousandLevels() throws ReflectiveOperationException
    {
        for (int i = 0; i < 3 * LEVELS_MAX; i++)
        {
            book.setBid(i, 1);
            book.setAsk(i, 1);
        }
        assertThat(book.bidDepth()).isEqualTo(LEVELS_MAX);
        assertThat(book.askDepth()).isEqualTo(LEVELS_MAX);

        long bytes = 0;
        for (final Field field : OrderBook.class.getDeclaredFields())
        {
            if (field.getType() == long[].class)
            {
                bytes += ARRAY_HEADER_BYTES + (long)Long.BYTES * Array.getLength(value(book, field));
            }
            else
            {
                assertThat(field.getType().isPrimitive()).as(field.getName()).isTrue();
            }
        }
        assertThat(bytes).isEqualTo(32_064).isLessThan(64 * 1024);
    }

    private static Object value(final Object target, final Field field) throws ReflectiveOperationException
    {
        field.setAccessible(true);
        return field.get(target);
    }

    private static void snapshot(final OrderBook book, final long updateId)
    {
        assertThat(book.beginSnapshotChunk(0, updateId)).isTrue();
        book.endSnapshot(updateId);
    }
}
