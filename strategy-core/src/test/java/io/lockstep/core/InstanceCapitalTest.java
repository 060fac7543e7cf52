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

    @Test
    void shouldRefuseACapitalBelowWhatIsHeld()
    {
        scenario.act(buy(10, 100)).fill(1, 10, 100).decisions();

        scenario.give(OperatorSays.capital(1, 999)).give(OperatorSays.capital(1, 1_000))
            .give(OperatorSays.capital(1, 1_000)).give(OperatorSays.capital(1, -1)).give(OperatorSays.capital(7, 1));

        assertDecisions("AllocateStrategy CAPITAL_BELOW_HOLDINGS", "AllocateStrategy ACCEPTED",
            "AllocateStrategy NO_CHANGE", "AllocateStrategy ACCEPTED", "AllocateStrategy UNKNOWN_STRATEGY");
    }

    /** What all legs hold and could come to hold counts together; an instance with other quote currencies cannot be bounded by one. */
    @Test
    void shouldBindAllLegsTogether()
    {
        final CoreScenario legs = new CoreScenario().define(CoreScenario.LINEAR).snapshot(1, "100x10", "101x10")
            .define(CoreScenario.LINEAR).snapshot(1, "100x10", "101x10").define(CoreScenario.INVERSE)
            .give(OperatorSays.instance(1, "pair", CoreScenario.SCRIPTED, 0, 1)).give(OperatorSays.capital(1, 1_000))
            .on(0).compared();
        legs.decisions();

        legs.act(CoreScenario.onLeg(1, sell(6, 101))).act(buy(5, 100)).fill(1, 6, 101).act(buy(5, 100))
            .act(buy(4, 100)).act(CoreScenario.onLeg(1, buy(6, 100)));

        assertThat(legs.decisions()).containsExactly("[1] NEW SELL 6@101 SIGNAL", "REFUSED MAX_CAPITAL actual=5",
            "REFUSED MAX_CAPITAL actual=5", "NEW BUY 4@100 SIGNAL", "[1] NEW BUY 6@100 SIGNAL");
        legs.give(OperatorSays.instance(2, "mixed", CoreScenario.OTHER, 0, 2)).give(OperatorSays.capital(2, 1_000));
        assertThat(legs.decisions()).containsExactly("StrategyDefinition ACCEPTED", "AllocateStrategy INVALID_VALUE");
    }
}
