package io.lockstep.core.list;

import io.lockstep.core.CoreScenario;
import io.lockstep.core.order.Order;
import io.lockstep.core.strategy.StrategyContext;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TradingMode;
import org.junit.jupiter.api.Test;

import java.util.function.Consumer;

import static io.lockstep.core.CoreScenario.buy;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lists of orders at a venue. Behind every input the core is compared with one that was restored from it: a list's life is cut at each of its
 * moments. The market is 100 to 101 at first.
 */
class OrderListScenarioTest
{
    private final CoreScenario scenario = CoreScenario.reckoned();

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    /** Buys 10 at 100, stop at 95, target at 110: orders 1, 2 and 3. */
    private static Consumer<StrategyContext> bracket()
    {
        return list((list) ->
        {
            list.bracket().entry().buy().limit(100).quantity(10).reason(OrderReason.SIGNAL);
            list.stop().stop(95);
            list.target().limit(110);
        });
    }

    /** Sells 10 at 110, or below 95: orders 1 and 2. */
    private static Consumer<StrategyContext> oco()
    {
        return list((list) ->
        {
            list.oco().first().sell().limit(110).quantity(10).reason(OrderReason.SIGNAL);
            list.second().stop(95);
        });
    }

    private static Consumer<StrategyContext> list(final Consumer<ListTerms> terms)
    {
        return (context) ->
        {
            final ListTerms list = context.list();
            terms.accept(list);
            context.send(list);
        };
    }

    /** A bracket whose entry is filled: the target is at the venue, and the stop watches. */
    private CoreScenario filledBracket()
    {
        scenario.act(bracket()).accept(1).fill(1, 10, 100).accept(3).decisions();
        scenario.heard();
        return scenario;
    }

    private void assertDone()
    {
        assertThat(scenario.core().openOrderCount()).isZero();
        assertThat(scenario.core().position(0).netLots()).isZero();
        assertThat(scenario.core().impossibleOrderEvents()).isZero();
    }

    // Bracket.

    @Test
    void shouldHoldTheExitsUntilTheEntryFills()
    {
        scenario.act(bracket());
        assertDecisions("LIST 1 BRACKET 10 of 3", "NEW BUY 10@100 SIGNAL",
            "HELD #2 SELL STOP 10 trigger=95 on BID_ASK STOP", "HELD #3 SELL LIMIT 10@110 TARGET");
        scenario.accept(1).snapshot(200, "90x1", "91x1");
        assertDecisions();
        for (Order order = scenario.core().openOrders(0).first(); order != null; order = scenario.core().openOrders(0)
            .next(order))
        {
            assertThat(order.listId()).isEqualTo(1);
        }
    }

    @Test
    void shouldSizeTheExitsByWhatTheEntryHasFilled()
    {
        scenario.act(bracket()).accept(1).decisions();
        scenario.fill(1, 4, 100);
        assertDecisions("HELD REPLACED #2 4 trigger=95 LIST", "HELD REPLACED #3 4@110 LIST", "NEW SELL 4@110 TARGET");
        scenario.fill(1, 5, 100);
        // The target has not been accepted yet: it can be replaced when it has.
        assertDecisions("HELD REPLACED #2 9 trigger=95 LIST");
        scenario.accept(3);
        assertDecisions("REPLACE #3 9@110 LIST");
        scenario.fill(1, 1, 100);
        assertDecisions("HELD REPLACED #2 10 trigger=95 LIST");
        scenario.replace(3);
        assertDecisions("REPLACE #3 10@110 LIST");
        scenario.replace(3).fill(3, 10, 110);
        assertDecisions("HELD CANCELED #2 LIST", "LIST 1 ended entry=10 exits=10");
        assertDone();
    }

    @Test
    void shouldReduceTheStopByWhatTheTargetFills()
    {
        filledBracket().fill(3, 3, 110);
        assertDecisions("HELD REPLACED #2 7 trigger=95 LIST");
    }

    @Test
    void shouldSendTheStopWhenTheTargetIsGone()
    {
        filledBracket().snapshot(200, "94x4", "96x4");
        assertDecisions("TRIGGERED #2 95 by 94", "CANCEL #3 LIST", "TIMER WISHES at 5000ms");
        scenario.fill(3, 2, 110).cancel(3);
        assertDecisions("HELD REPLACED #2 8 trigger=95 LIST", "NEW SELL 8@MARKET STOP");
        scenario.fill(2, 8, 94);
        assertDecisions("LIST 1 ended entry=10 exits=10");
        assertDone();
    }

