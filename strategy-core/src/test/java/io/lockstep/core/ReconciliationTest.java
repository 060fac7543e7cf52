package io.lockstep.core;

import io.lockstep.sbe.CoreSectionDecoder;
import io.lockstep.sbe.CxlRejResponseTo;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TradingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.cancelOldest;
import static io.lockstep.core.CoreScenario.replaceOldest;
import static io.lockstep.core.CoreScenario.sell;
import static io.lockstep.core.NodeSays.gatewayAhead;
import static io.lockstep.core.NodeSays.started;
import static io.lockstep.core.NodeSays.venue;
import static io.lockstep.core.VenueSays.end;
import static io.lockstep.core.VenueSays.fill;
import static io.lockstep.core.VenueSays.report;
import static io.lockstep.core.VenueSays.status;
import static org.assertj.core.api.Assertions.assertThat;

/** The venue's answer held against the journal, after a restart or a lost connection. */
class ReconciliationTest
{
    private static final long NOTIONAL_UNIT = 100_000_000;
    private static final int NEXT = CoreScenario.INCARNATION + 1;
    /** Of an order that the journal has lost. */
    private static final String LOST = CoreScenario.clOrdId(CoreScenario.INCARNATION, 9_000, 1);

    private final CoreScenario scenario = CoreScenario.reckoned();
    private final TradingCore core = scenario.core();

    /** The node is back in the next incarnation; what was decided and heard before is forgotten. */
    private CoreScenario restarted()
    {
        scenario.incarnation(NEXT).give(started(true)).decisions();
        scenario.heard();
        return scenario;
    }

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    private void assertHeard(final String... expected)
    {
        assertThat(scenario.heard()).containsExactly(expected);
    }

    private void assertOpen(final int count)
    {
        assertThat(core.openOrders(0).count()).isEqualTo(count);
    }

    private void assertNothingOdd()
    {
        assertThat(core.unknownOrders()).isZero();
        assertThat(core.impossibleOrderEvents()).isZero();
        assertThat(core.ignoredAnswers()).isZero();
    }

    @Test
    void shouldSendNothingNewUntilTheAnswerIsComplete()
    {
        scenario.act(buy(10, 100)).accept(1);
        restarted().act(buy(1, 100)).act(replaceOldest(5, 99)).give(status(scenario.order(1))).act(buy(1, 100))
            .give(end(NEXT, 1, 0, 1)).act(buy(1, 100)).act(replaceOldest(5, 99));

        assertDecisions("REFUSED VENUE_UNAVAILABLE", "REFUSED VENUE_UNAVAILABLE", "REFUSED VENUE_UNAVAILABLE",
            "NEW BUY 1@100 SIGNAL", "REPLACE #1 5@99 SIGNAL");
        assertThat(core.isReconciling()).isFalse();
        assertNothingOdd();
    }

    @Test
    void shouldLetCancelsPass()
    {
        scenario.act(buy(10, 100)).accept(1);
        restarted().act(cancelOldest());

        assertDecisions("CANCEL #1 ABANDONED");
    }

    @Test
    void shouldNotWaitWhereNobodyAsks()
    {
        scenario.give(started(false)).act(buy(1, 100));

        assertDecisions("NEW BUY 1@100 SIGNAL");
        assertThat(core.isReconciling()).isFalse();
    }

    @Test
    void shouldWaitAgainWhenTheVenueIsAway()
    {
        restarted().give(end(NEXT, 0, 0, 0)).give(venue(false)).act(buy(1, 100)).give(venue(true)).act(buy(2, 100))
            .give(end(NEXT, 0, 0, 0)).act(buy(3, 100));

        assertDecisions("REFUSED VENUE_UNAVAILABLE", "REFUSED VENUE_UNAVAILABLE", "NEW BUY 3@100 SIGNAL");
    }

    @Test
    void shouldGoOnWhenTheVenueIsBackWhereNobodyAsks()
    {
        scenario.give(started(false)).give(venue(false)).act(buy(1, 100)).give(venue(true)).act(buy(2, 100));

        assertDecisions("REFUSED VENUE_UNAVAILABLE", "NEW BUY 2@100 SIGNAL");
    }

    @Test
    void shouldNotBeMovedByAVenueThatWasNeverAway()
    {
        restarted().give(end(NEXT, 0, 0, 0)).give(venue(true)).act(buy(1, 100));

        assertDecisions("NEW BUY 1@100 SIGNAL");
    }

