package io.lockstep.strategies;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.CoreScenario;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.MachineState;
import io.lockstep.sbe.TradingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The strategy end to end. Its averages are of 1 and 2 trades: a trade above the one before is a rising trend, one below a
 * falling one. The book says 100 to 101, so the mark is 100, an order of 1,000 is 10 lots, the stop is at a loss of 1 and the
 * target at a gain of 2.
 */
class MovingAverageCrossoverTest
{
    private static final String[] PARAMETERS = {"fast=1", "slow=2", "confirmations=0", "stopBps=100", "targetBps=200",
        "entryTimeoutMs=5000", "orderNotional=1000"};

    private final CoreScenario scenario = new CoreScenario(new MovingAverageCrossover.Factory())
        .define(CoreScenario.LINEAR);

    private CoreScenario assigned(final String... more)
    {
        final String[] all = new String[PARAMETERS.length + more.length];
        System.arraycopy(PARAMETERS, 0, all, 0, PARAMETERS.length);
        System.arraycopy(more, 0, all, PARAMETERS.length, more.length);
        scenario.assign("moving-average-crossover", all).snapshot(100, "100x10 99x10", "101x10 102x10");
        assertThat(scenario.decisions()).endsWith("AssignStrategy ACCEPTED", "MARKET LIVE");
        return scenario;
    }

    /** Up after down: a signal to buy, confirmed by the next trade. */
    private CoreScenario entering()
    {
        assigned().trades(100, 99, 102, 103);
        assertDecisions("WATCH->CLOSE_WATCH SIGNAL", "NEW BUY 10@100 POST_ONLY CONFIRMED", "TIMER 0 at 5000ms");
        return scenario;
    }

    private CoreScenario entered()
    {
        entering().accept(1).fill(1, 10, 100).trade(104);
        assertDecisions("CLOSE_WATCH->IN_TRADE ENTRY_FILLED", "TIMER 0 off", "NEW SELL 10@102 TARGET");
        return scenario;
    }

    private CoreScenario marketAt(final long bid)
    {
        return scenario.snapshot(200 + bid, bid + "x10", bid + 1 + "x10");
    }

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    private void assertFlat()
    {
        assertThat(scenario.core().slot(0).leg(0).state()).isEqualTo(MachineState.WATCH);
        assertThat(scenario.core().position(0).netLots()).isZero();
        assertThat(scenario.core().openOrders(0).count()).isZero();
    }

    @Test
    void shouldSignalConfirmEnterInPartsAndTakeItsTarget()
    {
        entering().accept(1).fill(1, 4, 100);
        assertDecisions("CLOSE_WATCH->IN_TRADE ENTRY_FILLED");

        scenario.trade(104).fill(1, 6, 100).trade(105);
        assertDecisions("TIMER 0 off", "NEW SELL 10@102 TARGET");

        scenario.accept(2).fill(2, 3, 102).trade(106).fill(2, 7, 102);
        assertDecisions("IN_TRADE->WATCH POSITION_CLOSED");
        assertFlat();
        assertThat(scenario.core().position(0).realized().toLongExact()).isEqualTo(20);
    }

    @Test
    void shouldTradeAgainAfterATrade()
    {
        entered().fill(2, 10, 102).trades(103, 102).fill(3, 10, 101).trade(101);

        assertDecisions("IN_TRADE->WATCH POSITION_CLOSED", "WATCH->CLOSE_WATCH SIGNAL",
            "NEW SELL 10@101 POST_ONLY CONFIRMED", "TIMER 0 at 5000ms", "CLOSE_WATCH->IN_TRADE ENTRY_FILLED",
            "TIMER 0 off", "NEW BUY 10@99 TARGET");
    }

    @Test
    void shouldSellShortOnAFallingSignal()
    {
        assigned().trades(100, 101, 99, 98).fill(1, 10, 101).trade(97);
        assertDecisions("WATCH->CLOSE_WATCH SIGNAL", "NEW SELL 10@101 POST_ONLY CONFIRMED", "TIMER 0 at 5000ms",
            "CLOSE_WATCH->IN_TRADE ENTRY_FILLED", "TIMER 0 off", "NEW BUY 10@99 TARGET");

        marketAt(102).cancel(2).fill(3, 10, 103);
        assertDecisions("CANCEL #2 STOP", "NEW BUY 10@MARKET STOP", "IN_TRADE->WATCH POSITION_CLOSED");
        assertFlat();
    }