    @Test
    void shouldNotSendTheStopWhenTheTargetFillsInstead()
    {
        filledBracket().snapshot(200, "94x4", "96x4").decisions();
        scenario.fill(3, 10, 110);
        assertDecisions("HELD CANCELED #2 LIST", "LIST 1 ended entry=10 exits=10");
        assertDone();
    }

    @Test
    void shouldWaitForTheTargetsCancelThoughTheVenueRefusesItOnce()
    {
        filledBracket().snapshot(200, "94x4", "96x4").decisions();
        scenario.rejectCancel(3);
        assertDecisions("TIMER WISHES at 100ms");
        scenario.cancel(3);
        assertDecisions("NEW SELL 10@MARKET STOP");
    }

    /** The stop is born through its trigger: it fires at once, and the target never leaves. */
    @Test
    void shouldFireTheStopAtOnceWhenTheMarketIsBeyondIt()
    {
        scenario.act(bracket()).accept(1).snapshot(200, "90x1", "91x1").decisions();
        scenario.fill(1, 10, 100);
        assertDecisions("TRIGGERED #2 95 by 90", "NEW SELL 10@MARKET STOP");
        scenario.fill(2, 10, 90);
        assertDecisions("HELD CANCELED #3 LIST", "LIST 1 ended entry=10 exits=10");
        assertDone();
    }

    /** What the entry fills while its cancel is under way is the stop's, too. */
    @Test
    void shouldCancelTheRestOfTheEntryBeforeTheStopLeaves()
    {
        scenario.act(bracket()).accept(1).fill(1, 4, 100).accept(3).decisions();
        scenario.snapshot(200, "94x4", "96x4");
        assertDecisions("TRIGGERED #2 95 by 94", "CANCEL #3 LIST", "TIMER WISHES at 5000ms");
        scenario.cancel(3);
        assertDecisions("CANCEL #1 LIST");
        scenario.fill(1, 5, 100).cancel(1);
        assertDecisions("HELD REPLACED #2 9 trigger=95 LIST", "NEW SELL 9@MARKET STOP");
        scenario.fill(2, 9, 94);
        assertDecisions("LIST 1 ended entry=9 exits=9");
        assertDone();
    }

    @Test
    void shouldEndWithAnEntryThatTheVenueRejects()
    {
        scenario.act(bracket()).decisions();
        scenario.reject(1);
        assertDecisions("HELD CANCELED #2 LIST", "HELD CANCELED #3 LIST", "LIST 1 ended entry=0 exits=0");
        assertDone();
    }

    @Test
    void shouldKeepTheExitsOfWhatIsFilledWhenTheEntryIsCancelled()
    {
        scenario.act(bracket()).accept(1).fill(1, 4, 100).accept(3).decisions();
        scenario.act((context) -> context.cancel(context.openOrders().first(), OrderReason.TIMEOUT)).cancel(1);
        assertDecisions("CANCEL #1 TIMEOUT");
        scenario.fill(3, 4, 110);
        assertDecisions("HELD CANCELED #2 LIST", "LIST 1 ended entry=4 exits=4");
        assertDone();
    }

    @Test
    void shouldEndTheEntryWhenTheTargetHasTakenAllThereIs()
    {
        scenario.act(bracket()).accept(1).fill(1, 4, 100).accept(3).decisions();
        scenario.fill(3, 4, 110);
        assertDecisions("CANCEL #1 LIST", "TIMER WISHES at 5000ms");
        // Filled meanwhile: the stop is there for it.
        scenario.fill(1, 1, 100);
        assertDecisions("HELD REPLACED #2 1 trigger=95 LIST");
        scenario.cancel(1);
        assertDecisions();
        scenario.snapshot(200, "94x4", "96x4").fill(2, 1, 94);
        assertDecisions("TRIGGERED #2 95 by 94", "NEW SELL 1@MARKET STOP", "LIST 1 ended entry=5 exits=5");
        assertDone();
    }

