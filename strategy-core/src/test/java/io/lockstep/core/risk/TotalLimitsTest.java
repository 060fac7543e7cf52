package io.lockstep.core.risk;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.core.CoreScenario;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.LimitType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;

import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.buyMarket;
import static io.lockstep.core.CoreScenario.cancelOldest;
import static io.lockstep.core.CoreScenario.replaceOldest;
import static io.lockstep.core.CoreScenario.sell;
import static org.assertj.core.api.Assertions.assertThat;

/** Limits over all instruments: instrument 0 and instrument 1 share them. */
class TotalLimitsTest
{
    private static final long UNIT = 100_000_000;

    private final CoreScenario scenario = two(CoreScenario.LINEAR);

    private static CoreScenario two(final Instrument second)
    {
        final CoreScenario scenario = CoreScenario.live().define(second).assign(CoreScenario.SCRIPTED)
            .snapshot(1, "100x10 99x10", "101x10 102x10");
        scenario.decisions();
        return scenario;
    }

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    private CoreScenario limited(final LimitType type, final String value)
    {
        scenario.limitAll(type, value);
        assertDecisions("SetLimit ACCEPTED");
        return scenario;
    }

    private static String refusedNotional(final int limit, final int actual)
    {
        return "REFUSED MAX_TOTAL_NOTIONAL limit=" + limit * UNIT + " actual=" + actual * UNIT;
    }

    @Test
    void shouldBindOpenOrdersOfAllInstruments()
    {
        limited(LimitType.MAX_TOTAL_OPEN_ORDERS, "2").on(0).act(buy(1, 100)).on(1).act(buy(1, 100)).act(buy(2, 100))
            .act(replaceOldest(2, 100)).on(0).act(buy(2, 100)).reject(1).act(buy(3, 100));

        assertDecisions("NEW BUY 1@100 SIGNAL", "[1] NEW BUY 1@100 SIGNAL",
            "[1] REFUSED MAX_TOTAL_OPEN_ORDERS limit=2 actual=3",
            "REFUSED MAX_TOTAL_OPEN_ORDERS limit=2 actual=3", "NEW BUY 3@100 SIGNAL");
    }

    @Test
    void shouldBindOrdersOfAllInstrumentsInASlidingSecond()
    {
        limited(LimitType.MAX_TOTAL_ORDERS_PER_SECOND, "2").at(0).on(0).act(buy(1, 100)).at(400).on(1)
            .act(buy(1, 100)).at(999).act(buy(2, 100)).on(0).act(buy(2, 100)).at(1_000).act(buy(3, 100));

        assertDecisions("NEW BUY 1@100 SIGNAL", "[1] NEW BUY 1@100 SIGNAL",
            "[1] REFUSED MAX_TOTAL_ORDER_RATE limit=2 actual=3", "REFUSED MAX_TOTAL_ORDER_RATE limit=2 actual=3",
            "NEW BUY 3@100 SIGNAL");
    }

    @Test
    void shouldBindTheNotionalOfAllInstruments()
    {
        limited(LimitType.MAX_TOTAL_NOTIONAL, "1000").on(0).act(buy(6, 100)).on(1).act(sell(5, 101))
            .act(sell(3, 101)).act(buyMarket(1));

        assertDecisions("NEW BUY 6@100 SIGNAL", "[1] " + refusedNotional(1000, 1100), "[1] NEW SELL 3@101 SIGNAL",
            "[1] NEW BUY 1@MARKET SIGNAL");
    }

    /** Both sides can be filled, but not at once: what counts is the larger of the positions that either makes. */
    @Test
    void shouldCountTheLargestPositionThatOpenOrdersCanMake()
    {
        limited(LimitType.MAX_TOTAL_NOTIONAL, "1000").on(0).act(buy(5, 100)).act(sell(5, 100)).on(1).act(buy(5, 100))
            .act(sell(6, 100));

        assertDecisions("NEW BUY 5@100 SIGNAL", "NEW SELL 5@100 SIGNAL", "[1] NEW BUY 5@100 SIGNAL",
            "[1] " + refusedNotional(1000, 1100));
    }

