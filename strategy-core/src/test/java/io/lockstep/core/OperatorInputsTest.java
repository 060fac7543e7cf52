package io.lockstep.core;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.instance.Leg;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TradingMode;
import org.junit.jupiter.api.Test;

import static io.lockstep.core.CoreScenario.OTHER;
import static io.lockstep.core.CoreScenario.SCRIPTED;
import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.sell;
import static io.lockstep.core.OperatorSays.cancelAll;
import static io.lockstep.core.OperatorSays.cancelOrder;
import static io.lockstep.core.OperatorSays.flatten;
import static io.lockstep.core.OperatorSays.instance;
import static io.lockstep.core.OperatorSays.limitOrder;
import static io.lockstep.core.OperatorSays.transfer;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Orders, cancels, closing and transfers by hand. There are two instances on instrument 0, and none on instrument 1. Behind every
 * input the core is compared with one that was restored from it.
 */
class OperatorInputsTest
{
    private static final int ANY = Nulls.NULL_INSTRUMENT_ID;
    private static final int NOBODY = 0;
    private static final int ONE = 1;
    private static final int TWO = 2;

    private final CoreScenario scenario = new CoreScenario().define(CoreScenario.LINEAR)
        .give(instance(ONE, "one", SCRIPTED, 0)).give(instance(TWO, "two", OTHER, 0))
        .snapshot(100, "100x10 99x10", "101x10 102x10").define(CoreScenario.LINEAR)
        .snapshot(100, "100x10", "101x10").on(0).compared();
    private final TradingCore core = scenario.core();

    OperatorInputsTest()
    {
        scenario.decisions();
    }

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    private Leg leg(final int strategyId)
    {
        return core.slot(0).legOf(strategyId);
    }

    /** The one holds 10 from 100. */
    private CoreScenario held()
    {
        scenario.as(SCRIPTED).act(buy(10, 100)).fill(1, 10, 100).decisions();
        scenario.heard();
        return scenario;
    }

    @Test
    void shouldSendAnOrderOfNobodys()
    {
        scenario.give(limitOrder(NOBODY, 0, Side.BUY, 3, 100)).give(limitOrder(NOBODY, 1, Side.SELL, 2, 101)).fill(1, 3,
            100);

        assertDecisions("NEW BUY 3@100 OPERATOR", "OperatorOrder ACCEPTED", "[1] NEW SELL 2@101 OPERATOR",
            "[1] OperatorOrder ACCEPTED");
        assertThat(leg(NOBODY).position().netLots()).isEqualTo(3);
        assertThat(leg(ONE).position().netLots()).isZero();
        assertThat(core.position(0).netLots()).isEqualTo(3);
    }

    @Test
    void shouldSendAnOrderOfAnInstances()
    {
        scenario.give(limitOrder(TWO, 0, Side.BUY, 3, 100)).fill(1, 3, 100);

        assertDecisions("NEW BUY 3@100 OPERATOR", "OperatorOrder ACCEPTED");
        assertThat(leg(TWO).position().netLots()).isEqualTo(3);
        assertThat(scenario.as(OTHER).heard()).containsExactly("FILL FILLED 3/3");
    }

    @Test
    void shouldHoldAnOrderByHandAgainstEveryCheck()
    {
        scenario.limit(LimitType.MAX_ORDER_QUANTITY, "5").decisions();

        scenario.give(limitOrder(NOBODY, 0, Side.BUY, 6, 100)).give(limitOrder(NOBODY, 0, Side.NULL_VAL, 1, 100))
            .give(limitOrder(NOBODY, 9, Side.BUY, 1, 100)).give(limitOrder(9, 0, Side.BUY, 1, 100))
            .give(limitOrder(ONE, 1, Side.BUY, 1, 100)).mode(TradingMode.HALTED)
            .give(limitOrder(NOBODY, 0, Side.BUY, 1, 100));

        assertDecisions("REFUSED MAX_ORDER_QUANTITY limit=5 actual=6", "OperatorOrder REFUSED", "REFUSED INVALID_TERMS",
            "OperatorOrder REFUSED", "[9] OperatorOrder UNKNOWN_INSTRUMENT", "OperatorOrder UNKNOWN_STRATEGY",
            "[1] OperatorOrder UNKNOWN_STRATEGY", "SetTradingMode ACCEPTED", "REFUSED HALTED", "OperatorOrder REFUSED");
    }