    @Test
    void shouldOnlyBuyWithoutShorts()
    {
        assigned("shorts=0").trades(100, 101, 99, 98, 97);
        assertDecisions();

        scenario.trades(98, 99);
        assertDecisions("WATCH->CLOSE_WATCH SIGNAL", "NEW BUY 10@100 POST_ONLY CONFIRMED", "TIMER 0 at 5000ms");
    }

    @Test
    void shouldWantTheCrossingToHold()
    {
        assigned("confirmations=2").trades(100, 99, 102, 103, 104);
        assertDecisions("WATCH->CLOSE_WATCH SIGNAL");

        scenario.quote(150, 100, 101).trade(105);
        assertDecisions("NEW BUY 10@100 POST_ONLY CONFIRMED", "TIMER 0 at 5000ms");
    }

    @Test
    void shouldAbandonAnUnconfirmedSignal()
    {
        assigned("confirmations=2").trades(100, 99, 102, 101);

        assertDecisions("WATCH->CLOSE_WATCH SIGNAL", "CLOSE_WATCH->WATCH ABANDONED");
        assertFlat();
    }

    @Test
    void shouldAbandonAnEntryThatIsNotFilledWhenTheSignalGoes()
    {
        entering().accept(1).trade(102);
        assertDecisions("CANCEL #1 ABANDONED");

        scenario.trade(103).cancel(1);
        assertDecisions("TIMER 0 off", "CLOSE_WATCH->WATCH ABANDONED");
        assertFlat();
    }

    @Test
    void shouldTradeWhatWasFilledOfAnAbandonedEntry()
    {
        entering().accept(1).trade(102).fill(1, 4, 100).cancel(1).trade(103);

        assertDecisions("CANCEL #1 ABANDONED", "CLOSE_WATCH->IN_TRADE ENTRY_FILLED", "TIMER 0 off",
            "NEW SELL 4@102 TARGET");
    }

    @Test
    void shouldCancelAnEntryThatIsNotFilledInTime()
    {
        entering().accept(1).at(5_000).timer(0).cancel(1);

        assertDecisions("CANCEL #1 TIMEOUT", "CLOSE_WATCH->WATCH TIMEOUT");
        assertFlat();
    }

    @Test
    void shouldKeepWhatWasFilledInTime()
    {
        entering().accept(1).fill(1, 4, 100).at(5_000).timer(0).cancel(1).trade(104);

        assertDecisions("CLOSE_WATCH->IN_TRADE ENTRY_FILLED", "CANCEL #1 TIMEOUT", "NEW SELL 4@102 TARGET");
    }

    @Test
    void shouldGoOnWatchingWhenTheVenueRefusesTheEntry()
    {
        entering().reject(1);

        assertDecisions("TIMER 0 off", "CLOSE_WATCH->WATCH REFUSED");
        assertFlat();
    }

    @Test
    void shouldTakeACancelThatNobodyAskedForAsARefusal()
    {
        entering().cancel(1);

        assertDecisions("TIMER 0 off", "CLOSE_WATCH->WATCH REFUSED");
    }

    @Test
    void shouldGoOnWatchingWhenRiskRefusesTheEntry()
    {
        assigned().limit(LimitType.MAX_ORDER_QUANTITY, "9").trades(100, 99, 102, 103, 104);

        assertDecisions("SetLimit ACCEPTED", "WATCH->CLOSE_WATCH SIGNAL",
            "REFUSED MAX_ORDER_QUANTITY limit=9 actual=10", "CLOSE_WATCH->WATCH REFUSED");
        assertFlat();
    }

