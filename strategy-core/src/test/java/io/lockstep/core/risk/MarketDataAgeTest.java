package io.lockstep.core.risk;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.CoreScenario;
import io.lockstep.core.market.Market;
import io.lockstep.core.market.MarketEvent;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.LimitType;
import org.junit.jupiter.api.Test;

import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.buyMarket;
import static io.lockstep.core.CoreScenario.sell;
import static io.lockstep.core.CoreScenario.sellMarket;
import static org.assertj.core.api.Assertions.assertThat;

/** How old market data is, by its gateway's time of receipt, and what of it an order needs to be young. At most 500 ms here. */
class MarketDataAgeTest
{
    private static final long NONE = Nulls.NULL_PRICE_TICKS;

    private CoreScenario scenario = limited(CoreScenario.live());

    private static CoreScenario limited(final CoreScenario scenario)
    {
        scenario.limit(LimitType.MAX_MARKET_DATA_AGE_MS, "500").decisions();
        return scenario;
    }

    private CoreScenario undepthed()
    {
        scenario = limited(new CoreScenario().define(CoreScenario.LINEAR).assign(CoreScenario.SCRIPTED));
        return scenario;
    }

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    private static String stale(final long ageMs)
    {
        return "REFUSED STALE_MARKET_DATA limit=500000000 actual=" + ageMs * 1_000_000;
    }

    /** A queue, a ring, a process that stood still: the node's own time says nothing of it, the gateway's does. */
    @Test
    void shouldCountFromTheGatewaysReceipt()
    {
        scenario.at(1_000).receivedAt(500).update("100x5", "").receivedNow().act(buy(1, 100)).receivedAt(499)
            .update("100x6", "").receivedNow().act(buy(2, 100));

        assertDecisions("NEW BUY 1@100 SIGNAL", stale(501));
    }

    @Test
    void shouldAddTheDelayThatTheGatewayHasMeasured()
    {
        scenario.at(1_000).receivedAt(700).feedDelayNs(200_000_000).update("100x5", "").act(buy(1, 100))
            .feedDelayNs(201_000_000).update("100x6", "").feedDelayNs(Nulls.NULL_TIME_NS).act(buy(2, 100));

        assertDecisions("NEW BUY 1@100 SIGNAL", stale(501));
    }

    /** It counts as received now, and not as younger for as long as the clock was ahead. */
    @Test
    void shouldGiveNoCreditForAClockThatIsAhead()
    {
        scenario.at(0).receivedAt(10_000).update("100x5", "").receivedNow().at(500).act(buy(1, 100)).at(501)
            .act(buy(2, 100));

        assertDecisions("NEW BUY 1@100 SIGNAL", stale(501));
        assertThat(scenario.core().market(0).ageNs(MarketEvent.BOOK, CoreScenario.START_NS - 5)).isZero();
    }

    @Test
    void shouldNotMakeABookYoungerByTrades()
    {
        scenario.at(501).trade(100).act(buy(1, 100));

        assertDecisions(stale(501));
    }

    @Test
    void shouldNotMakeABookYoungerByWhatIsDiscarded()
    {
        scenario.at(501).update(90, 91, "100x7", "").snapshot(80, "90x1", "91x1").act(buy(1, 100))
            .update(100, 101, "", "")
            .act(buy(2, 100));

        assertDecisions(stale(501), "NEW BUY 2@100 SIGNAL");
    }

    @Test
    void shouldNotMakeQuotesYoungerByAnOlderOne()
    {
        scenario.at(0).quote(200, 100, 101).at(501).quote(199, 100, 101).act(buy(1, 100)).quote(201, 100, 101)
            .act(buy(2, 100));

        assertDecisions(stale(501), "NEW BUY 2@100 SIGNAL");
    }

    @Test
    void shouldTakeTheAgeOfWhatTheTouchIsOf()
    {
        scenario.at(400).quote(200, 100, 101).at(800).act(buy(1, 100)).update(100, 201, "", "").at(1_300)
            .act(buy(2, 100)).quote(202, 100, 101).act(buy(3, 100));

        assertDecisions("NEW BUY 1@100 SIGNAL", "NEW BUY 2@100 SIGNAL", "NEW BUY 3@100 SIGNAL");
    }

    @Test
    void shouldTakeTheAgeOfTradesWhereThereAreTradesAlone()
    {
        undepthed().trade(100).at(501).act(buy(1, 100)).later(buy(2, 100)).receivedAt(0).trade(100);

        assertDecisions("MARKET LIVE", "NEW BUY 1@100 SIGNAL", stale(501));
    }

