package io.lockstep.core.risk;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.CoreScenario;
import io.lockstep.core.position.CountableRange;
import io.lockstep.core.strategy.StrategyContext;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.TradingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.function.Consumer;

import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.buyMarket;
import static io.lockstep.core.CoreScenario.cancelOldest;
import static io.lockstep.core.CoreScenario.replaceOldest;
import static io.lockstep.core.CoreScenario.sell;
import static io.lockstep.core.CoreScenario.sellMarket;
import static org.assertj.core.api.Assertions.assertThat;

/** Each limit at its boundary: what equals it passes, one more is refused, with the limit and the value that broke it. */
class RiskTest
{
    private static final String LARGEST = "123456789012345678e18";

    private CoreScenario scenario = CoreScenario.live();

    /** Anything sent is fine; a refusal is compared in full. */
    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    private CoreScenario limited(final LimitType type, final String value)
    {
        scenario.limit(type, value);
        assertDecisions("SetLimit ACCEPTED");
        return scenario;
    }

    private CoreScenario coarse()
    {
        scenario = CoreScenario.live(CoreScenario.COARSE);
        return scenario;
    }

    private CoreScenario long10()
    {
        scenario.act(buy(10, 100)).fill(1, 10, 100).decisions();
        return scenario;
    }

    @Test
    void shouldBindTheQuantityOfAnOrder()
    {
        limited(LimitType.MAX_ORDER_QUANTITY, "10").act(buy(10, 100)).act(buy(11, 100)).act(sellMarket(11));

        assertDecisions("NEW BUY 10@100 SIGNAL", "REFUSED MAX_ORDER_QUANTITY limit=10 actual=11",
            "REFUSED MAX_ORDER_QUANTITY limit=10 actual=11");
    }

    @Test
    void shouldBindTheNotionalOfAnOrder()
    {
        limited(LimitType.MAX_ORDER_NOTIONAL, "1000").act(buy(10, 100)).act(buy(10, 101));

        assertDecisions("NEW BUY 10@100 SIGNAL", "REFUSED MAX_ORDER_NOTIONAL limit=1000 actual=1010");
    }

    @Test
    void shouldPriceAMarketOrderAtTheOtherSide()
    {
        limited(LimitType.MAX_ORDER_NOTIONAL, "1000").act(buyMarket(10)).act(sellMarket(10));

        assertDecisions("REFUSED MAX_ORDER_NOTIONAL limit=1000 actual=1010", "NEW SELL 10@MARKET SIGNAL");
    }

    @Test
    void shouldBindThePositionOpenOrdersIncluded()
    {
        limited(LimitType.MAX_POSITION_QUANTITY, "10").act(buy(6, 100)).act(buy(4, 99)).act(buy(1, 99))
            .act(sell(10, 101)).act(sell(1, 101));

        assertDecisions("NEW BUY 6@100 SIGNAL", "NEW BUY 4@99 SIGNAL",
            "REFUSED MAX_POSITION_QUANTITY limit=10 actual=11", "NEW SELL 10@101 SIGNAL",
            "REFUSED MAX_POSITION_QUANTITY limit=10 actual=11");
    }

    @Test
    void shouldCountWhatIsHeldInThePosition()
    {
        long10().limit(LimitType.MAX_POSITION_QUANTITY, "12").act(buy(3, 100)).act(buy(2, 100)).act(sell(23, 101))
            .act(sell(22, 101));

        assertDecisions("SetLimit ACCEPTED", "REFUSED MAX_POSITION_QUANTITY limit=12 actual=13",
            "NEW BUY 2@100 SIGNAL", "REFUSED MAX_POSITION_QUANTITY limit=12 actual=13", "NEW SELL 22@101 SIGNAL");
    }

    @Test
    void shouldLetAPositionBeyondItsLimitBeReduced()
    {
        long10().limit(LimitType.MAX_POSITION_QUANTITY, "4").act(sell(10, 101)).act(buy(1, 100));

        assertDecisions("SetLimit ACCEPTED", "NEW SELL 10@101 SIGNAL",
            "REFUSED MAX_POSITION_QUANTITY limit=4 actual=11");
    }

    /** Long 100 with a limit of 0: what turns the position, however often, is refused; what closes it is not. */
    @Test
    void shouldBindThePositionInBothDirections()
    {
        scenario.act(buy(100, 100)).fill(1, 100, 100).limit(LimitType.MAX_POSITION_QUANTITY, "0").decisions();

        scenario.act(sell(200, 101)).act(sell(101, 101)).act(sell(100, 101)).act(sell(1, 101));

        assertDecisions("REFUSED MAX_POSITION_QUANTITY limit=0 actual=100",
            "REFUSED MAX_POSITION_QUANTITY limit=0 actual=1", "NEW SELL 100@101 SIGNAL",
            "REFUSED MAX_POSITION_QUANTITY limit=0 actual=1");
    }

