package io.lockstep.core;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.HeartbeatEncoder;
import io.lockstep.sbe.MachineState;
import io.lockstep.sbe.OrderReason;
import org.junit.jupiter.api.Test;

import java.util.List;

import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.cancelOldest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the core answers to configuration, and what it does not let its host do. */
class TradingCoreTest
{
    private static final int TIMER_KEY_UNKNOWN = 200;

    private final CoreScenario scenario = new CoreScenario();

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    @Test
    void shouldDefineInstrumentsDensely()
    {
        scenario.define(CoreScenario.LINEAR).defineAs(CoreScenario.COARSE.withId(1))
            .defineAs(CoreScenario.COARSE.withId(1))
            .defineAs(CoreScenario.LINEAR.withId(1)).defineAs(CoreScenario.LINEAR.withId(0))
            .defineAs(CoreScenario.LINEAR.withId(3))
            .defineAs(CoreScenario.LINEAR.withId(-1))
            .defineAs(CoreScenario.LINEAR.withId(TradingCore.INSTRUMENTS_MAX));

        assertDecisions("InstrumentDefinition ACCEPTED", "[1] InstrumentDefinition ACCEPTED",
            "[1] InstrumentDefinition NO_CHANGE", "[1] InstrumentDefinition INSTRUMENT_REDEFINED",
            "InstrumentDefinition NO_CHANGE",
            "[3] InstrumentDefinition UNKNOWN_INSTRUMENT", "InstrumentDefinition UNKNOWN_INSTRUMENT",
            "[65536] InstrumentDefinition CAPACITY");
        assertThat(scenario.core().instrumentCount()).isEqualTo(2);
    }

    @Test
    void shouldRefuseAnInstrumentThatCannotBeCounted()
    {
        final Instrument impossible = new Instrument(0, "X", "TEST", ContractType.LINEAR,
            new Increment(Long.MAX_VALUE, 0), new Increment(3, 0), 1, 1,
            new Increment(1, 0), "A", "B", "B");

        scenario.defineAs(impossible).define(CoreScenario.LINEAR);

        assertDecisions("InstrumentDefinition INVALID_VALUE", "InstrumentDefinition ACCEPTED");
    }

    @Test
    void shouldAnswerForStrategies()
    {
        scenario.define(CoreScenario.LINEAR).decisions();

        scenario.assign("no-such").on(4).assign(CoreScenario.SCRIPTED).on(0).assign(CoreScenario.SCRIPTED)
            .assign(CoreScenario.SCRIPTED, "speed=1").start("no-such").stop(CoreScenario.SCRIPTED)
            .start(CoreScenario.SCRIPTED);

        assertDecisions("AssignStrategy UNKNOWN_STRATEGY", "[4] AssignStrategy UNKNOWN_INSTRUMENT",
            "AssignStrategy ACCEPTED", "AssignStrategy INVALID_VALUE", "ControlStrategy UNKNOWN_STRATEGY",
            "ControlStrategy ACCEPTED", "ControlStrategy ACCEPTED");
    }

    @Test
    void shouldTakeOutAStrategyWhenThereIsNeitherPositionNorOrder()
    {
        scenario.define(CoreScenario.LINEAR).assign(CoreScenario.SCRIPTED).snapshot(1, "100x1", "101x1").decisions();

        scenario.act(buy(1, 100)).fill(1, 1, 100).assign(CoreScenario.CROSSING);
        assertDecisions("NEW BUY 1@100 SIGNAL", "AssignStrategy ACCEPTED");

        scenario.act(buy(1, 100)).act(CoreScenario.sellMarket(1)).fill(2, 1, 100);
        assertDecisions("REFUSED CLOSE_ONLY limit=1 actual=1", "NEW SELL 1@MARKET SIGNAL", "UnassignStrategy ACCEPTED");
        assertThat(scenario.core().instances().find(1).isPresent()).isFalse();
        assertThat(scenario.core().instances().find(2).isRunning()).isTrue();
        assertThat(scenario.core().position(0).fills()).as("what it did stays in the sum").isEqualTo(2);
    }

    @Test
    void shouldGiveAStrategyWithOtherParametersAFreshStart()
    {
        scenario.define(CoreScenario.LINEAR).assign(CoreScenario.SCRIPTED, "mark=1").snapshot(1, "100x1", "101x1")
            .decisions();
        scenario.act((context) ->
        {
            context.state(MachineState.CLOSE_WATCH, OrderReason.SIGNAL);
            context.schedule(2, context.nowNs() + 5_000_000);
        }).source(7).assign(CoreScenario.SCRIPTED, "mark=2").at(5).timer(2);

        assertDecisions("WATCH->CLOSE_WATCH SIGNAL", "TIMER 2 at 5ms", "TIMER 2 off",
            "CLOSE_WATCH->WATCH OPERATOR", "AssignStrategy ACCEPTED");
        assertThat(scenario.heard()).isEmpty();
    }