    /** What protects a position stays when the other order of the pair is lost. */
    @Test
    void shouldKeepTheStopWhenTheVenueDropsTheTarget()
    {
        filledBracket().cancel(3);
        assertDecisions();
        scenario.snapshot(200, "94x4", "96x4");
        assertDecisions("TRIGGERED #2 95 by 94", "NEW SELL 10@MARKET STOP");
    }

    @Test
    void shouldReduceTheStopAtTheVenueByALateFillOfTheTarget()
    {
        scenario.act(list((list) ->
        {
            list.bracket().entry().buy().limit(100).quantity(10).reason(OrderReason.SIGNAL);
            list.stop().stopLimit(95, 90);
            list.target().limit(110);
        })).accept(1).fill(1, 10, 100).accept(3).snapshot(200, "94x4", "96x4").cancel(3).accept(2).decisions();
        scenario.fill(3, 2, 110);
        assertThat(scenario.decisions()).contains("REPLACE #2 8@90 LIST");
        scenario.replace(2).fill(2, 8, 92);
        assertDecisions("LIST 1 ended entry=10 exits=10");
        assertThat(scenario.core().position(0).netLots()).isZero();
    }

    @Test
    void shouldAskAgainForAReplaceThatAnotherLimitHasRefused()
    {
        scenario.limit(LimitType.MAX_ORDERS_PER_SECOND, "2");
        scenario.act(bracket()).accept(1).fill(1, 4, 100).accept(3).decisions();
        scenario.fill(1, 6, 100);
        assertDecisions("HELD REPLACED #2 10 trigger=95 LIST", "REFUSED MAX_ORDER_RATE limit=2 actual=3",
            "TIMER LISTS at 1000ms");
        scenario.at(1_000).listsDue();
        assertDecisions("REPLACE #3 10@110 LIST");
    }

    // OCO.

    @Test
    void shouldRestOneOfAnOcoAndHoldTheOther()
    {
        scenario.act(oco());
        assertDecisions("LIST 1 OCO 10 of 2", "HELD #1 SELL LIMIT 10@110 SIGNAL",
            "HELD #2 SELL STOP 10 trigger=95 on BID_ASK SIGNAL", "NEW SELL 10@110 SIGNAL");
        // By the ClOrdID that it was held by.
        assertThat(scenario.orderCount()).isEqualTo(2);
    }

    @Test
    void shouldFillNoMoreThanItsSizeWhateverTheOrderOfReports()
    {
        scenario.act(oco()).accept(1).fill(1, 4, 110).snapshot(200, "94x4", "96x4").decisions();
        scenario.fill(1, 1, 110).fill(1, 2, 110).cancel(1);
        assertDecisions("HELD REPLACED #2 3 trigger=95 LIST", "NEW SELL 3@MARKET SIGNAL");
        scenario.fill(2, 3, 94);
        assertDecisions("LIST 1 ended exits=10");
        assertThat(scenario.core().position(0).netLots()).isEqualTo(-10);
    }

    @Test
    void shouldLetEitherStopOfABreakoutEndTheOther()
    {
        scenario.act(list((list) ->
        {
            list.oco().first().buy().stop(105).quantity(10).reason(OrderReason.SIGNAL);
            list.second().sell().stop(95);
        }));
        assertDecisions("LIST 1 OCO 10 of 2", "HELD #1 BUY STOP 10 trigger=105 on BID_ASK SIGNAL",
            "HELD #2 SELL STOP 10 trigger=95 on BID_ASK SIGNAL");
        scenario.snapshot(200, "104x4", "106x4").fill(1, 10, 106);
        assertDecisions("TRIGGERED #1 105 by 106", "NEW BUY 10@MARKET SIGNAL", "HELD CANCELED #2 LIST",
            "LIST 1 ended exits=10");
    }

    // What else happens to lists.

    @Test
    void shouldBeDeniedWhole()
    {
        scenario.act(list((list) ->
        {
            list.bracket().entry().buy().limit(100).quantity(10).reason(OrderReason.SIGNAL);
            list.stop().stop(0);
            list.target().limit(110);
        }));
        assertDecisions("REFUSED TRIGGER_MISSING limit=1 actual=0", "REFUSED LIST_PART_DENIED",
            "REFUSED LIST_PART_DENIED");
        assertThat(scenario.core().openOrderCount()).isZero();
        scenario.act(oco());
        assertThat(scenario.decisions()).first().isEqualTo("LIST 1 OCO 10 of 2");
    }

