package io.lockstep.core.risk.rule;

import io.lockstep.core.CoreScenario;
import io.lockstep.sbe.LimitType;
import org.junit.jupiter.api.Test;

import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.onLeg;
import static io.lockstep.core.CoreScenario.sell;
import static io.lockstep.core.risk.rule.RuleScenario.limited;
import static org.assertj.core.api.Assertions.assertThat;

/** Positions of each scope, open orders of the side included: a strategy's own, or that of all that trade the instrument. */
class PositionRulesTest
{
    private static void assertDecisions(final CoreScenario scenario, final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    @Test
    void shouldBindALongPositionAndNoShortOne()
    {
        final CoreScenario scenario = limited(RuleScenario.LEG, LimitType.MAX_LONG_POSITION, "5");

        scenario.act(buy(3, 100)).act(buy(3, 100)).act(buy(2, 100)).act(sell(20, 101)).act(onLeg(1, buy(9, 100)));

        assertDecisions(scenario, "NEW BUY 3@100 SIGNAL", "REFUSED MAX_LONG_POSITION limit=5 actual=6",
            "NEW BUY 2@100 SIGNAL", "NEW SELL 20@101 SIGNAL", "[1] NEW BUY 9@100 SIGNAL");
    }

    @Test
    void shouldBindAShortPositionAndNoLongOne()
    {
        final CoreScenario scenario = limited(RuleScenario.VENUE, LimitType.MAX_SHORT_POSITION, "5");

        scenario.act(buy(30, 100)).act(sell(6, 101)).act(sell(5, 101)).act(onLeg(1, sell(9, 101)));

        assertDecisions(scenario, "NEW BUY 30@100 SIGNAL", "REFUSED MAX_SHORT_POSITION limit=5 actual=6",
            "NEW SELL 5@101 SIGNAL", "[1] NEW SELL 9@101 SIGNAL");
    }

    @Test
    void shouldBindThePositionOfEachInstrumentOfTheStrategyInBothDirections()
    {
        final CoreScenario scenario = limited(RuleScenario.STRATEGY, LimitType.MAX_POSITION_QUANTITY, "5");

        scenario.act(buy(5, 100)).act(onLeg(1, buy(5, 100))).act(onLeg(1, sell(6, 101))).as(CoreScenario.OTHER)
            .act(buy(6, 100));

        assertDecisions(scenario, "NEW BUY 5@100 SIGNAL", "[1] NEW BUY 5@100 SIGNAL",
            "[1] REFUSED MAX_POSITION_QUANTITY limit=5 actual=6", "NEW BUY 6@100 SIGNAL");
    }

    @Test
    void shouldBindTheValueOfAPositionAtItsMark()
    {
        final CoreScenario scenario = limited(RuleScenario.ACCOUNT, LimitType.MAX_POSITION_NOTIONAL, "1000");

        scenario.act(buy(10, 90)).act(buy(1, 90)).act(onLeg(1, buy(50, 90)));

        assertDecisions(scenario, "NEW BUY 10@90 SIGNAL", "REFUSED MAX_POSITION_NOTIONAL limit=1000 actual=1100",
            "[1] NEW BUY 50@90 SIGNAL");
    }

    @Test
    void shouldLetAPositionBeyondItsLimitBeReduced()
    {
        final CoreScenario scenario = RuleScenario.live().act(buy(10, 100)).source(RuleScenario.GATEWAY)
            .fill(1, 10, 100).source(0);
        scenario.give(RuleScenario.limit(RuleScenario.LEG, LimitType.MAX_LONG_POSITION, "0"))
            .give(RuleScenario.limit(RuleScenario.NODE, LimitType.MAX_POSITION_NOTIONAL, "0")).decisions();

        scenario.act(sell(10, 101)).act(buy(1, 100));

        assertDecisions(scenario, "NEW SELL 10@101 SIGNAL", "REFUSED MAX_POSITION_NOTIONAL limit=0 actual=1100");
    }

    @Test
    void shouldAllowNoShortPosition()
    {
        final CoreScenario scenario = limited(RuleScenario.STRATEGY, LimitType.SHORT_SELLING, "0");

        scenario.act(sell(1, 101)).act(buy(5, 100)).source(RuleScenario.GATEWAY).fill(1, 5, 100).source(0)
            .act(sell(3, 101)).act(sell(3, 101))
            .act(sell(2, 101));

        assertDecisions(scenario, "REFUSED SHORT_SELLING limit=0 actual=1", "NEW BUY 5@100 SIGNAL",
            "NEW SELL 3@101 SIGNAL", "REFUSED SHORT_SELLING limit=0 actual=1", "NEW SELL 2@101 SIGNAL");
    }

    @Test
    void shouldAllowShortPositionsWhereThatIsSaid()
    {
        final CoreScenario scenario = limited(RuleScenario.STRATEGY, LimitType.SHORT_SELLING, "1");

        scenario.act(sell(1, 101));

        assertDecisions(scenario, "NEW SELL 1@101 SIGNAL");
    }
}
