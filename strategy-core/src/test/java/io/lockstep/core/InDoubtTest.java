package io.lockstep.core;

import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderState;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TradingMode;
import org.junit.jupiter.api.Test;

import static io.lockstep.core.CoreScenario.SCRIPTED;
import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.cancelOldest;
import static io.lockstep.core.CoreScenario.replaceOldest;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request without an answer puts its order in doubt after a set time: the venue is asked, and what it says settles it. Behind every
 * input the core is compared with one that was restored from it, so each step is also one behind a restart.
 */
class InDoubtTest
{
    private static final int GATEWAY = 11;
    private static final long AFTER_NS = 5_000_000_000L;

    private final CoreScenario scenario = new CoreScenario()
        .giveAsNode(NodeSays.started(false)).giveAsNode(NodeSays.venueDefinition(0, GATEWAY, 100, AFTER_NS, "TEST"))
        .define(CoreScenario.LINEAR)
        .assign(SCRIPTED).snapshot(100, "100x10 99x10", "101x10 102x10").compared();
    private final TradingCore core = scenario.core();

    InDoubtTest()
    {
        scenario.decisions();
    }

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    private Order order()
    {
        return core.openOrders(0).first();
    }

    private CoreScenario sent()
    {
        scenario.act(buy(5, 100)).decisions();
        return scenario;
    }

    private CoreScenario working()
    {
        sent().source(GATEWAY).accept(1).source(0).decisions();
        return scenario;
    }

    /** The venue's whole answer, as of what it had got of the egress. */
    private void answer(final long decisionsReceived, final VenueSays... statuses)
    {
        scenario.source(GATEWAY);
        for (final VenueSays status : statuses)
        {
            scenario.give(status);
        }
        scenario.give(VenueSays.end(CoreScenario.INCARNATION, decisionsReceived, 0, statuses.length)).source(0);
    }

    private VenueSays status(final OrdStatus ordStatus)
    {
        return VenueSays.status(scenario.order(1)).ordStatus(ordStatus);
    }

    @Test
    void shouldAskOfANewOrderWithoutAnAnswer()
    {
        scenario.act(buy(5, 100));
        assertDecisions("NEW BUY 5@100 SIGNAL", "TIMER DOUBTS at 5000ms");

        scenario.at(5_000).doubts();

        assertDecisions("IN DOUBT #1 PENDING_NEW attempt=1 asked", "TIMER DOUBTS at 15000ms");
        assertThat(order().isInDoubt()).isTrue();
        assertThat(order().state()).isEqualTo(OrderState.PENDING_NEW);
        assertThat(core.venue(0).inquiries()).isEqualTo(1);
    }

    @Test
    void shouldAskEverMoreRarely()
    {
        sent();
        long atMs = 0;
        for (final long delayMs : new long[]{5_000, 10_000, 20_000, 40_000, 60_000, 60_000})
        {
            atMs += delayMs;
            scenario.at(atMs - 1).doubts();
            assertDecisions();
            scenario.at(atMs).doubts();
            assertThat(scenario.decisions()).first().asString().startsWith("IN DOUBT #1 PENDING_NEW");
        }
        assertThat(core.venue(0).inquiries()).isEqualTo(6);
    }

    @Test
    void shouldTakeTheStateThatTheVenueNames()
    {
        sent().at(5_000).doubts().decisions();

        answer(1, status(OrdStatus.NEW));

        assertDecisions();
        assertThat(order().state()).isEqualTo(OrderState.NEW);
        assertThat(order().isInDoubt()).isFalse();
        assertThat(core.venue(0).isAsked()).isFalse();
        scenario.at(15_000).doubts();
        assertDecisions();
    }

    @Test
    void shouldCloseAnOrderThatTheVenueWasGivenAndHasNot()
    {
        sent().at(5_000).doubts().decisions();

        answer(1);

        assertThat(scenario.decisions()).containsExactly("DIFFERENCE MISSING_ORDER BUY #1 journal=0");
        assertThat(core.openOrderCount()).isZero();
    }

