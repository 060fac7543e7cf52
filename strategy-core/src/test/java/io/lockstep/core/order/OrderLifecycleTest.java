package io.lockstep.core.order;

import io.lockstep.core.CoreScenario;
import io.lockstep.core.TradingCore;
import io.lockstep.core.strategy.StrategyContext;
import io.lockstep.sbe.CxlRejResponseTo;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.OrderReason;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.cancelOldest;
import static io.lockstep.core.CoreScenario.replaceOldest;
import static io.lockstep.core.CoreScenario.sell;
import static io.lockstep.core.CoreScenario.sellMarket;
import static org.assertj.core.api.Assertions.assertThat;

/** The lives of orders, from the strategy's wish to the venue's last word. */
class OrderLifecycleTest
{
    private final CoreScenario scenario = CoreScenario.live();

    private CoreScenario working()
    {
        scenario.act(buy(10, 100)).accept(1).heard();
        scenario.decisions();
        return scenario;
    }

    private long netLots()
    {
        return scenario.core().position(0).netLots();
    }

    private int openCount()
    {
        return scenario.core().openOrders(0).count();
    }

    private void assertNothingImpossible()
    {
        assertThat(scenario.core().impossibleOrderEvents()).isZero();
        assertThat(scenario.core().unknownOrders()).isZero();
    }

    @Test
    void shouldSendAcceptAndFillInParts()
    {
        scenario.act(buy(10, 100)).accept(1).fill(1, 4, 100).fill(1, 6, 99);

        assertThat(scenario.decisions()).containsExactly("NEW BUY 10@100 SIGNAL");
        assertThat(scenario.heard()).containsExactly(
            "ACCEPTED NEW 0/10", "PARTIAL_FILL PARTIALLY_FILLED 4/10", "FILL FILLED 10/10");
        assertThat(netLots()).isEqualTo(10);
        assertThat(scenario.core().position(0).cash().toLongExact()).isEqualTo(-4 * 100 - 6 * 99);
        assertThat(openCount()).isZero();
        assertNothingImpossible();
    }

    @Test
    void shouldCountASaleAsNegativeAndKeepFeesApart()
    {
        scenario.act(sellMarket(7)).fill(1, 7, 100, 3);

        assertThat(scenario.decisions()).containsExactly("NEW SELL 7@MARKET SIGNAL");
        assertThat(netLots()).isEqualTo(-7);
        assertThat(scenario.core().position(0).cash().toLongExact()).isEqualTo(700);
        assertThat(scenario.core().position(0).fees().toLongExact()).isEqualTo(3);
    }

    @Test
    void shouldTakeAFillBeforeTheAcknowledgement()
    {
        scenario.act(buy(10, 100)).fill(1, 4, 100).accept(1).fill(1, 6, 100);

        assertThat(scenario.heard()).containsExactly("PARTIAL_FILL PARTIALLY_FILLED 4/10",
            "ACCEPTED PARTIALLY_FILLED 4/10", "FILL FILLED 10/10");
        assertNothingImpossible();
    }

    @Test
    void shouldTakeTheAcknowledgementAfterAReplaceOfWhatWasFilledBeforeIt()
    {
        scenario.act(buy(10, 100)).fill(1, 4, 100).act(replaceOldest(12, 99)).accept(1).replace(1);

        assertThat(scenario.heard()).containsExactly("PARTIAL_FILL PARTIALLY_FILLED 4/10",
            "ACCEPTED PENDING_REPLACE 4/10", "REPLACED PARTIALLY_FILLED 4/12");
        assertNothingImpossible();
    }

    @Test
    void shouldCancel()
    {
        working().act(cancelOldest()).cancel(1);

        assertThat(scenario.decisions()).containsExactly("CANCEL #1 ABANDONED");
        assertThat(scenario.heard()).containsExactly("CANCELED CANCELED 0/10");
        assertThat(openCount()).isZero();
        assertNothingImpossible();
    }

    @Test
    void shouldCancelBeforeTheAcknowledgement()
    {
        scenario.act(buy(10, 100)).act(cancelOldest()).accept(1).cancel(1);

        assertThat(scenario.decisions()).containsExactly("NEW BUY 10@100 SIGNAL", "CANCEL #1 ABANDONED");
        assertThat(scenario.heard()).containsExactly("ACCEPTED PENDING_CANCEL 0/10", "CANCELED CANCELED 0/10");
        assertNothingImpossible();
    }