    @Test
    void shouldTakeTheFillOfAnOrderFilledWhileDown()
    {
        scenario.act(buy(10, 100)).accept(1);
        restarted().give(fill(scenario.order(1).clOrdId(), Side.BUY, 10, 100, 0).execId(5)).give(end(NEXT, 1, 5, 0));

        assertDecisions();
        assertHeard("FILL FILLED 10/10");
        assertThat(core.position(0).netLots()).isEqualTo(10);
        assertOpen(0);
        assertNothingOdd();
    }

    @Test
    void shouldTakeTwoPartsFilledWhileDownAndWhatIsLeft()
    {
        scenario.act(buy(10, 100)).accept(1);
        final String clOrdId = scenario.order(1).clOrdId();
        restarted().give(fill(clOrdId, Side.BUY, 3, 100, 7).execId(5))
            .give(fill(clOrdId, Side.BUY, 2, 100, 5).execId(6)).give(status(clOrdId, Side.BUY, 5, 5))
            .give(end(NEXT, 1, 6, 1));

        assertDecisions();
        assertHeard("PARTIAL_FILL PARTIALLY_FILLED 3/10", "PARTIAL_FILL PARTIALLY_FILLED 5/10");
        assertThat(core.position(0).netLots()).isEqualTo(5);
        assertThat(core.openOrders(0).first().leavesQtyLots()).isEqualTo(5);
        assertNothingOdd();
    }

    @Test
    void shouldTakeTheCancelOfAnOrderThatTheVenueCancelled()
    {
        scenario.act(buy(10, 100)).accept(1);
        restarted().give(report(ExecType.CANCELED, scenario.order(1).clOrdId(), Side.BUY).execId(5))
            .give(end(NEXT, 1, 5, 0));

        assertDecisions();
        assertHeard("CANCELED CANCELED 0/10");
        assertNothingOdd();
    }

    @Test
    void shouldAcceptAnOrderThatIsOpenAtTheVenue()
    {
        scenario.act(buy(10, 100));
        restarted().give(status(scenario.order(1))).give(end(NEXT, 1, 0, 1));

        assertDecisions();
        assertHeard("ACCEPTED NEW 0/10");
        assertNothingOdd();
    }

    @Test
    void shouldLeaveAnOrderThatIsUnderWayAtTheVenue()
    {
        scenario.act(buy(10, 100));
        restarted().give(status(scenario.order(1)).ordStatus(OrdStatus.PENDING_NEW)).give(end(NEXT, 1, 0, 1));

        assertDecisions();
        assertHeard();
        assertThat(core.openOrders(0).first().state().status()).isEqualTo(OrdStatus.PENDING_NEW);
    }

    @Test
    void shouldKeepAnOrderThatWasNotGivenToTheVenue()
    {
        scenario.act(buy(10, 100)).act(buy(5, 100));
        restarted().give(end(NEXT, 1, 0, 0));

        assertDecisions("DIFFERENCE MISSING_ORDER BUY #1 journal=0");
        assertHeard("CANCELED CANCELED 0/10");
        assertOpen(1);

        scenario.accept(2).fill(2, 5, 100);
        assertHeard("ACCEPTED NEW 0/5", "FILL FILLED 5/5");
        assertNothingOdd();
    }

    /** Only the order's own request counts: a cancel that waits to be sent will find nothing. */
    @Test
    void shouldCloseAnOrderThatTheVenueHasNotThoughACancelOfItWaits()
    {
        scenario.act(buy(10, 100)).accept(1).fill(1, 4, 100).act(cancelOldest());
        restarted().give(end(NEXT, 1, 0, 0));

        assertDecisions("DIFFERENCE MISSING_ORDER BUY #1 journal=4");
        assertHeard("CANCELED CANCELED 4/10");
        assertThat(core.position(0).netLots()).isEqualTo(4);
        assertOpen(0);
    }

    /** The gateway was started again and knows nothing; what it had acknowledged before was given to the venue all the same. */
    @Test
    void shouldCloseAnOrderThatWasAcknowledgedThoughItsGatewayHasForgotten()
    {
        scenario.act(buy(10, 100)).act(buy(5, 100)).acknowledged(1);
        restarted().give(end(NEXT, 0, 0, 0));

        assertDecisions("DIFFERENCE MISSING_ORDER BUY #1 journal=0");
        assertHeard("CANCELED CANCELED 0/10");
        assertOpen(1);
    }

