package io.lockstep.core.risk.rule;

import io.lockstep.core.CoreScenario;
import io.lockstep.sbe.LimitType;
import org.junit.jupiter.api.Test;

import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.buyMarket;
import static io.lockstep.core.CoreScenario.onLeg;
import static io.lockstep.core.CoreScenario.replaceOldest;
import static io.lockstep.core.CoreScenario.sell;
import static io.lockstep.core.risk.rule.RuleScenario.limited;
import static org.assertj.core.api.Assertions.assertThat;

/** An order that could trade with one of ours is refused. */
class SelfTradeRuleTest
{
    private static void assertDecisions(final CoreScenario scenario, final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    @Test
    void shouldRefuseAnOrderThatCrossesOneOfAnotherStrategyOnTheInstrument()
    {
        final CoreScenario scenario = limited(RuleScenario.NODE, LimitType.SELF_TRADE, "1");

        scenario.act(sell(5, 101)).as(CoreScenario.OTHER).act(buy(1, 101)).act(buyMarket(1)).act(buy(1, 100))
            .as(CoreScenario.SCRIPTED).act(sell(1, 100)).act(onLeg(1, buy(1, 101)));

        assertDecisions(scenario, "NEW SELL 5@101 SIGNAL", "REFUSED SELF_TRADE actual=101",
            "REFUSED SELF_TRADE actual=101", "NEW BUY 1@100 SIGNAL", "REFUSED SELF_TRADE actual=100",
            "[1] NEW BUY 1@101 SIGNAL");
    }

    @Test
    void shouldLookAtTheStrategysOwnOrdersAloneWhereItIsItsLimit()
    {
        final CoreScenario scenario = limited(RuleScenario.STRATEGY, LimitType.SELF_TRADE, "1");

        scenario.as(CoreScenario.OTHER).act(sell(5, 101)).as(CoreScenario.SCRIPTED).act(buy(1, 101)).act(sell(1, 101));

        assertDecisions(scenario, "NEW SELL 5@101 SIGNAL", "NEW BUY 1@101 SIGNAL", "REFUSED SELF_TRADE actual=101");
    }

    @Test
    void shouldRefuseAReplaceThatWouldCross()
    {
        final CoreScenario scenario = limited(RuleScenario.LEG, LimitType.SELF_TRADE, "1");

        scenario.act(buy(1, 99)).act(sell(1, 101)).source(RuleScenario.GATEWAY).accept(1).source(0)
            .act(replaceOldest(1, 101)).act(replaceOldest(1, 100));

        assertDecisions(scenario, "NEW BUY 1@99 SIGNAL", "NEW SELL 1@101 SIGNAL", "REFUSED SELF_TRADE actual=101",
            "REPLACE #1 1@100 SIGNAL");
    }

    /** The venue may have either price while the replace is under way. */
    @Test
    void shouldCountAReplaceUnderWayAtBothPrices()
    {
        final CoreScenario scenario = limited(RuleScenario.NODE, LimitType.SELF_TRADE, "1");

        scenario.act(sell(1, 105)).source(RuleScenario.GATEWAY).accept(1).source(0).act(replaceOldest(1, 102))
            .as(CoreScenario.OTHER).act(buy(1, 102))
            .act(buy(1, 101));

        assertDecisions(scenario, "NEW SELL 1@105 SIGNAL", "REPLACE #1 1@102 SIGNAL", "REFUSED SELF_TRADE actual=102",
            "NEW BUY 1@101 SIGNAL");
    }
}