    @ParameterizedTest
    @CsvSource(
    {"cancel, true", "reject, true", "expire, true", "fill, false", "part, false", "none, false"})
    void shouldGiveBackWhatAnOrderThatEndsHadTaken(final String event, final boolean room)
    {
        limited(LimitType.MAX_TOTAL_NOTIONAL, "1000").on(0).act(buy(10, 100));
        switch (event)
        {
            case "cancel" -> scenario.act(cancelOldest()).cancel(1);
            case "reject" -> scenario.reject(1);
            case "expire" -> scenario.expire(1);
            case "fill" -> scenario.fill(1, 10, 100);
            case "part" -> scenario.fill(1, 4, 100);
            default -> scenario.accept(1);
        }
        scenario.decisions();

        scenario.on(1).act(buy(11, 100)).act(buy(10, 100));

        if (room)
        {
            assertDecisions("[1] " + refusedNotional(1000, 1100), "[1] NEW BUY 10@100 SIGNAL");
        }
        else
        {
            assertDecisions("[1] " + refusedNotional(1000, 2100), "[1] " + refusedNotional(1000, 2000));
        }
    }

    @Test
    void shouldLetAPositionBeReducedWhateverTheTotal()
    {
        limited(LimitType.MAX_TOTAL_NOTIONAL, "1000").on(0).act(buy(10, 100)).fill(1, 10, 100)
            .limitAll(LimitType.MAX_TOTAL_NOTIONAL, "100").act(sell(10, 101)).act(buy(1, 100));

        assertDecisions("NEW BUY 10@100 SIGNAL", "SetLimit ACCEPTED", "NEW SELL 10@101 SIGNAL",
            refusedNotional(100, 1100));
    }

    @Test
    void shouldCountAReplaceInPlaceOfWhatItReplaces()
    {
        limited(LimitType.MAX_TOTAL_NOTIONAL, "1000").on(0).act(buy(5, 100)).accept(1).act(replaceOldest(10, 100))
            .act(replaceOldest(11, 100));

        assertDecisions("NEW BUY 5@100 SIGNAL", "REPLACE #1 10@100 SIGNAL");
    }

    /** One bid far below the market says nothing of what a holding is worth, nor does the price of a fill. */
    @Test
    void shouldCountAtTheMarkWhateverOurOrdersSay()
    {
        limited(LimitType.MAX_TOTAL_NOTIONAL, "1000").on(0).act(buy(8, 100)).fill(1, 8, 90).act(buy(1, 1)).on(1)
            .act(buy(2, 1)).act(buy(1, 1));

        assertDecisions("NEW BUY 8@100 SIGNAL", "NEW BUY 1@1 SIGNAL", "[1] " + refusedNotional(1000, 1100),
            "[1] NEW BUY 1@1 SIGNAL");
    }

    @Test
    void shouldFollowTheMark()
    {
        limited(LimitType.MAX_TOTAL_NOTIONAL, "1000").on(0).act(buy(8, 100)).fill(1, 8, 100)
            .snapshot(200, "110x1", "111x1").on(1).act(buy(2, 100)).on(0).snapshot(201, "90x1", "91x1").on(1)
            .act(buy(2, 100));

        assertDecisions("NEW BUY 8@100 SIGNAL", "[1] " + refusedNotional(1000, 1080), "[1] NEW BUY 2@100 SIGNAL");
    }

    /** As long as the mark is young the last trade says nothing; then the worse of the two counts, and the reason says so. */
    @Test
    void shouldCountAnOldMarkAtTheWorseOfMarkAndLastTrade()
    {
        limited(LimitType.MAX_TOTAL_NOTIONAL, "1000").on(0).limit(LimitType.MAX_MARKET_DATA_AGE_MS, "500").at(0)
            .act(buy(5, 100)).fill(1, 5, 100).trade(150).decisions();

        scenario.at(500).on(1).act(buy(5, 100)).cancel(2).at(501).act(buy(3, 100)).act(buy(2, 100)).cancel(3).on(0)
            .trade(90).on(1).act(buy(5, 100));

        assertDecisions("[1] NEW BUY 5@100 SIGNAL",
            "[1] REFUSED NO_REFERENCE_PRICE limit=100000000000 actual=105000000000",
            "[1] NEW BUY 2@100 SIGNAL", "[1] NEW BUY 5@100 SIGNAL");
    }

    @Test
    void shouldOpenNothingWhileAHoldingHasNoPrice()
    {
        limited(LimitType.MAX_TOTAL_NOTIONAL, "1000").on(0).later(buy(5, 100)).update(100, 101, "100x5", "")
            .fill(1, 5, 100)
            .snapshot(200, "", "").on(1).act(buy(1, 100)).on(0).trade(100).on(1).act(buy(1, 100));

        assertDecisions("NEW BUY 5@100 SIGNAL", "[1] REFUSED NO_REFERENCE_PRICE limit=100000000000",
            "[1] NEW BUY 1@100 SIGNAL");
    }