    @Test
    void shouldCancelTheTargetFirstAndThenLeaveWithExactlyThePosition()
    {
        entered().accept(2).fill(2, 3, 102);
        marketAt(98);
        assertDecisions("CANCEL #2 STOP");

        scenario.trade(98).fill(2, 1, 102);
        assertDecisions();

        scenario.cancel(2);
        assertDecisions("NEW SELL 6@MARKET STOP");

        scenario.trade(97).fill(3, 6, 98);
        assertDecisions("IN_TRADE->WATCH POSITION_CLOSED");
        assertFlat();
    }

    @Test
    void shouldNotLeaveWhenTheTargetFillsBeforeItsCancel()
    {
        entered().accept(2);
        marketAt(98);
        scenario.fill(2, 10, 102).rejectCancel(2);

        assertDecisions("CANCEL #2 STOP", "IN_TRADE->WATCH POSITION_CLOSED");
        assertFlat();
    }

    @Test
    void shouldNotAskAgainAtOnceForACancelThatTheVenueRefuses()
    {
        entered().accept(2);
        marketAt(98);
        scenario.rejectCancel(2).trade(105).at(249).trade(106);
        assertDecisions("CANCEL #2 STOP");

        scenario.at(250).trade(107);
        assertDecisions("CANCEL #2 STOP");
    }

    @Test
    void shouldCancelTheRestOfTheEntryAtTheStop()
    {
        entering().accept(1).fill(1, 4, 100);
        marketAt(98);
        assertDecisions("CLOSE_WATCH->IN_TRADE ENTRY_FILLED", "CANCEL #1 STOP");

        scenario.fill(1, 2, 100).cancel(1).fill(2, 6, 98);
        assertDecisions("TIMER 0 off", "NEW SELL 6@MARKET STOP", "IN_TRADE->WATCH POSITION_CLOSED");
        assertFlat();
    }

    @Test
    void shouldLeaveOnACrossingAgainstThePosition()
    {
        entered().accept(2).trade(103).cancel(2).fill(3, 10, 100);

        assertDecisions("CANCEL #2 REVERSAL", "NEW SELL 10@MARKET REVERSAL", "IN_TRADE->WATCH POSITION_CLOSED");
        assertFlat();
    }

    @Test
    void shouldManageATargetThatTheVenueRefused()
    {
        entered().reject(2).trade(105);
        assertDecisions();

        marketAt(101);
        assertDecisions();
        marketAt(102);
        scenario.fill(3, 10, 102);
        assertDecisions("NEW SELL 10@MARKET TARGET", "IN_TRADE->WATCH POSITION_CLOSED");
        assertFlat();
    }

    @Test
    void shouldRetryARefusedExitEverMoreRarelyAndNotWithEachEvent()
    {
        entered().mode(TradingMode.HALTED);
        marketAt(98);
        scenario.cancel(2).trades(98, 98, 98).at(249).trade(98);
        assertDecisions("SetTradingMode ACCEPTED", "CANCEL #2 STOP", "REFUSED HALTED");

        scenario.at(250).trade(98).trade(98).mode(TradingMode.RUNNING).at(749).trade(98);
        assertDecisions("REFUSED HALTED", "SetTradingMode ACCEPTED");

        scenario.at(750).trade(98);
        assertDecisions("NEW SELL 10@MARKET STOP");
    }

    @Test
    void shouldRetryAnExitThatTheVenueRefusesOrFillsInPart()
    {
        entered();
        marketAt(98);
        scenario.cancel(2).reject(3).trade(98);
        assertDecisions("CANCEL #2 STOP", "NEW SELL 10@MARKET STOP");

        scenario.at(250).trade(98).fill(4, 7, 98).cancel(4).trade(98);
        assertDecisions("NEW SELL 10@MARKET STOP");

        scenario.at(750).trade(98).fill(5, 3, 98);
        assertDecisions("NEW SELL 3@MARKET STOP", "IN_TRADE->WATCH POSITION_CLOSED");
        assertFlat();
    }