    @Test
    void shouldBeDeniedWhenNotAllOfItsOrdersMayBeOpen()
    {
        scenario.limit(LimitType.MAX_OPEN_ORDERS, "2").decisions();
        scenario.act(bracket());
        assertDecisions("REFUSED MAX_OPEN_ORDERS limit=2 actual=3", "REFUSED LIST_PART_DENIED",
            "REFUSED LIST_PART_DENIED");
    }

    @Test
    void shouldSayWhatIsMissing()
    {
        scenario.act(list((list) -> list.bracket().entry().buy().limit(100).quantity(10).reason(OrderReason.SIGNAL)));
        assertDecisions("REFUSED LIST_INCOMPLETE", "REFUSED LIST_PART_DENIED", "REFUSED LIST_PART_DENIED");
        scenario.act((context) -> context.send(context.list()));
        assertDecisions("REFUSED LIST_INCOMPLETE");
    }

    @Test
    void shouldSayWhatContradicts()
    {
        scenario.act(list((list) ->
        {
            list.bracket().entry().buy().limit(100).quantity(10).reason(OrderReason.SIGNAL);
            list.stop().buy().stop(105);
            list.target().limit(110);
        }));
        assertThat(scenario.decisions()).first().isEqualTo("REFUSED LIST_CONTRADICTION");
        scenario.act(list((list) ->
        {
            list.oco().first().sell().limit(110).quantity(10).reason(OrderReason.SIGNAL);
            list.second().limit(120);
        }));
        assertThat(scenario.decisions()).first().isEqualTo("REFUSED LIST_CONTRADICTION");
        scenario.act(list((list) ->
        {
            list.oco().first().sell().limit(110).quantity(10).reason(OrderReason.SIGNAL);
            list.second().stop(95).quantity(9);
        }));
        assertThat(scenario.decisions()).first().isEqualTo("REFUSED LIST_CONTRADICTION");
    }

    /** Nobody would ever let it out. */
    @Test
    void shouldRefuseAnOrderThatWaitsForAListByItself()
    {
        scenario.act((context) -> context.send(context.terms().buy().limit(100).quantity(1).heldForList()
            .reason(OrderReason.SIGNAL)));
        scenario.act((context) -> context.send(context.terms().buy().limit(100).quantity(1).list(1)
            .reason(OrderReason.SIGNAL)));
        assertDecisions("REFUSED LIST_INCOMPLETE", "REFUSED LIST_INCOMPLETE");
    }

    @Test
    void shouldBeGoneByAKill()
    {
        filledBracket().mode(TradingMode.KILLED);
        assertDecisions("HELD CANCELED #2 OPERATOR", "CANCEL #3 OPERATOR", "TIMER WISHES at 5000ms",
            "SetTradingMode ACCEPTED");
        scenario.cancel(3);
        assertDecisions("LIST 1 ended entry=10 exits=0");
        assertThat(scenario.core().openOrderCount()).isZero();
    }

    @Test
    void shouldBeCancelledWhole()
    {
        scenario.act(bracket()).accept(1).fill(1, 4, 100).accept(3).decisions();
        scenario.act((context) -> assertThat(context.cancelList(1, OrderReason.REVERSAL)).isTrue());
        assertDecisions("CANCEL #1 REVERSAL", "TIMER WISHES at 5000ms", "HELD CANCELED #2 REVERSAL",
            "CANCEL #3 REVERSAL");
        scenario.cancel(1).cancel(3);
        assertDecisions("LIST 1 ended entry=4 exits=0");
        scenario.act((context) -> assertThat(context.cancelList(1, OrderReason.REVERSAL)).isFalse());
    }

    @Test
    void shouldReplaceThePriceOfAnExitAndNotItsQuantity()
    {
        filledBracket().act((context) -> context.replace(order(context, 3), 108, 10, OrderReason.SIGNAL));
        assertDecisions("REPLACE #3 10@108 SIGNAL");
        scenario.replace(3).act((context) -> context.replace(order(context, 3), 108, 5, OrderReason.SIGNAL));
        assertDecisions("REFUSED LIST_CONTRADICTION limit=10 actual=5");
        scenario.act((context) -> context.replace(order(context, 2), context.terms().trigger(97)
            .reason(OrderReason.SIGNAL)));
        assertDecisions("HELD REPLACED #2 10 trigger=97 SIGNAL");
    }