    @Test
    void shouldAskOnceForACancelUnderWay()
    {
        working().act(cancelOldest()).act(cancelOldest());

        assertThat(scenario.decisions()).containsExactly("CANCEL #1 ABANDONED");
        assertNothingImpossible();
    }

    @Test
    void shouldFillWhenTheCancelCameTooLate()
    {
        working().act(cancelOldest()).fill(1, 3, 100).rejectCancel(1).fill(1, 7, 100);

        assertThat(scenario.heard()).containsExactly("PARTIAL_FILL PENDING_CANCEL 3/10",
            "REQUEST_REJECTED PARTIALLY_FILLED 3/10", "FILL FILLED 10/10");
        assertThat(netLots()).isEqualTo(10);
        assertNothingImpossible();
    }

    @Test
    void shouldFillWhileACancelIsUnderWay()
    {
        working().act(cancelOldest()).fill(1, 10, 100);
        assertThat(scenario.heard()).containsExactly("FILL FILLED 10/10");
        assertNothingImpossible();

        scenario.rejectCancel(1);
        assertThat(scenario.heard()).isEmpty();
        assertThat(scenario.core().unknownOrders()).isEqualTo(1);
    }

    @Test
    void shouldReplace()
    {
        working().act(replaceOldest(15, 99));
        assertThat(scenario.decisions()).containsExactly("REPLACE #1 15@99 SIGNAL");
        assertThat(scenario.core().openOrders(0).first().priceTicks()).isEqualTo(100);

        scenario.replace(1);
        final Order order = scenario.core().openOrders(0).first();
        assertThat(order.priceTicks()).isEqualTo(99);
        assertThat(CoreScenario.clOrdId(order.incarnation(), order.sequence(), order.ordinal()))
            .isEqualTo(scenario.order(1).clOrdId());

        scenario.fill(1, 15, 99);
        assertThat(scenario.heard()).containsExactly("REPLACED NEW 0/15", "FILL FILLED 15/15");
        assertNothingImpossible();
    }

    /** What the venue says of a name that the order has left reaches the order. */
    @Test
    void shouldFindAReplacedOrderByItsEarlierClOrdId()
    {
        final String first = working().order(1).clOrdId();
        scenario.act(replaceOldest(15, 99)).replace(1).report(ExecType.TRADE, first, "", 1, 99, 14, 0);

        assertThat(scenario.heard()).containsExactly("REPLACED NEW 0/15", "PARTIAL_FILL PARTIALLY_FILLED 1/15");
        assertThat(scenario.core().slot(0).legOf(1).netLots()).isEqualTo(1);
        assertThat(netLots()).isEqualTo(1);
        assertThat(scenario.core().unknownOrders()).isZero();
        assertThat(scenario.core().executionsOutOfPlace()).isZero();
    }

    @Test
    void shouldKeepItsTermsWhenAReplaceIsRefused()
    {
        working().fill(1, 2, 100).act(replaceOldest(15, 99)).rejectReplace(1);

        assertThat(scenario.heard()).containsExactly(
            "PARTIAL_FILL PARTIALLY_FILLED 2/10", "REQUEST_REJECTED PARTIALLY_FILLED 2/10");
        scenario.act(replaceOldest(8, 98)).replace(1).fill(1, 6, 98);
        assertThat(scenario.heard()).containsExactly("REPLACED PARTIALLY_FILLED 2/8", "FILL FILLED 8/8");
        assertNothingImpossible();
    }

    @Test
    void shouldFillWhileAReplaceIsUnderWay()
    {
        working().act(replaceOldest(15, 99)).fill(1, 4, 100).replace(1).fill(1, 11, 99);

        assertThat(scenario.heard()).containsExactly("PARTIAL_FILL PENDING_REPLACE 4/10",
            "REPLACED PARTIALLY_FILLED 4/15", "FILL FILLED 15/15");
        assertNothingImpossible();
    }

    @Test
    void shouldBeFilledBeforeTheReplaceArrives()
    {
        working().act(replaceOldest(15, 99)).fill(1, 10, 100);

        assertThat(scenario.heard()).containsExactly("FILL FILLED 10/10");
        scenario.rejectReplace(1);
        assertThat(scenario.core().unknownOrders()).isEqualTo(1);
        assertThat(openCount()).isZero();
    }

