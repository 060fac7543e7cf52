package io.lockstep.core.order;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.CoreScenario;
import io.lockstep.core.strategy.StrategyContext;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sbe.TriggerSource;
import org.junit.jupiter.api.Test;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.cancelOldest;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Orders that the engine holds for a trigger. Behind every input the core is compared with one that was restored from it: no restart
 * forgets a stop. The market is 100 to 101 at first.
 */
class HeldOrderTest
{
    private final CoreScenario scenario = CoreScenario.reckoned();

    private static Consumer<StrategyContext> send(final UnaryOperator<OrderTerms> terms)
    {
        return (context) -> context.send(terms.apply(context.terms().quantity(10).reason(OrderReason.STOP)));
    }

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    private void assertHeard(final String... expected)
    {
        assertThat(scenario.heard()).containsExactly(expected);
    }

    private CoreScenario holding(final UnaryOperator<OrderTerms> terms)
    {
        scenario.act(send(terms)).decisions();
        return scenario;
    }

    private int heldCount()
    {
        return scenario.core().slot(0).triggers().watched();
    }

    @Test
    void shouldHoldAStopUntilTheBidHasFallenToIt()
    {
        scenario.act(send((terms) -> terms.sell().stop(98)));
        assertDecisions("HELD #1 SELL STOP 10 trigger=98 on BID_ASK STOP");
        assertThat(scenario.core().openOrders(0).first().state()).isEqualTo(OrderState.HELD);
        assertThat(scenario.core().openOrders(0).first().exposureLots()).isZero();

        scenario.update("100x0", "");
        assertDecisions();
        scenario.update("99x0 98x5", "");
        assertDecisions("TRIGGERED #1 98 by 98", "NEW SELL 10@MARKET STOP");
        assertHeard("RELEASED PENDING_NEW 0/10");

        scenario.fill(1, 10, 98);
        assertHeard("FILL FILLED 10/10");
        assertThat(scenario.core().position(0).netLots()).isEqualTo(-10);
        assertThat(scenario.core().openOrderCount()).isZero();
        assertThat(scenario.core().impossibleOrderEvents()).isZero();
    }

    @Test
    void shouldHoldABuyStopUntilTheOfferHasRisenToIt()
    {
        holding((terms) -> terms.buy().stop(103)).update("", "101x0");
        assertDecisions();
        scenario.update("", "102x0 105x3");
        assertDecisions("TRIGGERED #1 103 by 105", "NEW BUY 10@MARKET STOP");
    }

    @Test
    void shouldBecomeALimitOrder()
    {
        holding((terms) -> terms.sell().stopLimit(98, 97)).update("100x0 99x0 98x1", "");
        assertDecisions("TRIGGERED #1 98 by 98", "NEW SELL 10@97 STOP");
        scenario.accept(1).fill(1, 4, 98);
        assertHeard("RELEASED PENDING_NEW 0/10", "ACCEPTED NEW 0/10", "PARTIAL_FILL PARTIALLY_FILLED 4/10");
    }

    @Test
    void shouldTakeProfitWhenTouched()
    {
        holding((terms) -> terms.sell().marketIfTouched(103)).act(send((terms) -> terms.buy().limitIfTouched(98, 99)));
        assertDecisions("HELD #2 BUY LIMIT_IF_TOUCHED 10@99 trigger=98 on BID_ASK STOP");

        scenario.snapshot(200, "103x4", "104x4");
        assertDecisions("TRIGGERED #1 103 by 103", "NEW SELL 10@MARKET STOP");
        scenario.snapshot(300, "96x4", "97x4");
        assertDecisions("TRIGGERED #2 98 by 97", "NEW BUY 10@99 STOP");
    }

    @Test
    void shouldFollowTheLastTrade()
    {
        holding((terms) -> terms.sell().stop(98).on(TriggerSource.LAST_TRADE)).snapshot(200, "97x4", "98x4");
        assertDecisions();
        scenario.trade(99).trade(98);
        assertDecisions("TRIGGERED #1 98 by 98", "NEW SELL 10@MARKET STOP");
    }

