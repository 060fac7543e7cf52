package io.lockstep.core.market;

import io.lockstep.core.CoreScenario;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A source that is not heard, and one that comes back with other ids. */
class FeedSilenceTest
{
    private final CoreScenario scenario = CoreScenario.live();
    private final Market market = scenario.core().market(0);

    private CoreScenario silent()
    {
        return scenario.feed(FeedCondition.STALE, FeedReason.SILENT);
    }

    private CoreScenario heard()
    {
        return scenario.feed(FeedCondition.LIVE, FeedReason.SILENT);
    }

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    @Test
    void shouldGoOnWithTheBookAfterASilence()
    {
        silent();
        assertThat(market.book().isSynchronised()).isTrue();
        scenario.update("100x3", "");
        heard();

        assertDecisions("MARKET STALE SILENT", "MARKET LIVE");
        assertThat(market.bestBidLots()).isEqualTo(3);
    }

    @Test
    void shouldKeepTheFirstReason()
    {
        scenario.feed(FeedCondition.STALE, FeedReason.BAD_INPUT);
        silent();
        heard();

        assertDecisions("MARKET STALE BAD_INPUT");
    }

    @Test
    void shouldNotHealWhatBrokeDuringTheSilence()
    {
        silent();
        scenario.update(107, 108, "", "");
        heard();

        assertDecisions("MARKET STALE SILENT", "MARKET STALE SEQUENCE_GAP expected=100 actual=107",
            "ASK 0 FOR SNAPSHOT SEQUENCE_GAP");
    }

    @Test
    void shouldWaitForTheRestOfASnapshotThatBeganInTheSilence()
    {
        silent();
        scenario.chunk(0, 2, 105, "100x1", "");
        heard();
        scenario.chunk(1, 2, 105, "", "101x1");

        assertDecisions("MARKET STALE SILENT", "MARKET STALE NO_SNAPSHOT", "MARKET LIVE");
    }

    @Test
    void shouldSeeABookThatCrossedInTheSilence()
    {
        silent();
        scenario.update("102x1", "");
        heard();

        assertDecisions("MARKET STALE SILENT", "MARKET STALE CROSSED_BOOK expected=102 actual=101");
    }

    @Test
    void shouldHealAMarketWithoutDepth()
    {
        scenario.define(CoreScenario.LINEAR).assign(CoreScenario.SCRIPTED).quote(1, 100, 101).decisions();
        silent();
        heard();

        assertDecisions("[1] MARKET STALE SILENT", "[1] MARKET LIVE");
    }

    @Test
    void shouldSeeTheSilenceOfTheBooksFeedWhileTradesOfAnotherSpeak()
    {
        scenario.source(8).trade(100).source(0);
        scenario.feedOfSource(FeedCondition.STALE, FeedReason.SILENT).source(8).trade(101).source(0);
        scenario.feedOfSource(FeedCondition.LIVE, FeedReason.SILENT);

        assertDecisions("MARKET STALE SILENT", "MARKET LIVE");
    }

    @Test
    void shouldGoOnWhileTheFeedOfTradesAloneIsSilent()
    {
        scenario.source(8).trade(100).feedOfSource(FeedCondition.STALE, FeedReason.SILENT);

        assertDecisions();
        assertThat(market.isLive()).isTrue();
        assertThat(market.isSilent(MarketEvent.TRADE)).isTrue();
        assertThat(market.isSilent(MarketEvent.BOOK)).isFalse();

        scenario.feedOfSource(FeedCondition.LIVE, FeedReason.SILENT);
        assertThat(market.isSilent(MarketEvent.TRADE)).isFalse();
    }

    @Test
    void shouldKeepTheBookWhenTheFeedOfTradesIsGone()
    {
        scenario.source(8).trade(100).feedOfSource(FeedCondition.STALE, FeedReason.DISCONNECTED)
            .feed(FeedCondition.STALE, FeedReason.OFF_GRID).source(0).update("100x3", "");

        assertDecisions();
        assertThat(market.book().isSynchronised()).isTrue();
        assertThat(market.isSilent(MarketEvent.TRADE)).isTrue();
        scenario.source(8).trade(101);
        assertThat(market.isSilent(MarketEvent.TRADE)).as("it speaks again").isFalse();
    }

    @Test
    void shouldGoOnWithAnotherSourceOfTheBook()
    {
        silent();
        scenario.source(9).snapshot(105, "100x1", "101x1").source(0);
        heard();

        assertDecisions("MARKET STALE SILENT", "MARKET LIVE");
        scenario.feedOfSource(FeedCondition.STALE, FeedReason.SILENT);
        assertDecisions();
    }

    /** Nothing of the instrument came from it, so it says nothing about the instrument. */
    @Test
    void shouldLeaveAnInstrumentThatTheSilentSourceHasNothingOf()
    {
        scenario.source(8).feedOfSource(FeedCondition.STALE, FeedReason.SILENT);

        assertDecisions();
    }

    @Test
    void shouldTakeAQuoteOfAVenueThatBeganAnew()
    {
        scenario.quote(500, 98, 99).quote(3, 97, 98);
        assertThat(market.bestBidTicks()).isEqualTo(98);

        scenario.feed(FeedCondition.STALE, FeedReason.DISCONNECTED).quote(3, 97, 98).quote(2, 95, 96);
        scenario.snapshot(2, "94x1", "95x1");

        assertThat(market.bestBidTicks()).isEqualTo(97);
    }

    @Test
    void shouldTakeAQuoteAfterASnapshotWithALowerId()
    {
        scenario.quote(500, 98, 99).update(300, 301, "", "").snapshot(200, "90x1", "91x1");
        assertThat(market.bestBidTicks()).as("newer than the snapshot").isEqualTo(98);

        scenario.quote(201, 91, 92);
        assertThat(market.bestBidTicks()).isEqualTo(91);
    }

    @Test
    void shouldPreferASnapshotToAQuoteOfBeforeTheBreak()
    {
        scenario.quote(500, 98, 99).feed(FeedCondition.STALE, FeedReason.DISCONNECTED).snapshot(2, "90x1", "91x1");

        assertThat(market.bestBidTicks()).isEqualTo(90);
    }
}