    /** What the journal has under the numbers that the gateway is ahead by is never sent, whatever a later gateway knows. */
    @Test
    void shouldCloseAnOrderWhoseNumberTheGatewayHadForAnother()
    {
        scenario.act(buy(10, 100)).act(buy(5, 100));
        restarted().giveAsNode(gatewayAhead(1)).give(end(NEXT, 0, 0, 0));

        assertDecisions("DIFFERENCE MISSING_ORDER BUY #1 journal=0");
        assertOpen(1);
    }

    /** The refusal of the cancel is no execution, so it comes before what the answer repeats. */
    @Test
    void shouldTakeARejectionThatTheRefusalOfACancelHasOvertaken()
    {
        scenario.act(buy(10, 100)).act(cancelOldest());
        restarted().rejectCancel(1);
        assertHeard("REQUEST_REJECTED PENDING_NEW 0/10");

        scenario.give(report(ExecType.REJECTED, scenario.order(1).clOrdId(), Side.BUY).execId(5))
            .give(end(NEXT, 2, 5, 0));
        assertHeard("REJECTED REJECTED 0/10");
        assertOpen(0);
        assertNothingOdd();
    }

    /** It was accepted, though the report of that is lost: the answer lists it. */
    @Test
    void shouldLeaveAnOrderNewWhenTheAnswerHasItAndItsCancelIsRefused()
    {
        scenario.act(buy(10, 100)).act(cancelOldest());
        restarted().give(status(scenario.order(1))).give(end(NEXT, 2, 0, 1));

        assertHeard("REQUEST_REJECTED NEW 0/10");
        assertNothingOdd();
    }

    /** It was under way when the venue was asked. */
    @Test
    void shouldTakeAReplaceThatTheJournalHasLostAndCancelTheOrder()
    {
        scenario.act(buy(10, 100)).accept(1);
        restarted().give(status(scenario.order(1)).ordStatus(OrdStatus.PENDING_REPLACE)).give(end(NEXT, 1, 0, 1))
            .give(report(ExecType.REPLACED, LOST, Side.BUY).orig(scenario.order(1).clOrdId()).leaves(7).execId(5));

        assertDecisions("DIFFERENCE UNKNOWN_ORDER BUY " + LOST + " exec=5 venue=0",
            "CANCEL " + LOST + " UNKNOWN_TO_JOURNAL", "TIMER WISHES at 5000ms");
        assertHeard("REPLACED NEW 0/7");

        scenario.give(fill(LOST, Side.BUY, 7, 100, 0).execId(6));
        assertThat(core.position(0).netLots()).isEqualTo(7);
        assertOpen(0);
        assertNothingOdd();
    }

    /** It is not the answer to the one under way, whatever the order has asked for since. */
    @Test
    void shouldTakeALostReplaceThatIsGrantedWhileAnotherIsUnderWay()
    {
        scenario.act(buy(10, 100)).accept(1);
        final String named = scenario.order(1).clOrdId();
        restarted().give(status(scenario.order(1)).ordStatus(OrdStatus.PENDING_REPLACE)).give(end(NEXT, 1, 0, 1))
            .act(replaceOldest(5, 98))
            .give(report(ExecType.REPLACED, LOST, Side.BUY).orig(named).leaves(7).execId(5));
        final String asked = scenario.order(1).replaceClOrdId();
        assertHeard("REPLACED PENDING_REPLACE 0/7");
        assertThat(scenario.decisions()).contains("CANCEL " + LOST + " UNKNOWN_TO_JOURNAL", "TIMER WISHES at 5000ms");

        scenario.give(fill(LOST, Side.BUY, 3, 100, 4).execId(6))
            .reject(asked, named, CxlRejResponseTo.REPLACE_REQUEST)
            .give(report(ExecType.CANCELED, LOST, Side.BUY).execId(7));
        assertThat(core.position(0).netLots()).isEqualTo(3);
        assertOpen(0);
        assertNothingOdd();
    }

