package io.lockstep.core.risk.rule;

import io.lockstep.core.CoreScenario;
import io.lockstep.sbe.LimitType;
import org.junit.jupiter.api.Test;

import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.onLeg;
import static io.lockstep.core.CoreScenario.sell;
import static io.lockstep.core.risk.rule.RuleScenario.limited;
import static org.assertj.core.api.Assertions.assertThat;

/** The least and the largest order of each scope: what equals the limit passes, one beyond is refused. */
class OrderSizeRulesTest
{
    private static void assertDecisions(final CoreScenario scenario, final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    @Test
    void shouldBindTheQuantityOfAnOrderOfAStrategyOnAllItsInstruments()
    {
        final CoreScenario scenario = limited(RuleScenario.STRATEGY, LimitType.MAX_ORDER_QUANTITY, "10");

        scenario.act(buy(10, 100)).act(buy(11, 100)).act(onLeg(1, sell(11, 101))).as(CoreScenario.OTHER)
            .act(buy(11, 100));

        assertDecisions(scenario, "NEW BUY 10@100 SIGNAL", "REFUSED MAX_ORDER_QUANTITY limit=10 actual=11",
            "[1] REFUSED MAX_ORDER_QUANTITY limit=10 actual=11", "NEW BUY 11@100 SIGNAL");
    }

    @Test
    void shouldBindTheValueOfAnOrderAtAVenueAndNowhereElse()
    {
        final CoreScenario scenario = limited(RuleScenario.VENUE, LimitType.MAX_ORDER_NOTIONAL, "1000");

        scenario.act(buy(10, 100)).act(buy(10, 101)).act(onLeg(1, sell(11, 101))).act(sell(10, 99));

        assertDecisions(scenario, "NEW BUY 10@100 SIGNAL", "REFUSED MAX_ORDER_NOTIONAL limit=1000 actual=1010",
            "[1] NEW SELL 11@101 SIGNAL", "NEW SELL 10@99 SIGNAL");
    }

    @Test
    void shouldAskForALeastQuantityUnlessTheOrderReduces()
    {
        final CoreScenario scenario = limited(RuleScenario.INSTRUMENT, LimitType.MIN_ORDER_QUANTITY, "4.5");

        scenario.act(buy(4, 100)).act(buy(5, 100)).source(RuleScenario.GATEWAY).fill(1, 5, 100).source(0)
            .act(sell(2, 101)).act(sell(4, 101));

        assertDecisions(scenario, "REFUSED MIN_ORDER_QUANTITY limit=5 actual=4", "NEW BUY 5@100 SIGNAL",
            "NEW SELL 2@101 SIGNAL", "REFUSED MIN_ORDER_QUANTITY limit=5 actual=4");
    }

    @Test
    void shouldAskForALeastValueUnlessTheOrderReduces()
    {
        final CoreScenario scenario = limited(RuleScenario.NODE, LimitType.MIN_ORDER_NOTIONAL, "500");

        scenario.act(buy(4, 100)).act(buy(5, 100)).source(RuleScenario.GATEWAY).fill(1, 5, 100).source(0)
            .act(sell(2, 101)).act(onLeg(1, buy(1, 101)));

        assertDecisions(scenario, "REFUSED MIN_ORDER_NOTIONAL limit=500 actual=400", "NEW BUY 5@100 SIGNAL",
            "NEW SELL 2@101 SIGNAL", "[1] REFUSED MIN_ORDER_NOTIONAL limit=500 actual=101");
    }

    /** More than can be counted in the instrument's unit bounds nothing from above, and everything from below. */
    @Test
    void shouldKeepToALimitThatIsMoreThanCanBeCounted()
    {
        final CoreScenario scenario = limited(RuleScenario.ACCOUNT, LimitType.MAX_ORDER_NOTIONAL,
            "123456789012345678e18");

        scenario.act(buy(10, 100));

        assertDecisions(scenario, "NEW BUY 10@100 SIGNAL");
    }
}
