package io.lockstep.core.market;

import io.lockstep.codecs.InstrumentSettings;
import io.lockstep.core.CoreScenario;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** When the source of a book is asked for a snapshot. */
class SnapshotRequestsTest
{
    private static final String GAP = "MARKET STALE SEQUENCE_GAP expected=100 actual=107";
    private static final String ASK = "ASK 7 FOR SNAPSHOT ";

    private final CoreScenario scenario = new CoreScenario().define(CoreScenario.LINEAR)
        .assign(CoreScenario.SCRIPTED).source(7).snapshot(100, "100x10 99x10", "101x10 102x10");

    SnapshotRequestsTest()
    {
        scenario.decisions();
    }

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    private CoreScenario healing(final long healNs)
    {
        scenario.defineAs(CoreScenario.LINEAR.withSettings(new InstrumentSettings(0, false, healNs))).decisions();
        return scenario;
    }

    @Test
    void shouldAskOnceAGap()
    {
        scenario.update(107, 108, "", "").at(1).update(108, 109, "", "").source(8).trade(100);

        assertDecisions(GAP, ASK + "SEQUENCE_GAP");
    }

    @Test
    void shouldAskAgainAfterASecondWhileTheGapStays()
    {
        scenario.update(107, 108, "", "").at(999).update(108, 109, "", "").at(1_000).trade(100).at(1_500).trade(100)
            .at(2_000).update(109, 110, "", "").at(3_000).snapshot(110, "100x1", "101x1").at(9_000).trade(100);

        assertDecisions(GAP, ASK + "SEQUENCE_GAP", ASK + "SEQUENCE_GAP", ASK + "SEQUENCE_GAP", "MARKET LIVE");
    }

    @Test
    void shouldAskForEveryGapThatASnapshotHasHealedBetween()
    {
        scenario.update(107, 108, "", "").snapshot(108, "100x1", "101x1").update(109, 110, "", "");

        assertDecisions(GAP, ASK + "SEQUENCE_GAP", "MARKET LIVE",
            "MARKET STALE SEQUENCE_GAP expected=108 actual=109", ASK + "SEQUENCE_GAP");
    }

    @Test
    void shouldAskForAGapThatTheFeedHasSeen()
    {
        scenario.feed(FeedCondition.STALE, FeedReason.SEQUENCE_GAP);

        assertDecisions("MARKET STALE SEQUENCE_GAP", ASK + "SEQUENCE_GAP");
    }

    @Test
    void shouldAskASourceThatIsGoneOnceItSpeaksAgain()
    {
        scenario.feedOfSource(FeedCondition.STALE, FeedReason.DISCONNECTED);
        assertDecisions("MARKET STALE DISCONNECTED");

        scenario.update(107, 108, "", "");
        assertDecisions(ASK + "DISCONNECTED");
    }

    @Test
    void shouldAskNobodyAtTheEndOfARecording()
    {
        scenario.update(107, 108, "", "").decisions();

        scenario.at(5_000).feedOfSource(FeedCondition.END, FeedReason.NONE);

        assertDecisions();
    }

    @Test
    void shouldAskNobodyForASnapshotThatIsUnderWay()
    {
        scenario.chunk(0, 3, 105, "100x1", "").chunk(1, 3, 105, "", "101x1").chunk(2, 3, 105, "", "102x1");

        assertDecisions("MARKET STALE NO_SNAPSHOT", "MARKET LIVE");
    }

    @Test
    void shouldAskNobodyWithoutDepth()
    {
        scenario.define(CoreScenario.LINEAR).quote(1, 100, 101).feed(FeedCondition.STALE, FeedReason.SEQUENCE_GAP);

        assertDecisions("[1] InstrumentDefinition ACCEPTED", "[1] MARKET LIVE",
            "[1] MARKET STALE SEQUENCE_GAP");
    }

    @Test
    void shouldAskForABookThatIsCrossedTooLong()
    {
        healing(5_000_000_000L).at(0).update("102x5", "").at(5_000).trade(100).atNs(5_000_000_001L).trade(100)
            .at(5_500).update("100x4", "").at(6_001).trade(100).at(6_100).snapshot(103, "100x1", "101x1");

        assertDecisions("MARKET STALE CROSSED_BOOK expected=102 actual=101", ASK + "CROSSED_BOOK",
            ASK + "CROSSED_BOOK", "MARKET LIVE");
    }

    /** The clock does not begin anew with a snapshot that is crossed as well. */
    @Test
    void shouldGoOnAskingWhenTheSnapshotIsCrossedToo()
    {
        healing(5_000_000_000L).at(0).update("102x5", "").at(5_001).trade(100).snapshot(102, "105x1", "103x1")
            .at(6_001).trade(100);

        assertDecisions("MARKET STALE CROSSED_BOOK expected=102 actual=101", ASK + "CROSSED_BOOK",
            ASK + "CROSSED_BOOK");
    }

    @Test
    void shouldNotAskForACrossedBookWithoutASetting()
    {
        scenario.update("102x5", "").at(100_000_000).trade(100);

        assertDecisions("MARKET STALE CROSSED_BOOK expected=102 actual=101");
    }

    @Test
    void shouldRememberARequestInASnapshot()
    {
        final CoreScenario compared = CoreScenario.reckoned();
        compared.defineAs(CoreScenario.LINEAR.withSettings(new InstrumentSettings(0, true, 1_000L)));
        compared.source(7).update("101x5", "").at(1).trade(100).at(2).update(107, 108, "", "").at(3).trade(100)
            .source(8).quote(109, 100, 101).bar(100).feedOfSource(FeedCondition.STALE, FeedReason.SILENT);

        assertThat(compared.decisions()).contains(ASK + "LOCKED_BOOK", ASK + "SEQUENCE_GAP");
    }
}