    /** It is the order that has come in its place, as far as the venue says; no replace was lost. */
    @Test
    void shouldTakeTheStatusOfAnEarlierClOrdIdForTheOrderThatHasComeInItsPlace()
    {
        scenario.act(buy(10, 100)).accept(1);
        final String earlier = scenario.order(1).clOrdId();
        scenario.act(replaceOldest(12, 99)).replace(1).fill(1, 2, 99);
        final long sequence = core.openOrders(0).first().sequence();

        restarted().give(status(earlier, Side.BUY, 2, 10)).give(end(NEXT, 2, 0, 1));

        assertDecisions();
        assertHeard();
        assertOpen(1);
        assertThat(core.openOrders(0).first().orderQtyLots()).isEqualTo(12);
        assertThat(core.openOrders(0).first().sequence()).isEqualTo(sequence);
        assertNothingOdd();

        scenario.give(fill(earlier, Side.BUY, 3, 99, 7).execId(5));
        assertHeard("PARTIAL_FILL PARTIALLY_FILLED 5/12");
        assertNothingOdd();
    }

    /** The REPLACED of the second came first, from the gateway's memory, when nobody knew what it replaced. */
    @Test
    void shouldTakeTheNameThatTheStatusOfAnOrderHasWhereTheJournalHasLostTwoReplaces()
    {
        final String lostBefore = CoreScenario.clOrdId(CoreScenario.INCARNATION, 8_999, 1);
        scenario.act(buy(10, 100)).accept(1).act(cancelOldest());
        final String named = scenario.order(1).clOrdId();
        restarted()
            .give(report(ExecType.REPLACED, LOST, Side.BUY).orig(lostBefore).leaves(7).execId(6))
            .give(report(ExecType.REPLACED, lostBefore, Side.BUY).orig(named).leaves(8).execId(5))
            .give(report(ExecType.REPLACED, LOST, Side.BUY).orig(lostBefore).leaves(7).execId(6))
            .give(status(LOST, Side.BUY, 0, 7).orig(named)).give(end(NEXT, 1, 6, 1));
        assertHeard("REPLACED PENDING_CANCEL 0/8", "REPLACED PENDING_CANCEL 0/7");

        scenario.give(fill(LOST, Side.BUY, 7, 100, 0).execId(7));
        assertThat(core.position(0).netLots()).isEqualTo(7);
        assertOpen(0);
        assertThat(core.unknownOrders()).as("the REPLACED that came first").isEqualTo(1);
    }

    /** The cancel was sent two replaces ago, and the venue's answer names the order as the cancel did. */
    @Test
    void shouldFindTheOrderThatACancelNamedThoughTheJournalHasLostAReplaceSince()
    {
        scenario.act(buy(10, 100)).accept(1).act(replaceOldest(12, 99)).act(cancelOldest());
        final String named = scenario.order(1).clOrdId();
        final String cancel = scenario.order(1).cancelClOrdId();
        restarted().give(status(scenario.order(1)).ordStatus(OrdStatus.PENDING_REPLACE)).give(end(NEXT, 3, 0, 1))
            .replace(1)
            .give(report(ExecType.REPLACED, LOST, Side.BUY).orig(scenario.order(1).clOrdId()).leaves(7).execId(5));
        assertHeard("REPLACED PENDING_CANCEL 0/12", "REPLACED PENDING_CANCEL 0/7");

        scenario.give(report(ExecType.CANCELED, cancel, Side.BUY).orig(named).execId(6));
        assertHeard("CANCELED CANCELED 0/7");
        assertOpen(0);
        assertNothingOdd();
    }

    /** The journal has lost a cancel, and the venue refuses it while a later one is under way. */
    @Test
    void shouldNotTakeTheRefusalOfALostRequestForThatOfALaterOne()
    {
        scenario.act(buy(10, 100)).accept(1);
        final String named = scenario.order(1).clOrdId();
        restarted().give(status(scenario.order(1))).give(end(NEXT, 1, 0, 1)).act(cancelOldest())
            .reject(LOST, named, CxlRejResponseTo.CANCEL_REQUEST).reject("", named, CxlRejResponseTo.CANCEL_REQUEST);
        assertHeard();

        scenario.rejectCancel(1);
        assertHeard("REQUEST_REJECTED NEW 0/10");
        assertThat(core.impossibleOrderEvents()).isEqualTo(2);

        scenario.act(replaceOldest(5, 98)).reject(LOST, named, CxlRejResponseTo.REPLACE_REQUEST).replace(1);
        assertHeard("REPLACED NEW 0/5");
        assertThat(core.impossibleOrderEvents()).isEqualTo(3);
    }

    @Test
    void shouldFreeTheClOrdIdOfAMissingOrder()
    {
        scenario.act(buy(10, 100)).accept(1);
        restarted().give(end(NEXT, 1, 0, 0)).decisions();
        scenario.fill(1, 10, 100);

        assertThat(core.openOrderCount()).isZero();
        assertThat(core.executionsOutOfPlace()).as("it was executed all the same").isEqualTo(1);
        assertThat(core.slot(0).legOf(1).netLots()).isEqualTo(10);
    }