    @Test
    void shouldTakeACancelForAReplaceToWhatIsFilled()
    {
        working().fill(1, 4, 100).act(replaceOldest(5, 100)).fill(1, 2, 100);
        scenario.report(ExecType.CANCELED, scenario.order(1).replaceClOrdId(), scenario.order(1).clOrdId(), 0, 0, 0, 0);

        assertThat(scenario.heard()).endsWith("CANCELED CANCELED 6/10");
        assertNothingImpossible();
    }

    @Test
    void shouldNotReplaceBeforeTheAcknowledgement()
    {
        scenario.act(buy(10, 100)).act(replaceOldest(15, 99));

        assertThat(scenario.decisions()).containsExactly("NEW BUY 10@100 SIGNAL");
        assertNothingImpossible();
    }

    @Test
    void shouldStayUnderCancelWhenTheReplaceBeforeItIsRefused()
    {
        working().act(replaceOldest(15, 99)).act(cancelOldest()).rejectReplace(1).act(cancelOldest());
        assertThat(scenario.decisions()).containsExactly("REPLACE #1 15@99 SIGNAL", "CANCEL #1 ABANDONED");

        scenario.cancel(1);

        assertThat(scenario.heard()).containsExactly("CANCELED CANCELED 0/10");
        assertNothingImpossible();
    }

    @Test
    void shouldStayUnderReplaceWhenTheCancelAfterItIsRefused()
    {
        working().act(replaceOldest(15, 99)).act(cancelOldest()).rejectCancel(1).replace(1);

        assertThat(scenario.heard()).containsExactly("REQUEST_REJECTED PENDING_REPLACE 0/10", "REPLACED NEW 0/15");
        assertNothingImpossible();
    }

    @Test
    void shouldFindTheCancelThatNamedTheOrderBeforeItsReplaceWasGranted()
    {
        working().act(replaceOldest(15, 99)).act(cancelOldest()).replace(1).rejectCancel(1);
        assertThat(scenario.heard()).containsExactly("REPLACED PENDING_CANCEL 0/15", "REQUEST_REJECTED NEW 0/15");
        scenario.decisions();

        scenario.act(cancelOldest()).cancel(1);

        assertThat(scenario.decisions()).containsExactly("CANCEL #1 ABANDONED");
        assertThat(scenario.heard()).containsExactly("CANCELED CANCELED 0/15");
        assertThat(openCount()).isZero();
        assertNothingImpossible();
    }

    @Test
    void shouldBookWhatIsExecutedOfAClosedOrderToItsOwner()
    {
        working();
        final String first = scenario.order(1).clOrdId();
        scenario.act(replaceOldest(15, 99)).act(cancelOldest()).replace(1);
        final String second = scenario.order(1).clOrdId();
        scenario.cancel(1).act(buy(1, 100)).heard();

        scenario.report(ExecType.TRADE, first, "", 1, 99, 0, 0).report(ExecType.TRADE, second, "", 1, 99, 0, 0)
            .report(ExecType.TRADE, scenario.order(1).cancelClOrdId(), "", 1, 99, 0, 0);

        assertThat(scenario.heard()).as("by its last name and the one before")
            .containsExactly("STRAY BUY 1 at 99 net 1", "STRAY BUY 1 at 99 net 2");
        assertThat(scenario.core().unknownOrders()).isZero();
        assertThat(scenario.core().executionsOutOfPlace()).isEqualTo(3);
        assertThat(scenario.core().slot(0).legOf(1).netLots()).isEqualTo(2);
        assertThat(scenario.core().slot(0).legOf(0).netLots()).as("by the name of a cancel, which is no order's")
            .isEqualTo(1);
        assertThat(scenario.decisions()).anyMatch((line) -> line.startsWith("OUT OF PLACE AFTER_END BUY") &&
            line.endsWith("1@99 was=CANCELED of=1 cum=1"));
    }

    @Test
    void shouldCountALargerReplaceAsExposureAlsoWhileACancelFollowsIt()
    {
        working().act(replaceOldest(15, 99));
        assertThat(scenario.core().openOrders(0).first().exposureLots()).isEqualTo(15);

        scenario.act(cancelOldest());
        assertThat(scenario.core().openOrders(0).first().exposureLots()).isEqualTo(15);

        scenario.rejectReplace(1);
        assertThat(scenario.core().openOrders(0).first().exposureLots()).isEqualTo(10);
    }