    @Test
    void shouldBindAShortPositionThatWouldTurnLong()
    {
        scenario.act(sell(100, 100)).fill(1, 100, 100).limit(LimitType.MAX_POSITION_QUANTITY, "0").decisions();

        scenario.act(buy(200, 100)).act(buy(100, 100));

        assertDecisions("REFUSED MAX_POSITION_QUANTITY limit=0 actual=100", "NEW BUY 100@100 SIGNAL");
    }

    @Test
    void shouldBindTheNotionalOfAPositionThatWouldTurn()
    {
        long10().limit(LimitType.MAX_POSITION_NOTIONAL, "0").act(sell(11, 101)).act(sell(10, 101));

        assertDecisions("SetLimit ACCEPTED", "REFUSED MAX_POSITION_NOTIONAL limit=0 actual=100",
            "NEW SELL 10@101 SIGNAL");
    }

    /** What can but make the position smaller is held against no amount. */
    @Test
    void shouldLetAPositionBeLeftWhateverTheAmounts()
    {
        long10().limit(LimitType.MAX_ORDER_QUANTITY, "1").limit(LimitType.MAX_ORDER_NOTIONAL, "1")
            .limit(LimitType.MAX_POSITION_QUANTITY, "0").limit(LimitType.MAX_POSITION_NOTIONAL, "0")
            .limitAll(LimitType.MAX_TOTAL_NOTIONAL, "0").decisions();

        scenario.act(sell(11, 101)).act(sell(10, 101)).act(sell(1, 101));

        assertDecisions("REFUSED MAX_ORDER_QUANTITY limit=1 actual=11", "NEW SELL 10@101 SIGNAL",
            "REFUSED MAX_ORDER_NOTIONAL limit=1 actual=101");
    }

    /** How many orders there may be, a price near the market, and terms hold for it as well. */
    @Test
    void shouldBindTheNumberAndThePriceOfOrdersThatReduce()
    {
        long10().limit(LimitType.MAX_OPEN_ORDERS, "1").limit(LimitType.MAX_ORDERS_PER_SECOND, "3")
            .limit(LimitType.PRICE_COLLAR_BPS, "100").decisions();

        scenario.act(sell(1, 98)).act(sell(1, 101)).act(sell(1, 101)).reject(2).act(sell(2, 101)).reject(3)
            .act(sell(3, 101)).reject(4).act(sell(4, 101));

        assertDecisions("REFUSED PRICE_COLLAR limit=99 actual=98", "NEW SELL 1@101 SIGNAL",
            "REFUSED MAX_OPEN_ORDERS limit=1 actual=2", "NEW SELL 2@101 SIGNAL", "NEW SELL 3@101 SIGNAL",
            "REFUSED MAX_ORDER_RATE limit=3 actual=4");
    }

    @Test
    void shouldBindTheNotionalOfThePosition()
    {
        limited(LimitType.MAX_POSITION_NOTIONAL, "1000").act(buy(6, 100)).act(buy(4, 100)).act(buy(1, 100));

        assertDecisions("NEW BUY 6@100 SIGNAL", "NEW BUY 4@100 SIGNAL",
            "REFUSED MAX_POSITION_NOTIONAL limit=1000 actual=1100");
    }

    @Test
    void shouldBindOpenOrders()
    {
        limited(LimitType.MAX_OPEN_ORDERS, "2").act(buy(1, 100)).act(sell(1, 101)).act(buy(1, 100)).reject(2)
            .act(buy(2, 100));

        assertDecisions("NEW BUY 1@100 SIGNAL", "NEW SELL 1@101 SIGNAL", "REFUSED MAX_OPEN_ORDERS limit=2 actual=3",
            "NEW BUY 2@100 SIGNAL");
    }

