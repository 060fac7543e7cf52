package io.lockstep.core;

import io.lockstep.core.order.EarlierClOrdIds;
import io.lockstep.core.position.CountableRange;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.Side;
import org.junit.jupiter.api.Test;

import static io.lockstep.core.CoreScenario.OTHER;
import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.cancelOldest;
import static io.lockstep.core.CoreScenario.replaceOldest;
import static io.lockstep.core.CoreScenario.sell;
import static io.lockstep.core.CoreScenario.sellMarket;
import static io.lockstep.core.OperatorSays.instance;
import static io.lockstep.core.OperatorSays.unassign;
import static io.lockstep.core.VenueSays.bust;
import static io.lockstep.core.VenueSays.correction;
import static io.lockstep.core.VenueSays.restated;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a venue says otherwise than it had said it: executions that were others or are void, orders that it changes unasked, and
 * all of it late, twice, or before what it is about. Behind every input the core is compared with one that was restored from it.
 */
class CorrectionsTest
{
    private static final int OTHERS = 2;

    private final CoreScenario scenario = CoreScenario.reckoned().give(instance(OTHERS, "other", OTHER, 0));
    private final TradingCore core = scenario.core();

    CorrectionsTest()
    {
        scenario.decisions();
    }

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    private void assertHeard(final String... expected)
    {
        assertThat(scenario.heard()).containsExactly(expected);
    }

    private String id(final int number)
    {
        return scenario.order(number).clOrdId();
    }

    private long netLots()
    {
        return core.position(0).netLots();
    }

    private long cash()
    {
        return core.position(0).cash().toLongExact();
    }

    private long fees()
    {
        return core.position(0).fees().toLongExact();
    }

    private void assertSound()
    {
        assertThat(core.impossibleOrderEvents()).isZero();
        assertThat(core.unknownOrders()).isZero();
        assertThat(core.executionsOutOfPlace()).isZero();
    }

    /** 4 of 10 are bought at 100, for a fee of 2. */
    private CoreScenario partlyFilled()
    {
        scenario.act(buy(10, 100)).accept(1).fill(1, 4, 100, 2).decisions();
        scenario.heard();
        return scenario;
    }

    /** 10 are bought at 100. */
    private CoreScenario filled()
    {
        scenario.act(buy(10, 100)).accept(1).fill(1, 10, 100, 5).decisions();
        scenario.heard();
        return scenario;
    }

    @Test
    void shouldTakeBackAnExecutionOfAnOpenOrder()
    {
        partlyFilled().give(bust(id(1), Side.BUY, 4, 100).execRefId(7).fee(-2));

        assertDecisions("TRADE_CANCEL BOOKED BUY #1 4@100 ref=7 was=PARTIALLY_FILLED of=1 cum=0 net=0");
        assertHeard("TRADE_CANCEL NEW 0/10", "CORRECTION BUY 4 at 100 void fee -2 net 0");
        assertThat(netLots()).isZero();
        assertThat(cash()).isZero();
        assertThat(fees()).isZero();
        assertThat(core.position(0).fills()).isEqualTo(1);
        assertThat(core.openOrders(0).first().leavesQtyLots()).isEqualTo(10);
        assertThat(core.corrections().corrections()).isEqualTo(1);
        assertSound();

        scenario.give(VenueSays.fill(id(1), Side.BUY, 10, 100, 0));
        assertHeard("FILL FILLED 10/10");
        assertThat(netLots()).isEqualTo(10);
        assertSound();
    }

    @Test
    void shouldTakeBackNoFeeThatTheVenueKeeps()
    {
        partlyFilled().give(bust(id(1), Side.BUY, 4, 100));

        assertThat(fees()).isEqualTo(2);
        assertThat(netLots()).isZero();
    }

    @Test
    void shouldCorrectThePriceOfAnExecution()
    {
        partlyFilled().give(correction(id(1), Side.BUY, 4, 100, 4, 98).execRefId(7).fee(-1));

        assertDecisions("TRADE_CORRECT BOOKED BUY #1 4@100 is 4@98 ref=7 was=PARTIALLY_FILLED of=1 cum=4 net=4");
        assertHeard("TRADE_CORRECT PARTIALLY_FILLED 4/10", "CORRECTION BUY 4 at 100 is 4 at 98 fee -1 net 4");
        assertThat(netLots()).isEqualTo(4);
        assertThat(cash()).isEqualTo(-4 * 98);
        assertThat(core.position(0).openCost().toLongExact()).isEqualTo(-4 * 98);
        assertThat(core.position(0).realized().toLongExact()).isZero();
        assertThat(fees()).isEqualTo(1);
        assertSound();
    }