    @Test
    void shouldEndByRejectionAndByExpiry()
    {
        scenario.act(buy(10, 100)).reject(1).act(sell(5, 101)).accept(2).expire(2);

        assertThat(scenario.heard()).containsExactly(
            "REJECTED REJECTED 0/10", "ACCEPTED NEW 0/5", "EXPIRED EXPIRED 0/5");
        assertThat(openCount()).isZero();
        assertNothingImpossible();
    }

    @Test
    void shouldCountReportsOfUnknownOrdersAndBookWhatIsOurs()
    {
        working().report(ExecType.TRADE, CoreScenario.clOrdId(CoreScenario.INCARNATION, 99, 1), "", 5, 100, 0, 0)
            .report(ExecType.TRADE, "not a ClOrdID", "", 5, 100, 0, 0)
            .reject("", "", CxlRejResponseTo.CANCEL_REQUEST);

        assertThat(scenario.core().unknownOrders()).isEqualTo(2);
        assertThat(scenario.core().executionsOutOfPlace()).isEqualTo(1);
        assertThat(netLots()).isEqualTo(5);
        assertThat(scenario.decisions()).singleElement().asString()
            .startsWith("OUT OF PLACE UNKNOWN_ORDER BUY").endsWith("5@100 was=NULL_VAL of=0 cum=0");
    }

    @Test
    void shouldNotTakeAReportOfAnotherIncarnation()
    {
        final long sequence = working().records().count() - 1;
        final String own = CoreScenario.clOrdId(CoreScenario.INCARNATION, sequence, 1);
        assertThat(scenario.order(1).clOrdId()).isEqualTo(own);

        scenario.report(
            ExecType.TRADE, CoreScenario.clOrdId(CoreScenario.INCARNATION - 1, sequence, 1), "", 10, 100, 0, 0);

        assertThat(scenario.heard()).isEmpty();
        assertThat(openCount()).as("the order of this incarnation is another").isEqualTo(1);
        assertThat(scenario.core().slot(0).legOf(0).netLots()).as("nobody's").isEqualTo(10);
        assertThat(scenario.core().executionsOutOfPlace()).isEqualTo(1);
    }

    @Test
    void shouldFindAnOrderOfAnEarlierIncarnation()
    {
        working().incarnation(CoreScenario.INCARNATION + 1).fill(1, 10, 100);

        assertThat(scenario.heard()).containsExactly("FILL FILLED 10/10");
    }

    @Test
    void shouldRefuseAndCountImpossibleEvents()
    {
        working().accept(1).reject(1);
        scenario.report(ExecType.REPLACED, scenario.order(1).clOrdId(), "", 0, 0, 10, 0);
        scenario.reject("", scenario.order(1).clOrdId(), CxlRejResponseTo.CANCEL_REQUEST);
        scenario.reject("", scenario.order(1).clOrdId(), CxlRejResponseTo.REPLACE_REQUEST);

        assertThat(scenario.core().impossibleOrderEvents()).isEqualTo(5);
        assertThat(scenario.heard()).isEmpty();
        assertThat(openCount()).isEqualTo(1);
    }

    @Test
    void shouldRefuseAReplacedThatNobodyAskedForWhileACancelIsUnderWay()
    {
        working().act(cancelOldest()).report(ExecType.REPLACED, scenario.order(1).clOrdId(), "", 0, 0, 10, 0);

        assertThat(scenario.core().impossibleOrderEvents()).isEqualTo(1);
        assertThat(scenario.heard()).isEmpty();
    }

    @Test
    void shouldRefuseAFillWithoutQuantityOrPrice()
    {
        working();
        final String clOrdId = scenario.order(1).clOrdId();
        scenario.report(ExecType.TRADE, clOrdId, "", 0, 100, 10, 0).report(ExecType.TRADE, clOrdId, "", -1, 100, 10, 0);
        scenario.report(ExecType.TRADE, clOrdId, "", 3, Long.MIN_VALUE, 7, 0);

        assertThat(scenario.core().impossibleOrderEvents()).isEqualTo(3);
        assertThat(netLots()).isZero();
        assertThat(scenario.core().openOrders(0).first().state()).isEqualTo(OrderState.NEW);
    }

