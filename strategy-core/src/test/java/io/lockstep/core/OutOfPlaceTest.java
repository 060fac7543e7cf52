package io.lockstep.core;

import io.lockstep.core.order.ClosedOrders;
import io.lockstep.core.position.CountableRange;
import io.lockstep.sbe.CxlRejResponseTo;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.Side;
import org.junit.jupiter.api.Test;

import static io.lockstep.core.CoreScenario.OTHER;
import static io.lockstep.core.CoreScenario.SCRIPTED;
import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.cancelOldest;
import static io.lockstep.core.CoreScenario.sell;
import static io.lockstep.core.OperatorSays.instance;
import static io.lockstep.core.OperatorSays.unassign;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the venue says was executed is in position and cash, also when the order's life has no place for it: it is counted by
 * itself and announced. Behind every input the core is compared with one that was restored from it.
 */
class OutOfPlaceTest
{
    private static final int OTHERS = 2;

    private final CoreScenario scenario = CoreScenario.reckoned().give(instance(OTHERS, "other", OTHER, 0));
    private final TradingCore core = scenario.core();

    OutOfPlaceTest()
    {
        scenario.decisions();
    }

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    private long netLots(final int strategyId)
    {
        return core.slot(0).legOf(strategyId).position().netLots();
    }

    private CoreScenario cancelled()
    {
        scenario.act(buy(10, 100)).accept(1).act(cancelOldest()).cancel(1).decisions();
        scenario.heard();
        return scenario;
    }

    @Test
    void shouldTakeAFillThatComesBehindTheCancel()
    {
        cancelled().fill(1, 4, 100, 2);

        assertDecisions("OUT OF PLACE AFTER_END BUY #1 4@100 was=CANCELED of=1 cum=4");
        assertThat(scenario.heard()).containsExactly("STRAY BUY 4 at 100 net 4");
        assertThat(core.position(0).netLots()).isEqualTo(4);
        assertThat(core.position(0).fees().low()).isEqualTo(2);
        assertThat(core.executionsOutOfPlace()).isEqualTo(1);
        assertThat(core.unknownOrders()).isZero();
        assertThat(core.openOrderCount()).isZero();

        scenario.fill(1, 6, 100).fill(1, 3, 100);
        assertDecisions("OUT OF PLACE AFTER_END BUY #1 6@100 was=CANCELED of=1 cum=10",
            "OUT OF PLACE BEYOND_QUANTITY BUY #1 3@100 was=CANCELED of=1 cum=13");
        assertThat(core.position(0).netLots()).isEqualTo(13);
    }

    @Test
    void shouldTakeAFillBehindTheLastOne()
    {
        scenario.act(sell(5, 101)).fill(1, 5, 101).decisions();

        scenario.fill(1, 2, 101);

        assertDecisions("OUT OF PLACE BEYOND_QUANTITY SELL #1 2@101 was=FILLED of=1 cum=7");
        assertThat(core.position(0).netLots()).isEqualTo(-7);
        assertThat(core.executionsOutOfPlace()).isEqualTo(1);
    }

    @Test
    void shouldAnnounceMoreThanWasAskedForOfAnOpenOrder()
    {
        scenario.act(buy(10, 100)).accept(1).decisions();

        scenario.give(VenueSays.fill(scenario.order(1).clOrdId(), Side.BUY, 12, 100, 3));

        assertDecisions("OUT OF PLACE BEYOND_QUANTITY BUY #1 12@100 was=NEW of=1 cum=12");
        assertThat(core.position(0).netLots()).isEqualTo(12);
        assertThat(core.overfills()).isEqualTo(1);
    }

    @Test
    void shouldTakeTheSameExecutionOnce()
    {
        cancelled();
        final String clOrdId = scenario.order(1).clOrdId();

        scenario.give(VenueSays.fill(clOrdId, Side.BUY, 4, 100, 0).execId(7))
            .give(VenueSays.fill(clOrdId, Side.BUY, 4, 100, 0).execId(7));

        assertThat(core.position(0).netLots()).isEqualTo(4);
        assertThat(core.repeatedExecutions()).isEqualTo(1);
        assertThat(core.executionsOutOfPlace()).isEqualTo(1);
    }

