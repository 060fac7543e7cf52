package io.lockstep.gateways.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.book.OrderBook;
import io.lockstep.sbe.BestBidOfferDecoder;
import io.lockstep.sbe.BookSnapshotDecoder;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TradeDecoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.stream.IntStream;

class MarketGeneratorTest
{
    private static final long START_NS = 1_700_000_000_000_000_000L;

    private static List<Instrument> instruments(final int count)
    {
        return IntStream.range(0, count)
            .mapToObj((id) -> new Instrument(id, "SYM" + id, "SIM", ContractType.LINEAR, Increment.parse("0.01"),
                Increment.parse("0.001"), 5, 10, Increment.parse("1"), "SYM" + id, "USDT", "USDT"))
            .toList();
    }

    private static MarketGenerator generator(final long seed, final int count, final long events)
    {
        return new MarketGenerator(seed, instruments(count), events, START_NS, 1000, GeneratorOptions.defaults());
    }

    private static long hash(final MarketGenerator generator)
    {
        long hash = 0;
        while (generator.next())
        {
            hash = Xxh64.hash(versionless(generator), 0, generator.length(), hash);
            hash = Xxh64.chain(hash, generator.timeNs());
        }
        return hash;
    }

    /** What a seed means does not change with the schema's version, which each message names. */
    private static DirectBuffer versionless(final MarketGenerator generator)
    {
        final MutableDirectBuffer message = new UnsafeBuffer(new byte[generator.length()]);
        message.putBytes(0, generator.buffer(), generator.offset(), generator.length());
        new MessageHeaderEncoder().wrap(message, 0).version(0);
        return message;
    }

    @Test
    void sameSeedGivesTheSameBytes()
    {
        final long hash = hash(generator(7, 5, 50_000));
        assertThat(hash(generator(7, 5, 50_000))).isEqualTo(hash);
        assertThat(hash(generator(8, 5, 50_000))).isNotEqualTo(hash);
    }

    /** On every machine and JVM: a change of this value is a change of what recorded seeds mean. */
    @Test
    void bytesOfASeedAreFixed()
    {
        assertThat(hash(generator(7, 5, 50_000))).isEqualTo(9016230304115278364L);
    }

    @ParameterizedTest
    @CsvSource(
    {"1,1,64", "2,3,64", "3,40,96", "4,2,8", "5,1000,50"})
    void booksApplyAndAreNeverCrossedAndTheTouchIsTheirs(final long seed, final int count, final int depth)
    {
        final Recorded recorded = new Recorded(count);
        try (MarketGenerator generator = new MarketGenerator(seed, instruments(count), 200_000, START_NS, 1000,
            GeneratorOptions.defaults().withDepthLevels(depth).withStartSteps(1000)))
        {
            while (generator.next())
            {
                recorded.on(generator);
            }
            assertThat(generator.marketEvents()).isEqualTo(200_000);
            assertThat(generator.next()).isFalse();
            assertThat(recorded.eventEnds).isEqualTo(200_000);
            assertThat((double)(generator.timeNs() - START_NS) / 200_000).isBetween(800.0, 1200.0);
        }
        assertThat(recorded.snapshots).isEqualTo(count);
        assertThat(recorded.levels).as("levels per update").isGreaterThanOrEqualTo(3 * recorded.updates);
        assertThat(recorded.trades).isGreaterThan(10_000);
        assertThat(recorded.touches).isGreaterThan(50_000);
    }

    @Test
    void pricesWanderInShortSwings()
    {
        final Recorded recorded = new Recorded(1);
        final MarketGenerator generator = generator(11, 1, 200_000);
        while (generator.next())
        {
            recorded.on(generator);
        }
        assertThat(recorded.crossings).as("fast over slow average of the middle price").isBetween(200, 20_000);
        assertThat(recorded.highest - recorded.lowest).as("range in ticks").isBetween(100L, 10_000L);
    }

    @Test
    void depthStaysAsTheMarketMoves()
    {
        final Recorded recorded = new Recorded(1);
        final MarketGenerator generator = generator(12, 1, 300_000);
        while (generator.next())
        {
            recorded.on(generator);
        }
        final OrderBook book = recorded.books[0];
        assertThat(book.bidDepth()).isBetween(40, 64);
        assertThat(book.askDepth()).isBetween(40, 64);
        assertThat(book.bestBidTicks() - book.bidPriceTicks(book.bidDepth() - 1)).isLessThan(64 * 5);
    }

    @Test
    void closedGeneratorEnds()
    {
        final MarketGenerator generator = generator(1, 1, MarketGenerator.UNLIMITED);
        assertThat(generator.next()).isTrue();
        generator.close();
        assertThat(generator.next()).isFalse();
    }

    @Test
    void wrongArgumentsAreNamed()
    {
        assertThatThrownBy(() -> generator(1, 0, 1)).hasMessageContaining("instruments=0");
        assertThatThrownBy(() -> GeneratorOptions.defaults().withDepthLevels(97))
            .hasMessageContaining("depthLevels=97");
        assertThatThrownBy(() -> GeneratorOptions.defaults().withStartSteps(5)).hasMessageContaining("startSteps=5");
    }

