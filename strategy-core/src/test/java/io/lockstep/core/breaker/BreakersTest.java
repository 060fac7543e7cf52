package io.lockstep.core.breaker;

import io.lockstep.core.BreakerSays;
import io.lockstep.core.CoreScenario;
import io.lockstep.core.NodeSays;
import io.lockstep.core.instance.TimerIds;
import io.lockstep.sbe.BreakerCause;
import io.lockstep.sbe.LimitScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.lockstep.core.BreakerSays.breaker;
import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.buyMarket;
import static io.lockstep.core.CoreScenario.replaceOldest;
import static io.lockstep.core.CoreScenario.sell;
import static io.lockstep.core.CoreScenario.sellMarket;
import static io.lockstep.sbe.BreakerCause.CONSECUTIVE_LOSSES;
import static io.lockstep.sbe.BreakerCause.DISCONNECTS;
import static io.lockstep.sbe.BreakerCause.DRAWDOWN;
import static io.lockstep.sbe.BreakerCause.REJECT_RATE;
import static io.lockstep.sbe.BreakerCause.SLIPPAGE;
import static io.lockstep.sbe.LimitScope.INSTRUMENT;
import static io.lockstep.sbe.LimitScope.NODE;
import static io.lockstep.sbe.LimitScope.STRATEGY;
import static io.lockstep.sbe.LimitScope.VENUE;
import static org.assertj.core.api.Assertions.assertThat;

/** Behind every input the core is compared with one that was restored from it: so each state survives a restart. */
class BreakersTest
{
    private static final BreakerSays REJECTS = breaker(VENUE, 0, REJECT_RATE, "2").windowMs(1_000);
    private static final BreakerSays LOSSES = breaker(STRATEGY, 1, CONSECUTIVE_LOSSES, "2");

    private final CoreScenario scenario = CoreScenario.live().compared();

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    private void define(final BreakerSays says)
    {
        scenario.give(says);
        assertDecisions("BreakerDefinition ACCEPTED");
    }

    /** Buys at 101 and sells at the price. */
    private void trip(final long soldTicks)
    {
        scenario.act(buyMarket(5));
        scenario.fill(scenario.orderCount(), 5, 101);
        scenario.act(sellMarket(5));
        scenario.fill(scenario.orderCount(), 5, soldTicks);
    }

    private void coolDown(final long millis)
    {
        scenario.at(millis).timer(TimerIds.BREAKERS, scenario.nowNs());
    }

    private void openByRejections()
    {
        define(REJECTS);
        scenario.act(buy(5, 100)).reject(1).act(buy(5, 100)).reject(2).decisions();
    }

    @Test
    void shouldOpenWhenTheVenueRejectsTooOften()
    {
        define(REJECTS);
        scenario.act(buy(5, 100)).reject(1).at(500).act(buy(5, 100));
        assertDecisions("NEW BUY 5@100 SIGNAL", "NEW BUY 5@100 SIGNAL");

        scenario.reject(2);
        assertDecisions("BREAKER VENUE 0 REJECT_RATE OPEN value=2 limit=2 until=5500ms", "TIMER BREAKERS at 5500ms");
        scenario.at(700).act(buy(5, 100));
        assertDecisions("REFUSED BREAKER_OPEN limit=5000000000 actual=4800000000");
    }

    @Test
    void shouldForgetWhatTheWindowHasLeftBehind()
    {
        define(REJECTS);
        scenario.act(buy(5, 100)).reject(1).at(1_000).act(buy(5, 100)).reject(2);

        assertDecisions("NEW BUY 5@100 SIGNAL", "NEW BUY 5@100 SIGNAL");
    }

    @Test
    void shouldCountReplacesThatTheVenueRefuses()
    {
        define(REJECTS);
        scenario.act(buy(5, 100)).accept(1).act(replaceOldest(6, 100)).rejectReplace(1).act(replaceOldest(7, 100));
        scenario.decisions();

        scenario.rejectReplace(1);
        assertThat(scenario.decisions()).contains(
            "BREAKER VENUE 0 REJECT_RATE OPEN value=2 limit=2 until=5000ms", "CANCEL #1 BREAKER");
    }

