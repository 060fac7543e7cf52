package io.lockstep.core.market;

import io.lockstep.codecs.InstrumentSettings;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.CoreScenario;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static io.lockstep.core.CoreScenario.buy;
import static org.assertj.core.api.Assertions.assertThat;

/** What is known of a market, and whether it can be relied on. */
class MarketTest
{
    private static final long NONE = Nulls.NULL_PRICE_TICKS;

    private final CoreScenario scenario = new CoreScenario().define(CoreScenario.LINEAR).assign(CoreScenario.SCRIPTED);
    private final Market market = scenario.core().market(0);

    MarketTest()
    {
        scenario.decisions();
    }

    private CoreScenario live()
    {
        scenario.snapshot(100, "100x10 99x10", "101x10 102x10");
        assertDecisions("MARKET LIVE");
        return scenario;
    }

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    private void assertBest(final long bidTicks, final long askTicks)
    {
        assertThat(market.bestBidTicks()).isEqualTo(bidTicks);
        assertThat(market.bestAskTicks()).isEqualTo(askTicks);
    }

    @Test
    void shouldStartStaleForWantOfASnapshot()
    {
        assertThat(market.isLive()).isFalse();
        assertThat(market.reason()).isEqualTo(FeedReason.NO_SNAPSHOT);
        assertBest(NONE, NONE);
        assertThat(market.bestBidLots() + market.bestAskLots()).isZero();
        assertThat(market.markTicks()).isEqualTo(NONE);
    }

    @Test
    void shouldPreferAQuoteNewerThanTheBook()
    {
        live().quote(101, 105, 106);

        assertBest(105, 106);
        assertThat(market.bestBidLots()).isEqualTo(1);
        assertThat(market.bestAskLots()).isEqualTo(1);
        assertThat(market.book().bestBidTicks()).isEqualTo(100);
    }

    @Test
    void shouldPreferABookNewerThanTheQuote()
    {
        live().quote(101, 105, 106).update(100, 102, "100x3", "");

        assertBest(100, 101);
        assertThat(market.bestBidLots()).isEqualTo(3);
    }

    @Test
    void shouldLeaveAQuoteThatComesAfterTheBookItIsOlderThan()
    {
        live().update(100, 105, "100x3", "").quote(103, 90, 91);

        assertBest(100, 101);
    }

    @Test
    void shouldKeepAQuoteUntilTheBookHasCaughtUp()
    {
        live().quote(103, 105, 106).update(100, 102, "100x4", "");
        assertBest(105, 106);

        scenario.update(102, 103, "100x5", "");
        assertBest(100, 101);
    }

    @Test
    void shouldTakeAQuoteOfTheBooksOwnUpdate()
    {
        live().quote(100, 100, 101);

        assertThat(market.bestBidLots()).isEqualTo(1);
    }

    @Test
    void shouldIgnoreAQuoteOlderThanTheOneBefore()
    {
        live().quote(105, 105, 106).quote(104, 90, 91);

        assertBest(105, 106);
    }

    @Test
    void shouldTakeTheNewestByArrivalWhereQuotesHaveNoIds()
    {
        live().quote(Nulls.NULL_UPDATE_ID, 105, 106);
        assertBest(105, 106);

        scenario.update("100x5", "");
        assertBest(100, 101);
    }

    @Test
    void shouldSeeAnEmptySideOfAQuote()
    {
        live().quote(101, NONE, 106).trade(103);

        assertBest(NONE, 106);
        assertThat(market.hasBestBidOffer()).isFalse();
        assertThat(market.markTicks()).isEqualTo(103);
    }

    @Test
    void shouldNeverAlterTheBookByAQuote()
    {
        final CoreScenario quoted = CoreScenario.live();
        final CoreScenario plain = CoreScenario.live();
        for (int i = 1; i <= 50; i++)
        {
            final String bids = (90 + i % 11) + "x" + i;
            quoted.update(bids, "").quote(100 + i + i % 3 - 1, 95 + i % 9, 105 + i % 7);
            plain.update(bids, "");
        }
        assertThat(quoted.core().market(0).book().stateHash()).isEqualTo(plain.core().market(0).book().stateHash());
        assertThat(quoted.core().market(0).stateHash()).isNotEqualTo(plain.core().market(0).stateHash());
    }