    @Test
    void shouldCorrectTheQuantityOfAnExecutionOfAnOpenOrder()
    {
        partlyFilled().give(correction(id(1), Side.BUY, 4, 100, 1, 100));

        assertHeard("TRADE_CORRECT PARTIALLY_FILLED 1/10", "CORRECTION BUY 4 at 100 is 1 at 100 fee 0 net 1");
        assertThat(core.openOrders(0).first().leavesQtyLots()).isEqualTo(9);
        assertThat(core.openOrders(0).first().exposureLots()).isEqualTo(9);
        assertSound();
    }

    @Test
    void shouldEndAnOrderThatACorrectionHasFilled()
    {
        partlyFilled()
            .give(correction(id(1), Side.BUY, 4, 100, 10, 100).leaves(0).ordStatus(OrdStatus.FILLED));

        assertDecisions("TRADE_CORRECT BOOKED BUY #1 4@100 is 10@100 was=PARTIALLY_FILLED of=1 cum=10 net=10");
        assertHeard("FILL FILLED 10/10", "CORRECTION BUY 4 at 100 is 10 at 100 fee 0 net 10");
        assertThat(core.openOrderCount()).isZero();
        assertSound();
    }

    /** At average cost the trade back realizes what the lots have cost by then: cash and equity are as if there had been no fill. */
    @Test
    void shouldTakeBackWhatHasClosedAPosition()
    {
        filled().act(sellMarket(10)).fill(2, 10, 110).decisions();

        scenario.give(bust(id(2), Side.SELL, 10, 110));

        assertThat(netLots()).isEqualTo(10);
        assertThat(cash()).isEqualTo(-1000);
        assertThat(core.position(0).realized().toLongExact()).isEqualTo(100);
        assertThat(core.position(0).openCost().toLongExact()).isEqualTo(-1100);
    }

    @Test
    void shouldCorrectAnOrderThatIsOverWithoutOpeningItAgain()
    {
        filled().give(bust(id(1), Side.BUY, 10, 100).leaves(10).fee(-5));

        assertDecisions("TRADE_CANCEL BOOKED BUY #1 10@100 was=FILLED of=1 cum=0 net=0");
        assertHeard("CORRECTION BUY 10 at 100 void fee -5 net 0");
        assertThat(core.openOrderCount()).isZero();
        assertThat(netLots()).isZero();
        assertThat(fees()).isZero();
        assertThat(core.corrections().corrections()).isEqualTo(1);
        assertSound();

        scenario.give(VenueSays.fill(id(1), Side.BUY, 10, 101, 0));
        assertDecisions("OUT OF PLACE BEYOND_QUANTITY BUY #1 10@101 was=FILLED of=1 cum=10");
        scenario.give(correction(id(1), Side.BUY, 10, 101, 3, 101));
        assertDecisions("TRADE_CORRECT BOOKED BUY #1 10@101 is 3@101 was=FILLED of=1 cum=3 net=3");
        assertThat(cash()).isEqualTo(-303);
    }

    @Test
    void shouldGiveItToWhoseOrderItWas()
    {
        scenario.as(OTHER).act(buy(3, 100)).fill(1, 3, 100).decisions();
        scenario.heard();

        scenario.give(bust(id(1), Side.BUY, 3, 100));

        assertDecisions("TRADE_CANCEL BOOKED BUY #1 3@100 was=FILLED of=2 cum=0 net=0");
        assertHeard("CORRECTION BUY 3 at 100 void fee 0 net 0");
        assertThat(core.slot(0).legOf(OTHERS).position().netLots()).isZero();
    }

    @Test
    void shouldGiveToNobodyWhatNobodyRemembers()
    {
        final String forgotten = CoreScenario.clOrdId(CoreScenario.INCARNATION, 5_000_000, 1);

        scenario.give(bust(forgotten, Side.SELL, 2, 101).cum(1));

        assertDecisions("TRADE_CANCEL BOOKED SELL " + forgotten + " 2@101 was=NULL_VAL of=0 cum=1 net=2");
        assertThat(core.slot(0).legOf(0).position().netLots()).isEqualTo(2);
        assertThat(core.unknownOrders()).isZero();
    }