    @Test
    void shouldCancelWhatOpensAndLeaveWhatReduces()
    {
        scenario.act(buyMarket(5)).fill(1, 5, 101).act(sell(5, 105)).accept(2).act(buy(5, 90)).accept(3).decisions();
        define(REJECTS);
        scenario.act(buy(1, 99)).reject(4).act(buy(1, 99)).decisions();

        scenario.reject(5);
        assertThat(scenario.decisions()).contains("CANCEL #3 BREAKER").doesNotContain("CANCEL #2 BREAKER");
        scenario.cancel(3).cancel(2).decisions();
        scenario.act(sellMarket(5));
        assertDecisions("NEW SELL 5@MARKET SIGNAL");
    }

    @Test
    void shouldRefuseWhatTheStrategyAsksForAtTheSameInput()
    {
        define(REJECTS);
        scenario.act(buy(5, 100)).reject(1).act(buy(5, 100))
            .onOrder((context, order, event) -> buy(5, 100).accept(context));
        scenario.decisions();

        scenario.reject(2);
        assertDecisions("BREAKER VENUE 0 REJECT_RATE OPEN value=2 limit=2 until=5000ms", "TIMER BREAKERS at 5000ms",
            "REFUSED BREAKER_OPEN limit=5000000000 actual=5000000000");
    }

    @Test
    void shouldCloseWhenTheVenueAcceptsItsProbe()
    {
        openByRejections();
        coolDown(5_000);
        assertDecisions("BREAKER VENUE 0 REJECT_RATE HALF_OPEN value=0 limit=2");

        scenario.act(buy(5, 100)).act(buy(5, 100));
        assertDecisions("NEW BUY 5@100 SIGNAL", "REFUSED BREAKER_PROBING");
        scenario.accept(3);
        assertDecisions("BREAKER VENUE 0 REJECT_RATE CLOSED value=0 limit=2");
        scenario.act(buy(5, 100));
        assertDecisions("NEW BUY 5@100 SIGNAL");
    }

    @Test
    void shouldOpenAgainWhenTheVenueRejectsItsProbe()
    {
        openByRejections();
        coolDown(5_000);
        scenario.act(buy(5, 100)).decisions();

        scenario.reject(3);
        assertDecisions("BREAKER VENUE 0 REJECT_RATE OPEN value=1 limit=2 until=10000ms", "TIMER BREAKERS at 10000ms");
    }

    @Test
    void shouldLetAnotherProbeOutWhenOneEndsWithoutAWord()
    {
        openByRejections();
        coolDown(5_000);
        scenario.act(buy(5, 100)).expire(3).decisions();

        scenario.act(buy(5, 100));
        assertDecisions("NEW BUY 5@100 SIGNAL");
    }

    @Test
    void shouldTakeNoReplaceForAProbe()
    {
        scenario.act(buyMarket(5)).fill(1, 5, 101).act(sell(3, 105)).accept(2).decisions();
        openByRejectionsOf(3);
        coolDown(5_000);
        scenario.decisions();

        scenario.act(replaceOldest(9, 105));
        assertDecisions("REFUSED BREAKER_PROBING");
        scenario.act(replaceOldest(5, 105));
        assertDecisions("REPLACE #2 5@105 SIGNAL");
    }

    private void openByRejectionsOf(final int first)
    {
        define(REJECTS);
        scenario.act(buy(5, 100)).reject(first).act(buy(5, 100)).reject(first + 1).decisions();
    }

