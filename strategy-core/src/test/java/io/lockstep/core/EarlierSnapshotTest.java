package io.lockstep.core;

import io.lockstep.core.instance.Leg;
import io.lockstep.core.instance.StrategyInstance;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderState;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.MachineState;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.List;

import static io.lockstep.core.CoreScenario.START_NS;
import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.sell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Sections as they were written before there were venues and instances are taken up as one instance for each assigned instrument. The
 * file holds those that the engine of schema version 3 and logic version 4 wrote of three instruments:
 * <ul>
 * <li>0 with a scripted strategy IN_TRADE that holds 9, has an order to sell 4 at 105 of which 1 is filled and a replace to 6 at 104 is
 * under way, another to sell 2 at 106, one to buy 1 at 99 that the venue has not answered, a timer 1 at 5 ms, and half a book;</li>
 * <li>1 with a strategy that an operator has stopped;</li>
 * <li>2 with none, and 2 lots that a lost order has bought.</li>
 * </ul>
 * The venue is being asked, has named that lost order, and reported its execution 9 ahead of what is missing.
 */
class EarlierSnapshotTest
{
    private static final String FILE = "sections-of-version-3.bin";
    private static final long LAST_SEQUENCE = 31;
    private static final String PARTLY_FILLED = "00000300000000H001";
    private static final String REPLACE = "00000300000000K001";
    private static final String WORKING = "00000300000000L001";
    private static final String UNANSWERED = "00000300000000N001";
    private static final String LOST = CoreScenario.clOrdId(1, 5_000_000, 1);
    private static final int GATEWAY = 2;

    private final SavedState saved = SavedState.read(FILE);
    private final CoreScenario scenario = new CoreScenario().restored(saved, LAST_SEQUENCE);
    private final TradingCore core = scenario.core();

    private Leg leg()
    {
        return core.instances().find(1).leg(0);
    }

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    @Test
    void shouldMakeAnInstanceOfEachAssignedInstrument()
    {
        final StrategyInstance scripted = core.instances().find(1);
        final StrategyInstance restless = core.instances().find(2);

        assertThat(core.instances().count()).isEqualTo(3);
        assertThat(scripted.definition().strategyName()).isEqualTo(CoreScenario.SCRIPTED);
        assertThat(scripted.name()).isEqualTo("scripted@" + core.instrument(0).name());
        assertThat(scripted.isRunning()).isTrue();
        assertThat(restless.name()).isEqualTo("restless@" + core.instrument(1).name());
        assertThat(restless.definition().parameters()).hasToString("[seed=3]");
        assertThat(restless.isStopped()).isTrue();
        assertThat(scripted.capital()).isEqualTo(StrategyInstance.UNBOUNDED);
        assertThat(core.slot(2).legOf(1)).isNull();
    }

    @Test
    void shouldGiveEachLegWhatItsInstrumentHad()
    {
        assertThat(leg().state()).isEqualTo(MachineState.IN_TRADE);
        assertThat(leg().position().netLots()).isEqualTo(9);
        assertThat(leg().position().cash().low()).isEqualTo(-895 * cashUnits());
        assertThat(leg().position().fees().low()).isEqualTo(4);
        assertThat(core.position(0).netLots()).isEqualTo(9);
        assertThat(core.slot(2).legOf(StrategyInstance.NOBODY).position().netLots()).isEqualTo(2);
        assertThat(scenario.strategy().calls()).as("what it kept").isEqualTo(7);
        assertThat(core.slot(0).risk().limits().isSet(LimitType.MAX_ORDER_QUANTITY)).isTrue();
    }

    private static long cashUnits()
    {
        return Math.round(Math.pow(10, -CoreScenario.LINEAR.cashExponent()));
    }

    @Test
    void shouldTakeUpTheOrdersWithTheirRequests()
    {
        assertThat(core.openOrderCount()).isEqualTo(3);
        for (Order order = leg().openOrders().first(); order != null; order = leg().openOrders().next(order))
        {
            assertThat(order.strategyId()).isEqualTo(1);
            assertThat(order.wish()).isEqualTo(OrderReason.NONE);
        }
        assertThat(leg().openOrders().first().state()).isEqualTo(OrderState.PENDING_REPLACE);
        assertThat(core.venue(0).openOrders()).isEqualTo(3);
        assertThat(core.venue(0).egressSequence()).isEqualTo(6);

        scenario.source(GATEWAY)
            .give(VenueSays.report(ExecType.REPLACED, REPLACE, Side.SELL).orig(PARTLY_FILLED).leaves(5))
            .give(VenueSays.fill(REPLACE, Side.SELL, 5, 104, 0))
            .give(VenueSays.report(ExecType.REJECTED, UNANSWERED, Side.BUY));
        assertThat(scenario.heard())
            .containsExactly("REPLACED PARTIALLY_FILLED 1/6", "FILL FILLED 6/6", "REJECTED REJECTED 0/1");
        assertThat(leg().position().netLots()).isEqualTo(4);
        assertThat(core.openOrderCount()).isEqualTo(1);
    }

