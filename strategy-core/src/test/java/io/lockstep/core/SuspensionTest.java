package io.lockstep.core;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.instance.StrategyInstance;
import io.lockstep.core.strategy.StrategyContext;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.MachineState;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.StrategyCallback;
import io.lockstep.sbe.TimeInForce;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import static io.lockstep.core.CoreScenario.OTHER;
import static io.lockstep.core.CoreScenario.SCRIPTED;
import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.OperatorSays.instance;
import static io.lockstep.core.OperatorSays.instanceWith;
import static io.lockstep.core.OperatorSays.limitOrder;
import static io.lockstep.core.OperatorSays.resume;
import static io.lockstep.core.OperatorSays.resumeAnew;
import static io.lockstep.core.OperatorSays.transfer;
import static io.lockstep.core.OperatorSays.unassign;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A strategy whose call throws, beside one that does not: the one is suspended by a decision, the other goes on. Behind every
 * input the core is compared with one that was restored from it, suspended instances included.
 */
class SuspensionTest
{
    private static final int FAILING = 1;
    private static final int OTHERS = 2;
    private static final String BY = " by java.lang.IllegalStateException";

    private final CoreScenario scenario = new CoreScenario(new FailingStrategy.Factory())
        .define(CoreScenario.LINEAR).as(OTHER);

    private CoreScenario given(final String... parameters)
    {
        scenario.snapshot(100, "100x10 99x10", "101x10 102x10")
            .give(instanceWith(FAILING, "bad", FailingStrategy.NAME, 0, parameters))
            .give(instance(OTHERS, "good", OTHER, 0)).compared();
        return scenario;
    }

    private CoreScenario failing(final StrategyCallback in, final String... more)
    {
        final List<String> parameters = new ArrayList<>(List.of(more));
        parameters.add("in=" + in.value());
        return given(parameters.toArray(String[]::new));
    }

    /** What makes the call come. */
    private void provoke(final StrategyCallback in)
    {
        scenario.trade(100);
        switch (in)
        {
            case CLOSE_WATCH, IN_TRADE -> scenario.trade(100);
            case ORDER -> scenario.accept(1);
            case TIMER -> scenario.atNs(FailingStrategy.TIMER_NS).timer(0);
            case STRAY_FILL ->
                scenario.give(limitOrder(0, 0, Side.BUY, 1, 98)).fill(1, 1, 98).give(transfer(0, 0, FAILING, 1));
            case CORRECTION -> scenario.give(VenueSays.bust(scenario.order(1).clOrdId(), Side.BUY, 1, 99));
            case STOP -> scenario.give(unassign(FAILING));
            case SIGNAL -> scenario.give(SignalSays.signal(1).quantity("1"));
            case MARKET, WATCH, START, RELOAD, NULL_VAL, SBE_UNKNOWN -> {
                // It has come.
            }
        }
    }

    private StrategyInstance bad()
    {
        return scenario.core().instances().find(FAILING);
    }