    @Test
    void shouldTakeTheAgeOfBarsWhereThereAreBarsAlone()
    {
        undepthed().bar(100).later(buyMarket(1)).receivedAt(0).at(500).bar(100).later(buyMarket(2)).at(501).bar(100)
            .later(buy(3, 100)).bar(100);

        assertDecisions("MARKET LIVE", "NEW BUY 1@MARKET SIGNAL",
            "REFUSED NO_REFERENCE_PRICE limit=500000000 actual=501000000", stale(501));
    }

    /** On a one-sided book there is nothing to be taken but at the price of the last trade. */
    @Test
    void shouldRefuseAMarketOrderWithoutATouchAndWithAnOldTrade()
    {
        scenario.at(0).trade(100).at(400).update("", "101x0 102x0").later(buyMarket(1)).update("100x1", "").at(501)
            .later(buyMarket(2)).update("100x2", "").later(buy(2, 100)).update("100x3", "").later(sellMarket(1))
            .update("100x4", "");

        assertDecisions("NEW BUY 1@MARKET SIGNAL", "REFUSED NO_REFERENCE_PRICE limit=500000000 actual=501000000",
            stale(501), "NEW SELL 1@MARKET SIGNAL");
    }

    /** That a side is empty is said by the book, which must be young as well. */
    @Test
    void shouldRefuseOnAnOldBookWithoutATouchWhateverTheTrade()
    {
        scenario.at(0).update("", "101x0 102x0").at(501).act(buyMarket(1)).act(buy(1, 100));

        assertDecisions(stale(501), stale(501));
    }

    @Test
    void shouldRefuseAMarketOrderWithoutAnyPrice()
    {
        undepthed().snapshot(1, "100x1", "").later(sellMarket(1)).update("100x2", "").later(buyMarket(1))
            .update("100x3", "");

        assertDecisions("MARKET LIVE", "REFUSED NO_REFERENCE_PRICE", "REFUSED NO_REFERENCE_PRICE");
    }

    @Test
    void shouldNotRelyOnASilentSource()
    {
        scenario.source(8).trade(100).feedOfSource(FeedCondition.STALE, FeedReason.SILENT).source(0)
            .later(buy(1, 100)).update("", "101x0 102x0").later(buy(2, 100)).update("", "101x1");

        assertDecisions("REFUSED INSTRUMENT_NOT_TRADABLE actual=9", "NEW BUY 2@100 SIGNAL");
    }

    @Test
    void shouldKnowNoAgeOfWhatNeverCame()
    {
        final Market market = scenario.core().market(0);

        assertThat(market.ageNs(MarketEvent.BAR, scenario.nowNs())).isEqualTo(Long.MAX_VALUE);
        assertThat(market.markTicks()).isNotEqualTo(NONE);
    }

    @Test
    void shouldBindTheTouchThatAMarketOrderTakes()
    {
        scenario.limit(LimitType.PRICE_COLLAR_BPS, "500").at(0).act(buyMarket(1)).update("", "101x0 102x0 200x1")
            .act(buyMarket(2)).act(sellMarket(2)).update("", "110x1").act(buyMarket(3)).act(sellMarket(3));

        // A mid of 150: at most 157 is paid, at least 143 taken. A mid of 105: 110 and 100 are within 5 percent.
        assertDecisions("SetLimit ACCEPTED", "NEW BUY 1@MARKET SIGNAL", "REFUSED PRICE_COLLAR limit=157 actual=200",
            "REFUSED PRICE_COLLAR limit=143 actual=100", "NEW BUY 3@MARKET SIGNAL", "NEW SELL 3@MARKET SIGNAL");
    }

    @Test
    void shouldLayTheCollarAroundTheLastTradeWithoutAnotherSide()
    {
        scenario.limit(LimitType.PRICE_COLLAR_BPS, "500").at(0).trade(100).update("100x0 99x0", "").act(buyMarket(1))
            .update("", "101x0 102x0 106x1").act(buyMarket(2)).at(501).later(buyMarket(3)).update("", "104x1");

        assertDecisions("SetLimit ACCEPTED", "NEW BUY 1@MARKET SIGNAL", "REFUSED PRICE_COLLAR limit=105 actual=106",
            "REFUSED NO_REFERENCE_PRICE limit=500000000 actual=501000000");
    }

    @Test
    void shouldNotLetASaleBelowTheBidPassForASmallOrder()
    {
        scenario.limit(LimitType.MAX_ORDER_NOTIONAL, "1000").act(sell(10, 1)).act(sell(11, 1));

        assertDecisions("SetLimit ACCEPTED", "NEW SELL 10@1 SIGNAL",
            "REFUSED MAX_ORDER_NOTIONAL limit=1000 actual=1100");
    }
}