    @Test
    void shouldFollowTheMiddleAndRoundItTowardsTheTrigger()
    {
        // The middle is 100.5: not yet at 101, nor at 100.
        holding((terms) -> terms.buy().stop(101).on(TriggerSource.MID)).act(
            send((terms) -> terms.sell().stop(100).on(TriggerSource.MID))).decisions();
        scenario.update("100x2", "");
        assertDecisions();
        scenario.update("", "101x0");
        assertDecisions("TRIGGERED #1 101 by 101", "NEW BUY 10@MARKET STOP");
        scenario.snapshot(300, "99x1", "101x1");
        assertDecisions("TRIGGERED #2 100 by 100", "NEW SELL 10@MARKET STOP");
    }

    @Test
    void shouldFollowTheMarkPriceOfTheVenue()
    {
        scenario.markPrice(100, 100);
        holding((terms) -> terms.sell().stop(98).on(TriggerSource.MARK)).snapshot(200, "97x4", "98x4").trade(97);
        assertDecisions();
        scenario.markPrice(98, 98);
        assertDecisions("TRIGGERED #1 98 by 98", "NEW SELL 10@MARKET STOP");
    }

    @Test
    void shouldWaitForAMarkPriceThatIsYoungEnough()
    {
        scenario.limit(LimitType.MAX_MARKET_DATA_AGE_MS, "50").markPrice(100, 100);
        holding((terms) -> terms.sell().stop(98).on(TriggerSource.MARK)).at(200).update("100x1", "").receivedAt(100)
            .markPrice(97, 97);
        assertDecisions();
        scenario.at(210).receivedNow().update("100x2", "").markPrice(96, 96);
        assertDecisions("TRIGGERED #1 98 by 96 waited 10ms", "NEW SELL 10@MARKET STOP");
    }

    /** Whatever lies between, and whatever comes after: an order is triggered once. */
    @Test
    void shouldFireOnceOnAGap()
    {
        holding((terms) -> terms.sell().stop(98)).snapshot(200, "50x4", "51x4");
        assertDecisions("TRIGGERED #1 98 by 50", "NEW SELL 10@MARKET STOP");
        scenario.snapshot(300, "40x4", "41x4").snapshot(400, "98x4", "99x4").snapshot(500, "30x4", "31x4");
        assertDecisions();
        assertThat(heldCount()).isZero();
    }

    @Test
    void shouldTriggerByPriceAndThenByAge()
    {
        holding((terms) -> terms.sell().stop(97)).act(send((terms) -> terms.sell().stop(99)))
            .act(send((terms) -> terms.sell().stop(97))).act(send((terms) -> terms.sell().stop(98))).decisions();

        scenario.snapshot(200, "90x4", "91x4");

        assertDecisions("TRIGGERED #2 99 by 90", "NEW SELL 10@MARKET STOP",
            "TRIGGERED #4 98 by 90", "NEW SELL 10@MARKET STOP", "TRIGGERED #1 97 by 90", "NEW SELL 10@MARKET STOP",
            "TRIGGERED #3 97 by 90", "NEW SELL 10@MARKET STOP");
    }

    /** A position opened by a strategy that sees the event after its stop has left is the strategy's own affair. */
    @Test
    void shouldTriggerBeforeTheStrategySeesTheEvent()
    {
        holding((terms) -> terms.sell().stop(98)).later(buy(1, 90)).snapshot(200, "90x4", "91x4");

        assertDecisions("TRIGGERED #1 98 by 90", "NEW SELL 10@MARKET STOP", "NEW BUY 1@90 SIGNAL");
    }

    // What cannot be relied on.

    @Test
    void shouldWaitForAMarketThatIsStaleAndSayHowLong()
    {
        holding((terms) -> terms.sell().stop(98)).update(1, 900, "50x1", "");
        assertDecisions("MARKET STALE SEQUENCE_GAP expected=100 actual=1", "ASK 0 FOR SNAPSHOT SEQUENCE_GAP");
        scenario.at(100).quote(950, 90, 91);
        assertDecisions();
        assertThat(scenario.core().openOrders(0).first().trigger().waitingSinceNs()).isEqualTo(scenario.nowNs());

        scenario.at(130).quote(951, 80, 81).at(140).snapshot(1000, "97x1", "99x1");
        assertDecisions("MARKET LIVE", "TRIGGERED #1 98 by 97 waited 40ms", "NEW SELL 10@MARKET STOP");
    }