    private static Order order(final StrategyContext context, final int number)
    {
        Order order = context.openOrders().first();
        while (order.number() != number)
        {
            order = context.openOrders().next(order);
        }
        return order;
    }

    @Test
    void shouldCountListsOnAndOn()
    {
        filledBracket().act(oco());
        assertThat(scenario.decisions()).first().isEqualTo("LIST 2 OCO 10 of 2");
        scenario.fill(3, 10, 110).decisions();
        scenario.act(oco());
        assertThat(scenario.decisions()).first().isEqualTo("LIST 3 OCO 10 of 2");
    }

    /** The strategy hears of the entry's fill before the exits leave, and may cancel the list there. */
    @Test
    void shouldLetTheStrategyCancelTheListAsTheEntryFills()
    {
        scenario.act(bracket()).accept(1).decisions();
        scenario.onOrder((context, order, event) ->
        {
            if (order.side() == Side.BUY)
            {
                context.cancelList(1, OrderReason.ABANDONED);
            }
        });
        scenario.fill(1, 10, 100);
        assertDecisions("HELD CANCELED #2 ABANDONED", "HELD CANCELED #3 ABANDONED", "LIST 1 ended entry=10 exits=0");
    }

    /** Orders come from a pool: one that takes the place of the list's entry in the same input is none of the list's. */
    @Test
    void shouldNotTakeANewOrderForAnOldPart()
    {
        scenario.act(bracket()).accept(1).decisions();
        scenario.onOrder((context, order, event) ->
        {
            if (order.side() == Side.BUY && order.state().isTerminal())
            {
                buy(3, 90).accept(context);
            }
        });
        scenario.fill(1, 10, 100);
        assertDecisions("NEW BUY 3@90 SIGNAL", "NEW SELL 10@110 TARGET");
        scenario.accept(3).fill(3, 10, 110);
        assertDecisions("HELD CANCELED #2 LIST", "LIST 1 ended entry=10 exits=10");
    }

    /** While trading is halted nothing leaves, and what is filled is still counted. */
    @Test
    void shouldKeepSizesRightWhileTradingIsHalted()
    {
        filledBracket().mode(TradingMode.HALTED).fill(3, 3, 110);
        assertDecisions("SetTradingMode ACCEPTED", "HELD REPLACED #2 7 trigger=95 LIST");
        scenario.mode(TradingMode.RUNNING).snapshot(200, "94x4", "96x4").cancel(3);
        assertDecisions("SetTradingMode ACCEPTED", "TRIGGERED #2 95 by 94", "CANCEL #3 LIST",
            "TIMER WISHES at 5000ms", "NEW SELL 7@MARKET STOP");
    }

    /** A report that comes twice, and one that comes when the order is over, change nothing. */
    @Test
    void shouldTakeRepeatedAndLateReportsOnce()
    {
        filledBracket().fill(3, 10, 110).decisions();
        scenario.cancel(3).accept(3);
        assertDecisions();
        assertThat(scenario.core().lists().count()).isZero();
    }

    /** The target fills while its cancel is refused for being too late: the stop is over, and not sent. */
    @Test
    void shouldNotSendTheStopWhenTheCancelComesTooLate()
    {
        filledBracket().snapshot(200, "94x4", "96x4").rejectCancel(3).decisions();
        scenario.fill(3, 10, 110);
        assertDecisions("HELD CANCELED #2 LIST", "LIST 1 ended entry=10 exits=10");
        assertDone();
    }

    @Test
    void shouldLetExitsGrowWhileOnlyReducingIsAllowed()
    {
        scenario.act(bracket()).accept(1).fill(1, 4, 100).accept(3).decisions();
        scenario.mode(TradingMode.REDUCE_ONLY).fill(1, 2, 100);
        assertDecisions("SetTradingMode ACCEPTED", "HELD REPLACED #2 6 trigger=95 LIST", "REPLACE #3 6@110 LIST");
    }
}