    @Test
    void shouldGoOnWithTheVenuesAnswer()
    {
        assertThat(core.isReconciling()).isTrue();
        assertThat(core.venue(0).strays().count()).isEqualTo(1);

        scenario.source(GATEWAY).give(VenueSays.fill(LOST, Side.BUY, 2, 50, 4).instrumentId(2).execId(9))
            .give(VenueSays.status(PARTLY_FILLED, Side.SELL, 1, 3)).give(VenueSays.status(WORKING, Side.SELL, 0, 2))
            .give(VenueSays.status(UNANSWERED, Side.BUY, 0, 1)).give(VenueSays.end(CoreScenario.INCARNATION, 6, 9, 4));

        assertThat(core.repeatedExecutions()).isEqualTo(1);
        assertThat(core.isReconciling()).isFalse();
        assertDecisions();
        assertThat(scenario.heard()).as("a replace that the venue does not have was refused")
            .containsExactly("ACCEPTED NEW 0/1", "REQUEST_REJECTED PARTIALLY_FILLED 1/4");
        scenario.give(VenueSays.fill(LOST, Side.BUY, 4, 50, 0).instrumentId(2).execId(10));
        assertThat(core.slot(2).legOf(StrategyInstance.NOBODY).position().netLots()).isEqualTo(6);
    }

    /** Its id is of the instrument, as the host that took the snapshot had it. */
    @Test
    void shouldDeliverATimerThatWasScheduledBefore()
    {
        final long timerId = 1;

        scenario.at(5).timer(timerId, START_NS + 4_000_000).timer(timerId, START_NS + 5_000_000)
            .timer(timerId, START_NS + 5_000_000);

        assertThat(scenario.heard()).containsExactly("TIMER 1");
    }

    @Test
    void shouldTradeOn()
    {
        scenario.giveAsNode(NodeSays.started(false)).snapshot(300, "100x5", "105x5").act(sell(1, 105)).act(buy(2, 99));

        assertDecisions("MARKET LIVE", "NEW SELL 1@105 SIGNAL", "NEW BUY 2@99 SIGNAL");
    }

    @Test
    void shouldBeSavedAsOthersAre()
    {
        scenario.compared().trade(100).giveAsNode(NodeSays.started(false)).snapshot(300, "100x5", "105x5")
            .act(sell(1, 105));

        final SavedState again = SavedState.of(core);
        assertThat(SavedState.of(new CoreScenario().restored(again, core.lastSequence()).core()).sections())
            .isEqualTo(again.sections());
    }

    @Test
    void shouldRefuseSectionsThatAreMissingOrComeTwice()
    {
        for (int i = 0; i < saved.sections().size(); i++)
        {
            final UnsafeBuffer section = saved.sections().remove(i);
            assertThatThrownBy(() -> new CoreScenario().restored(saved, LAST_SEQUENCE)).as("without " + i)
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("step=");
            saved.sections().addAll(i, List.of(section, section));
            assertThatThrownBy(() -> new CoreScenario().restored(saved, LAST_SEQUENCE)).as("twice " + i)
                .isInstanceOf(IllegalStateException.class);
            saved.sections().remove(i);
        }
    }

    @Test
    void shouldRefuseASectionThatIsCutOff()
    {
        for (int i = 0; i < saved.sections().size(); i++)
        {
            final UnsafeBuffer whole = saved.sections().get(i);
            saved.sections().set(i, new UnsafeBuffer(whole, 0, whole.capacity() - 8));
            assertThatThrownBy(() -> new CoreScenario().restored(saved, LAST_SEQUENCE)).as("section " + i)
                .isInstanceOf(IllegalStateException.class);
            saved.sections().set(i, whole);
        }
    }

    @Test
    void shouldRefuseASequenceThatIsNotTheSnapshots()
    {
        assertThatThrownBy(() -> new CoreScenario().restored(saved, LAST_SEQUENCE + 1))
            .isInstanceOf(IllegalStateException.class).hasMessageContaining("lastSequence=31 expected=32");
    }
}
