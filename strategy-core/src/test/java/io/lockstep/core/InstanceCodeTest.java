package io.lockstep.core;

import io.lockstep.core.instance.StrategyInstance;
import io.lockstep.core.strategy.ScriptedStrategy;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.FlattenEncoder;
import io.lockstep.sbe.MachineState;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.ParameterType;
import io.lockstep.sbe.StrategyDefinitionEncoder;
import org.junit.jupiter.api.Test;

import java.util.function.Consumer;

import static io.lockstep.core.CoreScenario.LINEAR;
import static io.lockstep.core.CoreScenario.SCRIPTED;
import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.sell;
import static io.lockstep.core.OperatorSays.resume;
import static org.assertj.core.api.Assertions.assertThat;

/** Other code of an instance is in force at once, with all that the instance has; other parameters may wait beside it. */
class InstanceCodeTest
{
    private static final int ID = 1;
    private static final Consumer<InputRecords> FLATTEN = (records) -> records.begin(new FlattenEncoder())
        .instrumentId(FlattenEncoder.instrumentIdNullValue()).strategyId(ID).user("");

    private final CoreScenario scenario = new CoreScenario().define(LINEAR).compared();

    private static Consumer<InputRecords> definition(
        final long codeHash, final String strategy, final String parameter, final long value)
    {
        return (records) ->
        {
            final StrategyDefinitionEncoder definition = records.begin(new StrategyDefinitionEncoder())
                .strategyId(ID).codeHash(codeHash).keepOrders(BooleanType.FALSE);
            definition.legsCount(1).next().instrumentId(0);
            final StrategyDefinitionEncoder.ParametersEncoder parameters = definition.parametersCount(1);
            parameters.next().parameterType(ParameterType.DECIMAL);
            parameters.value().mantissa(value).exponent((byte)0);
            parameters.name(parameter).text("");
            definition.name("one").strategyName(strategy).user("");
        };
    }

    private static Consumer<InputRecords> code(final long codeHash)
    {
        return definition(codeHash, SCRIPTED, "mark", 1);
    }

    private static Consumer<InputRecords> codeThatTakesOver(final long codeHash)
    {
        return definition(codeHash, SCRIPTED, "takesOver", 1);
    }

    private CoreScenario live(final Consumer<InputRecords> definition)
    {
        scenario.give(definition).snapshot(100, "100x10 99x10", "101x10 102x10").decisions();
        return scenario;
    }

    private StrategyInstance instance()
    {
        return scenario.core().instances().find(ID);
    }

    private void assertCode(final long codeHash, final String... decisions)
    {
        assertThat(scenario.decisions()).containsExactly(decisions);
        assertThat(instance().definition().codeHash()).isEqualTo(codeHash);
    }

    @Test
    void shouldGoOnWithPositionOrdersTimersAndState()
    {
        live(code(5)).act(buy(10, 100)).fill(1, 10, 100).act(sell(2, 105)).act((context) ->
        {
            context.schedule(1, context.nowNs() + 5_000_000);
            context.state(MachineState.IN_TRADE, OrderReason.SIGNAL);
        }).decisions();
        final ScriptedStrategy before = scenario.strategy();

        scenario.give(code(6));

        assertCode(6, "StrategyDefinition ACCEPTED");
        assertThat(instance().pending()).isNull();
        assertThat(instance().strategy()).isSameAs(before);
        assertThat(before.calls()).isEqualTo(3);
        assertThat(instance().leg(0).state()).isEqualTo(MachineState.IN_TRADE);
        assertThat(instance().leg(0).netLots()).isEqualTo(10);
        assertThat(instance().leg(0).openOrders().count()).isEqualTo(1);
        before.takeHeard();
        scenario.at(5).timer(1);
        assertThat(before.takeHeard()).containsExactly("TIMER 1");
    }

    /** What it has seen of the market lasts, too. */
    @Test
    void shouldNotBeginAnewWhereItIsFlat()
    {
        live(code(5)).act((context) -> context.state(MachineState.CLOSE_WATCH, OrderReason.SIGNAL)).decisions();
        final ScriptedStrategy before = scenario.strategy();

        scenario.give(code(6));

        assertCode(6, "StrategyDefinition ACCEPTED");
        assertThat(instance().strategy()).isSameAs(before);
        assertThat(before.calls()).isEqualTo(1);
        assertThat(instance().leg(0).state()).isEqualTo(MachineState.CLOSE_WATCH);
    }

    @Test
    void shouldGiveTheNewCodeTheOccasionToTakeOver()
    {
        live(codeThatTakesOver(5)).act(buy(10, 100)).fill(1, 10, 100).decisions();

        scenario.give(codeThatTakesOver(6));

        assertCode(6, "StrategyDefinition ACCEPTED");
        assertThat(scenario.heard()).containsExactly("RELOAD 1");
        assertThat(instance().strategy()).isSameAs(scenario.strategy());
    }

    @Test
    void shouldTakeNothingOverWhereTheCodeIsKnownForTheFirstTimeOrNoMore()
    {
        live(codeThatTakesOver(0)).act(buy(10, 100)).fill(1, 10, 100).decisions();

        scenario.give(codeThatTakesOver(6));
        assertCode(6, "StrategyDefinition ACCEPTED");
        assertThat(scenario.heard()).doesNotContain("RELOAD 1");
        scenario.give(codeThatTakesOver(0));
        assertCode(0, "StrategyDefinition ACCEPTED");
        assertThat(scenario.heard()).isEmpty();
        scenario.give(codeThatTakesOver(0));
        assertCode(0, "StrategyDefinition NO_CHANGE");
    }

    /** The parameters of before go on, and go on in the new code. */
    @Test
    void shouldHaveTheCodeWhileOtherParametersWait()
    {
        live(code(5)).act(buy(10, 100)).fill(1, 10, 100).decisions();

        scenario.give(definition(6, SCRIPTED, "mark", 2));
        assertCode(6, "StrategyDefinition WAITING");
        assertThat(instance().pending().codeHash()).isEqualTo(6);
        assertThat(instance().definition().parameters()).hasToString("[mark=1]");

        scenario.give(FLATTEN).fill(2, 10, 99);
        assertThat(instance().definition().parameters()).hasToString("[mark=2]");
        assertThat(instance().definition().codeHash()).isEqualTo(6);
    }

    @Test
    void shouldLetASuspendedInstanceGoOnInTheNewCodeWhenItIsResumed()
    {
        live(code(5)).act(buy(10, 100)).fill(1, 10, 100).act((context) ->
        {
            throw new IllegalStateException("its own fault");
        }).decisions();
        assertThat(instance().isSuspended()).isTrue();

        scenario.give(code(6));

        assertCode(6, "StrategyDefinition ACCEPTED");
        assertThat(instance().isSuspended()).isTrue();
        scenario.give(resume("one"));
        assertThat(scenario.decisions()).containsExactly("ControlStrategy ACCEPTED");
        assertThat(scenario.strategy().calls()).isEqualTo(2);
        assertThat(instance().isRunning()).isTrue();
    }
}