    @Test
    void shouldOpenByLossesInARowAndCloseByATripWithoutOne()
    {
        define(LOSSES);
        trip(100);
        trip(101);
        trip(100);
        assertThat(scenario.decisions()).noneMatch((line) -> line.startsWith("BREAKER"));

        trip(99);
        assertThat(scenario.decisions()).contains(
            "BREAKER STRATEGY 1 CONSECUTIVE_LOSSES OPEN value=2 limit=2 until=5000ms");
        scenario.act(buyMarket(5));
        assertDecisions("REFUSED BREAKER_OPEN limit=5000000000 actual=5000000000");
        coolDown(5_000);
        scenario.act(buyMarket(5)).fill(9, 5, 101).act(buyMarket(5)).act(sellMarket(5)).decisions();
        scenario.fill(10, 5, 101);
        assertDecisions("BREAKER STRATEGY 1 CONSECUTIVE_LOSSES CLOSED value=0 limit=2");
    }

    @Test
    void shouldOpenAgainByAProbeThatLoses()
    {
        define(LOSSES);
        trip(100);
        trip(100);
        coolDown(5_000);
        scenario.act(buyMarket(5)).fill(5, 5, 101).act(sellMarket(5)).decisions();

        scenario.fill(6, 5, 101, 1);
        assertDecisions("BREAKER STRATEGY 1 CONSECUTIVE_LOSSES OPEN value=3 limit=2 until=10000ms",
            "TIMER BREAKERS at 10000ms");
    }

    @Test
    void shouldCountAPositionThatTurnsAsATripThatEnds()
    {
        define(breaker(INSTRUMENT, 0, CONSECUTIVE_LOSSES, "1"));
        scenario.act(buyMarket(5)).fill(1, 5, 101).act(sellMarket(8)).decisions();

        scenario.fill(2, 8, 100);
        assertThat(scenario.decisions()).first().isEqualTo(
            "BREAKER INSTRUMENT 0 CONSECUTIVE_LOSSES OPEN value=1 limit=1 until=5000ms");
    }

    @Test
    void shouldOpenByDisconnectsAndLetNothingElseBeTheirProbe()
    {
        define(breaker(NODE, 0, DISCONNECTS, "2").windowMs(60_000));
        scenario.giveAsNode(NodeSays.venue(false)).giveAsNode(NodeSays.venue(false)).giveAsNode(NodeSays.venue(true));
        assertDecisions();

        scenario.giveAsNode(NodeSays.venue(false));
        assertDecisions("BREAKER NODE 0 DISCONNECTS OPEN value=2 limit=2 until=5000ms", "TIMER BREAKERS at 5000ms");
        scenario.giveAsNode(NodeSays.venue(true));
        coolDown(5_000);
        scenario.act(buy(5, 100)).reject(1).act(buy(5, 100)).decisions();
        scenario.accept(2);
        assertDecisions("BREAKER NODE 0 DISCONNECTS CLOSED value=0 limit=2");
    }

    @Test
    void shouldOpenAgainByADisconnectWhileHalfOpen()
    {
        define(breaker(VENUE, 0, DISCONNECTS, "1").windowMs(1_000));
        scenario.giveAsNode(NodeSays.venue(false)).giveAsNode(NodeSays.venue(true));
        coolDown(5_000);
        scenario.decisions();

        scenario.giveAsNode(NodeSays.venue(false));
        assertDecisions("BREAKER VENUE 0 DISCONNECTS OPEN value=1 limit=1 until=10000ms", "TIMER BREAKERS at 10000ms");
    }

    /** 1 of 101 is 99.01 basis points, each rounded up in hundredths; a sale at 101 for 100 is 100 better. */
    @Test
    void shouldOpenBySlippageOfTheNewestFillsOnAverage()
    {
        define(breaker(INSTRUMENT, 0, SLIPPAGE, "99").fills(2));
        scenario.act(buyMarket(5)).fill(1, 5, 102).act(sellMarket(5)).fill(2, 5, 101);
        scenario.act(buyMarket(5)).fill(3, 5, 102).act(buyMarket(5)).decisions();

        scenario.fill(4, 5, 102);
        assertDecisions("BREAKER INSTRUMENT 0 SLIPPAGE OPEN value=9901 limit=9900 until=5000ms",
            "TIMER BREAKERS at 5000ms");
    }