    @Test
    void shouldGiveToNobodyWhatAnInstanceThatIsTakenOutHasTraded()
    {
        scenario.as(OTHER).act(buy(3, 100)).accept(1).act(cancelOldest()).cancel(1).give(unassign(OTHERS)).decisions();

        scenario.give(bust(id(1), Side.BUY, 3, 100));

        assertDecisions("TRADE_CANCEL BOOKED BUY #1 3@100 was=CANCELED of=0 cum=-3 net=-3");
    }

    @Test
    void shouldTakeTheSameCorrectionOnce()
    {
        partlyFilled().give(bust(id(1), Side.BUY, 4, 100).venueExecId("b-1").venueExecRefId("x-1"))
            .give(bust(id(1), Side.BUY, 4, 100).venueExecId("b-1").venueExecRefId("x-1"))
            .give(correction(id(1), Side.BUY, 4, 100, 5, 100).execId(8))
            .give(correction(id(1), Side.BUY, 4, 100, 5, 100).execId(8));

        assertThat(core.repeatedExecutions()).isEqualTo(2);
        assertThat(core.corrections().corrections()).isEqualTo(2);
        assertThat(netLots()).isEqualTo(1);
    }

    /** Both are booked, in whatever order they come. */
    @Test
    void shouldTakeACorrectionThatOvertakesItsExecution()
    {
        scenario.act(buy(10, 100)).accept(1).decisions();

        scenario.give(bust(id(1), Side.BUY, 4, 100));
        assertDecisions("TRADE_CANCEL BOOKED BUY #1 4@100 was=NEW of=1 cum=-4 net=-4");
        scenario.give(VenueSays.fill(id(1), Side.BUY, 4, 100, 10));

        assertThat(netLots()).isZero();
        assertThat(cash()).isZero();
        assertThat(core.openOrders(0).first().leavesQtyLots()).isEqualTo(10);
        assertSound();
    }

    @Test
    void shouldTakeACorrectionBeforeTheAcknowledgementAndWhileRequestsAreUnderWay()
    {
        scenario.act(buy(10, 100)).fill(1, 4, 100).heard();
        scenario.give(correction(id(1), Side.BUY, 4, 100, 3, 100)).accept(1).act(replaceOldest(12, 99))
            .give(correction(id(1), Side.BUY, 3, 100, 2, 100)).replace(1).act(cancelOldest())
            .give(bust(id(1), Side.BUY, 2, 100)).cancel(1);

        assertHeard("TRADE_CORRECT PARTIALLY_FILLED 3/10", "CORRECTION BUY 4 at 100 is 3 at 100 fee 0 net 3",
            "ACCEPTED PARTIALLY_FILLED 3/10", "TRADE_CORRECT PENDING_REPLACE 2/10",
            "CORRECTION BUY 3 at 100 is 2 at 100 fee 0 net 2", "REPLACED PARTIALLY_FILLED 2/12",
            "TRADE_CANCEL PENDING_CANCEL 0/12", "CORRECTION BUY 2 at 100 void fee 0 net 0", "CANCELED CANCELED 0/12");
        assertSound();
    }

    @Test
    void shouldRefuseACorrectionThatDoesNotSayWhatItCorrects()
    {
        partlyFilled().give(bust(id(1), Side.BUY, 4, 100).of(Long.MIN_VALUE, 100))
            .give(bust(id(1), Side.BUY, 4, 100).of(4, Long.MIN_VALUE))
            .give(bust(id(1), Side.BUY, 0, 100)).give(bust(id(1), Side.BUY, -4, 100))
            .give(correction(id(1), Side.BUY, 4, 100, 0, 100))
            .give(correction(id(1), Side.BUY, 4, 100, 4, 100).unpriced());

        assertThat(scenario.decisions()).hasSize(6)
            .allMatch((line) -> line.contains(" INCOMPLETE BUY #1 ") && line.endsWith(" of=1 cum=4 net=4"));
        assertHeard();
        assertThat(core.corrections().refused()).isEqualTo(6);
        assertThat(core.corrections().corrections()).isZero();
        assertThat(netLots()).isEqualTo(4);
        assertThat(fees()).isEqualTo(2);

        scenario.give(bust(CoreScenario.clOrdId(CoreScenario.INCARNATION, 5_000_000, 1), Side.NULL_VAL, 4, 100));
        assertThat(scenario.decisions()).singleElement().asString().contains(" INCOMPLETE NULL_VAL ");
    }