    @Test
    void shouldBindOrdersInASlidingSecond()
    {
        limited(LimitType.MAX_ORDERS_PER_SECOND, "2").at(0).act(buy(1, 100)).at(400).act(buy(2, 100))
            .atNs(999_999_999).act(buy(3, 100)).at(1_000).act(buy(4, 100))
            .atNs(1_399_999_999).act(buy(5, 100)).at(1_400).act(buy(6, 100)).act(buy(7, 100));

        assertDecisions("NEW BUY 1@100 SIGNAL", "NEW BUY 2@100 SIGNAL", "REFUSED MAX_ORDER_RATE limit=2 actual=3",
            "NEW BUY 4@100 SIGNAL", "REFUSED MAX_ORDER_RATE limit=2 actual=3", "NEW BUY 6@100 SIGNAL",
            "REFUSED MAX_ORDER_RATE limit=2 actual=3");
    }

    @Test
    void shouldCountReplacesButNoCancelsAndNoRefusals()
    {
        limited(LimitType.MAX_ORDERS_PER_SECOND, "2").act(buy(0, 100)).act(buy(1, 100)).accept(1)
            .act(replaceOldest(2, 100)).replace(1).act(cancelOldest()).act(sell(1, 101));

        assertDecisions("REFUSED INVALID_QUANTITY limit=1 actual=0", "NEW BUY 1@100 SIGNAL",
            "REPLACE #1 2@100 SIGNAL", "CANCEL #1 ABANDONED", "REFUSED MAX_ORDER_RATE limit=2 actual=3");
    }

    @Test
    void shouldNotForgetOrdersWhenTheRateIsSetAgain()
    {
        limited(LimitType.MAX_ORDERS_PER_SECOND, "3").at(0).act(buy(1, 100)).at(100).act(buy(2, 100))
            .limit(LimitType.MAX_ORDERS_PER_SECOND, "1").at(1_099).act(buy(3, 100)).at(1_100).act(buy(4, 100))
            .limit(LimitType.MAX_ORDERS_PER_SECOND, "2").act(buy(5, 100)).act(buy(6, 100));

        assertDecisions("NEW BUY 1@100 SIGNAL", "NEW BUY 2@100 SIGNAL", "SetLimit ACCEPTED",
            "REFUSED MAX_ORDER_RATE limit=1 actual=2", "NEW BUY 4@100 SIGNAL", "SetLimit ACCEPTED",
            "NEW BUY 5@100 SIGNAL", "REFUSED MAX_ORDER_RATE limit=2 actual=3");
    }

    @Test
    void shouldKeepTheOrderOfTimesWhenTheRateIsRaised()
    {
        final String refused = "REFUSED MAX_ORDER_RATE limit=5 actual=6";
        limited(LimitType.MAX_ORDERS_PER_SECOND, "3").at(0).act(buy(1, 100)).at(100).act(buy(2, 100)).at(200)
            .act(buy(3, 100)).limit(LimitType.MAX_ORDERS_PER_SECOND, "5").at(300).act(buy(4, 100)).at(400)
            .act(buy(5, 100)).decisions();

        scenario.at(999).act(buy(6, 100)).at(1_000).act(buy(7, 100)).at(1_099).act(buy(8, 100)).at(1_100)
            .act(buy(9, 100)).at(1_199).act(buy(10, 100)).at(1_200).act(buy(11, 100));

        assertDecisions(refused, "NEW BUY 7@100 SIGNAL", refused, "NEW BUY 9@100 SIGNAL", refused,
            "NEW BUY 11@100 SIGNAL");
    }

    @Test
    void shouldSendNothingAtARateOfZero()
    {
        limited(LimitType.MAX_ORDERS_PER_SECOND, "0").act(buy(1, 100));

        assertDecisions("REFUSED MAX_ORDER_RATE limit=0 actual=1");
    }

    @Test
    void shouldBindTheDistanceBeyondTheTouch()
    {
        // One percent of 101 and of 100 is one whole tick.
        limited(LimitType.PRICE_COLLAR_BPS, "100").act(buy(1, 102)).act(buy(1, 103)).act(sell(1, 99)).act(sell(1, 98))
            .act(buy(1, 1)).act(sell(1, 1_000));

        assertDecisions("NEW BUY 1@102 SIGNAL", "REFUSED PRICE_COLLAR limit=102 actual=103", "NEW SELL 1@99 SIGNAL",
            "REFUSED PRICE_COLLAR limit=99 actual=98", "NEW BUY 1@1 SIGNAL", "NEW SELL 1@1000 SIGNAL");
    }

    @Test
    void shouldLayTheCollarAroundAQuoteNewerThanTheBook()
    {
        limited(LimitType.PRICE_COLLAR_BPS, "0").quote(105, 109, 110).act(buy(1, 110)).act(buy(1, 111))
            .act(sell(1, 109)).act(sell(1, 108));

        assertDecisions("NEW BUY 1@110 SIGNAL", "REFUSED PRICE_COLLAR limit=110 actual=111",
            "NEW SELL 1@109 SIGNAL", "REFUSED PRICE_COLLAR limit=109 actual=108");
    }