    @Test
    void shouldNotLetAStrategySendWhileOrdersAreStillCompared()
    {
        scenario.act(buy(10, 100)).act(buy(11, 100)).onOrder((context, order, event) -> buy(3, 100).accept(context));
        restarted().give(end(NEXT, 2, 0, 0));

        assertDecisions("DIFFERENCE MISSING_ORDER BUY #1 journal=0", "REFUSED VENUE_UNAVAILABLE",
            "DIFFERENCE MISSING_ORDER BUY #2 journal=0", "REFUSED VENUE_UNAVAILABLE");
    }

    @Test
    void shouldKeepRequestsThatTheVenueWasNotGiven()
    {
        scenario.act(buy(10, 100)).accept(1).act(replaceOldest(12, 99)).act(cancelOldest());
        restarted().give(status(scenario.order(1))).give(end(NEXT, 1, 0, 1));
        assertHeard();

        scenario.replace(1).cancel(1);
        assertHeard("REPLACED PENDING_CANCEL 0/12", "CANCELED CANCELED 0/12");
        assertNothingOdd();
    }

    @Test
    void shouldTakeRequestsThatTheVenueHasNothingOfForRefused()
    {
        scenario.act(buy(10, 100)).accept(1).act(replaceOldest(12, 99)).act(cancelOldest());
        restarted().give(status(scenario.order(1))).give(end(NEXT, 3, 0, 1)).act(cancelOldest());

        assertHeard("REQUEST_REJECTED NEW 0/10");
        assertDecisions("CANCEL #1 ABANDONED");
    }

    @Test
    void shouldTakeOnlyTheRequestThatWasGivenForRefused()
    {
        scenario.act(buy(10, 100)).accept(1).act(replaceOldest(12, 99)).act(cancelOldest());
        restarted().give(status(scenario.order(1))).give(end(NEXT, 2, 0, 1)).cancel(1);

        assertHeard("CANCELED CANCELED 0/10");
        assertNothingOdd();
    }

    @ParameterizedTest
    @EnumSource(value = OrdStatus.class, names =
    {"PENDING_CANCEL", "PENDING_REPLACE"})
    void shouldKeepRequestsThatAreUnderWayAtTheVenue(final OrdStatus underWay)
    {
        scenario.act(buy(10, 100)).accept(1).act(replaceOldest(12, 99)).act(cancelOldest());
        restarted().give(status(scenario.order(1)).ordStatus(underWay)).give(end(NEXT, 3, 0, 1));

        assertHeard();
        assertThat(core.openOrders(0).first().state().status()).isEqualTo(OrdStatus.PENDING_CANCEL);
    }

    /** A cancel under way would go before the replace. */
    @Test
    void shouldTakeACancelForRefusedWhileOnlyAReplaceIsUnderWayThatTheJournalHasLost()
    {
        scenario.act(buy(10, 100)).accept(1).act(cancelOldest());
        restarted().give(status(scenario.order(1)).ordStatus(OrdStatus.PENDING_REPLACE)).give(end(NEXT, 2, 0, 1))
            .act(cancelOldest());

        assertHeard("REQUEST_REJECTED NEW 0/10");
        assertDecisions("CANCEL #1 ABANDONED");
    }

    @Test
    void shouldCompleteAReplaceWhoseReportIsLost()
    {
        scenario.act(buy(10, 100)).accept(1).act(replaceOldest(12, 99));
        restarted().give(status(scenario.order(1).replaceClOrdId(), Side.BUY, 0, 12)).give(end(NEXT, 2, 0, 1));

        assertHeard("REPLACED NEW 0/12");
        assertThat(core.openOrders(0).first().priceTicks()).isEqualTo(99);
    }

    @Test
    void shouldMoveThePositionByAFillOfALostOrder()
    {
        restarted().give(fill(LOST, Side.SELL, 4, 101, 0).execId(8)).give(end(NEXT, 0, 8, 0));

        assertDecisions("DIFFERENCE UNKNOWN_FILL SELL " + LOST + " exec=8 venue=4 of=1");
        assertThat(core.position(0).netLots()).isEqualTo(-4);
        assertThat(core.position(0).cash().toLongExact()).isEqualTo(404);
        assertThat(core.position(0).fees().toLongExact()).isEqualTo(1);
        assertHeard("STRAY SELL 4 at 101 net -4");
        assertNothingOdd();
    }