    @Test
    void shouldKeepARestThatTheVenueRefusesAndLeaveWithTheNextTrade()
    {
        scenario
            .assign("moving-average-crossover", "fast=1", "slow=2", "confirmations=0", "stopBps=100", "targetBps=200",
                "entryTimeoutMs=5000", "orderNotional=3000")
            .snapshot(100, "100x90", "101x90");
        scenario.trades(100, 99, 102, 103).fill(1, 30, 100).trade(104).fill(2, 28, 102);
        marketAt(98);
        scenario.cancel(2);
        assertThat(scenario.decisions()).endsWith("CANCEL #2 STOP", "NEW SELL 2@MARKET STOP");

        scenario.reject(3).trade(98);
        assertDecisions("IN_TRADE->WATCH REFUSED", "WATCH->CLOSE_WATCH SIGNAL");
        assertThat(scenario.core().position(0).netLots()).isEqualTo(2);

        scenario.trade(97).fill(4, 30, 99).trade(97);
        assertThat(scenario.decisions()).endsWith("NEW BUY 28@98 TARGET");
    }

    @Test
    void shouldDecideNoStopWithoutAPriceToRelyOn()
    {
        entered().accept(2);
        scenario.update(90, 500, "", "").quote(501, 90, 91).quote(502, 90, Nulls.NULL_PRICE_TICKS).trade(107);
        assertDecisions("MARKET STALE SEQUENCE_GAP expected=100 actual=90", "ASK 0 FOR SNAPSHOT SEQUENCE_GAP");

        marketAt(400);
        assertDecisions("MARKET LIVE");
    }

    /** A short position: without care an absent price would be below every stop. */
    @Test
    void shouldDecideNoStopWhenOneSideOfTheMarketIsGone()
    {
        scenario
            .assign("moving-average-crossover", "fast=1", "slow=2", "confirmations=0", "source=1", "orderNotional=1000")
            .quote(1, 100, 101).quote(2, 101, 102).quote(3, 98, 101).quote(4, 97, 101).decisions();
        scenario.fill(1, 10, 101).quote(5, 97, 101);
        assertDecisions("CLOSE_WATCH->IN_TRADE ENTRY_FILLED", "TIMER 0 off", "NEW BUY 10@100 TARGET");

        scenario.quote(6, 97, Nulls.NULL_PRICE_TICKS);
        assertDecisions();
    }

    @Test
    void shouldStopAndStart()
    {
        entered().accept(2).stop("moving-average-crossover");
        assertDecisions("CANCEL #2 OPERATOR", "TIMER WISHES at 5000ms", "ControlStrategy ACCEPTED");

        scenario.cancel(2).trades(103, 99);
        marketAt(95);
        assertDecisions();

        scenario.start("moving-average-crossover").trade(98).fill(3, 10, 95);
        assertDecisions("ControlStrategy ACCEPTED", "NEW SELL 10@MARKET STOP", "IN_TRADE->WATCH POSITION_CLOSED");
        assertFlat();
    }

    @Test
    void shouldStopWhileAnEntryIsOpen()
    {
        entering().stop("moving-average-crossover").cancel(1).trades(104, 90, 120);

        assertDecisions("CANCEL #1 OPERATOR", "TIMER WISHES at 5000ms", "ControlStrategy ACCEPTED", "TIMER 0 off",
            "CLOSE_WATCH->WATCH OPERATOR");
        assertFlat();
    }

    @Test
    void shouldNotLeaveByMarketOrderWhileStopped()
    {
        entered().accept(2);
        marketAt(98);
        scenario.stop("moving-average-crossover").cancel(2);

        assertDecisions("CANCEL #2 STOP", "TIMER WISHES at 5000ms", "ControlStrategy ACCEPTED", "REFUSED HALTED");
    }

    @Test
    void shouldNotBeReplacedInATrade()
    {
        entered().assign("moving-average-crossover");

        assertDecisions("AssignStrategy WAITING");
    }

    @Test
    void shouldLeaveAtOnceWithOneOpenOrderAllowed()
    {
        entered().accept(2).limit(LimitType.MAX_OPEN_ORDERS, "1");
        marketAt(98);
        scenario.cancel(2);

        assertDecisions("SetLimit ACCEPTED", "CANCEL #2 STOP", "NEW SELL 10@MARKET STOP");
    }