    @Test
    void shouldCountHarmlessLateWordsApart()
    {
        cancelled()
            .reject(scenario.order(1).cancelClOrdId(), scenario.order(1).clOrdId(), CxlRejResponseTo.CANCEL_REQUEST)
            .expire(1).give(VenueSays.report(ExecType.CANCELED, scenario.order(1).clOrdId(), Side.BUY));

        assertDecisions();
        assertThat(core.unknownOrders()).isEqualTo(3);
        assertThat(core.executionsOutOfPlace()).isZero();
    }

    @Test
    void shouldGiveItToWhoseOrderItWas()
    {
        scenario.as(OTHER).act(buy(3, 100)).fill(1, 3, 100).fill(1, 1, 100);

        assertThat(scenario.decisions()).last()
            .isEqualTo("OUT OF PLACE BEYOND_QUANTITY BUY #1 1@100 was=FILLED of=2 cum=4");
        assertThat(netLots(OTHERS)).isEqualTo(4);
        assertThat(netLots(1)).isZero();
        assertThat(scenario.heard()).last().isEqualTo("STRAY BUY 1 at 100 net 4");
    }

    @Test
    void shouldGiveToNobodyWhatAnInstanceThatIsTakenOutHasBought()
    {
        scenario.as(OTHER).act(buy(3, 100)).accept(1).act(cancelOldest()).cancel(1).give(unassign(OTHERS)).decisions();

        scenario.fill(1, 2, 100);

        assertDecisions("OUT OF PLACE AFTER_END BUY #1 2@100 was=CANCELED of=0 cum=2");
        assertThat(netLots(0)).isEqualTo(2);
        assertThat(core.position(0).netLots()).isEqualTo(2);
    }

    @Test
    void shouldGiveToNobodyWhatNothingRemembers()
    {
        final String forgotten = CoreScenario.clOrdId(CoreScenario.INCARNATION, 5_000_000, 1);

        scenario.give(VenueSays.fill(forgotten, Side.SELL, 2, 101, 0));

        assertDecisions("OUT OF PLACE UNKNOWN_ORDER SELL " + forgotten + " 2@101 was=NULL_VAL of=0 cum=2");
        assertThat(netLots(0)).isEqualTo(-2);
        assertThat(core.executionsOutOfPlace()).isEqualTo(1);
    }

    /** So many orders are remembered, and then the oldest no more. */
    @Test
    void shouldRememberTheNewestOrdersThatAreOver()
    {
        final CoreScenario many = CoreScenario.live();
        for (int number = 1; number <= ClosedOrders.CAPACITY + 1; number++)
        {
            many.act(buy(1, 100)).reject(number);
        }
        many.decisions();

        many.fill(2, 1, 100).fill(1, 1, 100);

        assertThat(many.decisions()).containsExactly("OUT OF PLACE AFTER_END BUY #2 1@100 was=REJECTED of=1 cum=1",
            "OUT OF PLACE UNKNOWN_ORDER BUY #1 1@100 was=NULL_VAL of=0 cum=0");
        assertThat(StateComparison.differences(many.core(), many.restored())).isEmpty();
    }

    /** Neither is anything of ours: a fill without a price, or of another's ClOrdID. */
    @Test
    void shouldBookNothingThatIsNoFillOfOurs()
    {
        cancelled().give(VenueSays.fill(scenario.order(1).clOrdId(), Side.BUY, 4, 100, 0).unpriced())
            .give(VenueSays.fill("01" + scenario.order(1).clOrdId().substring(2), Side.BUY, 4, 100, 0))
            .give(VenueSays.fill(scenario.order(1).clOrdId(), Side.NULL_VAL, 4, 100, 0))
            .give(VenueSays.fill(scenario.order(1).clOrdId(), Side.BUY, 4, 100, 0).instrumentId(9));

        assertDecisions();
        assertThat(core.position(0).netLots()).isZero();
        assertThat(core.unknownOrders()).isEqualTo(4);
    }