    @Test
    void shouldTakeMoreThanWasOrderedForWhatItIs()
    {
        working().report(ExecType.TRADE, scenario.order(1).clOrdId(), "", 12, 100, 3, 0);

        assertThat(netLots()).isEqualTo(12);
        assertThat(scenario.core().openOrders(0).first().exposureLots()).isZero();
    }

    @Test
    void shouldNotCountAClosedOrderWhenTheStrategyReactsToIt()
    {
        working().limit(LimitType.MAX_OPEN_ORDERS, "1").onOrder((context, order, event) ->
        {
            if (event == OrderEvent.CANCELED)
            {
                buy(3, 99).accept(context);
            }
        });
        scenario.decisions();

        scenario.act(cancelOldest()).cancel(1);

        assertThat(scenario.decisions()).containsExactly("CANCEL #1 ABANDONED", "NEW BUY 3@99 SIGNAL");
    }

    @Test
    void shouldTellTheStrategyWhetherARequestWasSent()
    {
        final List<Boolean> sent = new ArrayList<>();
        final Consumer<StrategyContext> requests = (context) ->
        {
            final Order order = context.openOrders().first();
            sent.add(context.replace(order, 99, 0, OrderReason.SIGNAL));
            sent.add(context.replace(order, 99, 5, OrderReason.SIGNAL));
            sent.add(context.replace(order, 98, 5, OrderReason.SIGNAL));
            sent.add(context.cancel(order, OrderReason.ABANDONED));
            sent.add(context.cancel(order, OrderReason.ABANDONED));
        };
        working().act(requests);

        assertThat(sent).containsExactly(false, true, false, true, false);
        assertThat(scenario.decisions()).containsExactly(
            "REFUSED INVALID_QUANTITY limit=1 actual=0", "REPLACE #1 5@99 SIGNAL", "CANCEL #1 ABANDONED");
    }

    @Test
    void shouldSayWhyACancelWasAskedForUntilItIsRefused()
    {
        working();
        final Order order = scenario.core().openOrders(0).first();
        assertThat(order.cancelReason()).isEqualTo(OrderReason.NONE);
        scenario.act(cancelOldest());
        assertThat(order.cancelReason()).isEqualTo(OrderReason.ABANDONED);
        scenario.rejectCancel(1);
        assertThat(order.cancelReason()).isEqualTo(OrderReason.NONE);
    }

    @Test
    void shouldRefuseAnOrderBeyondItsTableAndOneAfterACloseAgain()
    {
        scenario.act(times(TradingCore.OPEN_ORDERS_MAX + 1, buy(1, 100)));
        final List<String> decisions = scenario.decisions();
        assertThat(decisions).hasSize(TradingCore.OPEN_ORDERS_MAX + 1);
        assertThat(decisions.get(TradingCore.OPEN_ORDERS_MAX - 1)).isEqualTo("NEW BUY 1@100 SIGNAL");
        assertThat(decisions.get(TradingCore.OPEN_ORDERS_MAX))
            .isEqualTo("REFUSED ORDER_CAPACITY limit=16384 actual=16385");

        scenario.reject(77).act(times(2, buy(1, 100)));

        assertThat(scenario.decisions()).containsExactly(
            "NEW BUY 1@100 SIGNAL", "REFUSED ORDER_CAPACITY limit=16384 actual=16385");
    }

    @Test
    void shouldReplaceWhileTheTableIsFull()
    {
        scenario.act(times(TradingCore.OPEN_ORDERS_MAX, buy(1, 100))).accept(1).decisions();

        scenario.act(replaceOldest(2, 99));

        assertThat(scenario.decisions()).containsExactly("REPLACE #1 2@99 SIGNAL");
    }

    @Test
    void shouldRefuseMoreDecisionsThanAnInputMayCause()
    {
        scenario.act(times(23_328, buy(0, 100)));

        final List<String> decisions = scenario.decisions();
        assertThat(decisions.get(23_326)).isEqualTo("REFUSED INVALID_QUANTITY limit=1 actual=0");
        assertThat(decisions.get(23_327)).isEqualTo("REFUSED DECISION_CAPACITY");
    }

    private static Consumer<StrategyContext> times(final int count, final Consumer<StrategyContext> action)
    {
        return (context) ->
        {
            for (int i = 0; i < count; i++)
            {
                action.accept(context);
            }
        };
    }
}
