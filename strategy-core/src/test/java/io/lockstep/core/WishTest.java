package io.lockstep.core;

import io.lockstep.core.instance.TimerIds;
import io.lockstep.core.order.Order;
import io.lockstep.sbe.CxlRejResponseTo;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TradingMode;
import org.junit.jupiter.api.Test;

import static io.lockstep.core.CoreScenario.SCRIPTED;
import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.cancelOldest;
import static io.lockstep.core.CoreScenario.replaceOldest;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A wish that an order be gone lasts until the order is gone, whatever the venue refuses meanwhile. Behind every input the core is
 * compared with one that was restored from it.
 */
class WishTest
{
    private static final long[] BACK_OFF_MS = {100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000};

    private static final long[] SILENCE_MS = {5_000, 10_000, 20_000, 40_000, 60_000, 60_000};

    private final CoreScenario scenario = CoreScenario.reckoned();

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    private CoreScenario working()
    {
        scenario.act(buy(5, 100)).accept(1).decisions();
        return scenario;
    }

    private Order order()
    {
        return scenario.core().openOrders(0).first();
    }

    @Test
    void shouldSendAgainTheCancelOfAKillThatCameWhileAnotherWasUnderWay()
    {
        working().act(cancelOldest()).mode(TradingMode.KILLED);
        assertDecisions("CANCEL #1 ABANDONED", "TIMER WISHES at 5000ms", "SetTradingMode ACCEPTED");

        scenario.rejectCancel(1);
        assertDecisions("TIMER WISHES at 100ms");
        scenario.at(100).wishes();
        assertDecisions("CANCEL #1 OPERATOR", "TIMER WISHES at 10100ms");
        scenario.cancel(1);
        assertDecisions();
        assertThat(scenario.core().openOrderCount()).isZero();
    }

    @Test
    void shouldSendAgainEverMoreRarely()
    {
        working().mode(TradingMode.KILLED).decisions();
        long atMs = 0;
        for (final long delayMs : BACK_OFF_MS)
        {
            scenario.rejectCancel(1);
            assertDecisions("TIMER WISHES at " + (atMs + delayMs) + "ms");
            atMs += delayMs;
            scenario.at(atMs).wishes();
            assertThat(scenario.decisions()).first().isEqualTo("CANCEL #1 OPERATOR");
        }
        scenario.fill(1, 5, 100);
        assertThat(scenario.core().openOrderCount()).isZero();
    }

    @Test
    void shouldNotSendAgainACancelThatNobodyWishesForGood()
    {
        working().act(cancelOldest()).rejectCancel(1);

        assertDecisions("CANCEL #1 ABANDONED");
        assertThat(order().wish()).isEqualTo(OrderReason.NONE);
    }

    @Test
    void shouldKeepTheFirstReason()
    {
        working().stop(SCRIPTED).mode(TradingMode.KILLED).giveAsNode(NodeSays.alert(TradingMode.NULL_VAL, true));

        assertDecisions("CANCEL #1 OPERATOR", "TIMER WISHES at 5000ms", "ControlStrategy ACCEPTED",
            "SetTradingMode ACCEPTED");
        assertThat(order().wish()).isEqualTo(OrderReason.OPERATOR);
    }

    @Test
    void shouldWaitForTheSameTimerWithSeveralOrders()
    {
        working().act(buy(6, 99)).accept(2).mode(TradingMode.KILLED).rejectCancel(1).at(50).rejectCancel(2).decisions();

        scenario.at(100).wishes();
        assertDecisions("CANCEL #1 OPERATOR", "TIMER WISHES at 150ms");
        scenario.at(150).wishes();
        assertDecisions("CANCEL #2 OPERATOR", "TIMER WISHES at 10100ms");
    }

    /** A timer that is due is scheduled by the core's newest word; an older one does nothing. */
    @Test
    void shouldLeaveATimerThatIsNotItsOwn()
    {
        working().mode(TradingMode.KILLED).rejectCancel(1).decisions();

        scenario.at(40).wishes().timer(TimerIds.WISHES, CoreScenario.START_NS + 99_000_000);

        assertDecisions();
        scenario.at(100).wishes();
        assertDecisions("CANCEL #1 OPERATOR", "TIMER WISHES at 10100ms");
    }

    @Test
    void shouldGoOnBehindAReplaceThatTheVenueGrants()
    {
        working().act(replaceOldest(7, 99)).mode(TradingMode.KILLED).replace(1).rejectCancel(1).at(100).wishes();

        assertDecisions("REPLACE #1 7@99 SIGNAL", "CANCEL #1 OPERATOR", "TIMER WISHES at 5000ms",
            "SetTradingMode ACCEPTED", "TIMER WISHES at 100ms", "CANCEL #1 OPERATOR", "TIMER WISHES at 10100ms");
    }

    @Test
    void shouldNotBeHeldUpByAStrategyThatCancelsAtTheSameTime()
    {
        working().onOrder((context, order, event) ->
        {
            if (!order.state().isTerminal())
            {
                context.cancel(order, OrderReason.ABANDONED);
            }
        });
        scenario.give(OperatorSays.cancelOrder(scenario.order(1).clOrdId())).rejectCancel(1).at(100).wishes();

        assertDecisions("CANCEL #1 OPERATOR", "TIMER WISHES at 5000ms", "OperatorCancel ACCEPTED",
            "CANCEL #1 ABANDONED");
        scenario.onOrder(null).rejectCancel(1).at(200).wishes();
        assertDecisions("TIMER WISHES at 200ms", "CANCEL #1 OPERATOR", "TIMER WISHES at 10200ms");
    }