    @Test
    void shouldRefuseACorrectionThatCannotBeCounted()
    {
        partlyFilled().give(bust(id(1), Side.BUY, Long.MAX_VALUE, 100))
            .give(bust(id(1), Side.BUY, CountableRange.LOTS_MAX, 100))
            .give(correction(id(1), Side.BUY, 4, 100, CountableRange.LOTS_MAX - 7, 100))
            .give(correction(id(1), Side.BUY, 4, 100, CountableRange.LOTS_MAX - 8, Long.MAX_VALUE))
            .give(bust(id(1), Side.BUY, CountableRange.LOTS_MAX - 4, Long.MAX_VALUE));

        assertThat(scenario.decisions()).hasSize(5).allMatch((line) -> line.contains(" UNCOUNTABLE BUY #1 "));
        assertThat(core.corrections().refused()).isEqualTo(5);
        assertThat(netLots()).isEqualTo(4);
    }

    /** Of another side or instrument than the order, or of another's ClOrdID. */
    @Test
    void shouldCorrectNothingThatIsNotOfTheOrder()
    {
        partlyFilled().give(bust(id(1), Side.SELL, 4, 100))
            .give(bust("01" + id(1).substring(2), Side.BUY, 4, 100));

        assertDecisions();
        assertThat(core.impossibleOrderEvents()).isEqualTo(1);
        assertThat(core.unknownOrders()).isEqualTo(1);
        assertThat(netLots()).isEqualTo(4);
    }

    @Test
    void shouldTakeAQuantityThatTheVenueChangesByItself()
    {
        partlyFilled().give(restated(id(1), Side.BUY, 7, 3));

        assertDecisions("RESTATED #1 10@100 to 7@100 cum=4");
        assertHeard("RESTATED PARTIALLY_FILLED 4/7");
        assertThat(core.openOrders(0).first().exposureLots()).isEqualTo(3);
        assertThat(core.slot(0).legOf(1).exposureLots(Side.BUY)).isEqualTo(3);
        assertThat(core.corrections().restatements()).isEqualTo(1);

        scenario.give(VenueSays.fill(id(1), Side.BUY, 3, 100, 0));
        assertHeard("FILL FILLED 7/7");
        assertSound();
    }

    @Test
    void shouldTakeAPriceThatTheVenueChangesByItself()
    {
        partlyFilled().give(restated(id(1), Side.BUY, Long.MIN_VALUE, 6).price(99));

        assertDecisions("RESTATED #1 10@100 to 10@99 cum=4");
        assertThat(core.openOrders(0).first().priceTicks()).isEqualTo(99);
        assertSound();
    }

    @Test
    void shouldLeaveAReplaceUnderWayAsItIs()
    {
        partlyFilled().act(replaceOldest(12, 99)).give(restated(id(1), Side.BUY, 8, 4));
        assertHeard("RESTATED PENDING_REPLACE 4/8");
        assertThat(core.openOrders(0).first().exposureLots()).isEqualTo(8);

        scenario.replace(1);
        assertHeard("REPLACED PARTIALLY_FILLED 4/12");
        assertSound();
    }

    @Test
    void shouldEndAnOrderOfWhichTheVenueLeavesNothing()
    {
        partlyFilled().give(restated(id(1), Side.BUY, 4, 0).ordStatus(OrdStatus.CANCELED));

        assertDecisions("RESTATED #1 10@100 to 4@100 cum=4");
        assertHeard("CANCELED CANCELED 4/4");
        assertThat(core.openOrderCount()).isZero();
        assertSound();
    }

    @Test
    void shouldRefuseARestatementThatSaysNothingThatAnOrderCanBe()
    {
        partlyFilled().give(restated(id(1), Side.BUY, Long.MIN_VALUE, 6)).give(restated(id(1), Side.BUY, 0, 6))
            .give(restated(id(1), Side.BUY, CountableRange.LOTS_MAX + 1, 6))
            .act(sellMarket(1)).give(restated(id(2), Side.SELL, 1, 1).price(99));

        assertThat(core.impossibleOrderEvents()).isEqualTo(4);
        assertThat(core.corrections().restatements()).isZero();
    }