    @Test
    void shouldBookAFillOfAForgottenOrderToNobody()
    {
        restarted().give(end(NEXT, 0, 0, 0)).give(fill(LOST, Side.SELL, 4, 101, 0).execId(8));

        assertDecisions("OUT OF PLACE UNKNOWN_ORDER SELL " + LOST + " 4@101 was=NULL_VAL of=0 cum=4");
        assertThat(core.position(0).netLots()).isEqualTo(-4);
        assertThat(core.slot(0).legOf(0).netLots()).isEqualTo(-4);
        assertThat(core.unknownOrders()).isZero();
    }

    @Test
    void shouldNotMakeUpAFill()
    {
        restarted().give(fill(LOST, Side.SELL, 4, 101, 0).unpriced()).give(fill(LOST, Side.NULL_VAL, 4, 101, 0))
            .give(fill(LOST, Side.SELL, 0, 101, 0)).give(report(ExecType.NEW, LOST, Side.SELL));

        assertDecisions();
        assertThat(core.unknownOrders()).isEqualTo(4);
        assertThat(core.position(0).fills()).isZero();

        scenario.give(fill(LOST, Side.SELL, 4, 101, 0).instrumentId(7));
        assertDecisions();
        assertThat(core.unknownOrders()).isEqualTo(5);
    }

    @Test
    void shouldCancelALostOrderAgainUnderTheNameThatALostReplaceGivesIt()
    {
        final String lostAfter = CoreScenario.clOrdId(CoreScenario.INCARNATION, 9_001, 1);
        restarted().give(status(LOST, Side.BUY, 0, 8).ordStatus(OrdStatus.PENDING_REPLACE)).give(end(NEXT, 0, 0, 1))
            .give(report(ExecType.REPLACED, lostAfter, Side.BUY).orig(LOST).leaves(6).execId(9));
        assertDecisions("DIFFERENCE UNKNOWN_ORDER BUY " + LOST + " exec=0 venue=0",
            "CANCEL " + LOST + " UNKNOWN_TO_JOURNAL", "TIMER WISHES at 5000ms",
            "DIFFERENCE UNKNOWN_ORDER BUY " + lostAfter + " exec=9 venue=0",
            "CANCEL " + lostAfter + " UNKNOWN_TO_JOURNAL");

        scenario.give(fill(lostAfter, Side.BUY, 6, 100, 0).execId(10));
        assertThat(core.position(0).netLots()).isEqualTo(6);
        assertThat(core.unknownOrders()).isZero();
    }

    @Test
    void shouldCancelALostOrderAndTakeWhatItTradesUntilThen()
    {
        restarted().give(status(LOST, Side.BUY, 2, 8)).give(end(NEXT, 0, 0, 1));
        assertDecisions("DIFFERENCE UNKNOWN_ORDER BUY " + LOST + " exec=0 venue=2",
            "CANCEL " + LOST + " UNKNOWN_TO_JOURNAL", "TIMER WISHES at 5000ms");
        assertThat(core.egressSequence()).isEqualTo(1);
        assertThat(core.position(0).netLots()).isZero();

        scenario.give(fill(LOST, Side.BUY, 3, 100, 5).execId(9).cum(5))
            .give(report(ExecType.CANCELED, "", Side.BUY).orig(LOST).execId(10))
            .give(fill(LOST, Side.BUY, 3, 100, 2).execId(11));

        assertDecisions("DIFFERENCE UNKNOWN_FILL BUY " + LOST + " exec=9 venue=5 of=1",
            "OUT OF PLACE UNKNOWN_ORDER BUY " + LOST + " 3@100 was=NULL_VAL of=0 cum=3");
        assertThat(core.slot(0).legOf(1).netLots()).isEqualTo(3);
        assertHeard("STRAY BUY 3 at 100 net 3");
        assertThat(core.slot(0).legOf(0).netLots()).as("what came after it was over").isEqualTo(3);
    }

    @Test
    void shouldForgetALostOrderThatIsFilled()
    {
        restarted().give(status(LOST, Side.BUY, 0, 8)).give(end(NEXT, 0, 0, 1))
            .give(fill(LOST, Side.BUY, 8, 100, 0)).give(fill(LOST, Side.BUY, 8, 100, 0));

        assertThat(core.slot(0).legOf(1).netLots()).isEqualTo(8);
        assertThat(core.slot(0).legOf(0).netLots()).as("what came after it was filled").isEqualTo(8);
        assertThat(core.executionsOutOfPlace()).isEqualTo(1);
    }