    /** Books built from the messages alone, and what was seen on the way. */
    private static final class Recorded
    {
        final OrderBook[] books;
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();
        private final BookSnapshotDecoder snapshot = new BookSnapshotDecoder();
        private final BookUpdateDecoder update = new BookUpdateDecoder();
        private final BestBidOfferDecoder touch = new BestBidOfferDecoder();
        private final TradeDecoder trade = new TradeDecoder();
        private long lastTimeNs;
        long eventEnds;
        long snapshots;
        long updates;
        long levels;
        long touches;
        long trades;
        int crossings;
        long highest = Long.MIN_VALUE;
        long lowest = Long.MAX_VALUE;
        private double fast;
        private double slow;
        private boolean fastAbove;

        Recorded(final int count)
        {
            books = new OrderBook[count];
            for (int i = 0; i < count; i++)
            {
                books[i] = new OrderBook(256);
            }
        }

        void on(final MarketGenerator generator)
        {
            assertThat(generator.timeNs()).isGreaterThanOrEqualTo(lastTimeNs);
            lastTimeNs = generator.timeNs();
            eventEnds += generator.isEventEnd() ? 1 : 0;
            header.wrap(generator.buffer(), 0);
            switch (header.templateId())
            {
                case BookSnapshotDecoder.TEMPLATE_ID -> onSnapshot(generator);
                case BookUpdateDecoder.TEMPLATE_ID -> onUpdate(generator);
                case BestBidOfferDecoder.TEMPLATE_ID -> onTouch(generator);
                case TradeDecoder.TEMPLATE_ID -> onTrade(generator);
                default -> throw new AssertionError("templateId=" + header.templateId());
            }
        }

        private void onSnapshot(final MarketGenerator generator)
        {
            snapshot.wrapAndApplyHeader(generator.buffer(), 0, header);
            final OrderBook book = books[snapshot.instrumentId()];
            assertThat(book.beginSnapshotChunk(snapshot.chunkIndex(), snapshot.updateId())).isTrue();
            snapshot.bids().forEach((level) -> book.setBid(level.priceTicks(), level.quantityLots()));
            snapshot.asks().forEach((level) -> book.setAsk(level.priceTicks(), level.quantityLots()));
            final boolean last = snapshot.chunkIndex() + 1 == snapshot.chunkCount();
            assertThat(generator.isEventEnd()).isEqualTo(last);
            assertThat(generator.length()).isEqualTo(snapshot.limit());
            if (last)
            {
                book.endSnapshot(snapshot.updateId());
                snapshots++;
            }
        }

        private void onUpdate(final MarketGenerator generator)
        {
            update.wrapAndApplyHeader(generator.buffer(), 0, header);
            final OrderBook book = books[update.instrumentId()];
            assertThat(book.beginUpdate(update.previousUpdateId(), update.updateId()))
                .isEqualTo(OrderBook.Update.APPLY);
            update.bids().forEach((level) ->
            {
                assertThat(level.priceTicks() % 5).isZero();
                assertThat(level.quantityLots() % 10).isZero();
                book.setBid(level.priceTicks(), level.quantityLots());
                levels++;
            });
            update.asks().forEach((level) ->
            {
                book.setAsk(level.priceTicks(), level.quantityLots());
                levels++;
            });
            assertThat(generator.length()).isEqualTo(update.limit());
            assertThat(book.isCrossed()).isFalse();
            assertThat(book.bidDepth()).isPositive();
            assertThat(book.askDepth()).isPositive();
            updates++;
        }

        private void onTouch(final MarketGenerator generator)
        {
            touch.wrapAndApplyHeader(generator.buffer(), 0, header);
            final OrderBook book = books[touch.instrumentId()];
            assertThat(touch.updateId()).isEqualTo(book.updateId());
            assertThat(touch.bidPriceTicks()).isEqualTo(book.bestBidTicks());
            assertThat(touch.bidQuantityLots()).isEqualTo(book.bidQuantityLots(0));
            assertThat(touch.askPriceTicks()).isEqualTo(book.bestAskTicks());
            assertThat(touch.askQuantityLots()).isEqualTo(book.askQuantityLots(0));
            touches++;
            average(book.bestBidTicks() + book.bestAskTicks());
        }

        private void onTrade(final MarketGenerator generator)
        {
            trade.wrapAndApplyHeader(generator.buffer(), 0, header);
            final OrderBook book = books[trade.instrumentId()];
            final boolean buys = Side.BUY == trade.aggressorSide();
            final long shown = buys
                ? book.askQuantityAtPrice(trade.priceTicks())
                : book.bidQuantityAtPrice(trade.priceTicks());
            assertThat(trade.quantityLots()).isPositive().isLessThanOrEqualTo(shown);
            trades++;
        }

        private void average(final long twiceMiddle)
        {
            fast = 0 == fast ? twiceMiddle : fast + (twiceMiddle - fast) / 10;
            slow = 0 == slow ? twiceMiddle : slow + (twiceMiddle - slow) / 50;
            crossings += fast > slow == fastAbove ? 0 : 1;
            fastAbove = fast > slow;
            highest = Math.max(highest, twiceMiddle / 2);
            lowest = Math.min(lowest, twiceMiddle / 2);
        }
    }
}
