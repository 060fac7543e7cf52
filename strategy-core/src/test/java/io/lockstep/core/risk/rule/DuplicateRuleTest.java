package io.lockstep.core.risk.rule;

import io.lockstep.core.CoreScenario;
import io.lockstep.core.LimitSays;
import io.lockstep.sbe.LimitType;
import org.junit.jupiter.api.Test;

import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.onLeg;
import static io.lockstep.core.CoreScenario.replaceOldest;
import static io.lockstep.core.CoreScenario.sell;
import static io.lockstep.core.risk.rule.RuleScenario.limited;
import static org.assertj.core.api.Assertions.assertThat;

/** An order with the terms of another within the window. */
class DuplicateRuleTest
{
    private static void assertDecisions(final CoreScenario scenario, final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    @Test
    void shouldRefuseTheSameTermsWithinTheWindow()
    {
        final CoreScenario scenario = limited(RuleScenario.NODE, LimitType.DUPLICATE_WINDOW_MS, "100");

        scenario.at(0).act(buy(1, 100)).at(99).act(buy(1, 100)).at(100).act(buy(1, 100)).at(150).act(buy(1, 100));

        assertDecisions(scenario, "NEW BUY 1@100 SIGNAL",
            "REFUSED DUPLICATE_ORDER limit=100000000 actual=99000000", "NEW BUY 1@100 SIGNAL",
            "REFUSED DUPLICATE_ORDER limit=100000000 actual=50000000");
    }

    @Test
    void shouldLetOtherTermsPass()
    {
        final CoreScenario scenario = limited(RuleScenario.NODE, LimitType.DUPLICATE_WINDOW_MS, "100");

        scenario.act(buy(1, 100)).act(buy(2, 100)).act(buy(1, 99)).act(sell(1, 100)).act(onLeg(1, buy(1, 100)))
            .source(RuleScenario.GATEWAY).accept(1).source(0).act(replaceOldest(1, 99)).as(CoreScenario.OTHER)
            .act(buy(1, 100));

        assertDecisions(scenario, "NEW BUY 1@100 SIGNAL", "NEW BUY 2@100 SIGNAL", "NEW BUY 1@99 SIGNAL",
            "NEW SELL 1@100 SIGNAL", "[1] NEW BUY 1@100 SIGNAL", "REPLACE #1 1@99 SIGNAL", "NEW BUY 1@100 SIGNAL");
    }

    /** What was refused was not sent, and is none that another could be a duplicate of. */
    @Test
    void shouldCountWhatWasSentAlone()
    {
        final CoreScenario scenario = limited(RuleScenario.LEG, LimitType.DUPLICATE_WINDOW_MS, "100");
        scenario.source(3)
            .give(RuleScenario.limit(RuleScenario.LEG, LimitType.MAX_LONG_POSITION, "0")).source(0);

        scenario.act(buy(1, 100)).source(3)
            .give(LimitSays.unset(RuleScenario.LEG, LimitType.MAX_LONG_POSITION, false)).source(0).act(buy(1, 100));

        assertDecisions(scenario, "SetLimit ACCEPTED", "REFUSED MAX_LONG_POSITION limit=0 actual=1",
            "UnsetLimit ACCEPTED", "NEW BUY 1@100 SIGNAL");
    }

    @Test
    void shouldForgetTheOldestOfMoreThanItKeeps()
    {
        final CoreScenario scenario = limited(RuleScenario.LEG, LimitType.DUPLICATE_WINDOW_MS, "100000");
        for (int i = 1; i <= DuplicateRule.CAPACITY + 1; i++)
        {
            scenario.act(buy(i, 1));
        }
        scenario.decisions();

        scenario.act(buy(1, 1)).act(buy(DuplicateRule.CAPACITY, 1));

        assertDecisions(scenario, "NEW BUY 1@1 SIGNAL", "REFUSED DUPLICATE_ORDER limit=100000000000 actual=0");
    }
}