    @Test
    void shouldLayTheCollarAroundABookNewerThanTheQuote()
    {
        limited(LimitType.PRICE_COLLAR_BPS, "0").quote(105, 109, 110).update(100, 106, "", "101x0").act(buy(1, 102))
            .act(buy(1, 103)).act(sell(1, 99));

        assertDecisions("NEW BUY 1@102 SIGNAL", "REFUSED PRICE_COLLAR limit=102 actual=103",
            "REFUSED PRICE_COLLAR limit=100 actual=99");
    }

    @Test
    void shouldBindTheAgeOfMarketData()
    {
        limited(LimitType.MAX_MARKET_DATA_AGE_MS, "500").act((context) ->
        {
            context.schedule(0, context.nowNs() + 500_000_000);
            context.schedule(1, context.nowNs() + 500_000_001);
        }).at(500).later(buy(1, 100)).timer(0).atNs(500_000_001).later(buy(1, 100)).timer(1);

        assertDecisions("TIMER 0 at 500ms", "TIMER 1 at 500ms", "NEW BUY 1@100 SIGNAL",
            "REFUSED STALE_MARKET_DATA limit=500000000 actual=500000001");
    }

    @Test
    void shouldNotTakeAFeedStatusForMarketData()
    {
        limited(LimitType.MAX_MARKET_DATA_AGE_MS, "500")
            .act((context) -> context.schedule(0, context.nowNs() + 501_000_000))
            .at(501).feed(FeedCondition.LIVE, FeedReason.NONE).later(buy(1, 100)).timer(0);

        assertDecisions("TIMER 0 at 501ms", "REFUSED STALE_MARKET_DATA limit=500000000 actual=501000000");
    }

    @Test
    void shouldRefuseQuantitiesThatAreNoOrder()
    {
        coarse().act(buy(0, 100)).act(buy(-10, 100)).act(buy(15, 100)).act(sellMarket(15)).act(buy(20, 100));

        assertDecisions("REFUSED INVALID_QUANTITY limit=10 actual=0", "REFUSED INVALID_QUANTITY limit=10 actual=-10",
            "REFUSED INVALID_QUANTITY limit=10 actual=15", "REFUSED INVALID_QUANTITY limit=10 actual=15",
            "NEW BUY 20@100 SIGNAL");
    }

    @Test
    void shouldRefusePricesThatAreNoOrder()
    {
        coarse().act(buy(10, 0)).act(buy(10, -5)).act(buy(10, 101)).act(buy(10, Nulls.NULL_PRICE_TICKS))
            .act(buy(10, 95));

        assertDecisions("REFUSED INVALID_PRICE limit=5 actual=0", "REFUSED INVALID_PRICE limit=5 actual=-5",
            "REFUSED INVALID_PRICE limit=5 actual=101", "REFUSED INVALID_PRICE limit=5", "NEW BUY 10@95 SIGNAL");
    }

    @Test
    void shouldRefuseAValueThatCannotBeCounted()
    {
        scenario.act(buy((1L << 60) - 1, 1L << 60)).act(buy(1, 1L << 60)).act(buy(Long.MAX_VALUE - (1L << 60), 1))
            .act(buy(Long.MAX_VALUE, 1));

        assertDecisions("NEW BUY 1152921504606846975@1152921504606846976 SIGNAL", "REFUSED ARITHMETIC_OVERFLOW",
            "NEW BUY 8070450532247928831@1 SIGNAL", "REFUSED ARITHMETIC_OVERFLOW limit=9223372036854775806");
    }

    @Test
    void shouldRefuseMoreLotsThanAPositionCanHave()
    {
        scenario.act(buy(Long.MAX_VALUE - 1, 1)).act(buy(2, 1)).act(buy(1, 1));

        assertDecisions("NEW BUY 9223372036854775806@1 SIGNAL", "REFUSED ARITHMETIC_OVERFLOW",
            "NEW BUY 1@1 SIGNAL");
    }

