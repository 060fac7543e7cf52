package io.lockstep.core;

import io.lockstep.core.instance.StrategyInstance;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.MachineState;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TradingMode;
import org.junit.jupiter.api.Test;

import static io.lockstep.core.CoreScenario.SCRIPTED;
import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.onLeg;
import static io.lockstep.core.CoreScenario.sell;
import static io.lockstep.core.OperatorSays.instance;
import static io.lockstep.core.OperatorSays.unassign;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * One instance with legs at two venues, A with instrument 0 and B with instrument 1, each with an order gateway of its own. What
 * happens to A leaves B alone. Behind every input the core is compared with one that was restored from it.
 */
class MultiLegTest
{
    private static final int ID = 1;
    private static final int A = 0;
    private static final int B = 1;
    private static final int GATEWAY_A = 11;
    private static final int GATEWAY_B = 12;

    private final CoreScenario scenario = new CoreScenario()
        .give(NodeSays.venueDefinition(A, GATEWAY_A, 100, "A")).give(NodeSays.venueDefinition(B, GATEWAY_B, 100, "B"))
        .defineAt(A, CoreScenario.LINEAR).snapshot(100, "100x10", "101x10")
        .defineAt(B, CoreScenario.LINEAR).snapshot(100, "100x10", "101x10")
        .give(instance(ID, "pair", SCRIPTED, 0, 1)).on(0).compared();
    private final TradingCore core = scenario.core();

    MultiLegTest()
    {
        scenario.decisions();
    }

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    private StrategyInstance pair()
    {
        return core.instances().find(ID);
    }

    /** Buys on A and sells on B, in one input. */
    private CoreScenario both()
    {
        return scenario.act((context) ->
        {
            buy(3, 100).accept(context);
            onLeg(1, sell(2, 101)).accept(context);
        });
    }

    @Test
    void shouldSendTheOrdersOfBothLegsInOneInput()
    {
        both();

        assertDecisions("NEW BUY 3@100 SIGNAL", "[1] NEW SELL 2@101 SIGNAL");
        assertThat(core.venue(A).egressSequence()).isEqualTo(1);
        assertThat(core.venue(B).egressSequence()).isEqualTo(1);
        assertThat(pair().leg(0).openOrders().count()).isEqualTo(1);
        assertThat(pair().leg(1).openOrders().count()).isEqualTo(1);
    }

    @Test
    void shouldBeDrivenByTheMarketOfEachLegAndSayWhichOneItIs()
    {
        scenario.later((context) -> context.state(MachineState.CLOSE_WATCH, OrderReason.SIGNAL)).on(1).trade(100);

        assertDecisions("[1] WATCH->CLOSE_WATCH SIGNAL");
        assertThat(pair().leg(0).state()).isEqualTo(MachineState.WATCH);
        assertThat(pair().leg(1).state()).isEqualTo(MachineState.CLOSE_WATCH);
    }

    @Test
    void shouldRefuseTheLegThatHangsWhileTheOthersOrderLeaves()
    {
        scenario.giveAsNode(NodeSays.venue(A, false));
        both();

        assertDecisions("REFUSED VENUE_UNAVAILABLE", "[1] NEW SELL 2@101 SIGNAL");
        assertThat(core.venue(A).isConnected()).isFalse();
        assertThat(core.venue(B).isConnected()).isTrue();
    }

    @Test
    void shouldCountEachVenuesRequestsAndAcknowledgementsByThemselves()
    {
        both();
        scenario.on(0).act(onLeg(1, sell(1, 102))).source(GATEWAY_B).acknowledged(2).source(GATEWAY_A).acknowledged(5)
            .source(99).acknowledged(1);

        assertThat(core.venue(A).egressSequence()).isEqualTo(1);
        assertThat(core.venue(A).acknowledged()).as("no more than was sent").isEqualTo(1);
        assertThat(core.venue(B).egressSequence()).isEqualTo(2);
        assertThat(core.venue(B).acknowledged()).isEqualTo(2);
    }

    @Test
    void shouldReconcileEachVenueByItself()
    {
        both();
        scenario.giveAsNode(NodeSays.started(true)).decisions();
        assertThat(core.venue(A).isReconciling()).isTrue();
        assertThat(core.venue(B).isReconciling()).isTrue();

        // B has its order; A says nothing yet.
        scenario.source(GATEWAY_B).give(VenueSays.status(scenario.order(2)).instrumentId(1))
            .give(VenueSays.end(CoreScenario.INCARNATION, 1, 0, 1)).source(0);

        assertDecisions();
        assertThat(core.venue(A).isReconciling()).isTrue();
        assertThat(core.venue(B).isReconciling()).isFalse();
        both();
        assertDecisions("REFUSED VENUE_UNAVAILABLE", "[1] NEW SELL 2@101 SIGNAL");

        // A has lost its order, and nothing of B's is missing for that.
        scenario.source(GATEWAY_A).give(VenueSays.end(CoreScenario.INCARNATION, 1, 0, 0)).source(0);
        assertDecisions("DIFFERENCE MISSING_ORDER BUY #1 journal=0");
        assertThat(pair().leg(0).openOrders().count()).isZero();
        assertThat(pair().leg(1).openOrders().count()).isEqualTo(2);
        both();
        assertDecisions("NEW BUY 3@100 SIGNAL", "[1] NEW SELL 2@101 SIGNAL");
    }