    @Test
    void shouldCancelOneOrder()
    {
        scenario.as(SCRIPTED).act(buy(1, 100)).as(OTHER).act(buy(2, 100)).decisions();
        final String clOrdId = scenario.order(2).clOrdId();

        scenario.give(cancelOrder(clOrdId)).give(cancelOrder(CoreScenario.clOrdId(1, 7, 1)))
            .give(cancelOrder("01" + clOrdId.substring(2))).give(cancelOrder("no ClOrdID"));

        assertDecisions("CANCEL #2 OPERATOR", "TIMER WISHES at 5000ms", "OperatorCancel ACCEPTED",
            "OperatorCancel UNKNOWN_ORDER", "OperatorCancel UNKNOWN_ORDER", "OperatorCancel UNKNOWN_ORDER");
    }

    @Test
    void shouldCancelWhatIsMeant()
    {
        scenario.as(SCRIPTED).act(buy(1, 100)).as(OTHER).act(buy(2, 100)).give(limitOrder(NOBODY, 0, Side.BUY, 3, 100))
            .give(limitOrder(NOBODY, 1, Side.BUY, 4, 100)).decisions();

        scenario.give(cancelAll(0, TWO));
        assertDecisions("CANCEL #2 OPERATOR", "TIMER WISHES at 5000ms", "OperatorCancel ACCEPTED");
        scenario.give(cancelAll(ANY, NOBODY));
        assertDecisions("CANCEL #3 OPERATOR", "[1] CANCEL #4 OPERATOR", "OperatorCancel ACCEPTED");
        scenario.give(cancelAll(0, ANY));
        assertDecisions("CANCEL #1 OPERATOR", "OperatorCancel ACCEPTED");
        scenario.cancel(1).cancel(2).cancel(3).cancel(4).give(cancelAll(ANY, ANY)).give(cancelAll(8, ANY))
            .give(cancelAll(ANY, 8));
        assertDecisions("OperatorCancel NO_CHANGE", "[8] OperatorCancel UNKNOWN_INSTRUMENT",
            "OperatorCancel UNKNOWN_STRATEGY");
    }

    @Test
    void shouldCloseAPositionWhenItsOrdersAreGone()
    {
        held().act(sell(2, 105)).decisions();

        scenario.give(flatten(ANY, ONE));
        assertDecisions("CANCEL #2 OPERATOR", "TIMER WISHES at 5000ms", "Flatten ACCEPTED");

        scenario.fill(2, 1, 105).cancel(2);
        assertDecisions("NEW SELL 9@MARKET OPERATOR");
        scenario.fill(3, 9, 100);
        assertDecisions();
        assertThat(leg(ONE).isFlat()).isTrue();
        assertThat(leg(ONE).isFlattening()).isFalse();
    }

    @Test
    void shouldGoOnWithWhatTheMarketHasNotTaken()
    {
        held().give(flatten(0, ANY)).fill(2, 4, 100).cancel(2);
        assertDecisions("NEW SELL 10@MARKET OPERATOR", "Flatten ACCEPTED", "NEW SELL 6@MARKET OPERATOR");

        scenario.cancel(3);
        assertDecisions();
        assertThat(leg(ONE).isFlattening()).as("it would end likewise for ever").isFalse();
        scenario.give(flatten(0, ANY)).reject(4);
        assertDecisions("NEW SELL 6@MARKET OPERATOR", "Flatten ACCEPTED");
        assertThat(leg(ONE).position().netLots()).isEqualTo(6);
    }