    /** What was reached only by data that was wrong was not reached. */
    @Test
    void shouldNotBeTriggeredByWhatOnlyAStaleMarketSaid()
    {
        holding((terms) -> terms.sell().stop(98)).update(1, 900, "50x1", "").quote(950, 90, 91)
            .at(20).snapshot(1000, "100x1", "101x1").decisions();

        assertThat(scenario.core().openOrders(0).first().isHeld()).isTrue();
        assertThat(scenario.core().openOrders(0).first().trigger().waitingSinceNs())
            .isEqualTo(Nulls.NULL_TIME_NS);
        scenario.at(30).update("100x0 97x1", "");
        assertDecisions("TRIGGERED #1 98 by 97", "NEW SELL 10@MARKET STOP");
    }

    @Test
    void shouldNotBeTriggeredByACrossedBook()
    {
        holding((terms) -> terms.buy().stop(103)).act(send((terms) -> terms.sell().stop(98)))
            .act(send((terms) -> terms.sell().stop(97).on(TriggerSource.LAST_TRADE))).decisions();
        scenario.at(5).update("110x1", "");
        assertDecisions("MARKET STALE CROSSED_BOOK expected=110 actual=101");
        scenario.at(6).update("", "101x0 102x0 105x1").trade(90);
        assertDecisions();
        scenario.at(9).update("110x0", "");
        // The offer is at 105 and the last trade was at 90: both were seen while the book was crossed.
        assertDecisions("MARKET LIVE", "TRIGGERED #3 97 by 90 waited 3ms", "NEW SELL 10@MARKET STOP",
            "TRIGGERED #1 103 by 105 waited 3ms", "NEW BUY 10@MARKET STOP");
    }

    @Test
    void shouldNotBeTriggeredByACrossedQuote()
    {
        holding((terms) -> terms.buy().stop(103)).quote(200, 107, 106);
        assertDecisions();
        scenario.at(4).quote(201, 105, 106);
        assertDecisions("TRIGGERED #1 103 by 106 waited 4ms", "NEW BUY 10@MARKET STOP");
    }

    @Test
    void shouldWaitForDataThatIsYoungEnough()
    {
        scenario.limit(LimitType.MAX_MARKET_DATA_AGE_MS, "50");
        holding((terms) -> terms.sell().stop(98)).at(200).receivedAt(100).snapshot(200, "97x1", "99x1");
        assertDecisions();
        scenario.at(220).receivedAt(210).update("97x2", "");
        assertDecisions("TRIGGERED #1 98 by 97 waited 20ms", "NEW SELL 10@MARKET STOP");
    }

    @Test
    void shouldWaitWhileTheSourceIsSilent()
    {
        holding((terms) -> terms.sell().stop(98)).feed(FeedCondition.STALE, FeedReason.SILENT)
            .at(3).quote(200, 97, 99);
        assertDecisions("MARKET STALE SILENT");
        scenario.at(8).feed(FeedCondition.LIVE, FeedReason.SILENT);
        assertDecisions("MARKET LIVE", "TRIGGERED #1 98 by 97 waited 5ms", "NEW SELL 10@MARKET STOP");
    }

    // Checked when placed, and when it leaves.

    @Test
    void shouldRefuseATriggerThatHasBeenPassed()
    {
        scenario.act(send((terms) -> terms.sell().stop(100))).act(send((terms) -> terms.buy().stop(101)))
            .act(send((terms) -> terms.sell().marketIfTouched(100)))
            .act(send((terms) -> terms.buy().marketIfTouched(101)));
        assertDecisions("REFUSED TRIGGER_WRONG_SIDE limit=100 actual=100",
            "REFUSED TRIGGER_WRONG_SIDE limit=101 actual=101", "REFUSED TRIGGER_WRONG_SIDE limit=100 actual=100",
            "REFUSED TRIGGER_WRONG_SIDE limit=101 actual=101");
        assertThat(scenario.core().openOrderCount()).isZero();
    }