    /** Limits and values that need more than 63 bits, each at its boundary. */
    @Test
    void shouldBindAmountsBeyond63Bits()
    {
        limited(LimitType.MAX_ORDER_NOTIONAL, "12.3e18").limit(LimitType.MAX_POSITION_NOTIONAL, "15.5e18");
        scenario.act(buy(123_000_000_000_000_000L, 100)).act(buy(123_000_000_000_000_001L, 100))
            .act(buy(32_000_000_000_000_001L, 100)).act(buy(32_000_000_000_000_000L, 100));

        assertDecisions("SetLimit ACCEPTED", "NEW BUY 123000000000000000@100 SIGNAL",
            "REFUSED MAX_ORDER_NOTIONAL limit=12300000000000000000 actual=12300000000000000100",
            "REFUSED MAX_POSITION_NOTIONAL limit=15500000000000000000 actual=15500000000000000100",
            "NEW BUY 32000000000000000@100 SIGNAL");
    }

    @Test
    void shouldSayWhichLimitBindsWhatCannotBeCounted()
    {
        scenario.limit(LimitType.MAX_POSITION_NOTIONAL, "1e18");
        scenario.act(buy(Long.MAX_VALUE - 1, Long.MAX_VALUE)).act(buy(Long.MAX_VALUE - 1, 1L << 62))
            .limit(LimitType.MAX_ORDER_NOTIONAL, "1e17").act(buy(1, 200_000_000_000_000_000L));

        assertDecisions("SetLimit ACCEPTED",
            "REFUSED MAX_POSITION_NOTIONAL limit=1000000000000000000 actual=922337203685477580600",
            "REFUSED MAX_POSITION_NOTIONAL limit=1000000000000000000 actual=922337203685477580600",
            "SetLimit ACCEPTED", "REFUSED MAX_ORDER_NOTIONAL limit=100000000000000000 actual=200000000000000000");
    }

    /** Whatever it is worth: what makes it smaller is not held against what can be counted. */
    @Test
    void shouldLetAPositionBeLeftWhateverItIsWorth()
    {
        final long lots = CountableRange.LOTS_MAX;
        scenario.act(buy(lots, 1)).fill(1, lots, 1).decisions();
        scenario.snapshot(101, (1L << 62) + "x1", (1L << 62) + 1 + "x1").act(buy(1, 1L << 62))
            .act(sellMarket(lots));

        assertDecisions("REFUSED ARITHMETIC_OVERFLOW", "NEW SELL " + lots + "@MARKET SIGNAL");
    }

    @Test
    void shouldCountACollarBeyond63Bits()
    {
        final long bid = Long.MAX_VALUE / 1_000;
        limited(LimitType.PRICE_COLLAR_BPS, "9999").snapshot(101, bid + "x1", bid + 1 + "x1").act(sell(1, bid))
            .act(sell(1, bid / 10_000 + 1)).act(sell(1, bid / 10_000));

        assertDecisions("NEW SELL 1@" + bid + " SIGNAL", "NEW SELL 1@" + (bid / 10_000 + 1) + " SIGNAL",
            "REFUSED PRICE_COLLAR limit=922337203686 actual=922337203685");
    }

    /** A bound beyond all prices binds none. */
    @Test
    void shouldTakeACollarOfAnySize()
    {
        limited(LimitType.PRICE_COLLAR_BPS, LARGEST)
            .snapshot(101, (1L << 62) + "x1", (1L << 62) + 1 + "x1").act(buy(1, Long.MAX_VALUE)).act(sell(1, 1));

        assertDecisions("NEW BUY 1@9223372036854775807 SIGNAL", "NEW SELL 1@1 SIGNAL");
    }

    @Test
    void shouldRefuseALimitThatCannotBeCounted()
    {
        scenario = CoreScenario.live(CoreScenario.LINEAR.withCashExponent(-8));
        scenario.limit(LimitType.MAX_ORDER_NOTIONAL, LARGEST)
            .limit(LimitType.MAX_ORDER_NOTIONAL, "123456789012e18")
            .limitAll(LimitType.MAX_POSITION_NOTIONAL, LARGEST).limitAll(LimitType.MAX_TOTAL_NOTIONAL, LARGEST)
            .limitAll(LimitType.MAX_ORDERS_PER_SECOND, "10001").limit(LimitType.MAX_MARKET_DATA_AGE_MS, "1e18");

        assertDecisions("SetLimit INVALID_VALUE", "SetLimit ACCEPTED", "SetLimit INVALID_VALUE",
            "SetLimit INVALID_VALUE", "SetLimit INVALID_VALUE", "SetLimit INVALID_VALUE");
    }

    @Test
    void shouldRefuseWhileTheMarketIsStale()
    {
        scenario.update(101, 102, "", "").act(buy(1, 100)).act(sellMarket(1));

        assertDecisions("MARKET STALE SEQUENCE_GAP expected=100 actual=101", "ASK 0 FOR SNAPSHOT SEQUENCE_GAP",
            "REFUSED INSTRUMENT_NOT_TRADABLE actual=1", "REFUSED INSTRUMENT_NOT_TRADABLE actual=1");
    }