    @Test
    void shouldTradeOnBarsAloneByMarketOrder()
    {
        scenario.assign("moving-average-crossover", PARAMETERS).bar(100).bar(99).bar(102).bar(103).fill(1, 9, 103)
            .bar(104);

        assertThat(scenario.decisions()).containsSequence("MARKET LIVE", "WATCH->CLOSE_WATCH SIGNAL",
            "NEW BUY 9@MARKET CONFIRMED", "TIMER 0 at 5000ms", "CLOSE_WATCH->IN_TRADE ENTRY_FILLED", "TIMER 0 off",
            "NEW SELL 9@105 TARGET");
    }

    @Test
    void shouldFollowMidPrices()
    {
        assigned("source=1").update("100x1", "").trades(90, 110, 90);
        assertDecisions();

        scenario.update("100x0 99x1", "").update("101x1", "101x0 102x1").update("101x2", "");
        assertDecisions("WATCH->CLOSE_WATCH SIGNAL", "NEW BUY 9@101 POST_ONLY CONFIRMED", "TIMER 0 at 5000ms");
    }

    @Test
    void shouldAskForWholeIncrementsOnBothSides()
    {
        scenario.define(CoreScenario.COARSE)
            .assign("moving-average-crossover", "fast=1", "slow=2", "confirmations=0", "orderNotional=3000",
                "targetBps=100")
            .snapshot(1, "103x1", "104x1").decisions();

        scenario.trades(100, 99, 102, 103).fill(1, 20, 100).trade(104);

        assertThat(scenario.decisions()).contains("[1] NEW BUY 20@100 POST_ONLY CONFIRMED",
            "[1] NEW SELL 20@105 TARGET");
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"fast=0", "fast=2", "slow=1", "slow=100001", "source=2", "shorts=2", "confirmations=-1",
        "confirmations=0.5", "stopBps=0", "stopBps=10001", "targetBps=0", "entryTimeoutMs=0", "orderNotional=0",
        "orderNotional=-1", "speed=1"})
    void shouldRefuseParametersOutOfRangeOrUnknown(final String parameter)
    {
        scenario.decisions();
        scenario.assign("moving-average-crossover", "slow=2", "fast=1", parameter);

        assertDecisions("AssignStrategy INVALID_VALUE");
    }

    @Test
    void shouldTakeParametersAtTheEndsOfTheirRanges()
    {
        scenario.decisions();
        scenario
            .assign("moving-average-crossover", "fast=1", "slow=2", "stopBps=1", "targetBps=10000", "confirmations=0",
                "entryTimeoutMs=1", "shorts=0", "source=1", "orderNotional=0.00000001")
            .assign("moving-average-crossover");

        assertDecisions("AssignStrategy ACCEPTED", "AssignStrategy ACCEPTED");
    }

    /** 100,000 prices of a million million ticks do not fit in 64 bits when multiplied out. */
    @Test
    void shouldNotBeStoppedByLongAveragesOfFineTicks()
    {
        final MovingAverage fast = new MovingAverage(50_000);
        final MovingAverage slow = new MovingAverage(100_000);
        for (int i = 0; i < 100_000; i++)
        {
            fast.add(10_000_000_000_000L);
            slow.add(10_000_000_000_000L);
        }
        assertThat(fast.compareTo(slow)).isZero();
        fast.add(10_000_000_000_001L);
        assertThat(fast.compareTo(slow)).isEqualTo(1);
        fast.add(9_999_999_999_000L);
        assertThat(fast.compareTo(slow)).isEqualTo(-1);
    }

    @Test
    void shouldOrderNothingWhereOneLotCannotBeCounted()
    {
        final long bid = Long.MAX_VALUE / 4;
        scenario.define(CoreScenario.COARSE).assign("moving-average-crossover", PARAMETERS)
            .snapshot(1, bid + "x1", bid + 1 + "x1").trades(100, 99, 102, 103);

        assertThat(scenario.decisions()).endsWith(
            "[1] REFUSED INVALID_QUANTITY limit=10 actual=0", "[1] CLOSE_WATCH->WATCH REFUSED");
    }
}