    /** Of more lots than there can be: the order, the position and the account are as they were. */
    @Test
    void shouldRefuseAFillThatCannotBeCounted()
    {
        scenario.act(buy(10, 100)).accept(1).fill(1, 4, 100).decisions();
        final String clOrdId = scenario.order(1).clOrdId();

        scenario.give(VenueSays.fill(clOrdId, Side.BUY, Long.MAX_VALUE, 100, 0).cum(4))
            .give(VenueSays.fill(clOrdId, Side.BUY, CountableRange.LOTS_MAX - 3, 100, 0).cum(4))
            .give(VenueSays.fill(clOrdId, Side.BUY, CountableRange.LOTS_MAX - 4, Long.MAX_VALUE, 0).cum(4))
            .give(VenueSays.fill(clOrdId, Side.BUY, 1, 100, 0).cum(Long.MAX_VALUE))
            .give(VenueSays.report(ExecType.CANCELED, clOrdId, Side.BUY).leaves(Long.MIN_VALUE));

        assertDecisions("OUT OF PLACE UNCOUNTABLE BUY #1 9223372036854775807@100 was=PARTIALLY_FILLED of=1 cum=4",
            "OUT OF PLACE UNCOUNTABLE BUY #1 2305843009213693949@100 was=PARTIALLY_FILLED of=1 cum=4",
            "OUT OF PLACE UNCOUNTABLE BUY #1 2305843009213693948@9223372036854775807 was=PARTIALLY_FILLED of=1 cum=4",
            "OUT OF PLACE UNCOUNTABLE BUY #1 1@100 was=PARTIALLY_FILLED of=1 cum=9223372036854775807",
            "OUT OF PLACE UNCOUNTABLE BUY #1 0@-9223372036854775808 was=PARTIALLY_FILLED of=1 cum=0");
        assertThat(core.uncountableExecutions()).isEqualTo(5);
        assertThat(core.position(0).netLots()).isEqualTo(4);
        assertThat(core.position(0).fills()).isEqualTo(1);
        assertThat(core.openOrderCount()).isEqualTo(1);
        assertThat(core.executionsOutOfPlace()).isZero();

        scenario.fill(1, 6, 100);
        assertThat(core.position(0).netLots()).isEqualTo(10);
        assertThat(core.openOrderCount()).isZero();
    }

    /** The lots of all owners are added up, so that neither their sum nor what is long of them is ever too large. */
    @Test
    void shouldCountTheLotsOfAllOwnersTogether()
    {
        scenario.act(buy(10, 1)).accept(1)
            .give(VenueSays.fill(scenario.order(1).clOrdId(), Side.BUY, CountableRange.LOTS_MAX - 1, 1, 0))
            .as(OTHER).act(sell(10, 1)).accept(2).decisions();

        scenario.give(VenueSays.fill(scenario.order(2).clOrdId(), Side.SELL, 2, 1, 0));

        assertDecisions("OUT OF PLACE UNCOUNTABLE SELL #2 2@1 was=NEW of=2 cum=0");
        scenario.give(VenueSays.fill(scenario.order(2).clOrdId(), Side.SELL, 1, 1, 0));
        assertThat(core.position(0).netLots()).isEqualTo(CountableRange.LOTS_MAX - 2);
        scenario.update("99x5", "");
    }

    @Test
    void shouldRefuseWhatCannotBeCountedOfAnOrderThatIsOver()
    {
        cancelled().give(VenueSays.fill(scenario.order(1).clOrdId(), Side.BUY, Long.MAX_VALUE, 100, 0).cum(0));

        assertDecisions("OUT OF PLACE UNCOUNTABLE BUY #1 9223372036854775807@100 was=CANCELED of=1 cum=0");
        assertThat(core.position(0).netLots()).isZero();
        assertThat(core.executionsOutOfPlace()).isZero();
    }
}