    @Test
    void shouldRefuseWithoutAPrice()
    {
        scenario = new CoreScenario().define(CoreScenario.LINEAR).assign(CoreScenario.SCRIPTED);
        scenario.snapshot(1, "100x1", "").decisions();

        scenario.later(buy(1, 100)).update("99x1", "");

        assertDecisions("REFUSED NO_REFERENCE_PRICE");
    }

    @Test
    void shouldNotLetAReplacePastAnyCheck()
    {
        limited(LimitType.MAX_ORDER_QUANTITY, "10").limit(LimitType.MAX_ORDER_NOTIONAL, "1010")
            .limit(LimitType.PRICE_COLLAR_BPS, "0").act(buy(10, 100)).accept(1).decisions();

        scenario.act(replaceOldest(11, 100)).act(replaceOldest(10, 102)).act(replaceOldest(9, 102))
            .act(replaceOldest(0, 100)).act(replaceOldest(10, 0)).mode(TradingMode.HALTED)
            .act(replaceOldest(9, 100)).mode(TradingMode.RUNNING).act(replaceOldest(10, 101));

        assertDecisions("REFUSED MAX_ORDER_QUANTITY limit=10 actual=11",
            "REFUSED MAX_ORDER_NOTIONAL limit=1010 actual=1020", "REFUSED PRICE_COLLAR limit=101 actual=102",
            "REFUSED INVALID_QUANTITY limit=1 actual=0", "REFUSED INVALID_PRICE limit=1 actual=0",
            "SetTradingMode ACCEPTED", "REFUSED HALTED", "SetTradingMode ACCEPTED", "REPLACE #1 10@101 SIGNAL");
        assertThat(scenario.core().openOrders(0).first().orderQtyLots()).isEqualTo(10);
    }

    @Test
    void shouldCountAReplaceInPlaceOfWhatItReplaces()
    {
        limited(LimitType.MAX_POSITION_QUANTITY, "10").limit(LimitType.MAX_OPEN_ORDERS, "1").act(buy(10, 100))
            .accept(1).fill(1, 4, 100).decisions();

        scenario.act(replaceOldest(11, 100)).act(replaceOldest(10, 99));

        assertDecisions("REFUSED MAX_POSITION_QUANTITY limit=10 actual=11", "REPLACE #1 10@99 SIGNAL");
    }

    @Test
    void shouldCountAReplaceToMoreAtOnce()
    {
        limited(LimitType.MAX_POSITION_QUANTITY, "10").act(buy(5, 100)).accept(1).act(replaceOldest(8, 100))
            .act(buy(3, 100)).act(cancelOldest()).act(buy(2, 100));

        assertDecisions("NEW BUY 5@100 SIGNAL", "REPLACE #1 8@100 SIGNAL",
            "REFUSED MAX_POSITION_QUANTITY limit=10 actual=11", "CANCEL #1 ABANDONED", "NEW BUY 2@100 SIGNAL");
    }

    @Test
    void shouldSendNothingWhileHaltedButCancels()
    {
        scenario.act(buy(10, 100)).accept(1).mode(TradingMode.HALTED).act(buy(1, 100)).act(sellMarket(1))
            .act(cancelOldest()).mode(TradingMode.HALTED).mode(TradingMode.RUNNING).act(buy(1, 100));

        assertDecisions("NEW BUY 10@100 SIGNAL", "SetTradingMode ACCEPTED", "REFUSED HALTED", "REFUSED HALTED",
            "CANCEL #1 ABANDONED", "SetTradingMode NO_CHANGE", "SetTradingMode ACCEPTED", "NEW BUY 1@100 SIGNAL");
    }

    @Test
    void shouldOnlyReduceInReduceOnly()
    {
        long10().mode(TradingMode.REDUCE_ONLY).act(buy(1, 100)).act(sell(11, 101)).act(sell(6, 101))
            .act(sell(5, 101)).act(sellMarket(4)).act(sellMarket(1));

        assertDecisions("SetTradingMode ACCEPTED", "REFUSED REDUCE_ONLY", "REFUSED REDUCE_ONLY",
            "NEW SELL 6@101 SIGNAL", "REFUSED REDUCE_ONLY", "NEW SELL 4@MARKET SIGNAL", "REFUSED REDUCE_ONLY");
    }