    @Test
    void shouldBeMadeStaleByAGapAndHealedByASnapshot()
    {
        live().update(100, 101, "100x5", "").update(102, 103, "100x6", "").act(buy(1, 100))
            .update(103, 104, "100x7", "").quote(105, 100, 101).trade(100).snapshot(104, "100x8", "101x9")
            .act(buy(1, 100)).update("100x9", "");

        assertDecisions("MARKET STALE SEQUENCE_GAP expected=101 actual=102", "ASK 0 FOR SNAPSHOT SEQUENCE_GAP",
            "REFUSED INSTRUMENT_NOT_TRADABLE actual=1", "MARKET LIVE", "NEW BUY 1@100 SIGNAL");
        assertThat(market.book().bidQuantityAtPrice(100)).isEqualTo(9);
    }

    @Test
    void shouldDiscardChangesOlderThanTheSnapshot()
    {
        live().update(97, 98, "100x1", "").update(99, 100, "100x1", "").update(100, 101, "100x2", "");

        assertDecisions();
        assertThat(market.book().bidQuantityAtPrice(100)).isEqualTo(2);
        assertThat(market.isLive()).isTrue();
    }

    @Test
    void shouldNotBeMadeLiveByChangesWithoutASnapshot()
    {
        scenario.update(1, 2, "100x1", "101x1").update(Nulls.NULL_UPDATE_ID, 3, "100x1", "").act(buy(1, 100));

        assertDecisions("ASK 0 FOR SNAPSHOT NO_SNAPSHOT", "REFUSED INSTRUMENT_NOT_TRADABLE actual=2");
        assertThat(market.book().bidDepth()).isZero();
    }

    @Test
    void shouldBeStaleWhileTheBookIsCrossed()
    {
        live().update("102x5", "").act(buy(1, 100)).update("102x0", "").act(buy(1, 100));

        assertDecisions("MARKET STALE CROSSED_BOOK expected=102 actual=101",
            "REFUSED INSTRUMENT_NOT_TRADABLE actual=6", "MARKET LIVE", "NEW BUY 1@100 SIGNAL");
    }

    @Test
    void shouldTradeOnALockedBook()
    {
        live().update("101x5", "").act(buy(1, 100));

        assertDecisions("NEW BUY 1@100 SIGNAL");
        assertThat(market.book().isLocked()).isTrue();
    }

    @Test
    void shouldTakeALockedBookForCrossedWhereTheInstrumentSaysSo()
    {
        live().defineAs(CoreScenario.LINEAR.withSettings(new InstrumentSettings(0, true, InstrumentSettings.NEVER)))
            .update("101x5", "").act(buy(1, 100)).update("102x5", "").update("102x0", "").update("101x0", "");

        assertDecisions("InstrumentDefinition ACCEPTED", "MARKET STALE LOCKED_BOOK expected=101 actual=101",
            "REFUSED INSTRUMENT_NOT_TRADABLE actual=10", "MARKET LIVE");
    }

    @Test
    void shouldUncrossToALockedBook()
    {
        live().update("102x5", "").update("102x0 101x5", "");

        assertDecisions("MARKET STALE CROSSED_BOOK expected=102 actual=101", "MARKET LIVE");
    }

    @Test
    void shouldBeStaleAfterACrossedSnapshot()
    {
        scenario.snapshot(1, "105x1", "104x1");

        assertDecisions("MARKET STALE CROSSED_BOOK expected=105 actual=104");
    }

    @Test
    void shouldNotTakeACrossedBookForLiveWhateverTheFeedSays()
    {
        live().update("102x5", "").feed(FeedCondition.LIVE, FeedReason.NONE).act(buy(1, 100)).update("102x0", "");

        assertDecisions("MARKET STALE CROSSED_BOOK expected=102 actual=101",
            "REFUSED INSTRUMENT_NOT_TRADABLE actual=6", "MARKET LIVE");
    }