    @Test
    void shouldDenyWhenTheChainRefusesItOnItsWayOut()
    {
        holding((terms) -> terms.sell().stop(98)).limit(LimitType.MAX_ORDER_QUANTITY, "9").decisions();

        scenario.snapshot(200, "97x4", "99x4");

        assertDecisions("TRIGGERED #1 98 by 97", "REFUSED MAX_ORDER_QUANTITY limit=9 actual=10",
            "HELD DENIED #1 STOP");
        assertHeard("DENIED DENIED 0/10");
        assertThat(scenario.core().openOrderCount()).isZero();
    }

    @Test
    void shouldHoldNothingWhileHalted()
    {
        scenario.mode(TradingMode.HALTED).act(send((terms) -> terms.sell().stop(98)));
        assertDecisions("SetTradingMode ACCEPTED", "REFUSED HALTED");
    }

    @Test
    void shouldCountAsAnOpenOrderOnce()
    {
        scenario.limit(LimitType.MAX_OPEN_ORDERS, "1").decisions();
        holding((terms) -> terms.sell().stop(98)).act(send((terms) -> terms.sell().stop(98)));
        assertDecisions("REFUSED MAX_OPEN_ORDERS limit=1 actual=2");
        scenario.snapshot(200, "97x4", "99x4");
        assertDecisions("TRIGGERED #1 98 by 97", "NEW SELL 10@MARKET STOP");
    }

    // How it ends.

    @Test
    void shouldEndAtOnceWhenCancelled()
    {
        holding((terms) -> terms.sell().stop(98)).act(cancelOldest());

        assertDecisions("HELD CANCELED #1 ABANDONED");
        assertHeard("CANCELED CANCELED 0/10");
        assertThat(scenario.core().openOrderCount()).isZero();
        scenario.snapshot(200, "97x4", "99x4");
        assertDecisions();
    }

    @Test
    void shouldBeGoneByAKill()
    {
        holding((terms) -> terms.sell().stop(98)).act(buy(1, 90)).decisions();
        scenario.mode(TradingMode.KILLED);
        assertDecisions("HELD CANCELED #1 OPERATOR", "CANCEL #2 OPERATOR", "TIMER WISHES at 5000ms",
            "SetTradingMode ACCEPTED");
        assertThat(heldCount()).isZero();
    }

    @Test
    void shouldLetTheStrategyPlaceAnotherWhenItHearsOfTheEnd()
    {
        holding((terms) -> terms.sell().stop(98)).onOrder((context, order, event) ->
        {
            if (event == OrderEvent.CANCELED)
            {
                context.send(context.terms().sell().stop(97).quantity(5).reason(OrderReason.STOP));
            }
        }).act(cancelOldest());

        assertDecisions("HELD CANCELED #1 ABANDONED", "HELD #2 SELL STOP 5 trigger=97 on BID_ASK STOP");
        assertThat(heldCount()).isEqualTo(1);
    }

    /** In the incarnation after a crash the order keeps the ClOrdID that it was given when it was placed. */
    @Test
    void shouldSurviveARestart()
    {
        final String clOrdId = holding((terms) -> terms.sell().stop(98)).order(1).clOrdId();
        scenario.incarnation(4).snapshot(200, "97x4", "99x4");

        assertDecisions("TRIGGERED #1 98 by 97", "NEW SELL 10@MARKET STOP");
        assertThat(scenario.order(1).clOrdId()).isEqualTo(clOrdId);
    }

    @Test
    void shouldSayWhichSideReducesNothing()
    {
        scenario.act(send((terms) -> terms.sell().stop(98).reduceOnly()));
        assertDecisions("REFUSED REDUCE_ONLY_NO_POSITION limit=0");
        scenario.act(buy(10, 101)).fill(1, 10, 101).act(send((terms) -> terms.sell().stop(98).reduceOnly()));
        assertDecisions("NEW BUY 10@101 SIGNAL", "HELD #2 SELL STOP 10 trigger=98 on BID_ASK REDUCE_ONLY STOP");
        assertThat(scenario.order(2).side()).isEqualTo(Side.SELL);
    }
}