    @Test
    void shouldJudgeTheSlippageOfAProbeByItself()
    {
        define(breaker(INSTRUMENT, 0, SLIPPAGE, "99").fills(1));
        scenario.act(buyMarket(5)).fill(1, 5, 102);
        coolDown(5_000);
        scenario.act(buyMarket(5)).decisions();

        scenario.fill(2, 5, 103);
        assertDecisions("BREAKER INSTRUMENT 0 SLIPPAGE OPEN value=19802 limit=9900 until=10000ms",
            "TIMER BREAKERS at 10000ms");
        coolDown(10_000);
        scenario.act(buyMarket(5)).decisions();
        scenario.fill(3, 5, 101);
        assertDecisions("BREAKER INSTRUMENT 0 SLIPPAGE CLOSED value=0 limit=9900");
    }

    @Test
    void shouldOpenByAFallOfEquityFromItsPeak()
    {
        define(breaker(NODE, 0, DRAWDOWN, "50").currency("USDT"));
        scenario.act(buyMarket(10)).fill(1, 10, 101).quote(101, 104, 106).decisions();
        scenario.quote(102, 100, 101);
        assertThat(scenario.decisions()).first().isEqualTo(
            "BREAKER NODE 0 DRAWDOWN OPEN value=5000000000 limit=5000000000 until=5000ms");
    }

    @Test
    void shouldCountADrawdownFromANewPeakWhenItIsHalfOpen()
    {
        define(breaker(NODE, 0, DRAWDOWN, "50").currency("USDT"));
        scenario.act(buyMarket(10)).fill(1, 10, 101).quote(101, 104, 106).quote(102, 100, 101);
        coolDown(5_000);
        scenario.act(sellMarket(10)).fill(2, 10, 100).quote(103, 100, 101).decisions();
        scenario.act(buyMarket(1)).fill(3, 1, 101).act(sellMarket(1)).decisions();

        scenario.fill(4, 1, 101);
        assertDecisions("BREAKER NODE 0 DRAWDOWN CLOSED value=0 limit=5000000000");
    }

    @Test
    void shouldOpenAgainByAFallWhileItsProbeIsUnderWay()
    {
        define(breaker(NODE, 0, DRAWDOWN, "50").currency("USDT"));
        scenario.act(buyMarket(10)).fill(1, 10, 101).quote(101, 104, 106).quote(102, 100, 101);
        coolDown(5_000);
        scenario.act(sellMarket(10)).fill(2, 10, 100).act(buyMarket(10)).fill(3, 10, 100).decisions();

        scenario.quote(103, 94, 95);
        assertThat(scenario.decisions()).first().asString().startsWith("BREAKER NODE 0 DRAWDOWN OPEN value=6");
    }

    @ParameterizedTest
    @CsvSource(
    {"LEG, REJECT_RATE, 2, 1000, 0, ''", "ACCOUNT, REJECT_RATE, 2, 1000, 0, ''",
        "STRATEGY, DISCONNECTS, 2, 1000, 0, ''", "NODE, REJECT_RATE, 0, 1000, 0, ''",
        "NODE, REJECT_RATE, 1.5, 1000, 0, ''", "NODE, REJECT_RATE, 10001, 1000, 0, ''",
        "NODE, REJECT_RATE, 2, 0, 0, ''", "NODE, REJECT_RATE, 2, 1000, 1, ''", "NODE, CONSECUTIVE_LOSSES, 2, 1, 0, ''",
        "NODE, SLIPPAGE, 2, 0, 0, ''", "NODE, SLIPPAGE, 0.001, 0, 1, ''", "NODE, DRAWDOWN, 5, 0, 0, ''",
        "NODE, DRAWDOWN, -5, 0, 0, USDT", "NODE, SLIPPAGE, 2, 0, 5, USDT"})
    void shouldRefuseTermsThatAreNone(
        final LimitScope scope,
        final BreakerCause cause,
        final String threshold,
        final long windowMs,
        final int fills,
        final String currency)
    {
        scenario.give(breaker(scope, 0, cause, threshold).windowMs(windowMs).fills(fills).currency(currency));

        assertDecisions("BreakerDefinition INVALID_VALUE");
        assertThat(scenario.core().breakers().count()).isZero();
    }

