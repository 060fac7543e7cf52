package io.lockstep.core;

import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.TimerFiredEncoder;
import io.lockstep.sbe.TradingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.replaceOldest;
import static io.lockstep.core.NodeSays.alert;
import static io.lockstep.core.NodeSays.expired;
import static io.lockstep.core.NodeSays.started;
import static io.lockstep.core.NodeSays.stopped;
import static io.lockstep.core.NodeSays.stopping;
import static io.lockstep.core.NodeSays.venue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the node says itself, and what happens when another says it. */
class NodeInputsTest
{
    private final CoreScenario scenario = CoreScenario.live();
    private final TradingCore core = scenario.core();

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    private CoreScenario twoOpen()
    {
        scenario.define(CoreScenario.LINEAR).assign(CoreScenario.SCRIPTED).snapshot(1, "100x10", "101x10")
            .act(buy(2, 100)).accept(1).on(0).act(buy(1, 100)).accept(2).decisions();
        scenario.heard();
        return scenario;
    }

    @Test
    void shouldSendNothingNewWhileStopping()
    {
        twoOpen().give(stopping(false)).act(buy(1, 100)).act(replaceOldest(5, 99)).fill(2, 1, 100)
            .give(started(false)).act(buy(3, 100));

        assertDecisions("REFUSED STOPPING", "REFUSED STOPPING", "NEW BUY 3@100 SIGNAL");
        assertThat(scenario.heard()).containsExactly("FILL FILLED 1/1");
    }

    @Test
    void shouldCancelEverythingWhenToldToStopWithoutOrders()
    {
        twoOpen().give(stopping(true));

        assertDecisions("CANCEL #2 STOPPING", "TIMER WISHES at 5000ms", "[1] CANCEL #1 STOPPING");
    }

    @ParameterizedTest
    @CsvSource(
    {"RUNNING,HALTED,HALTED", "RUNNING,REDUCE_ONLY,REDUCE_ONLY", "HALTED,REDUCE_ONLY,HALTED", "KILLED,HALTED,KILLED",
        "REDUCE_ONLY,HALTED,HALTED", "HALTED,RUNNING,HALTED", "HALTED,NULL_VAL,HALTED"})
    void shouldOnlyBecomeStricterByAnAlert(final TradingMode before, final TradingMode asked, final TradingMode after)
    {
        scenario.mode(before).decisions();

        scenario.give(alert(asked, false));

        assertThat(core.mode()).isEqualTo(after);
        assertDecisions();
    }

    @Test
    void shouldHaltEveryInstrumentByAnAlert()
    {
        twoOpen().give(alert(TradingMode.HALTED, false)).act(buy(1, 100)).on(1).act(buy(1, 100))
            .define(CoreScenario.LINEAR).assign(CoreScenario.SCRIPTED).snapshot(1, "100x10", "101x10")
            .act(buy(1, 100));

        assertDecisions("REFUSED HALTED", "[1] REFUSED HALTED", "[2] InstrumentDefinition ACCEPTED",
            "[2] AssignStrategy ACCEPTED", "[2] MARKET LIVE", "[2] REFUSED HALTED");
    }

    @Test
    void shouldCancelByAnAlertThatSaysSoAndByAKill()
    {
        twoOpen().give(alert(TradingMode.NULL_VAL, true));
        assertDecisions("CANCEL #2 FAIL_SAFE", "TIMER WISHES at 5000ms", "[1] CANCEL #1 FAIL_SAFE");
        assertThat(core.mode()).isEqualTo(TradingMode.RUNNING);

        scenario.rejectCancel(1).give(alert(TradingMode.KILLED, false));
        assertDecisions("TIMER WISHES at 100ms", "[1] CANCEL #1 FAIL_SAFE");
    }

    @Test
    void shouldLeaveWhatOnlyTheNodeMaySay()
    {
        scenario.act(buy(1, 100)).act((context) -> context.schedule(1, context.nowNs())).decisions();
        final String clOrdId = scenario.order(1).clOrdId();
        final long before = core.stateHash();

        scenario.source(5).give(stopping(true)).give(alert(TradingMode.KILLED, true)).give(venue(false))
            .give(started(true)).give(stopped()).give(expired(clOrdId, NewOrderSingleDecoder.TEMPLATE_ID))
            .give((records) -> records.begin(new TimerFiredEncoder()).timerId(1)
                .deadlineNs(scenario.nowNs()));

        assertDecisions();
        assertThat(scenario.heard()).isEmpty();
        assertThat(core.foreignInputs()).isEqualTo(7);
        assertThat(core.stateHash()).as("the count alone").isNotEqualTo(before);
        assertThat(core.mode()).isEqualTo(TradingMode.RUNNING);
        assertThat(core.isReconciling()).isFalse();
        scenario.act(buy(2, 100));
        assertDecisions("NEW BUY 2@100 SIGNAL");
    }

    @Test
    void shouldAnswerARequestForASnapshot()
    {
        scenario.source(5).give(NodeSays.snapshotRequest());

        assertDecisions("SnapshotRequest ACCEPTED");
    }

    @Test
    void shouldSkipAnInputAndHalt()
    {
        final TradingCore other = new TradingCore(new DecisionCounter(), List.of());
        final InputRecords records = scenario.records();
        other.onInput(records.buffer(), records.offset(0));

        assertThatThrownBy(() -> other.skip(3)).isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("expected=2 actual=3");
        other.skip(2);

        assertThat(other.lastSequence()).isEqualTo(2);
        assertThat(other.mode()).isEqualTo(TradingMode.HALTED);
        other.onInput(records.buffer(), records.offset(2));
        assertThat(other.market(0).isLive()).isTrue();
    }
}
