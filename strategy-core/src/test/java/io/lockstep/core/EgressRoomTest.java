package io.lockstep.core;

import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderState;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.TradingMode;
import org.junit.jupiter.api.Test;

import static io.lockstep.core.CoreScenario.SCRIPTED;
import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.cancelOldest;
import static io.lockstep.core.CoreScenario.replaceOldest;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The room that a venue's gateway has for requests is state of the core: what would not fit is refused with a reason, and a cancel
 * always fits. Behind every input the core is compared with one that was restored from it.
 */
class EgressRoomTest
{
    private static final int GATEWAY = 11;
    private static final int ROOM = 6;

    private final CoreScenario scenario = new CoreScenario()
        .giveAsNode(NodeSays.venueDefinition(0, GATEWAY, ROOM, "TEST")).define(CoreScenario.LINEAR).assign(SCRIPTED)
        .snapshot(100, "100x10 99x10", "101x10 102x10").compared();
    private final TradingCore core = scenario.core();

    EgressRoomTest()
    {
        scenario.decisions();
    }

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    private CoreScenario acknowledged(final long egressSequence)
    {
        return scenario.source(GATEWAY).acknowledged(egressSequence).source(0);
    }

    private CoreScenario accepted(final int number)
    {
        return scenario.source(GATEWAY).accept(number).source(0);
    }

    /** Each order takes a place, and keeps another for its cancel. */
    @Test
    void shouldRefuseWhatWouldLeaveNoRoomForCancels()
    {
        scenario.act(buy(1, 100)).act(buy(2, 100)).act(buy(3, 100)).act(buy(4, 100));

        assertDecisions("NEW BUY 1@100 SIGNAL", "NEW BUY 2@100 SIGNAL", "NEW BUY 3@100 SIGNAL",
            "REFUSED EGRESS_CAPACITY limit=6 actual=8");
    }

    @Test
    void shouldAlwaysLetCancelsLeave()
    {
        scenario.act(buy(1, 100)).act(buy(2, 100)).act(buy(3, 100)).decisions();

        scenario.mode(TradingMode.KILLED);

        assertDecisions("CANCEL #1 OPERATOR", "TIMER WISHES at 5000ms", "CANCEL #2 OPERATOR", "CANCEL #3 OPERATOR",
            "SetTradingMode ACCEPTED");
        assertThat(core.venue(0).waitingRequests()).isEqualTo(ROOM);
    }

    @Test
    void shouldSendAgainWhenTheGatewayHasAcknowledged()
    {
        scenario.act(buy(1, 100)).act(buy(2, 100)).act(buy(3, 100)).decisions();

        acknowledged(1).act(buy(4, 100)).source(GATEWAY).fill(1, 1, 100).source(0).act(buy(5, 100));

        // One is acknowledged; then one is filled, for whose cancel no room is kept any more.
        assertDecisions("REFUSED EGRESS_CAPACITY limit=6 actual=7", "NEW BUY 5@100 SIGNAL");
    }

    @Test
    void shouldCountAReplaceAsARequest()
    {
        scenario.act(buy(1, 100));
        accepted(1).act(replaceOldest(2, 99)).act(buy(2, 99)).act(buy(3, 99));

        assertDecisions("NEW BUY 1@100 SIGNAL", "REPLACE #1 2@99 SIGNAL", "NEW BUY 2@99 SIGNAL",
            "REFUSED EGRESS_CAPACITY limit=6 actual=7");
    }

    @Test
    void shouldKeepRoomForACancelOfTheOrderThatIsReplaced()
    {
        scenario.act(buy(1, 100));
        accepted(1).act(buy(2, 100)).act(buy(3, 100)).act(replaceOldest(2, 99));

        assertThat(scenario.decisions()).last().asString().startsWith("REFUSED EGRESS_CAPACITY");
        scenario.mode(TradingMode.KILLED);
        assertThat(core.venue(0).waitingRequests()).isLessThanOrEqualTo(ROOM);
    }

    /** The places that are kept are for first cancels; another one of the same order waits until there is room beside them. */
    @Test
    void shouldNotSendACancelAgainWithoutRoomForIt()
    {
        scenario.act(buy(1, 100)).act(buy(2, 100)).act(buy(3, 100)).mode(TradingMode.KILLED).decisions();

        rejected(1).at(100).wishes().at(200).wishes();
        assertDecisions("TIMER WISHES at 100ms", "TIMER WISHES at 200ms", "TIMER WISHES at 300ms");
        assertThat(core.venue(0).waitingRequests()).isEqualTo(ROOM);

        acknowledged(4).at(300).wishes();
        assertDecisions("CANCEL #1 OPERATOR", "TIMER WISHES at 5000ms");
    }

    @Test
    void shouldNotRepeatAnUnansweredCancelWithoutRoomForIt()
    {
        scenario.act(buy(1, 100)).act(buy(2, 100)).act(buy(3, 100)).mode(TradingMode.KILLED).decisions();

        scenario.at(5_000).wishes();
        assertDecisions("TIMER WISHES at 5100ms");

        acknowledged(6).at(5_100).wishes();
        assertDecisions("CANCEL #1 OPERATOR", "CANCEL #2 OPERATOR", "CANCEL #3 OPERATOR", "TIMER WISHES at 15100ms");
        assertThat(core.venue(0).waitingRequests()).isLessThanOrEqualTo(ROOM);
    }

    @Test
    void shouldRefuseAStrategysSecondCancelWithoutRoomForIt()
    {
        scenario.act(buy(1, 100)).act(buy(2, 100)).act(buy(3, 100)).act(cancelOldest());
        rejected(1).decisions();

        scenario.act(cancelOldest());

        assertDecisions();
        assertThat(core.openOrders(0).first().state()).isEqualTo(OrderState.PENDING_NEW);
        acknowledged(4).act(cancelOldest());
        assertDecisions("CANCEL #1 ABANDONED");
    }

    private CoreScenario rejected(final int number)
    {
        return scenario.source(GATEWAY).rejectCancel(number).source(0);
    }

    /** Whatever is asked in whatever order, no more waits than there is room for. */
    @Test
    void shouldNeverHaveMoreWaitingThanThereIsRoomFor()
    {
        for (int round = 0; round < 50; round++)
        {
            scenario.act(buy(1 + round % 3, 100));
            if (round % 2 == 0)
            {
                scenario.act((context) ->
                {
                    if (context.openOrders().first() != null)
                    {
                        context.cancel(context.openOrders().first(), OrderReason.ABANDONED);
                    }
                });
            }
            if (round % 4 == 2)
            {
                refuseOne();
            }
            scenario.at(200L * round).wishes();
            if (round % 5 == 4)
            {
                acknowledged(core.venue(0).egressSequence());
            }
            assertThat(core.venue(0).waitingRequests()).as("round=%d", round).isLessThanOrEqualTo(ROOM);
        }
    }

    /** Of the oldest order whose cancel is under way. */
    private void refuseOne()
    {
        for (int number = 1; number <= scenario.orderCount(); number++)
        {
            final String clOrdId = scenario.order(number).clOrdId();
            for (Order order = core.openOrders(0).first(); order != null; order = core.openOrders(0).next(order))
            {
                if (order.state() == OrderState.PENDING_CANCEL && clOrdId.equals(
                    CoreScenario.clOrdId(order.incarnation(), order.sequence(), order.ordinal())))
                {
                    rejected(number);
                    return;
                }
            }
        }
    }
}