    /** Late: the order is over, or has been replaced since. */
    @Test
    void shouldNotTakeALateOrRepeatedRestatement()
    {
        partlyFilled().give(restated(id(1), Side.BUY, 8, 4).execId(5)).give(restated(id(1), Side.BUY, 8, 4).execId(5));
        final String before = id(1);
        scenario.act(replaceOldest(12, 99)).replace(1).give(restated(before, Side.BUY, 5, 1));
        assertThat(core.openOrders(0).first().orderQtyLots()).isEqualTo(12);
        scenario.act(cancelOldest()).cancel(1).give(restated(id(1), Side.BUY, 5, 1));

        assertThat(core.repeatedExecutions()).isEqualTo(1);
        assertThat(core.corrections().restatements()).isEqualTo(1);
        assertThat(core.unknownOrders()).isEqualTo(2);
        assertThat(netLots()).isEqualTo(4);
    }

    @Test
    void shouldTakeAnEndThatNobodyAskedFor()
    {
        partlyFilled().cancel(1);
        assertHeard("CANCELED CANCELED 4/10");
        scenario.act(sell(5, 101)).accept(2).expire(2);
        assertHeard("ACCEPTED NEW 0/5", "EXPIRED EXPIRED 0/5");
        assertSound();

        scenario.expire(2).give(VenueSays.report(ExecType.CANCELED, id(1), Side.BUY));
        assertThat(core.unknownOrders()).as("late words of both").isEqualTo(2);
        assertThat(core.openOrderCount()).isZero();
    }

    /** The fill was made before the replace, and is reported after it. */
    @Test
    void shouldGiveAFillByAnEarlierClOrdIdToTheOrderThatCameInItsPlace()
    {
        partlyFilled();
        final String first = id(1);
        scenario.act(replaceOldest(12, 99)).replace(1).act(replaceOldest(15, 98)).replace(1).decisions();
        scenario.heard();

        scenario.give(VenueSays.fill(first, Side.BUY, 6, 100, 0));

        assertHeard("PARTIAL_FILL PARTIALLY_FILLED 10/15");
        assertDecisions();
        assertThat(core.slot(0).legOf(1).position().netLots()).isEqualTo(10);
        scenario.give(bust(first, Side.BUY, 6, 100));
        assertHeard("TRADE_CANCEL PARTIALLY_FILLED 4/15", "CORRECTION BUY 6 at 100 void fee 0 net 4");
        assertSound();

        scenario.give(VenueSays.fill(first, Side.BUY, 11, 98, 0));
        assertHeard("FILL FILLED 15/15");
        assertSound();
    }

    @Test
    void shouldGiveAFillByAnEarlierClOrdIdToWhoseOrderItWas()
    {
        scenario.as(OTHER).act(buy(10, 100)).accept(1);
        final String first = id(1);
        scenario.act(replaceOldest(12, 99)).replace(1).act(cancelOldest()).cancel(1).decisions();

        scenario.give(VenueSays.fill(first, Side.BUY, 2, 100, 8));
        assertThat(scenario.decisions()).singleElement().asString().startsWith("OUT OF PLACE AFTER_END BUY ")
            .endsWith(" 2@100 was=CANCELED of=2 cum=2");
        scenario.give(bust(first, Side.BUY, 2, 100));
        assertThat(scenario.decisions()).singleElement().asString().contains(" was=CANCELED of=2 cum=0 net=0");
    }

    @Test
    void shouldRememberTheNewestEarlierClOrdIds()
    {
        final CoreScenario many = CoreScenario.live();
        many.act(buy(10, 100)).accept(1);
        final String first = many.order(1).clOrdId();
        String second = null;
        for (int i = 0; i <= EarlierClOrdIds.CAPACITY; i++)
        {
            many.act(replaceOldest(10 + i % 2, 99)).replace(1);
            second = second == null ? many.order(1).clOrdId() : second;
        }
        many.decisions();

        many.give(VenueSays.fill(second, Side.BUY, 1, 100, 9));
        assertThat(many.decisions()).isEmpty();
        assertThat(many.core().openOrders(0).first().cumQtyLots()).isEqualTo(1);
        assertThat(StateComparison.differences(many.core(), many.restored())).isEmpty();

        many.give(VenueSays.fill(first, Side.BUY, 1, 100, 9));
        assertThat(many.decisions()).singleElement().asString().contains("UNKNOWN_ORDER");
    }
}