    @Test
    void shouldRefuseScopesThatAreNotThere()
    {
        scenario.give(breaker(STRATEGY, 7, CONSECUTIVE_LOSSES, "1"))
            .give(breaker(INSTRUMENT, 7, CONSECUTIVE_LOSSES, "1"))
            .give(breaker(VENUE, 7, CONSECUTIVE_LOSSES, "1")).give(breaker(NODE, 7, CONSECUTIVE_LOSSES, "1"))
            .give(LOSSES.reset());

        assertDecisions("BreakerDefinition UNKNOWN_STRATEGY", "BreakerDefinition UNKNOWN_INSTRUMENT",
            "BreakerDefinition UNKNOWN_VENUE", "BreakerDefinition INVALID_VALUE", "ResetBreaker INVALID_VALUE");
    }

    @Test
    void shouldGoOnWithOtherTermsInTheStateThatItIsIn()
    {
        openByRejections();
        scenario.give(REJECTS);
        assertDecisions("BreakerDefinition NO_CHANGE");

        scenario.give(breaker(VENUE, 0, REJECT_RATE, "7").windowMs(1_000)).act(buy(1, 100));
        assertDecisions("BreakerDefinition ACCEPTED", "REFUSED BREAKER_OPEN limit=5000000000 actual=5000000000");
    }

    @Test
    void shouldCloseByAnOperatorsWord()
    {
        openByRejections();
        scenario.give(REJECTS.reset());

        assertDecisions("BREAKER VENUE 0 REJECT_RATE CLOSED value=0 limit=2", "TIMER BREAKERS off",
            "ResetBreaker ACCEPTED");
        scenario.act(buy(1, 100)).reject(3);
        assertDecisions("NEW BUY 1@100 SIGNAL");
    }

    @Test
    void shouldKeepNothingBackOnceItIsTakenOut()
    {
        openByRejections();
        scenario.give(REJECTS.removed()).give(REJECTS.removed()).act(buy(1, 100));

        assertDecisions("BREAKER VENUE 0 REJECT_RATE CLOSED value=0 limit=2", "TIMER BREAKERS off",
            "BreakerDefinition ACCEPTED", "BreakerDefinition NO_CHANGE", "NEW BUY 1@100 SIGNAL");
    }

    @Test
    void shouldWaitForTheFirstOfSeveralThatCoolDown()
    {
        openByRejections();
        scenario.at(1_000).give(breaker(NODE, 0, REJECT_RATE, "1").windowMs(1_000).coolDownMs(9_000));
        scenario.give(breaker(INSTRUMENT, 0, REJECT_RATE, "1").windowMs(1_000).coolDownMs(1_000)).decisions();
        coolDown(5_000);
        scenario.act(buy(5, 100)).decisions();

        scenario.reject(3);
        assertDecisions("BREAKER INSTRUMENT 0 REJECT_RATE OPEN value=1 limit=1 until=6000ms",
            "TIMER BREAKERS at 6000ms",
            "BREAKER VENUE 0 REJECT_RATE OPEN value=1 limit=2 until=10000ms",
            "BREAKER NODE 0 REJECT_RATE OPEN value=1 limit=1 until=14000ms");
        coolDown(6_000);
        assertDecisions("BREAKER INSTRUMENT 0 REJECT_RATE HALF_OPEN value=0 limit=1", "TIMER BREAKERS at 10000ms");
    }
}