    @Test
    void shouldNotHealBadInputByUncrossing()
    {
        live().feed(FeedCondition.STALE, FeedReason.BAD_INPUT).update("102x5", "").update("102x0", "")
            .feed(FeedCondition.LIVE, FeedReason.NONE);

        assertDecisions("MARKET STALE BAD_INPUT", "MARKET LIVE");
    }

    @ParameterizedTest
    @EnumSource(value = FeedReason.class, names =
    {"SEQUENCE_GAP", "NO_SNAPSHOT", "SOURCE_GAP", "DISCONNECTED"})
    void shouldWantASnapshotAfterWhatMayHaveLostAChange(final FeedReason reason)
    {
        live().feed(FeedCondition.STALE, reason).feed(FeedCondition.LIVE, FeedReason.NONE)
            .update(100, 101, "100x1", "").snapshot(101, "100x1", "101x1");

        assertDecisions("MARKET STALE " + reason, "ASK 0 FOR SNAPSHOT " + reason, "MARKET LIVE");
    }

    @ParameterizedTest
    @EnumSource(value = FeedReason.class, names =
    {"BAD_INPUT", "OFF_GRID", "CLOCK_BACKWARDS"})
    void shouldBeHealedByALiveAfterWhatLostNothing(final FeedReason reason)
    {
        live().feed(FeedCondition.STALE, reason).update("100x1", "").feed(FeedCondition.LIVE, FeedReason.NONE);

        assertDecisions("MARKET STALE " + reason, "MARKET LIVE");
    }

    @Test
    void shouldNotBeChangedByTheEndOfTheFeed()
    {
        live().feed(FeedCondition.END, FeedReason.NONE).act(buy(1, 100));

        assertDecisions("NEW BUY 1@100 SIGNAL");
    }

    @Test
    void shouldTakeAStatusOfASourceForItsInstrumentsOnly()
    {
        scenario.source(7).snapshot(1, "100x1", "101x1").define(CoreScenario.LINEAR).source(8)
            .snapshot(1, "100x1", "101x1").define(CoreScenario.LINEAR).source(7).snapshot(1, "100x1", "101x1")
            .decisions();

        scenario.source(7).feedOfSource(FeedCondition.STALE, FeedReason.DISCONNECTED);

        assertDecisions("MARKET STALE DISCONNECTED", "[2] MARKET STALE DISCONNECTED");
        assertThat(scenario.core().market(1).isLive()).isTrue();
    }

    @Test
    void shouldKnowTheSourceOfEveryInstrument()
    {
        // The first to be asked about are those known longest: their source must outlive the growth of the table.
        for (int id = 1; id < 40; id++)
        {
            scenario.define(CoreScenario.LINEAR).source(id % 2 + 5).snapshot(1, "100x1", "101x1");
        }
        scenario.decisions();

        scenario.source(6).feedOfSource(FeedCondition.STALE, FeedReason.OFF_GRID);

        assertThat(scenario.decisions()).hasSize(20).allMatch((line) -> line.endsWith("MARKET STALE OFF_GRID"));
        assertThat(scenario.core().market(1).isLive()).isFalse();
        assertThat(scenario.core().market(2).isLive()).isTrue();
        assertThat(scenario.core().market(39).isLive()).isFalse();
    }

    @Test
    void shouldTakeAStatusOfOneInstrumentForItAlone()
    {
        scenario.snapshot(1, "100x1", "101x1").define(CoreScenario.LINEAR).snapshot(1, "100x1", "101x1").decisions();

        scenario.feed(FeedCondition.STALE, FeedReason.OFF_GRID);

        assertDecisions("[1] MARKET STALE OFF_GRID");
        assertThat(market.isLive()).isTrue();
    }

    @Test
    void shouldBeMadeLiveByQuotesAlone()
    {
        scenario.quote(1, 100, 101).act(buy(1, 100));

        assertDecisions("MARKET LIVE", "NEW BUY 1@100 SIGNAL");
        assertThat(market.markTicks()).isEqualTo(100);
    }

