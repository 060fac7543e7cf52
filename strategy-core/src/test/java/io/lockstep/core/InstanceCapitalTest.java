package io.lockstep.core;

import io.lockstep.sbe.AllocateStrategyEncoder;
import io.lockstep.sbe.LimitType;
import org.junit.jupiter.api.Test;

import java.util.function.Consumer;

import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.sell;
import static org.assertj.core.api.Assertions.assertThat;

/** What an instance may hold, at a mark of 100. */
class InstanceCapitalTest
{
    private final CoreScenario scenario = CoreScenario.live();

    private static Consumer<InputRecords> capital(final long capital)
    {
        return (records) ->
        {
            final AllocateStrategyEncoder allocate = records.begin(new AllocateStrategyEncoder()).strategyId(1);
            allocate.weight().mantissa(1).exponent((byte)0);
            allocate.capital().mantissa(capital).exponent((byte)0);
            allocate.reason("").user("");
        };
    }

    private CoreScenario allocated(final long capital)
    {
        scenario.giveAsNode(capital(capital)).decisions();
        return scenario;
    }

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    @Test
    void shouldCountAtTheMarkWhateverThePriceOfTheOrder()
    {
        allocated(500).act(buy(6, 1)).act(buy(5, 100));

        assertDecisions("REFUSED MAX_CAPITAL actual=6", "NEW BUY 5@100 SIGNAL");
    }

    /** Short of capital an instance cannot go from long to short and back for ever; it can leave. */
    @Test
    void shouldBindAPositionThatWouldTurn()
    {
        scenario.act(buy(10, 100)).fill(1, 10, 100);
        allocated(1_000).snapshot(200, "1000x1", "1001x1").decisions();

        scenario.act(sell(20, 1_001)).act(sell(10, 1_001));

        assertDecisions("REFUSED MAX_CAPITAL actual=20", "NEW SELL 10@1001 SIGNAL");
    }

    @Test
    void shouldCountAnOldMarkAtTheWorseOfMarkAndLastTrade()
    {
        scenario.limit(LimitType.MAX_MARKET_DATA_AGE_MS, "500").define(CoreScenario.LINEAR);
        scenario.on(0);
        allocated(500).at(0).trade(200).later(buy(5, 100)).update(100, 101, "", "").at(400).later(buy(1, 100))
            .trade(100);

        assertDecisions("NEW BUY 5@100 SIGNAL", "REFUSED MAX_CAPITAL actual=1");
    }
}