    /** As long as the gateway has not handed it over, or does not know what became of it. */
    @Test
    void shouldNotGuessOfAnOrderThatTheVenueMayStillGet()
    {
        sent().at(5_000).doubts().decisions();

        answer(0);

        assertDecisions();
        assertThat(order().isInDoubt()).isTrue();
        scenario.at(15_000).doubts();
        assertDecisions("IN DOUBT #1 PENDING_NEW attempt=2 asked", "TIMER DOUBTS at 35000ms");
    }

    /** An acknowledgement says that the gateway has a request, and not that the venue has. */
    @Test
    void shouldNotTakeAnAcknowledgementForAnAnswer()
    {
        sent().source(GATEWAY).acknowledged(1).source(0).at(5_000).doubts().decisions();

        answer(0);

        assertThat(core.openOrderCount()).isEqualTo(1);
    }

    @Test
    void shouldTakeALateAnswerToTheRequestItself()
    {
        sent().at(5_000).doubts().source(GATEWAY).fill(1, 5, 100).source(0);

        assertThat(core.openOrderCount()).isZero();
        assertThat(core.position(0).netLots()).isEqualTo(5);
        scenario.decisions();
        answer(1);
        assertDecisions();
    }

    @Test
    void shouldBookFillsThatComeWithTheAnswer()
    {
        sent().at(5_000).doubts().source(GATEWAY).fill(1, 2, 100).source(0).decisions();

        answer(1, status(OrdStatus.PARTIALLY_FILLED));

        assertThat(core.position(0).netLots()).isEqualTo(2);
        assertThat(order().state()).isEqualTo(OrderState.PARTIALLY_FILLED);
        assertDecisions();
    }

    @Test
    void shouldTakeACancelOfWhichTheVenueHasNothingForRefused()
    {
        working().act(cancelOldest()).at(5_000).doubts();
        assertDecisions("CANCEL #1 ABANDONED", "IN DOUBT #1 PENDING_CANCEL attempt=1 asked", "TIMER DOUBTS at 15000ms");

        answer(2, status(OrdStatus.NEW));

        assertThat(order().state()).isEqualTo(OrderState.NEW);
        assertThat(order().isInDoubt()).isFalse();
    }

    @Test
    void shouldCloseAnOrderWhoseCancelWasLostOnTheWayBack()
    {
        working().act(cancelOldest()).at(5_000).doubts().decisions();

        answer(2);

        assertThat(core.openOrderCount()).isZero();
    }

    @Test
    void shouldAskAgainWhileTheVenueHasTheCancelUnderWay()
    {
        working().act(cancelOldest()).at(5_000).doubts().decisions();

        answer(2, status(OrdStatus.PENDING_CANCEL));

        assertThat(order().isInDoubt()).isTrue();
        scenario.at(15_000).doubts();
        assertDecisions("IN DOUBT #1 PENDING_CANCEL attempt=2 asked", "TIMER DOUBTS at 35000ms");
    }

    @Test
    void shouldTakeAReplaceOfWhichTheVenueHasNothingForRefused()
    {
        working().act(replaceOldest(7, 99)).at(5_000).doubts().decisions();

        answer(2, status(OrdStatus.NEW));

        assertThat(order().state()).isEqualTo(OrderState.NEW);
        assertThat(order().orderQtyLots()).isEqualTo(5);
    }

    @Test
    void shouldTakeAReplaceThatTheVenueHasGranted()
    {
        working().act(replaceOldest(7, 99)).at(5_000).doubts().decisions();

        answer(2, VenueSays.status(scenario.order(1).replaceClOrdId(), Side.BUY, 0, 7).ordStatus(OrdStatus.NEW));

        assertThat(order().state()).isEqualTo(OrderState.NEW);
        assertThat(order().orderQtyLots()).isEqualTo(7);
        assertThat(order().isInDoubt()).isFalse();
    }