    @Test
    void shouldBeMadeLiveByBarsAlone()
    {
        scenario.bar(120).later(buy(1, 100)).bar(121);

        assertDecisions("MARKET LIVE", "NEW BUY 1@100 SIGNAL");
        assertThat(market.markTicks()).isEqualTo(121);
        assertBest(NONE, NONE);
    }

    @Test
    void shouldBeMadeLiveByTradesWhereThereIsNothingElse()
    {
        scenario.act(buy(1, 100));

        assertDecisions("MARKET LIVE", "NEW BUY 1@100 SIGNAL");
        assertThat(market.markTicks()).isEqualTo(100);
    }

    @Test
    void shouldBeStaleOnceDepthWithoutASnapshotComesToTrades()
    {
        scenario.trade(100).update(1, 2, "100x1", "").trade(101);

        assertDecisions("MARKET LIVE", "MARKET STALE NO_SNAPSHOT", "ASK 0 FOR SNAPSHOT NO_SNAPSHOT");
    }

    @Test
    void shouldStayStaleByTradesAfterADisconnect()
    {
        scenario.trade(100).feed(FeedCondition.STALE, FeedReason.DISCONNECTED).trade(101);

        assertDecisions("MARKET LIVE", "MARKET STALE DISCONNECTED");
    }

    @ParameterizedTest
    @CsvSource(
    {"0,1", "-5,1", "100,0", "100,-1", "-9223372036854775808,1"})
    void shouldTakeNoTradeWithoutPriceOrQuantity(final long priceTicks, final long lots)
    {
        live().at(5).trade(107);
        final long beforeNs = market.lastEventNs();
        scenario.at(6).trade(priceTicks, lots, Side.SELL);

        assertThat(market.lastTradeTicks()).isEqualTo(107);
        assertThat(market.lastEvent()).isEqualTo(MarketEvent.STATUS);
        assertThat(market.lastEventNs()).isEqualTo(beforeNs);
    }

    @ParameterizedTest
    @CsvSource(
    {"0,0,0,0", "100,101,0,100", "100,101,-1,100", "10,9,11,50", "100,99,98,98", "98,99,98,100", "100,101,99,98"})
    void shouldTakeNoBarThatCannotBe(final long open, final long high, final long low, final long close)
    {
        live().at(5).bar(107).at(6).bar(open, high, low, close, 1);

        assertThat(market.barCloseTicks()).isEqualTo(107);
        assertThat(market.lastEvent()).isEqualTo(MarketEvent.STATUS);
    }

    @Test
    void shouldTakeAQuoteWithoutPriceOrQuantityForAnEmptySide()
    {
        live().quote(101, 0, 5, 106, 1);
        assertBest(NONE, 106);
        scenario.quote(102, 105, 0, 106, 1);
        assertBest(NONE, 106);
        scenario.quote(103, 105, 1, -1, 1);
        assertBest(105, NONE);
        assertThat(market.bestAskLots()).isZero();
    }

    @Test
    void shouldTakeNoLevelWithoutAPrice()
    {
        scenario.snapshot(100, "100x10 0x10", "0x3 101x10");
        assertBest(100, 101);
        scenario.update("99x1 0x4", "0x4");
        assertThat(market.book().bidDepth()).isEqualTo(2);
        assertThat(market.book().askDepth()).isEqualTo(1);
    }

    @Test
    void shouldBeStaleOnceDepthWithoutASnapshotComesToQuotes()
    {
        scenario.quote(1, 100, 101).update(1, 2, "100x1", "").quote(3, 100, 101);

        assertDecisions("MARKET LIVE", "MARKET STALE NO_SNAPSHOT", "ASK 0 FOR SNAPSHOT NO_SNAPSHOT");
    }

    @Test
    void shouldStayStaleByQuotesAfterADisconnect()
    {
        scenario.quote(1, 100, 101).feed(FeedCondition.STALE, FeedReason.DISCONNECTED).quote(2, 100, 101)
            .feed(FeedCondition.LIVE, FeedReason.NONE);

        assertDecisions("MARKET LIVE", "MARKET STALE DISCONNECTED", "MARKET LIVE");
    }

