package io.lockstep.core.risk.rule;

import io.lockstep.core.CoreScenario;
import io.lockstep.sbe.LimitType;
import org.junit.jupiter.api.Test;

import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.buyMarket;
import static io.lockstep.core.CoreScenario.onLeg;
import static io.lockstep.core.CoreScenario.sell;
import static io.lockstep.core.risk.rule.RuleScenario.limited;
import static org.assertj.core.api.Assertions.assertThat;

/** How far prices may lie from the market, and how old the market may be, by scope. */
class PriceRulesTest
{
    private static void assertDecisions(final CoreScenario scenario, final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    @Test
    void shouldBindTheTicksBeyondTheOtherSide()
    {
        final CoreScenario scenario = limited(RuleScenario.INSTRUMENT, LimitType.PRICE_COLLAR_TICKS, "2");

        scenario.act(buy(1, 103)).act(buy(1, 104)).act(sell(1, 98)).act(sell(1, 97)).act(buy(1, 50))
            .act(onLeg(1, buy(1, 150)));

        assertDecisions(scenario, "NEW BUY 1@103 SIGNAL", "REFUSED PRICE_COLLAR_TICKS limit=103 actual=104",
            "NEW SELL 1@98 SIGNAL", "REFUSED PRICE_COLLAR_TICKS limit=98 actual=97", "NEW BUY 1@50 SIGNAL",
            "[1] NEW BUY 1@150 SIGNAL");
    }

    @Test
    void shouldBindAMarketOrderByTheDistanceOfTheTouchFromTheMark()
    {
        final CoreScenario scenario = limited(RuleScenario.LEG, LimitType.PRICE_COLLAR_TICKS, "3");

        scenario.act(buyMarket(1)).snapshot(200, "100x10", "120x10").act(buyMarket(1));

        assertDecisions(scenario, "NEW BUY 1@MARKET SIGNAL", "REFUSED PRICE_COLLAR_TICKS limit=113 actual=120");
    }

    @Test
    void shouldBindTheBasisPointsOfAVenue()
    {
        final CoreScenario scenario = limited(RuleScenario.VENUE, LimitType.PRICE_COLLAR_BPS, "200");

        scenario.act(buy(1, 103)).act(buy(1, 104)).act(onLeg(1, buy(1, 150)));

        assertDecisions(scenario, "NEW BUY 1@103 SIGNAL", "REFUSED PRICE_COLLAR limit=103 actual=104",
            "[1] NEW BUY 1@150 SIGNAL");
    }

    @Test
    void shouldBindTheAgeOfTheDataOfAStrategy()
    {
        final CoreScenario scenario = limited(RuleScenario.STRATEGY, LimitType.MAX_MARKET_DATA_AGE_MS, "50");

        scenario.at(50).act(buy(1, 100)).at(51).act(buy(1, 100));

        assertDecisions(scenario, "NEW BUY 1@100 SIGNAL", "REFUSED STALE_MARKET_DATA limit=50000000 actual=51000000");
    }
}