    /** Long 5 with a limit of 300: turning to short 5 leaves as much behind as is there, and is not for ever. */
    @Test
    void shouldBindAPositionThatWouldTurn()
    {
        limited(LimitType.MAX_TOTAL_NOTIONAL, "500").on(0).act(buy(5, 100)).fill(1, 5, 100)
            .limitAll(LimitType.MAX_TOTAL_NOTIONAL, "300").act(sell(10, 101)).act(sell(5, 101));

        assertDecisions("NEW BUY 5@100 SIGNAL", "SetLimit ACCEPTED", refusedNotional(300, 500),
            "NEW SELL 5@101 SIGNAL");
    }

    @Test
    void shouldCountWhatWasThereBeforeTheLimit()
    {
        scenario.on(0).act(buy(6, 100)).limitAll(LimitType.MAX_TOTAL_NOTIONAL, "1000").on(1).act(buy(5, 100))
            .act(buy(4, 100));

        assertDecisions("NEW BUY 6@100 SIGNAL", "SetLimit ACCEPTED", "[1] " + refusedNotional(1000, 1100),
            "[1] NEW BUY 4@100 SIGNAL");
    }

    @Test
    void shouldRefuseALimitOfAllForOneInstrument()
    {
        scenario.limit(LimitType.MAX_TOTAL_OPEN_ORDERS, "2").limit(LimitType.MAX_TOTAL_NOTIONAL, "2");

        assertDecisions("[1] SetLimit INVALID_VALUE", "[1] SetLimit INVALID_VALUE");
    }

    @Test
    void shouldNotAddUpTwoCurrencies()
    {
        final CoreScenario mixed = two(CoreScenario.INVERSE);

        mixed.limitAll(LimitType.MAX_TOTAL_NOTIONAL, "1000").allocate(LimitType.MAX_TOTAL_NOTIONAL, "1", "1000")
            .limitAll(LimitType.MAX_TOTAL_OPEN_ORDERS, "3");
        limited(LimitType.MAX_TOTAL_NOTIONAL, "1000").define(CoreScenario.INVERSE);

        assertThat(mixed.decisions()).containsExactly("SetLimit INVALID_VALUE", "AllocateLimit INVALID_VALUE",
            "SetLimit ACCEPTED");
        assertDecisions("[2] InstrumentDefinition INVALID_VALUE");
    }

    @Test
    void shouldCountAnInverseContractByItsQuoteValue()
    {
        final Instrument inverse = new Instrument(0, "BTCUSDT_PERP", "TEST", ContractType.INVERSE, Increment.parse("1"),
            Increment.parse("1"), 1, 1, Increment.parse("10"), "BTC", "USDT", "BTC");
        final CoreScenario both = two(inverse);

        both.limitAll(LimitType.MAX_TOTAL_NOTIONAL, "1000").act(buy(90, 100)).on(0).act(buy(2, 100)).act(buy(1, 100));

        assertThat(both.decisions()).containsExactly("SetLimit ACCEPTED", "[1] NEW BUY 90@100 SIGNAL",
            refusedNotional(1000, 1100), "NEW BUY 1@100 SIGNAL");
    }

    @Test
    void shouldBindTheShareAndLetNobodyExceedTheTotal()
    {
        scenario.allocate(LimitType.MAX_TOTAL_OPEN_ORDERS, "1", "3").act(buy(1, 100)).act(buy(2, 100))
            .limitAll(LimitType.MAX_TOTAL_OPEN_ORDERS, "4").limitAll(LimitType.MAX_TOTAL_OPEN_ORDERS, "3")
            .act(buy(2, 100));

        assertDecisions("AllocateLimit ACCEPTED", "[1] NEW BUY 1@100 SIGNAL",
            "[1] REFUSED MAX_TOTAL_OPEN_ORDERS limit=1 actual=2", "SetLimit INVALID_VALUE", "SetLimit ACCEPTED",
            "[1] NEW BUY 2@100 SIGNAL");
    }