    /** A restart loses no wish: the timer is the core's, and so in the snapshot. */
    @Test
    void shouldSurviveARestart()
    {
        working().mode(TradingMode.KILLED).rejectCancel(1).incarnation(4).giveAsNode(NodeSays.started(false))
            .decisions();

        scenario.at(100).wishes();

        assertDecisions("CANCEL #1 OPERATOR", "TIMER WISHES at 10100ms");
        assertThat(order().wishAttempts()).isEqualTo(1);
    }

    /** Neither may an order that only the venue has stay open because its cancel was refused once. */
    @Test
    void shouldSendAgainTheCancelOfALostOrder()
    {
        final String lost = CoreScenario.clOrdId(1, 5_000_000, 1);
        scenario.giveAsNode(NodeSays.started(true)).give(VenueSays.status(lost, Side.SELL, 0, 4))
            .give(VenueSays.end(CoreScenario.INCARNATION, 1, 0, 1)).decisions();

        scenario.reject(CoreScenario.clOrdId(CoreScenario.INCARNATION, 9, 2), lost, CxlRejResponseTo.CANCEL_REQUEST);
        assertDecisions("TIMER WISHES at 100ms");
        assertThat(scenario.core().unknownOrders()).isZero();
        scenario.at(100).wishes();
        assertDecisions("CANCEL " + lost + " UNKNOWN_TO_JOURNAL", "TIMER WISHES at 10100ms");
        scenario.reject(CoreScenario.clOrdId(CoreScenario.INCARNATION, 11, 1), lost, CxlRejResponseTo.CANCEL_REQUEST);
        assertDecisions("TIMER WISHES at 300ms");
        scenario.give(VenueSays.report(ExecType.CANCELED, lost, Side.SELL)).at(300).wishes();
        assertDecisions();
        assertThat(scenario.core().venue(0).strays().count()).isZero();
    }

    @Test
    void shouldAskAgainForACancelThatAVenuesAnswerDoesNotKnow()
    {
        working().mode(TradingMode.KILLED).giveAsNode(NodeSays.started(true))
            .give(VenueSays.status(scenario.order(1))).give(VenueSays.end(CoreScenario.INCARNATION, 2, 0, 1));

        assertDecisions("CANCEL #1 OPERATOR", "TIMER WISHES at 5000ms", "SetTradingMode ACCEPTED",
            "TIMER WISHES at 100ms");
    }

    /** Under a ClOrdID of its own each time: nothing takes it for one that came before. */
    @Test
    void shouldSendAgainACancelOfWhichNothingIsHeard()
    {
        working().mode(TradingMode.KILLED).decisions();
        long atMs = 0;
        for (final long delayMs : SILENCE_MS)
        {
            atMs += delayMs;
            scenario.at(atMs - 1).wishes();
            assertDecisions();
            scenario.at(atMs).wishes();
            assertThat(scenario.decisions()).first().isEqualTo("CANCEL #1 OPERATOR");
        }
        scenario.cancel(1).at(atMs + 60_000).wishes();
        assertDecisions();
    }

    @Test
    void shouldSendAgainThatOfAnotherWhichNobodyWished()
    {
        working().act(cancelOldest()).mode(TradingMode.KILLED).at(5_000).wishes();

        assertDecisions("CANCEL #1 ABANDONED", "TIMER WISHES at 5000ms", "SetTradingMode ACCEPTED",
            "CANCEL #1 OPERATOR", "TIMER WISHES at 15000ms");
    }

    @Test
    void shouldNotSendAgainAnUnansweredCancelThatNobodyWishesForGood()
    {
        working().act(cancelOldest()).at(60_000).wishes();

        assertDecisions("CANCEL #1 ABANDONED");
    }

    /** The venue settles what is under way when it is back; more of the same would only wait with it. */
    @Test
    void shouldNotSendAgainAnUnansweredCancelToAVenueThatIsAway()
    {
        working().mode(TradingMode.KILLED).giveAsNode(NodeSays.started(true)).at(5_000).wishes();

        assertDecisions("CANCEL #1 OPERATOR", "TIMER WISHES at 5000ms", "SetTradingMode ACCEPTED",
            "TIMER WISHES at 10000ms");
        scenario.give(VenueSays.status(scenario.order(1))).give(VenueSays.end(CoreScenario.INCARNATION, 2, 0, 1));
        assertDecisions("TIMER WISHES at 5100ms");
    }

    @Test
    void shouldKeepAnUnansweredCancelOverARestart()
    {
        working().mode(TradingMode.KILLED).at(5_000).wishes().incarnation(4).giveAsNode(NodeSays.started(false))
            .decisions();

        scenario.at(15_000).wishes();

        assertDecisions("CANCEL #1 OPERATOR", "TIMER WISHES at 35000ms");
        assertThat(order().wishAttempts()).isEqualTo(2);
    }

    @Test
    void shouldSendAgainTheUnansweredCancelOfALostOrder()
    {
        final String lost = CoreScenario.clOrdId(1, 5_000_000, 1);
        scenario.giveAsNode(NodeSays.started(true)).give(VenueSays.status(lost, Side.SELL, 0, 4))
            .give(VenueSays.end(CoreScenario.INCARNATION, 1, 0, 1)).decisions();

        scenario.at(5_000).wishes();

        assertDecisions("CANCEL " + lost + " UNKNOWN_TO_JOURNAL", "TIMER WISHES at 15000ms");
        scenario.give(VenueSays.report(ExecType.CANCELED, lost, Side.SELL)).at(15_000).wishes();
        assertDecisions();
    }
}