    @Test
    void shouldBeLiveWithTheLastChunkOfASnapshot()
    {
        scenario.chunk(0, 3, 5, "100x1 99x1", "").chunk(1, 3, 5, "98x1", "101x1").act(buy(1, 100))
            .chunk(2, 3, 5, "", "102x1").act(buy(1, 100));

        assertDecisions("REFUSED INSTRUMENT_NOT_TRADABLE actual=2", "MARKET LIVE", "NEW BUY 1@100 SIGNAL");
        assertThat(market.book().bidDepth()).isEqualTo(3);
        assertThat(market.book().askDepth()).isEqualTo(2);
    }

    @Test
    void shouldTradeOnNoPartOfASnapshot()
    {
        live().later(buy(1, 100)).chunk(0, 2, 105, "100x1", "").later(buy(2, 100)).chunk(1, 2, 105, "", "101x1");

        assertDecisions("MARKET STALE NO_SNAPSHOT", "REFUSED INSTRUMENT_NOT_TRADABLE actual=2", "MARKET LIVE",
            "NEW BUY 2@100 SIGNAL");
    }

    @Test
    void shouldBeStaleAfterALostChunk()
    {
        live().chunk(0, 3, 105, "100x1", "101x1").chunk(2, 3, 105, "", "102x1").update(105, 106, "100x2", "")
            .snapshot(106, "100x1", "101x1");

        assertDecisions("MARKET STALE NO_SNAPSHOT", "ASK 0 FOR SNAPSHOT NO_SNAPSHOT", "MARKET LIVE");
    }

    @Test
    void shouldBeStaleWhenASnapshotOfAQuotedMarketLostItsFirstChunk()
    {
        scenario.quote(1, 100, 101).chunk(1, 2, 105, "", "102x1");

        assertDecisions("MARKET LIVE", "MARKET STALE NO_SNAPSHOT", "ASK 0 FOR SNAPSHOT NO_SNAPSHOT");
    }

    @Test
    void shouldIgnoreASnapshotOlderThanTheBook()
    {
        live().snapshot(99, "90x1", "91x1").chunk(0, 2, 98, "90x1", "").chunk(1, 2, 98, "", "91x1");

        assertDecisions();
        assertBest(100, 101);
        assertThat(market.isLive()).isTrue();
    }

    @Test
    void shouldAnnounceAConditionOnce()
    {
        live().snapshot(101, "100x1", "101x1").feed(FeedCondition.LIVE, FeedReason.NONE)
            .feed(FeedCondition.STALE, FeedReason.BAD_INPUT).feed(FeedCondition.STALE, FeedReason.BAD_INPUT);

        assertDecisions("MARKET STALE BAD_INPUT");
    }

    @Test
    void shouldKnowTheLastTradeAndBar()
    {
        live().at(5).trade(107).at(6).bar(108);

        assertThat(market.lastTradeTicks()).isEqualTo(107);
        assertThat(market.lastTradeLots()).isEqualTo(1);
        assertThat(market.lastTradeSide()).isEqualTo(Side.BUY);
        assertThat(market.barCloseTicks()).isEqualTo(108);
        assertThat(market.barOpenTicks()).isEqualTo(108);
        assertThat(market.barHighTicks()).isEqualTo(108);
        assertThat(market.barLowTicks()).isEqualTo(108);
        assertThat(market.barVolumeLots()).isEqualTo(1);
        assertThat(market.lastEvent()).isEqualTo(MarketEvent.BAR);
        assertThat(market.lastEventNs()).isEqualTo(CoreScenario.START_NS + 6_000_000);
    }

    @Test
    void shouldCountInputsOfUnknownInstruments()
    {
        scenario.on(9).trade(100).snapshot(1, "100x1", "101x1").on(-1).quote(1, 100, 101);

        assertThat(scenario.core().unknownInstruments()).isEqualTo(3);
        assertDecisions();
    }
}
