package io.lockstep.strategies;

import io.lockstep.core.CoreScenario;
import io.lockstep.sbe.MachineState;
import io.lockstep.sbe.Side;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.lockstep.core.NodeSays.started;
import static io.lockstep.core.VenueSays.end;
import static io.lockstep.core.VenueSays.fill;
import static org.assertj.core.api.Assertions.assertThat;

/** Fills of orders that the journal has lost, as the crossover takes them. */
class StrayFillTest
{
    private static final int NEXT = CoreScenario.INCARNATION + 1;
    private static final String LOST = CoreScenario.clOrdId(CoreScenario.INCARNATION, 77, 1);

    private final CoreScenario scenario = new CoreScenario(new MovingAverageCrossover.Factory())
        .define(CoreScenario.LINEAR);
    private long execId = 10;

    @BeforeEach
    void assign()
    {
        scenario
            .assign("moving-average-crossover", "fast=1", "slow=2", "confirmations=0", "stopBps=100", "targetBps=200",
                "entryTimeoutMs=5000", "orderNotional=1000")
            .snapshot(100, "100x10 99x10", "101x10 102x10").decisions();
    }

    private CoreScenario entered()
    {
        return scenario.trades(100, 99, 102, 103).accept(1).fill(1, 10, 100);
    }

    /** A fill of a lost order while the venue is asked, and then the end of its answer. */
    private void strayed(final Side side, final long lots, final long ticks, final int openOrders)
    {
        scenario.decisions();
        scenario.incarnation(NEXT).give(started(true)).give(fill(LOST, side, lots, ticks, 0).execId(++execId));
        assertThat(scenario.decisions()).first().asString().startsWith("DIFFERENCE UNKNOWN_FILL " + side);
        scenario.give(end(NEXT, 0, execId, openOrders));
    }

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    @Test
    void shouldManageThePositionOfLostOrdersLikeAnEntry()
    {
        strayed(Side.BUY, 4, 100, 0);
        assertThat(scenario.core().slot(0).leg(0).state()).isEqualTo(MachineState.IN_TRADE);

        scenario.trade(101);
        assertDecisions("NEW SELL 4@102 TARGET");

        scenario.accept(1).fill(1, 4, 102);
        assertDecisions("IN_TRADE->WATCH POSITION_CLOSED");
    }

    @Test
    void shouldStopAShortPositionOfLostOrders()
    {
        strayed(Side.SELL, 4, 100, 0);
        scenario.snapshot(300, "104x10", "105x10");

        assertDecisions("NEW BUY 4@MARKET STOP");
    }

    @Test
    void shouldLeaveWhatALostOrderAddedToATrade()
    {
        entered();
        strayed(Side.BUY, 4, 100, 0);
        assertThat(scenario.decisions()).as("while the venue is asked").isEmpty();
        scenario.at(60_000).trade(102);

        assertDecisions("NEW SELL 14@MARKET FAIL_SAFE");
    }

    /** Its own journal has lost the exit. */
    @Test
    void shouldWatchAgainWhenALostOrderHasClosedTheTrade()
    {
        entered();
        scenario.decisions();
        scenario.incarnation(NEXT).give(started(true)).give(fill(LOST, Side.SELL, 10, 102, 0).execId(++execId));

        assertThat(scenario.decisions()).endsWith("IN_TRADE->WATCH POSITION_CLOSED");
        assertThat(scenario.core().position(0).netLots()).isZero();
    }

    @Test
    void shouldCancelItsEntryAndLeaveWhatALostOrderBought()
    {
        scenario.trades(100, 99, 102, 103).accept(1).decisions();
        scenario.incarnation(NEXT).give(started(true)).give(fill(LOST, Side.BUY, 4, 101, 0).execId(++execId));
        assertThat(scenario.decisions()).endsWith("CLOSE_WATCH->IN_TRADE FAIL_SAFE", "CANCEL #1 FAIL_SAFE");

        scenario.cancel(1).give(end(NEXT, 2, execId, 0)).at(60_000).trade(102);
        assertThat(scenario.decisions()).endsWith("NEW SELL 4@MARKET FAIL_SAFE");
    }

    @Test
    void shouldGoOnWatchingWhenLostOrdersComeToNothing()
    {
        strayed(Side.BUY, 4, 100, 0);
        scenario.decisions();
        strayed(Side.SELL, 4, 100, 0);

        assertThat(scenario.core().slot(0).leg(0).state()).isEqualTo(MachineState.WATCH);
    }
}