    @Test
    void shouldSayWhenAPositionCannotBeClosed()
    {
        held().mode(TradingMode.HALTED).give(flatten(0, ANY)).mode(TradingMode.RUNNING).decisions();
        assertThat(leg(ONE).isFlattening()).isFalse();

        scenario.mode(TradingMode.HALTED).give(flatten(ANY, ONE));
        assertDecisions("SetTradingMode ACCEPTED", "REFUSED HALTED", "Flatten REFUSED");
        scenario.give(flatten(ANY, TWO)).give(flatten(9, ANY)).give(flatten(ANY, 9));
        assertDecisions("Flatten NO_CHANGE", "[9] Flatten UNKNOWN_INSTRUMENT", "Flatten UNKNOWN_STRATEGY");
    }

    @Test
    void shouldLeaveTheOthersPositionWhenOneIsClosed()
    {
        held().as(OTHER).act(sell(4, 101)).fill(2, 4, 101).decisions();

        scenario.give(flatten(ANY, TWO)).fill(3, 4, 100);

        assertDecisions("NEW BUY 4@MARKET OPERATOR", "Flatten ACCEPTED");
        assertThat(leg(ONE).position().netLots()).isEqualTo(10);
        assertThat(core.position(0).netLots()).isEqualTo(10);
    }

    @Test
    void shouldGiveLotsAnotherOwnerWithTheirCost()
    {
        held().give(transfer(0, ONE, TWO, 4)).give(transfer(0, TWO, NOBODY, 1));

        assertDecisions("TransferPosition ACCEPTED", "TransferPosition ACCEPTED");
        assertThat(leg(ONE).position().netLots()).isEqualTo(6);
        assertThat(leg(TWO).position().netLots()).isEqualTo(3);
        assertThat(leg(NOBODY).position().netLots()).isEqualTo(1);
        assertThat(leg(TWO).position().openCost().low()).isEqualTo(3 * leg(NOBODY).position().openCost().low());
        assertThat(core.position(0).netLots()).isEqualTo(10);
        assertThat(scenario.heard()).containsExactly("STRAY SELL 4 at 100 net 6");
        assertThat(scenario.as(OTHER).heard()).containsExactly("STRAY BUY 4 at 100 net 4", "STRAY SELL 1 at 100 net 3");
    }

    @Test
    void shouldGiveAStrayItsOwner()
    {
        scenario.give(VenueSays.fill(CoreScenario.clOrdId(1, 5_000_000, 1), Side.SELL, 2, 101, 0)).decisions();
        assertThat(leg(NOBODY).position().netLots()).isEqualTo(-2);

        scenario.give(transfer(0, NOBODY, TWO, -2));

        assertDecisions("TransferPosition ACCEPTED");
        assertThat(leg(NOBODY).isFlat()).isTrue();
        assertThat(leg(TWO).position().netLots()).isEqualTo(-2);
    }

    @Test
    void shouldTransferNothingThatIsNotHeld()
    {
        held().give(transfer(0, ONE, TWO, 11)).give(transfer(0, ONE, TWO, -1)).give(transfer(0, ONE, TWO, 0))
            .give(transfer(0, ONE, ONE, 1)).give(transfer(0, TWO, ONE, 1)).give(transfer(7, ONE, TWO, 1))
            .give(transfer(0, ONE, 7, 1)).give(transfer(1, ONE, TWO, 1)).give(transfer(0, ONE, TWO, Long.MIN_VALUE));

        assertDecisions("TransferPosition INVALID_VALUE", "TransferPosition INVALID_VALUE",
            "TransferPosition INVALID_VALUE", "TransferPosition INVALID_VALUE", "TransferPosition INVALID_VALUE",
            "[7] TransferPosition UNKNOWN_INSTRUMENT", "TransferPosition UNKNOWN_STRATEGY",
            "[1] TransferPosition UNKNOWN_STRATEGY", "TransferPosition INVALID_VALUE");
        assertThat(leg(ONE).position().netLots()).isEqualTo(10);
    }
}