    /** The wish goes on by itself, whether the venue answers the question or not. */
    @Test
    void shouldSendAgainTheCancelOfAnOrderThatIsToBeGone()
    {
        working().mode(TradingMode.KILLED).at(5_000).doubts().decisions();

        answer(2, status(OrdStatus.NEW));

        scenario.at(5_000).wishes();
        assertDecisions("TIMER WISHES at 5100ms");
        scenario.at(5_100).wishes();
        assertThat(scenario.decisions()).first().isEqualTo("CANCEL #1 OPERATOR");
    }

    @Test
    void shouldCountAnOrderInDoubtInTheLimits()
    {
        scenario.limit(LimitType.MAX_POSITION_QUANTITY, "0.005").decisions();
        sent().at(5_000).doubts().decisions();

        scenario.act(buy(1, 100));

        assertThat(scenario.decisions()).first().asString().startsWith("REFUSED MAX_POSITION_QUANTITY");
    }

    @Test
    void shouldLetOtherOrdersLeaveWhileTheVenueIsAsked()
    {
        sent().at(5_000).doubts().act(buy(1, 99)).decisions();

        answer(1, status(OrdStatus.NEW));

        // The second left behind the question: the venue need not have it.
        assertThat(core.openOrderCount()).isEqualTo(2);
        assertThat(order().state()).isEqualTo(OrderState.NEW);
    }

    /** It says how its orders stand when it is back. */
    @Test
    void shouldNotAskAVenueThatIsAway()
    {
        sent().giveAsNode(NodeSays.started(true)).at(5_000).doubts();

        assertDecisions("IN DOUBT #1 PENDING_NEW attempt=1 away", "TIMER DOUBTS at 15000ms");
        assertThat(core.venue(0).inquiries()).isZero();
        answer(1, status(OrdStatus.NEW));
        assertThat(order().isInDoubt()).isFalse();
    }

    @Test
    void shouldNotTakeHalfAnAnswer()
    {
        sent().at(5_000).doubts().decisions();

        scenario.source(GATEWAY).give(VenueSays.end(CoreScenario.INCARNATION, 1, 0, 1)).source(0);

        assertThat(order().isInDoubt()).isTrue();
        answer(1, status(OrdStatus.NEW));
        assertThat(order().state()).isEqualTo(OrderState.NEW);
    }

    /** It was listed before it was cancelled; in an answer to a node that was away it would be news. */
    @Test
    void shouldNotTakeAnOrderForLostThatHasEndedMeanwhile()
    {
        working().act(buy(1, 99)).at(5_000).doubts().decisions();
        final VenueSays listed = status(OrdStatus.NEW);

        scenario.act(cancelOldest()).source(GATEWAY).give(VenueSays.report(
            ExecType.CANCELED, scenario.order(1).cancelClOrdId(), Side.BUY).orig(scenario.order(1).clOrdId())).source(0)
            .decisions();
        answer(2, listed, VenueSays.status(scenario.order(2)));

        assertDecisions();
        assertThat(core.venue(0).strays().count()).isZero();
    }

    @Test
    void shouldWaitAnewWithEachAnswer()
    {
        sent().at(4_000).act(cancelOldest()).at(4_500).source(GATEWAY).accept(1).source(0).decisions();

        scenario.at(5_000).doubts();

        assertDecisions("TIMER DOUBTS at 9500ms");
        scenario.at(9_500).doubts();
        assertDecisions("IN DOUBT #1 PENDING_CANCEL attempt=1 asked", "TIMER DOUBTS at 19500ms");
    }

    @Test
    void shouldSetOneTimerForAllOrders()
    {
        scenario.act(buy(1, 100)).at(1_000).act(buy(1, 99));

        assertDecisions("NEW BUY 1@100 SIGNAL", "TIMER DOUBTS at 5000ms", "NEW BUY 1@99 SIGNAL");
        scenario.source(GATEWAY).accept(1).source(0).at(5_000).doubts();
        assertDecisions("TIMER DOUBTS at 6000ms");
    }
}
