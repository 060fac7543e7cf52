package io.lockstep.core;

import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.FlattenEncoder;
import io.lockstep.sbe.StrategyDefinitionEncoder;
import org.junit.jupiter.api.Test;

import java.util.function.Consumer;

import static io.lockstep.core.CoreScenario.buy;
import static org.assertj.core.api.Assertions.assertThat;

/** Another definition under a position waits, until the instance is flat or is wanted as it is. */
class InstanceWaitTest
{
    private static final Consumer<InputRecords> FLATTEN = (records) -> records.begin(new FlattenEncoder())
        .instrumentId(FlattenEncoder.instrumentIdNullValue()).strategyId(1).user("");

    private final CoreScenario scenario = CoreScenario.live();

    private Consumer<InputRecords> definition(final boolean keepsOrders)
    {
        return (records) ->
        {
            final StrategyDefinitionEncoder definition = records.begin(new StrategyDefinitionEncoder())
                .strategyId(1).codeHash(0).keepOrders(keepsOrders ? BooleanType.TRUE : BooleanType.FALSE);
            definition.legsCount(1).next().instrumentId(0);
            definition.parametersCount(0);
            definition.name(scenario.core().instances().find(1).name()).strategyName(CoreScenario.SCRIPTED).user("");
        };
    }

    private boolean keepsOrders()
    {
        return scenario.core().instances().find(1).definition().keepsOrders();
    }

    @Test
    void shouldApplyWhatWaitedWhenTheInstanceIsFlat()
    {
        scenario.act(buy(10, 100)).fill(1, 10, 100).decisions();

        scenario.give(definition(true));
        assertThat(scenario.decisions()).containsExactly("StrategyDefinition WAITING");
        assertThat(keepsOrders()).isFalse();
        scenario.give(FLATTEN).fill(2, 10, 99);
        assertThat(keepsOrders()).isTrue();
    }

    @Test
    void shouldLetNothingWaitForAnInstanceThatIsWantedAsItIs()
    {
        scenario.act(buy(10, 100)).fill(1, 10, 100).give(definition(true)).decisions();

        scenario.give(definition(false));
        assertThat(scenario.decisions()).containsExactly("StrategyDefinition ACCEPTED");
        scenario.give(FLATTEN).fill(2, 10, 99);
        assertThat(keepsOrders()).isFalse();
    }
}