    @Test
    void shouldOnlyReduceAShortPositionInReduceOnly()
    {
        scenario.act(sellMarket(10)).fill(1, 10, 100).mode(TradingMode.REDUCE_ONLY).act(sell(1, 101))
            .act(buy(11, 100)).act(buy(10, 100)).accept(2).act(replaceOldest(11, 100)).act(replaceOldest(10, 99));

        assertDecisions("NEW SELL 10@MARKET SIGNAL", "SetTradingMode ACCEPTED", "REFUSED REDUCE_ONLY",
            "REFUSED REDUCE_ONLY", "NEW BUY 10@100 SIGNAL", "REFUSED REDUCE_ONLY", "REPLACE #2 10@99 SIGNAL");
    }

    @Test
    void shouldSendNothingInReduceOnlyWithoutAPosition()
    {
        scenario.mode(TradingMode.REDUCE_ONLY).act(buy(1, 100)).act(sellMarket(1));

        assertDecisions("SetTradingMode ACCEPTED", "REFUSED REDUCE_ONLY", "REFUSED REDUCE_ONLY");
    }

    @Test
    void shouldCancelEverythingWhenKilled()
    {
        scenario.act(buy(1, 100)).accept(1).act(sell(1, 101)).define(CoreScenario.COARSE)
            .assign(CoreScenario.SCRIPTED).snapshot(1, "100x10", "105x10").act(buy(10, 100)).accept(3).decisions();

        scenario.mode(TradingMode.KILLED).act(buy(10, 100)).on(0).act(sellMarket(1));

        assertDecisions("CANCEL #1 OPERATOR", "TIMER WISHES at 5000ms", "CANCEL #2 OPERATOR", "[1] CANCEL #3 OPERATOR",
            "SetTradingMode ACCEPTED", "[1] REFUSED KILLED", "REFUSED KILLED");
    }

    @Test
    void shouldCancelAgainWhatIsStillOpenWhenKilledAgain()
    {
        scenario.act(buy(1, 100)).accept(1).act(sell(1, 101)).mode(TradingMode.KILLED).rejectCancel(1).decisions();

        scenario.mode(TradingMode.KILLED);

        assertDecisions("CANCEL #1 OPERATOR", "SetTradingMode NO_CHANGE");
    }

    @Test
    void shouldHoldAnInstrumentDefinedLaterToModeAndCommonLimits()
    {
        scenario = new CoreScenario().limitAll(LimitType.MAX_ORDER_QUANTITY, "5").mode(TradingMode.HALTED);
        scenario.define(CoreScenario.LINEAR).assign(CoreScenario.SCRIPTED).snapshot(1, "100x1", "101x1");
        scenario.decisions();

        scenario.act(buy(1, 100)).mode(TradingMode.RUNNING).act(buy(5, 100)).act(buy(6, 100));

        assertDecisions("REFUSED HALTED", "SetTradingMode ACCEPTED", "NEW BUY 5@100 SIGNAL",
            "REFUSED MAX_ORDER_QUANTITY limit=5 actual=6");
    }

    @Test
    void shouldSetALimitForAllOrForOne()
    {
        scenario.define(CoreScenario.LINEAR).assign(CoreScenario.SCRIPTED).snapshot(1, "100x10", "101x10")
            .limitAll(LimitType.MAX_ORDER_QUANTITY, "5").limit(LimitType.MAX_ORDER_QUANTITY, "7").decisions();

        scenario.act(buy(7, 100)).act(buy(8, 100)).on(0).act(buy(6, 100)).act(buy(5, 100));

        assertDecisions("[1] NEW BUY 7@100 SIGNAL", "[1] REFUSED MAX_ORDER_QUANTITY limit=7 actual=8",
            "REFUSED MAX_ORDER_QUANTITY limit=5 actual=6", "NEW BUY 5@100 SIGNAL");
    }

    @Test
    void shouldRoundALimitFinerThanTheUnitDown()
    {
        limited(LimitType.MAX_ORDER_QUANTITY, "10.99").act(buy(11, 100)).act(buy(10, 100));

        assertDecisions("REFUSED MAX_ORDER_QUANTITY limit=10 actual=11", "NEW BUY 10@100 SIGNAL");
    }