    @ParameterizedTest
    @EnumSource(value = LimitType.class, names =
    {"MAX_TOTAL_OPEN_ORDERS", "MAX_TOTAL_ORDERS_PER_SECOND", "MAX_TOTAL_NOTIONAL"})
    void shouldRefuseAShareOfMoreThanTheTotal(final LimitType type)
    {
        scenario.allocate(type, "4", "3").allocate(type, "-1", "3").allocate(type, "1", "-3").allocate(type, "3", "3");

        assertDecisions("AllocateLimit INVALID_VALUE", "AllocateLimit INVALID_VALUE", "AllocateLimit INVALID_VALUE",
            "AllocateLimit ACCEPTED");
    }

    @Test
    void shouldAllocateOnlyWhatBindsAllTogether()
    {
        scenario.allocate(LimitType.MAX_OPEN_ORDERS, "1", "3");

        assertDecisions("AllocateLimit INVALID_VALUE");
    }

    @Test
    void shouldTakeAnAllocationFromTheNodeAlone()
    {
        final long before = scenario.core().foreignInputs();

        scenario.source(5).give(CoreScenario.allocation(LimitType.MAX_TOTAL_OPEN_ORDERS, "0", "0")).act(buy(1, 100));

        assertThat(scenario.core().foreignInputs()).isEqualTo(before + 1);
        assertDecisions("[1] NEW BUY 1@100 SIGNAL");
    }

    @ParameterizedTest
    @CsvSource(
    {"0, 3, 0", "5, -8, 5", "5, -9, 1", "10, -9, 1", "11, -9, 2", "1, -30, 1", "3, 0, 300000000"})
    void shouldRoundANotionalUp(final long value, final int exponent, final long expected)
    {
        assertThat(TotalLimits.notional(new MutableInt128(value), exponent).toLongExact()).isEqualTo(expected);
    }

    /** A part of a sum as a test wants it. */
    private static final class Part implements NotionalPart
    {
        private MutableInt128 value = new MutableInt128();
        private boolean countable = true;
        private boolean doubtful;
        private int place = NOT_EXPOSED;

        @Override
        public RiskGate gate()
        {
            throw new UnsupportedOperationException("a part of no instrument");
        }

        @Override
        public int place()
        {
            return place;
        }

        @Override
        public void place(final int newPlace)
        {
            place = newPlace;
        }

        @Override
        public boolean value(final long nowNs, final MutableInt128 result)
        {
            result.set(value);
            return countable;
        }

        @Override
        public boolean isDoubtful()
        {
            return doubtful;
        }
    }

    @ParameterizedTest
    @ValueSource(longs =
    {1, 2, 3})
    void shouldAddWhatNeedsMoreThan63Bits(final long seed)
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final TotalNotional total = new TotalNotional();
        final Part[] parts = new Part[50];
        Arrays.setAll(parts, (index) -> new Part());
        for (int i = 0; i < 10_000; i++)
        {
            final Part part = parts[random.nextInt(parts.length)];
            final BigInteger value = new BigInteger(random.nextInt(111), new Random(seed * 10_000 + i));
            assertThat(TotalLimits.isCountable(MutableInt128.of(value))).isTrue();
            part.value = MutableInt128.of(value);
            total.exposed(part, random.nextInt(3) > 0);
            final BigInteger expected = Arrays.stream(parts).filter((each) -> each.place != Part.NOT_EXPOSED)
                .filter((each) -> each != parts[0]).map((each) -> each.value.toBigInteger())
                .reduce(BigInteger.ONE, BigInteger::add);
            assertThat(total.sumWith(parts[0], new MutableInt128(1), 0).toBigInteger()).isEqualTo(expected);
            assertThat(total.count())
                .isEqualTo((int)Arrays.stream(parts).filter((each) -> each.place != Part.NOT_EXPOSED).count());
        }
    }

    /** While there is a part that cannot be counted, the sum is not that of all. */
    @Test
    void shouldNotCountOnASumWithoutAllOfItsParts()
    {
        assertThat(TotalLimits.isCountable(MutableInt128.of(BigInteger.TWO.pow(110)))).isFalse();
        final TotalNotional total = new TotalNotional();
        final Part countable = new Part();
        final Part uncountable = new Part();
        uncountable.countable = false;
        uncountable.doubtful = true;
        total.exposed(countable, true);
        total.exposed(uncountable, true);

        total.sumWith(countable, new MutableInt128(7), 0);
        assertThat(total.isCountable()).isFalse();
        assertThat(total.isDoubtful()).isTrue();
        assertThat(total.sumWith(uncountable, new MutableInt128(7), 0).toLongExact()).isEqualTo(7);
        assertThat(total.isCountable()).as("it is the one that is replaced").isTrue();
        assertThat(total.isDoubtful()).isFalse();
    }
}