    @Test
    void shouldLeaveOrdersThatAreNotOurs()
    {
        final String otherShards = "01" + LOST.substring(2);
        restarted().give(status(otherShards, Side.BUY, 2, 8)).give(fill(otherShards, Side.BUY, 2, 100, 8))
            .give(fill("manual", Side.BUY, 2, 100, 8)).give(end(NEXT, 0, 0, 1));

        assertDecisions();
        assertThat(core.position(0).netLots()).isZero();
        assertThat(core.unknownOrders()).isEqualTo(3);
        assertThat(core.isReconciling()).isFalse();
    }

    /** Fills that nobody can name: neither position nor filled quantity is made up, and nobody trades on. */
    @Test
    void shouldHaltAndCancelWhenTheFilledQuantityDiffers()
    {
        scenario.act(buy(10, 100)).accept(1).fill(1, 2, 100).act(sell(3, 105)).accept(2);
        restarted().give(status(scenario.order(1).clOrdId(), Side.BUY, 5, 4)).give(status(scenario.order(2)))
            .give(end(NEXT, 2, 0, 2)).act(buy(1, 100));

        assertDecisions("DIFFERENCE QUANTITY BUY #1 exec=0 journal=2 venue=5", "CANCEL #1 FAIL_SAFE",
            "TIMER WISHES at 5000ms", "REFUSED HALTED");
        assertThat(core.mode()).isEqualTo(TradingMode.HALTED);
        assertThat(core.position(0).netLots()).isEqualTo(2);
        assertThat(core.openOrders(0).first().cumQtyLots()).isEqualTo(2);
        assertThat(core.openOrders(0).first().exposureLots()).isEqualTo(4);
        assertOpen(2);
    }

    @Test
    void shouldNotRelaxAStricterModeWhenTheFilledQuantityDiffers()
    {
        scenario.act(buy(10, 100)).accept(1).mode(TradingMode.KILLED);
        restarted().give(status(scenario.order(1).clOrdId(), Side.BUY, 5, 5)).give(end(NEXT, 2, 0, 1));

        assertThat(core.mode()).isEqualTo(TradingMode.KILLED);
        assertDecisions("DIFFERENCE QUANTITY BUY #1 exec=0 journal=0 venue=5", "TIMER WISHES at 100ms");
    }

    @Test
    void shouldHoldAStatusAgainstTheOrder()
    {
        scenario.act(buy(10, 100)).accept(1);
        restarted().give(status(scenario.order(1)).side(Side.SELL).cum(3)).give(end(NEXT, 1, 0, 1));

        assertDecisions();
        assertThat(core.impossibleOrderEvents()).isEqualTo(1);
        assertOpen(1);
    }

    @Test
    void shouldLeaveAnAnswerToAnotherIncarnation()
    {
        scenario.act(buy(10, 100)).accept(1);
        restarted().give(status(scenario.order(1))).give(end(NEXT - 1, 1, 0, 1));
        assertThat(core.isReconciling()).isTrue();
        assertThat(core.ignoredAnswers()).isEqualTo(1);

        scenario.give(end(NEXT, 1, 0, 0));
        assertDecisions("DIFFERENCE MISSING_ORDER BUY #1 journal=0");
    }

    @Test
    void shouldLeaveAnAnswerThatIsNotTheWholeOfOne()
    {
        scenario.act(buy(10, 100)).accept(1).act(buy(5, 100)).accept(2);
        restarted().give(status(scenario.order(1))).give(end(NEXT, 2, 0, 2));
        assertThat(core.isReconciling()).isTrue();
        assertThat(core.ignoredAnswers()).isEqualTo(1);
        assertOpen(2);

        scenario.give(status(scenario.order(1))).give(status(scenario.order(2))).give(end(NEXT, 2, 0, 2));
        assertThat(core.isReconciling()).isFalse();
        assertDecisions();
        assertOpen(2);
    }

    @Test
    void shouldBeginAnewWhenTheVenueGoesAwayInTheMiddle()
    {
        scenario.act(buy(10, 100)).accept(1);
        restarted().give(status(scenario.order(1))).give(venue(false)).give(venue(true)).give(end(NEXT, 1, 0, 0));

        assertDecisions("DIFFERENCE MISSING_ORDER BUY #1 journal=0");
    }

