package io.lockstep.core;

import io.lockstep.core.venue.AheadIds;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.OrderCancelReplaceRequestDecoder;
import io.lockstep.sbe.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.cancelOldest;
import static io.lockstep.core.CoreScenario.replaceOldest;
import static io.lockstep.core.NodeSays.expired;
import static io.lockstep.core.VenueSays.end;
import static io.lockstep.core.VenueSays.fill;
import static io.lockstep.core.VenueSays.report;
import static org.assertj.core.api.Assertions.assertThat;

/** What is taken of what is said of orders, and how often. */
class VenueReportsTest
{
    private static final int NEW_ORDER = NewOrderSingleDecoder.TEMPLATE_ID;
    private static final int REPLACE = OrderCancelReplaceRequestDecoder.TEMPLATE_ID;

    private final CoreScenario scenario = CoreScenario.live();
    private final TradingCore core = scenario.core();

    private String working()
    {
        scenario.act(buy(10, 100)).accept(1).heard();
        return scenario.order(1).clOrdId();
    }

    private long netLots()
    {
        return core.position(0).netLots();
    }

    @Test
    void shouldTakeEachExecutionOnce()
    {
        final String clOrdId = working();

        scenario.give(fill(clOrdId, Side.BUY, 2, 100, 8).execId(5)).give(fill(clOrdId, Side.BUY, 2, 100, 8).execId(5))
            .give(fill(clOrdId, Side.BUY, 1, 100, 7).execId(4)).give(fill(clOrdId, Side.BUY, 3, 100, 5).execId(6));

        assertThat(netLots()).isEqualTo(5);
        assertThat(core.repeatedExecutions()).isEqualTo(2);
        assertThat(core.lastExecId(0)).isEqualTo(6);
        assertThat(core.impossibleOrderEvents() + core.unknownOrders()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs =
    {0, -1, Long.MIN_VALUE})
    void shouldTakeAnExecutionWithoutAnId(final long execId)
    {
        final String clOrdId = working();

        scenario.give(fill(clOrdId, Side.BUY, 2, 100, 8).execId(5))
            .give(fill(clOrdId, Side.BUY, 2, 100, 6).execId(execId))
            .give(fill(clOrdId, Side.BUY, 2, 100, 4).execId(execId));

        assertThat(netLots()).isEqualTo(6);
        assertThat(core.repeatedExecutions()).isZero();
    }

    @Test
    void shouldCountTheIdsOfEachSourceApart()
    {
        final String clOrdId = working();

        for (int sourceId = 1; sourceId <= 9; sourceId++)
        {
            scenario.source(sourceId).give(fill(clOrdId, Side.BUY, 1, 100, 9).execId(10 - sourceId));
        }

        assertThat(netLots()).isEqualTo(9);
        assertThat(core.lastExecId(2)).isEqualTo(8);
        assertThat(core.lastExecId(77)).isZero();
        final TradingCore restored = scenario.restored();
        assertThat(restored.stateHash()).isEqualTo(scenario.core().stateHash());
    }

    @Test
    void shouldTakeAVenueThatCountsFromOneAgain()
    {
        final String clOrdId = working();
        scenario.give(fill(clOrdId, Side.BUY, 1, 100, 9).execId(50)).give(NodeSays.started(true))
            .give(VenueSays.status(clOrdId, Side.BUY, 1, 9)).give(end(CoreScenario.INCARNATION, 1, 3, 1))
            .give(fill(clOrdId, Side.BUY, 1, 100, 8).execId(3)).give(fill(clOrdId, Side.BUY, 1, 100, 7).execId(4));

        assertThat(netLots()).isEqualTo(2);
        assertThat(core.repeatedExecutions()).isEqualTo(1);
    }

    @Test
    void shouldKeepTheHighestIdWhenTheVenueHasMore()
    {
        final String clOrdId = working();
        scenario.give(fill(clOrdId, Side.BUY, 1, 100, 9).execId(50)).give(NodeSays.started(true))
            .give(VenueSays.status(clOrdId, Side.BUY, 1, 9)).give(end(CoreScenario.INCARNATION, 1, 60, 1));

        assertThat(core.lastExecId(0)).isEqualTo(50);
    }

    @Test
    void shouldForgetTheIdsWhereNobodyAsksForTheNewest()
    {
        final String clOrdId = working();
        scenario.give(fill(clOrdId, Side.BUY, 1, 100, 9).execId(50)).give(NodeSays.started(false))
            .give(fill(clOrdId, Side.BUY, 1, 100, 8).execId(1));

        assertThat(netLots()).isEqualTo(2);
    }

    @Test
    void shouldHoldAReportAgainstTheOrder()
    {
        final String clOrdId = working();
        scenario.define(CoreScenario.LINEAR).on(0).give(fill(clOrdId, Side.SELL, 2, 100, 8))
            .give(fill(clOrdId, Side.BUY, 2, 100, 8).instrumentId(1))
            .give(report(ExecType.CANCELED, clOrdId, Side.SELL));

        assertThat(core.impossibleOrderEvents()).isEqualTo(3);
        assertThat(netLots()).isZero();
        assertThat(core.position(1).netLots()).isZero();
        assertThat(core.openOrders(0).count()).isEqualTo(1);
    }

    @Test
    void shouldLeaveAnOrderOfAnotherShard()
    {
        final String clOrdId = working();
        scenario.give(fill("01" + clOrdId.substring(2), Side.BUY, 2, 100, 8));

        assertThat(core.unknownOrders()).isEqualTo(1);
        assertThat(netLots()).isZero();
    }

    /** The venue's fill is a fact. */
    @Test
    void shouldTakeMoreThanWasAskedFor()
    {
        final String clOrdId = working();
        scenario.give(fill(clOrdId, Side.BUY, 12, 100, 3));

        assertThat(netLots()).isEqualTo(12);
        assertThat(core.overfills()).isEqualTo(1);
        assertThat(core.openOrders(0).first().leavesQtyLots()).isZero();
        assertThat(core.openOrders(0).first().exposureLots()).isZero();

        scenario.give(fill(clOrdId, Side.BUY, 3, 100, 0));
        assertThat(scenario.heard()).containsExactly("PARTIAL_FILL PARTIALLY_FILLED 12/10", "FILL FILLED 15/10");
        assertThat(core.overfills()).isEqualTo(2);
        assertThat(core.impossibleOrderEvents()).isZero();
    }

    @Test
    void shouldNotTakeAFillBeyondAReplaceUnderWayForTooMuch()
    {
        final String clOrdId = working();
        scenario.act(replaceOldest(15, 99)).give(fill(clOrdId, Side.BUY, 12, 100, 3));

        assertThat(core.overfills()).isZero();
    }

    @Test
    void shouldExpireAnOrderThatWasNotSent()
    {
        scenario.act(buy(10, 100)).give(expired(scenario.order(1).clOrdId(), NEW_ORDER));

        assertThat(scenario.heard()).containsExactly("EXPIRED EXPIRED 0/10");
        assertThat(core.openOrders(0).count()).isZero();
        assertThat(core.impossibleOrderEvents()).isZero();
    }

    @Test
    void shouldExpireAnOrderThatWasNotSentThoughACancelFollows()
    {
        scenario.act(buy(10, 100)).act(cancelOldest()).give(expired(scenario.order(1).clOrdId(), NEW_ORDER));
        assertThat(scenario.heard()).containsExactly("EXPIRED EXPIRED 0/10");

        scenario.rejectCancel(1);
        assertThat(core.unknownOrders()).isEqualTo(1);
    }

    @Test
    void shouldTakeAnExpiredReplaceForRefused()
    {
        working();
        scenario.act(replaceOldest(12, 99)).give(expired(scenario.order(1).replaceClOrdId(), REPLACE))
            .act(replaceOldest(13, 98)).act(cancelOldest())
            .give(expired(scenario.order(1).replaceClOrdId(), REPLACE));

        assertThat(scenario.heard()).containsExactly("REQUEST_REJECTED NEW 0/10");
        assertThat(core.openOrders(0).first().state().status()).isEqualTo(OrdStatus.PENDING_CANCEL);
        assertThat(core.openOrders(0).first().exposureLots()).isEqualTo(10);
    }

    @Test
    void shouldLeaveAnExpiryThatAReportHasOvertaken()
    {
        final String clOrdId = working();
        scenario.give(expired(clOrdId, NEW_ORDER)).act(cancelOldest()).give(expired(clOrdId, NEW_ORDER))
            .give(expired(clOrdId, REPLACE));
        assertThat(core.impossibleOrderEvents()).isEqualTo(3);
        assertThat(core.openOrders(0).count()).isEqualTo(1);

        scenario.cancel(1).give(expired(clOrdId, NEW_ORDER));
        assertThat(core.unknownOrders()).isEqualTo(1);
        assertThat(scenario.heard()).containsExactly("CANCELED CANCELED 0/10");
    }

    @Test
    void shouldCountRequestsAsTheyLeave()
    {
        working();
        scenario.act(replaceOldest(12, 99)).act(cancelOldest()).act(buy(0, 100));

        assertThat(core.egressSequence()).isEqualTo(3);
    }

    /** What the venue reports anew may come before the answer that repeats what the journal lacks. */
    @Test
    void shouldTakeAnExecutionOfTheAnswerBehindANewerOne()
    {
        scenario.act(buy(10, 100)).accept(1);
        final String clOrdId = scenario.order(1).clOrdId();
        scenario.give(fill(clOrdId, Side.BUY, 1, 100, 9).execId(50)).give(NodeSays.started(true))
            .give(fill(clOrdId, Side.BUY, 1, 100, 5).execId(90)).give(fill(clOrdId, Side.BUY, 1, 100, 4).execId(95));
        assertThat(core.lastExecId(0)).isEqualTo(50);

        // The venue is away once more, and asked behind what was complete.
        scenario.give(NodeSays.venue(false)).give(NodeSays.venue(true));
        assertThat(core.lastExecId(0)).isEqualTo(50);
        for (final long execId : new long[]{60, 70, 80, 90, 95})
        {
            scenario.give(fill(clOrdId, Side.BUY, 1, 100, 9).execId(execId));
        }

        assertThat(core.position(0).netLots()).isEqualTo(6);
        assertThat(core.repeatedExecutions()).isEqualTo(2);
        assertThat(core.lastExecId(0)).isEqualTo(50);
        scenario.give(VenueSays.end(CoreScenario.INCARNATION, 1, 95, 0));
        assertThat(core.lastExecId(0)).isEqualTo(95);
        scenario.give(fill(clOrdId, Side.BUY, 1, 100, 9).execId(75))
            .give(fill(clOrdId, Side.BUY, 1, 100, 9).execId(95));
        assertThat(core.repeatedExecutions()).isEqualTo(4);
    }

    @Test
    void shouldMissNothingWhereNobodyAsksOnceTheVenueIsBack()
    {
        scenario.act(buy(10, 100)).accept(1);
        final String clOrdId = scenario.order(1).clOrdId();
        scenario.give(NodeSays.started(false)).give(NodeSays.venue(false))
            .give(fill(clOrdId, Side.BUY, 1, 100, 9).execId(7)).give(NodeSays.venue(true))
            .give(fill(clOrdId, Side.BUY, 1, 100, 8).execId(6));

        assertThat(core.position(0).netLots()).isEqualTo(1);
        assertThat(core.lastExecId(0)).isEqualTo(7);
    }

    /** More than are remembered: the lower ones then count as taken, which is what an answer in order makes them. */
    @Test
    void shouldRememberABoundedNumberOfExecutions()
    {
        scenario.act(buy(10, 100)).accept(1);
        final String clOrdId = scenario.order(1).clOrdId();
        scenario.give(NodeSays.started(true));
        for (long execId = 1; execId <= AheadIds.CAPACITY + 1; execId++)
        {
            scenario.give(report(ExecType.NEW, clOrdId, Side.BUY).execId(execId));
        }

        assertThat(core.lastExecId(0)).isEqualTo(AheadIds.CAPACITY / 2);
        assertThat(core.repeatedExecutions()).isZero();
        scenario.give(report(ExecType.NEW, clOrdId, Side.BUY).execId(1))
            .give(report(ExecType.NEW, clOrdId, Side.BUY).execId(AheadIds.CAPACITY));
        assertThat(core.repeatedExecutions()).isEqualTo(2);
    }
}