    @ParameterizedTest
    @EnumSource(value = LimitType.class, names =
    {"NULL_VAL", "SBE_UNKNOWN"}, mode = EnumSource.Mode.EXCLUDE)
    void shouldRefuseInvalidValues(final LimitType type)
    {
        for (final boolean all : new boolean[]{false, true})
        {
            final int id = all ? Nulls.NULL_INSTRUMENT_ID : 0;
            scenario.limit(id, type, new Decimal(-1, 0)).limit(id, type, new Decimal(Nulls.NULL_LONG, 0))
                .limit(id, type, new Decimal(1, 19)).limit(id, type, new Decimal(1, -19));

            assertDecisions("SetLimit INVALID_VALUE", "SetLimit INVALID_VALUE", "SetLimit INVALID_VALUE",
                "SetLimit INVALID_VALUE");
        }
        scenario.act(buy(1_000_000, 1));
        assertDecisions("NEW BUY 1000000@1 SIGNAL");
    }

    @Test
    void shouldRefuseValuesBeyondWhatCanBeKept()
    {
        scenario.limit(LimitType.MAX_ORDERS_PER_SECOND, "10000").limit(LimitType.MAX_ORDERS_PER_SECOND, "10001")
            .limit(LimitType.MAX_MARKET_DATA_AGE_MS, "9223372036854")
            .limit(LimitType.MAX_MARKET_DATA_AGE_MS, "9223372036855");

        assertDecisions("SetLimit ACCEPTED", "SetLimit INVALID_VALUE", "SetLimit ACCEPTED", "SetLimit INVALID_VALUE");
    }

    @Test
    void shouldRefuseUnknownLimitsModesAndInstruments()
    {
        scenario.limit(LimitType.NULL_VAL, "1").mode(TradingMode.NULL_VAL)
            .limit(1, LimitType.MAX_ORDER_QUANTITY, new Decimal(1, 0))
            .limit(-1, LimitType.MAX_ORDER_QUANTITY, new Decimal(1, 0));

        assertDecisions("SetLimit INVALID_VALUE", "SetTradingMode INVALID_VALUE", "[1] SetLimit UNKNOWN_INSTRUMENT",
            "SetLimit UNKNOWN_INSTRUMENT");
        assertThat(scenario.core().mode()).isEqualTo(TradingMode.RUNNING);
    }

    @Test
    void shouldNotBindWithoutALimit()
    {
        scenario.act(buy(1_000_000_000, 1_000_000));

        assertDecisions("NEW BUY 1000000000@1000000 SIGNAL");
    }

    /** The value of a contract in the quote currency does not depend on the price; limits are in units of 100 there. */
    @ParameterizedTest
    @ValueSource(longs =
    {1_000, 500_000})
    void shouldTakeTheNotionalOfInverseContractsInTheQuoteCurrency(final long bid)
    {
        scenario = CoreScenario.live(CoreScenario.INVERSE);
        scenario.snapshot(101, bid + "x10", bid + 1 + "x10").limit(LimitType.MAX_ORDER_NOTIONAL, "599.99")
            .limit(LimitType.MAX_POSITION_NOTIONAL, "800").decisions();

        scenario.act(buy(5, bid)).act(buy(6, bid)).act(buyMarket(3)).act(buyMarket(1));

        assertDecisions("NEW BUY 5@" + bid + " SIGNAL", "REFUSED MAX_ORDER_NOTIONAL limit=5 actual=6",
            "NEW BUY 3@MARKET SIGNAL", "REFUSED MAX_POSITION_NOTIONAL limit=8 actual=9");
    }

    @Test
    void shouldSendNothingForAStoppedStrategy()
    {
        scenario.act(buy(10, 100)).accept(1).onOrder((context, order, event) -> sendBoth(context))
            .stop(CoreScenario.SCRIPTED).act(buy(1, 100)).cancel(1);

        assertDecisions("NEW BUY 10@100 SIGNAL", "CANCEL #1 OPERATOR", "TIMER WISHES at 5000ms",
            "ControlStrategy ACCEPTED", "REFUSED HALTED", "REFUSED HALTED");
    }

    private static void sendBoth(final StrategyContext context)
    {
        final Consumer<StrategyContext> both = buy(1, 100).andThen(sellMarket(1));
        both.accept(context);
    }

    @Test
    void shouldNameItsOwnLimitInEachRefusal()
    {
        limited(LimitType.MAX_ORDER_QUANTITY, "10").act(buy(11, 100)).mode(TradingMode.HALTED).act(buy(1, 100))
            .stop(CoreScenario.SCRIPTED);

        assertDecisions("REFUSED MAX_ORDER_QUANTITY limit=10 actual=11", "SetTradingMode ACCEPTED", "REFUSED HALTED",
            "ControlStrategy ACCEPTED");
    }
}