    @Test
    void shouldLeaveAnAnswerThatNobodyAskedFor()
    {
        scenario.act(buy(10, 100)).give(status(scenario.order(1).clOrdId(), Side.BUY, 5, 5))
            .give(end(0, 1, 0, 0)).decisions();

        assertHeard();
        assertOpen(1);
        assertThat(core.mode()).isEqualTo(TradingMode.RUNNING);
        assertThat(core.ignoredAnswers()).isEqualTo(2);
    }

    @Test
    void shouldCompareEveryInstrument()
    {
        scenario.define(CoreScenario.COARSE).assign(CoreScenario.SCRIPTED).snapshot(1, "100x10", "105x10")
            .act(buy(10, 100)).on(0).act(buy(1, 100));
        restarted().give(end(NEXT, 2, 0, 0));

        assertDecisions("DIFFERENCE MISSING_ORDER BUY #2 journal=0", "[1] DIFFERENCE MISSING_ORDER BUY #1 journal=0");
    }

    /** What is left of an order becomes what the venue says, and the total over all instruments with it, before it is cancelled. */
    @ParameterizedTest
    @CsvSource(
    {"4, 6, 4", "1, 9, 1", "1, 3, 7", "3, 20, -1"})
    void shouldCountTheTotalAnewWhenTheFilledQuantityDiffers(
        final long venueCumLots, final long venueLeavesLots, final long roomLots)
    {
        scenario.define(CoreScenario.LINEAR).assign(CoreScenario.SCRIPTED).snapshot(1, "100x10", "101x10")
            .limitAll(LimitType.MAX_TOTAL_NOTIONAL, "1000").on(0).act(buy(10, 100)).accept(1);
        restarted().give(status(scenario.order(1).clOrdId(), Side.BUY, venueCumLots, venueLeavesLots))
            .give(end(NEXT, 1, 0, 1)).mode(TradingMode.RUNNING).decisions();

        scenario.on(1).act(buy(Math.max(roomLots, 0) + 1, 100)).act(buy(Math.max(roomLots, 1), 100));

        final long counted = venueLeavesLots * 100 * NOTIONAL_UNIT;
        final String refused = "[1] REFUSED MAX_TOTAL_NOTIONAL limit=" + 1000 * NOTIONAL_UNIT + " actual=";
        assertDecisions(refused + (counted + (Math.max(roomLots, 0) + 1) * 100 * NOTIONAL_UNIT),
            roomLots > 0 ? "[1] NEW BUY " + roomLots + "@100 SIGNAL" : refused + (counted + 100 * NOTIONAL_UNIT));
    }

    /** What an answer said of orders is forgotten with its end, so that it cannot be taken for a part of the next one. */
    @Test
    void shouldForgetAnAnswerThatIsComplete()
    {
        scenario.act(buy(10, 100)).accept(1);
        restarted().give(status(scenario.order(1))).give(end(NEXT, 1, 0, 1));

        assertThat(core.openOrders(0).first().venueStatus()).isEqualTo(OrdStatus.NULL_VAL);
        final SavedState saved = SavedState.of(core);
        final CoreSectionDecoder section = new CoreSectionDecoder();
        section.wrapAndApplyHeader(saved.sections().get(0), 0, new MessageHeaderDecoder());
        assertThat(core.venue(0).statuses()).isZero();
        assertThat(section.ordersOpened()).isEqualTo(1);
    }

    /** An order that the next answer does not have any more is over: what comes in its name is nobody's. */
    @Test
    void shouldForgetALostOrderThatTheNextAnswerDoesNotHave()
    {
        restarted().give(status(LOST, Side.BUY, 0, 5)).give(end(NEXT, 0, 0, 1)).give(venue(false)).give(venue(true))
            .give(end(NEXT, 0, 0, 0)).decisions();

        scenario.give(fill(LOST, Side.BUY, 5, 100, 0).execId(9));

        assertThat(core.slot(0).legOf(1).netLots()).isZero();
        assertThat(core.slot(0).legOf(0).netLots()).isEqualTo(5);
    }

    /** A gateway cannot have acknowledged what has not left: an order that waits to be sent is not missing at the venue. */
    @Test
    void shouldTakeNoAcknowledgementOfWhatHasNotLeft()
    {
        scenario.acknowledged(100).act(buy(10, 100));
        restarted().give(end(NEXT, 0, 0, 0));

        assertDecisions();
        assertOpen(1);
    }
}