    @Test
    void shouldFireATimerOnceAndOnlyAtItsDeadline()
    {
        scenario.define(CoreScenario.LINEAR).assign(CoreScenario.SCRIPTED).snapshot(1, "100x1", "101x1");
        scenario.act((context) -> context.schedule(1, context.nowNs() + 5_000_000))
            .act((context) -> context.schedule(1, context.nowNs() + 7_000_000)).decisions();

        scenario.act((context) -> context.schedule(2, context.nowNs() + 8_000_000)).decisions();

        scenario.at(5).timer(1).at(7).timer(0).timer(1).timer(1).timer(TIMER_KEY_UNKNOWN).at(8).timer(2);

        assertThat(scenario.heard()).containsExactly("TIMER 1", "TIMER 2");
        assertDecisions();
    }

    @Test
    void shouldNotFireACancelledTimer()
    {
        scenario.define(CoreScenario.LINEAR).assign(CoreScenario.SCRIPTED).decisions();
        scenario.act((context) -> context.schedule(1, context.nowNs() + 5_000_000))
            .act((context) -> context.cancelTimer(1)).act((context) -> context.cancelTimer(1)).at(5).timer(1);

        assertDecisions("MARKET LIVE", "TIMER 1 at 5ms", "TIMER 1 off");
        assertThat(scenario.heard()).isEmpty();
    }

    @Test
    void shouldSayWhenAStateHashIsDue()
    {
        scenario.started(3);
        assertThat(scenario.core().isStateHashDue()).isFalse();
        scenario.acknowledged(1).acknowledged(2);
        assertThat(scenario.core().isStateHashDue()).isTrue();
        assertThat(scenario.core().lastSequence()).isEqualTo(3);
    }

    @Test
    void shouldRefuseAGapAndGoOn()
    {
        scenario.define(CoreScenario.LINEAR).define(CoreScenario.LINEAR).define(CoreScenario.LINEAR);
        final InputRecords records = scenario.records();
        final TradingCore core = newCore();
        core.onInput(records.buffer(), records.offset(0));
        final long before = core.stateHash();

        assertThatThrownBy(() -> core.onInput(records.buffer(), records.offset(2)))
            .isInstanceOf(IllegalStateException.class).hasMessageContaining("expected=2 actual=3");
        assertThatThrownBy(() -> core.onInput(records.buffer(), records.offset(0)))
            .isInstanceOf(IllegalStateException.class).hasMessageContaining("expected=2 actual=1");

        assertThat(core.stateHash()).isEqualTo(before);
        core.onInput(records.buffer(), records.offset(1));
        assertThat(core.lastSequence()).isEqualTo(2);
    }

    @Test
    void shouldRefuseAnInputFromWithinADecision()
    {
        scenario.define(CoreScenario.LINEAR).decisions();
        scenario.tap((sequence, ordinal, buffer, offset, length) -> scenario.acknowledged(1));

        assertThatThrownBy(() -> scenario.snapshot(1, "100x1", "101x1"))
            .isInstanceOf(IllegalStateException.class).hasMessageContaining("called from within a decision");
    }

    /** The input is half done; whoever went on would be in a state that no replay reaches. */
    @Test
    void shouldNotBeUsedAgainOnceItHasThrown()
    {
        scenario.define(CoreScenario.LINEAR).assign(CoreScenario.SCRIPTED).later((context) ->
        {
            throw new StackOverflowError("no two JVMs overflow at the same depth");
        });
        assertThatThrownBy(() -> scenario.trade(100)).isInstanceOf(StackOverflowError.class);

        assertThatThrownBy(() -> scenario.acknowledged(1))
            .isInstanceOf(IllegalStateException.class).hasMessageContaining("after an input that failed");
    }

    @Test
    void shouldRefuseWhatIsNoInput()
    {
        scenario.records().begin(new HeartbeatEncoder()).sourceId(1).sourceSession(1).lastSequence(1);
        scenario.records().end();

        assertThatThrownBy(() -> scenario.core().onInput(scenario.records().buffer(), 0))
            .isInstanceOf(IllegalStateException.class).hasMessage("no input: templateId=64");
    }

    private static TradingCore newCore()
    {
        return newCore(new DecisionCounter());
    }

    /** A core with the strategies that need no script. */
    static TradingCore newCore(final DecisionPort port)
    {
        return new TradingCore(port, List.of(new CrossingStrategy.Factory(), new RestlessStrategy.Factory()));
    }
}