    @ParameterizedTest
    @EnumSource(names =
    {"NULL_VAL", "SBE_UNKNOWN", "RELOAD", "STOP"}, mode = EnumSource.Mode.EXCLUDE)
    void shouldSuspendTheInstanceAndLeaveTheOther(final StrategyCallback in)
    {
        failing(in);
        provoke(in);

        assertThat(bad().isSuspended()).isTrue();
        final List<String> decisions = scenario.decisions();
        assertThat(decisions).as("what it had decided before stands, and is cancelled behind the suspension")
            .containsSubsequence("NEW BUY 1@99 SIGNAL", "SUSPENDED 1 in " + in + BY);
        assertThat(decisions.stream().filter((line) -> line.startsWith("CANCEL")))
            .hasSize(bad().leg(0).openOrders().count()).allMatch((line) -> line.endsWith(" SUSPENDED"));
        assertThat(bad().leg(0).openOrders().count()).isPositive();

        scenario.act(buy(7, 99)).trade(100).trade(100);
        assertThat(scenario.decisions()).containsExactly("NEW BUY 7@99 SIGNAL");
        assertThat(scenario.strategy().calls()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names =
    {"NULL_VAL", "SBE_UNKNOWN", "RELOAD"}, mode = EnumSource.Mode.EXCLUDE)
    void shouldComeToTheSameInAReplay(final StrategyCallback in)
    {
        failing(in);
        provoke(in);
        scenario.trade(100).give(resume("bad")).trade(100).trade(100);
        final List<String> decisions = scenario.decisions();

        final DecisionLines lines = new DecisionLines();
        final TradingCore replayed = scenario.newCore(lines);
        lines.core(replayed);
        scenario.records().replay(replayed);

        assertThat(lines.take()).isEqualTo(decisions);
        assertThat(replayed.stateHash()).isEqualTo(scenario.core().stateHash());
    }

    @Test
    void shouldTakeOutAnInstanceThatThrowsAtItsEnd()
    {
        failing(StrategyCallback.STOP).decisions();

        scenario.give(unassign(FAILING));

        assertThat(scenario.decisions()).containsExactly("REFUSED CLOSE_ONLY limit=0 actual=1",
            "SUSPENDED 1 in STOP" + BY,
            "UnassignStrategy ACCEPTED");
        assertThat(bad().isPresent()).isFalse();
    }

    @Test
    void shouldKeepTheOrdersWhereThatIsSet()
    {
        scenario.snapshot(100, "100x10", "101x10").give(instance(FAILING, "bad", SCRIPTED, true, 0)).compared()
            .decisions();
        scenario.as(SCRIPTED).act((context) ->
        {
            buy(5, 100).accept(context);
            throw new IllegalStateException("tried");
        });
        assertThat(scenario.decisions()).containsExactly("NEW BUY 5@100 SIGNAL", "SUSPENDED 1 in MARKET" + BY);

        scenario.fill(1, 2, 100);
        assertThat(bad().leg(0).position().netLots()).isEqualTo(2);
        assertThat(scenario.heard()).as("a suspended strategy hears nothing").isEmpty();
        scenario.give(resume("bad")).fill(1, 3, 100);
        assertThat(scenario.heard()).containsExactly("FILL FILLED 5/5");
    }

    @Test
    void shouldLetTimersWait()
    {
        scenario.give(instance(FAILING, "bad", SCRIPTED, 0)).as(SCRIPTED).compared()
            .act((context) ->
            {
                context.schedule(0, context.nowNs() + 9_000_000);
                context.schedule(1, context.nowNs() + 5_000_000);
            }).act((context) ->
            {
                throw new IllegalStateException("tried");
            }).at(5).timer(1).at(9).timer(0);
        assertThat(scenario.heard()).isEmpty();

        scenario.at(20).give(resume("bad"));
        assertThat(scenario.heard()).containsExactly("TIMER 1", "TIMER 0");
        assertThat(scenario.strategy().calls()).as("with its state").isEqualTo(2);
    }

    @Test
    void shouldGoOnWithItsState()
    {
        failing(StrategyCallback.WATCH).trade(100).cancel(1).decisions();
        final long before = bad().strategyHash();

        scenario.give(resume("bad"));

        assertThat(scenario.decisions()).containsExactly("ControlStrategy ACCEPTED");
        assertThat(bad().isSuspended()).isFalse();
        assertThat(bad().strategyHash()).as("of the object again").isNotEqualTo(before).isEqualTo(3 << 4 | 1);
        scenario.trade(100);
        assertThat(bad().isSuspended()).isFalse();
    }

    @Test
    void shouldBeginAnew()
    {
        failing(StrategyCallback.IN_TRADE).trade(100).trade(100).decisions();

        scenario.give(resumeAnew("bad"));

        assertThat(scenario.decisions()).containsExactly("IN_TRADE->WATCH OPERATOR", "ControlStrategy ACCEPTED");
        assertThat(bad().strategyHash()).as("one call, of the start").isEqualTo(1 << 4);
    }

    @ParameterizedTest
    @MethodSource("unresumable")
    void shouldSayWhenAnInstanceCanOnlyBeginAnew(final String how)
    {
        failing(StrategyCallback.WATCH, how).trade(100).decisions();
        final long before = scenario.core().stateHash();

        scenario.give(resume("bad"));
        assertThat(scenario.decisions()).containsExactly("ControlStrategy FAILED");
        assertThat(bad().isSuspended()).isTrue();
        assertThat(scenario.core().stateHash()).isEqualTo(before);

        scenario.cancel(1).give(resumeAnew("bad"));
        assertThat(scenario.decisions()).containsExactly("ControlStrategy ACCEPTED");
    }

    static Stream<String> unresumable()
    {
        return Stream.of("unsaved=1", "unread=1");
    }

    @Test
    void shouldBeginNothingAnewThatRuns()
    {
        failing(StrategyCallback.STOP).decisions();

        scenario.give(resumeAnew("good")).give(resume("good"));

        assertThat(scenario.decisions()).containsExactly("ControlStrategy NOT_SUSPENDED", "ControlStrategy ACCEPTED");
    }

    @Test
    void shouldBeTheOperatorsMeanwhile()
    {
        failing(StrategyCallback.WATCH).trade(100).fill(1, 1, 99).decisions();

        scenario.give(limitOrder(FAILING, 0, Side.SELL, 1, 101)).fill(2, 1, 101).give(unassign(FAILING));

        assertThat(scenario.decisions()).containsExactly("NEW SELL 1@101 OPERATOR", "OperatorOrder ACCEPTED",
            "UnassignStrategy ACCEPTED");
    }

    @Test
    void shouldStopAndStartASuspendedInstance()
    {
        failing(StrategyCallback.WATCH).trade(100).decisions();

        scenario.stop("bad").rejectCancel(1).start("bad");

        assertThat(scenario.decisions()).containsExactly("ControlStrategy ACCEPTED", "TIMER WISHES at 100ms",
            "ControlStrategy ACCEPTED");
        assertThat(bad().isRunning()).isTrue();
    }

    /** A strategy that throws while it takes over keeps what it has: the change waits. */
    @Test
    void shouldNotSuspendForAFailedTakeOver()
    {
        failing(StrategyCallback.RELOAD).give(limitOrder(FAILING, 0, Side.BUY, 1, 100)).fill(1, 1, 100).decisions();

        scenario.give(instanceWith(FAILING, "bad", FailingStrategy.NAME, 0, "times=0"));

        assertThat(scenario.decisions()).containsExactly("StrategyDefinition WAITING");
        assertThat(bad().isSuspended()).isFalse();
    }

    /** Other parameters or code are what was waited for; under a position they wait, too. */
    @Test
    void shouldBeginAnewWithOtherParametersOnceItIsFlat()
    {
        failing(StrategyCallback.WATCH).trade(100).fill(1, 1, 99).decisions();

        scenario.give(instanceWith(FAILING, "bad", FailingStrategy.NAME, 0, "times=0"));
        assertThat(scenario.decisions()).containsExactly("StrategyDefinition WAITING");
        assertThat(bad().isSuspended()).isTrue();

        scenario.give(limitOrder(FAILING, 0, Side.SELL, 1, 101)).fill(2, 1, 101);
        assertThat(scenario.decisions()).containsExactly("NEW SELL 1@101 OPERATOR", "OperatorOrder ACCEPTED",
            "StrategyDefinition ACCEPTED");
        assertThat(bad().isRunning()).isTrue();
    }

    @Test
    void shouldTellTheHostWhatWasThrown()
    {
        final List<String> told = new ArrayList<>();
        failing(StrategyCallback.WATCH).core().listener((instance, leg, callback, strategy, failure) -> told.add(
            instance.name() + " " + leg.legIndex() + " " + callback + " " + failure.getMessage()));

        scenario.trade(100);

        assertThat(told).containsExactly("bad 0 WATCH tried");
    }

    static Stream<Arguments> misuses()
    {
        return Stream.of(misuse("no side", (context) -> context.sendLimit(
            null, 100, 1, TimeInForce.GOOD_TILL_CANCEL, ExecInst.NONE, OrderReason.SIGNAL)),
            misuse("no time in force", (context) -> context.sendLimit(
                Side.BUY, 100, 1, null, ExecInst.NONE, OrderReason.SIGNAL)),
            misuse("no instruction", (context) -> context.sendLimit(
                Side.BUY, 100, 1, TimeInForce.GOOD_TILL_CANCEL, null, OrderReason.SIGNAL)),
            misuse("no reason", (context) -> context.sendLimit(
                Side.BUY, 100, 1, TimeInForce.GOOD_TILL_CANCEL, ExecInst.NONE, OrderReason.NULL_VAL)),
            misuse("no side at the market", (context) -> context.sendMarket(null, 1, OrderReason.SIGNAL)),
            misuse("no order to cancel", (context) -> context.cancel(null, OrderReason.ABANDONED)),
            misuse("no order to replace", (context) -> context.replace(null, 100, 1, OrderReason.SIGNAL)),
            misuse("no state", (context) -> context.state(null, OrderReason.SIGNAL)),
            misuse("a state that is none", (context) -> context.state(MachineState.NULL_VAL, OrderReason.SIGNAL)),
            misuse("a state without a reason", (context) -> context.state(MachineState.IN_TRADE, null)),
            misuse("a timer that there is not", (context) -> context.schedule(4, context.nowNs())),
            misuse("a timer below the first", (context) -> context.cancelTimer(-1)),
            misuse("no deadline", (context) -> context.schedule(0, Nulls.NULL_TIME_NS)),
            misuse("a leg that there is not", (context) -> context.leg(1)),
            misuse("a feature too fine", (context) -> context.because(1).feature(1, 1, -200)));
    }

    private static Arguments misuse(final String what, final Consumer<StrategyContext> action)
    {
        return Arguments.of(what, action);
    }

    /** A misuse is found before anything has changed, so it is the strategy's fault and not the core's. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("misuses")
    void shouldDoNothingByHalves(final String what, final Consumer<StrategyContext> action)
    {
        scenario.snapshot(100, "100x10", "101x10").give(instance(FAILING, "bad", SCRIPTED, 0)).compared().decisions();

        scenario.as(SCRIPTED).act(action);

        assertThat(scenario.decisions()).as(what)
            .containsExactly("SUSPENDED 1 in MARKET by java.lang.IllegalArgumentException");
        assertThat(scenario.core().openOrderCount()).isZero();
        assertThat(scenario.core().egressSequence()).isZero();
        assertThat(bad().leg(0).state()).isEqualTo(MachineState.WATCH);
    }

    /** What fails while the core is changing its state, or is an Error, is the core's: it stops there. */
    @Test
    void shouldLeaveToTheHostWhatFailsInTheCore()
    {
        scenario.snapshot(100, "100x10", "101x10").give(instance(FAILING, "bad", SCRIPTED, 0)).decisions();
        scenario.tap((sequence, ordinal, buffer, offset, length) ->
        {
            throw new IllegalStateException("full");
        });

        assertThatThrownBy(() -> scenario.as(SCRIPTED).act(buy(1, 100))).hasMessage("full");
        assertThatThrownBy(() -> scenario.trade(100)).hasMessageContaining("after an input that failed");
    }

    @Test
    void shouldLeaveErrorsToTheHost()
    {
        scenario.give(instance(FAILING, "bad", SCRIPTED, 0)).decisions();

        assertThatThrownBy(() -> scenario.as(SCRIPTED).act((context) ->
        {
            throw new StackOverflowError("tried");
        })).isInstanceOf(StackOverflowError.class);
        assertThatThrownBy(() -> scenario.trade(100)).hasMessageContaining("after an input that failed");
    }

    /** A cause that no order follows in the same call is of no other call's order, in a restored core and in this one. */
    @Test
    void shouldForgetACauseWithItsCall()
    {
        scenario.snapshot(100, "100x10", "101x10").give(instance(FAILING, "bad", SCRIPTED, 0)).compared().decisions();

        scenario.as(SCRIPTED).act((context) -> context.because(7).feature(1, 5, -1)).act(buy(1, 100)).act((context) ->
        {
            context.because(8).feature(2, 6, -1, 7);
            buy(2, 100).accept(context);
        });

        assertThat(scenario.decisions()).containsExactly("NEW BUY 1@100 SIGNAL", "CAUSE 8 2=6e-1/7",
            "NEW BUY 2@100 SIGNAL");
    }
}