    @Test
    void shouldLeaveWhatAGatewaySaysOfAnothersVenue()
    {
        both();
        final long before = core.foreignInputs();

        scenario.source(GATEWAY_B).give(VenueSays.fill(scenario.order(1).clOrdId(), Side.BUY, 3, 100, 0))
            .give(VenueSays.report(ExecType.CANCELED, scenario.order(1).clOrdId(), Side.BUY));

        assertThat(core.foreignInputs() - before).isEqualTo(2);
        assertThat(core.position(0).netLots()).isZero();
        assertThat(pair().leg(0).openOrders().count()).isEqualTo(1);
        scenario.source(GATEWAY_A).give(VenueSays.fill(scenario.order(1).clOrdId(), Side.BUY, 3, 100, 0));
        assertThat(core.position(0).netLots()).isEqualTo(3);
    }

    @Test
    void shouldKeepThePositionsOfTheLegsApart()
    {
        both();
        scenario.source(GATEWAY_A).fill(1, 3, 100).source(GATEWAY_B).fill(2, 2, 101);

        assertThat(pair().leg(0).position().netLots()).isEqualTo(3);
        assertThat(pair().leg(1).position().netLots()).isEqualTo(-2);
        assertThat(core.position(0).netLots()).isEqualTo(3);
        assertThat(core.position(1).netLots()).isEqualTo(-2);
        assertThat(core.venue(A).openOrders()).isZero();
    }

    @Test
    void shouldCancelAtBothVenuesByAKill()
    {
        both();
        scenario.decisions();

        scenario.mode(TradingMode.KILLED);

        assertDecisions("CANCEL #1 OPERATOR", "TIMER WISHES at 5000ms", "[1] CANCEL #2 OPERATOR",
            "SetTradingMode ACCEPTED");
    }

    @Test
    void shouldCancelAtBothVenuesWhenOneLegsCallThrows()
    {
        both();
        scenario.decisions();

        scenario.on(1).trade(100).on(0).later((context) ->
        {
            throw new IllegalStateException("tried");
        }).on(1).trade(100);

        assertDecisions("[1] SUSPENDED 1 in MARKET by java.lang.IllegalStateException", "CANCEL #1 SUSPENDED",
            "TIMER WISHES at 5000ms", "[1] CANCEL #2 SUSPENDED");
    }

    @Test
    void shouldDeliverTimersThatWaitedByAgeWhicheverLegTheyAreOf()
    {
        scenario.act((context) ->
        {
            context.schedule(0, context.nowNs() + 9_000_000);
            context.schedule(1, context.nowNs() + 5_000_000);
            context.leg(1).schedule(2, context.nowNs() + 7_000_000);
        });
        final long startNs = scenario.nowNs();
        scenario.stop("pair").at(5).timer(1).at(7).on(1).timer(2, startNs + 7_000_000).on(0).at(9).timer(0);
        assertThat(scenario.heard()).isEmpty();

        scenario.at(20).start("pair");

        assertThat(scenario.heard()).containsExactly("TIMER 1", "TIMER 2", "TIMER 0");
    }

    @Test
    void shouldBeTakenOutWhenAllLegsAreFlat()
    {
        both();
        scenario.source(GATEWAY_A).fill(1, 3, 100).source(GATEWAY_B).fill(2, 2, 101).source(0).give(unassign(ID))
            .decisions();

        scenario.act(sell(3, 101)).on(0).source(GATEWAY_A).fill(3, 3, 101).source(0);
        assertDecisions("NEW SELL 3@101 SIGNAL");
        scenario.act(onLeg(1, buy(2, 100))).source(GATEWAY_B).fill(4, 2, 100);

        assertDecisions("[1] NEW BUY 2@100 SIGNAL", "UnassignStrategy ACCEPTED");
        assertThat(core.position(0).fills()).isEqualTo(2);
        assertThat(core.position(1).fills()).isEqualTo(2);
    }

    @Test
    void shouldRefuseALegThatThereIsNot()
    {
        scenario.act(onLeg(2, buy(1, 100)));

        assertDecisions("SUSPENDED 1 in MARKET by java.lang.IllegalArgumentException");
    }
}
