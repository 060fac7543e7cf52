package io.lockstep.core.risk.rule;

import io.lockstep.core.CoreScenario;
import io.lockstep.core.OperatorSays;
import io.lockstep.core.strategy.StrategyContext;
import io.lockstep.sbe.LimitType;
import org.junit.jupiter.api.Test;

import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.cancelOldest;
import static io.lockstep.core.CoreScenario.onLeg;
import static io.lockstep.core.CoreScenario.replaceOldest;
import static io.lockstep.core.CoreScenario.sell;
import static io.lockstep.core.risk.rule.RuleScenario.limited;
import static org.assertj.core.api.Assertions.assertThat;

/** How many orders, cancels and orders for each fill a scope may have. */
class ActivityRulesTest
{
    private static void assertDecisions(final CoreScenario scenario, final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    @Test
    void shouldCountTheOpenOrdersOfAllLegsOfAStrategy()
    {
        final CoreScenario scenario = limited(RuleScenario.STRATEGY, LimitType.MAX_OPEN_ORDERS, "2");

        scenario.act(buy(1, 100)).act(onLeg(1, buy(1, 100))).act(buy(1, 99)).as(CoreScenario.OTHER).act(buy(1, 100));

        assertDecisions(scenario, "NEW BUY 1@100 SIGNAL", "[1] NEW BUY 1@100 SIGNAL",
            "REFUSED MAX_OPEN_ORDERS limit=2 actual=3", "NEW BUY 1@100 SIGNAL");
    }

    @Test
    void shouldCountTheOpenOrdersOfAVenue()
    {
        final CoreScenario scenario = limited(RuleScenario.VENUE, LimitType.MAX_OPEN_ORDERS, "2");

        scenario.act(buy(1, 100)).act(onLeg(1, buy(1, 100))).act(buy(2, 100)).as(CoreScenario.OTHER).act(buy(1, 100));

        assertDecisions(scenario, "NEW BUY 1@100 SIGNAL", "[1] NEW BUY 1@100 SIGNAL", "NEW BUY 2@100 SIGNAL",
            "REFUSED MAX_OPEN_ORDERS limit=2 actual=3");
    }

    @Test
    void shouldCountTheOrdersOfAllLegsInASlidingSecond()
    {
        final CoreScenario scenario = limited(RuleScenario.STRATEGY, LimitType.MAX_ORDERS_PER_SECOND, "2");

        scenario.at(0).act(buy(1, 100)).at(400).act(onLeg(1, buy(1, 100))).atNs(999_999_999).act(buy(2, 100)).at(1_000)
            .act(buy(3, 100)).act(buy(4, 100));

        assertDecisions(scenario, "NEW BUY 1@100 SIGNAL", "[1] NEW BUY 1@100 SIGNAL",
            "REFUSED MAX_ORDER_RATE limit=2 actual=3", "NEW BUY 3@100 SIGNAL",
            "REFUSED MAX_ORDER_RATE limit=2 actual=3");
    }

    /** An order that the engine holds is open from the beginning, whatever comes of it. */
    @Test
    void shouldCountAnOrderThatIsHeldWhenItIsPlaced()
    {
        final CoreScenario scenario = limited(RuleScenario.STRATEGY, LimitType.MAX_OPEN_ORDERS, "2");

        scenario.act(buy(1, 100)).act(ActivityRulesTest::stop).act(ActivityRulesTest::stop)
            .act(onLeg(1, ActivityRulesTest::stop))
            .act(cancelOldest()).on(0).snapshot(200, "97x4", "98x4");

        assertDecisions(scenario, "NEW BUY 1@100 SIGNAL", "HELD #2 SELL STOP 10 trigger=98 on BID_ASK NONE",
            "REFUSED MAX_OPEN_ORDERS limit=2 actual=3", "[1] REFUSED MAX_OPEN_ORDERS limit=2 actual=3",
            "CANCEL #1 ABANDONED",
            "TRIGGERED #2 98 by 97", "NEW SELL 10@MARKET NONE");
    }

    private static void stop(final StrategyContext context)
    {
        context.send(context.terms().sell().stop(98).quantity(10));
    }

    /** Nothing is sent to a venue when a held order is over. */
    @Test
    void shouldNotBindTheCancelOfAnOrderThatIsHeld()
    {
        final CoreScenario scenario = limited(RuleScenario.LEG, LimitType.MAX_CANCELS_PER_SECOND, "1");

        scenario.act(ActivityRulesTest::stop).act(cancelOldest()).act(ActivityRulesTest::stop).act(cancelOldest())
            .act(buy(1, 100)).act(cancelOldest()).act(buy(2, 100));

        assertDecisions(scenario, "HELD #1 SELL STOP 10 trigger=98 on BID_ASK NONE", "HELD CANCELED #1 ABANDONED",
            "HELD #2 SELL STOP 10 trigger=98 on BID_ASK NONE", "HELD CANCELED #2 ABANDONED", "NEW BUY 1@100 SIGNAL",
            "CANCEL #3 ABANDONED", "NEW BUY 2@100 SIGNAL");
    }

    /** A cancel of the strategy's is refused; one of the operator's passes, and counts for nothing. */
    @Test
    void shouldBindCancelsAndReplacesThatAreNotForSafety()
    {
        final CoreScenario scenario = limited(RuleScenario.INSTRUMENT, LimitType.MAX_CANCELS_PER_SECOND, "1");

        scenario.at(0).act(buy(1, 100)).act(buy(2, 100)).act(cancelOldest()).source(RuleScenario.GATEWAY).cancel(1)
            .accept(2).source(0).act(cancelOldest()).act(replaceOldest(3, 100)).at(999).act(replaceOldest(3, 100))
            .at(1_000)
            .act(replaceOldest(3, 100)).give(OperatorSays.cancelAll(0, RuleScenario.PAIR));

        assertDecisions(scenario, "NEW BUY 1@100 SIGNAL", "NEW BUY 2@100 SIGNAL", "CANCEL #1 ABANDONED",
            "REFUSED MAX_CANCEL_RATE limit=1 actual=2", "REFUSED MAX_CANCEL_RATE limit=1 actual=2",
            "REFUSED MAX_CANCEL_RATE limit=1 actual=2", "REPLACE #2 3@100 SIGNAL", "CANCEL #2 OPERATOR",
            "TIMER WISHES at 6000ms", "OperatorCancel ACCEPTED");
    }

    @Test
    void shouldBindOrdersForEachFillFromTheHundredthOn()
    {
        final CoreScenario scenario = limited(RuleScenario.STRATEGY, LimitType.MAX_ORDER_TO_TRADE_RATIO, "50.5");
        for (int i = 0; i < 99; i++)
        {
            scenario.act(buy(1, 90));
        }
        scenario.source(RuleScenario.GATEWAY).fill(1, 1, 90).source(0).decisions();

        scenario.act(buy(1, 90)).source(RuleScenario.GATEWAY).fill(2, 1, 90).source(0).act(buy(1, 90)).act(buy(1, 90))
            .act(buy(1, 90)).act(sell(2, 101));

        assertDecisions(scenario, "REFUSED MAX_ORDER_TO_TRADE_RATIO limit=50500 actual=100000", "NEW BUY 1@90 SIGNAL",
            "NEW BUY 1@90 SIGNAL", "REFUSED MAX_ORDER_TO_TRADE_RATIO limit=50500 actual=51000",
            "NEW SELL 2@101 SIGNAL");
    }

    @Test
    void shouldBeginAnewWithTheDay()
    {
        final CoreScenario scenario = limited(RuleScenario.NODE, LimitType.MAX_ORDER_TO_TRADE_RATIO, "1");
        for (int i = 0; i < 99; i++)
        {
            scenario.act(buy(1, 90));
        }
        scenario.decisions();

        scenario.act(buy(1, 90)).at(86_400_000).act(buy(1, 90));

        assertDecisions(scenario, "REFUSED MAX_ORDER_TO_TRADE_RATIO limit=1000 actual=100000", "NEW BUY 1@90 SIGNAL");
    }
}
