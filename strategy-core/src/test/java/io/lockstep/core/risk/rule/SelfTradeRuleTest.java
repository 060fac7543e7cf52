package io.lockstep.core.risk.rule;

import io.lockstep.core.CoreScenario;
import io.lockstep.core.list.ListTerms;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.OrderReason;
import org.junit.jupiter.api.Test;

import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.buyMarket;
import static io.lockstep.core.CoreScenario.cancelOldest;
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

    private CoreScenario resting(final String policy)
    {
        final CoreScenario scenario = limited(RuleScenario.NODE, LimitType.SELF_TRADE, policy);
        scenario.compared().act(sell(5, 102)).act(sell(5, 105)).decisions();
        return scenario.as(CoreScenario.OTHER);
    }

    @Test
    void shouldHoldTheNewOneUntilTheOldOneIsGone()
    {
        final CoreScenario scenario = resting("2").act(buy(1, 103));
        assertDecisions(scenario, "CANCEL #1 SELF_TRADE", "TIMER WISHES at 5000ms", "HELD #3 BUY LIMIT 1@103 SIGNAL");

        scenario.act(buy(1, 100));
        assertDecisions(scenario, "NEW BUY 1@100 SIGNAL");
        scenario.source(RuleScenario.GATEWAY).cancel(1).source(0);
        assertDecisions(scenario, "NEW BUY 1@103 SIGNAL");
        assertThat(scenario.heard()).contains("RELEASED PENDING_NEW 0/1");
    }

    /** What the old one fills meanwhile it fills; the new one leaves then as well. */
    @Test
    void shouldSendTheNewOneWhenTheOldOneIsFilled()
    {
        final CoreScenario scenario = resting("2").act(buyMarket(1));
        assertDecisions(scenario, "CANCEL #1 SELF_TRADE", "TIMER WISHES at 5000ms", "CANCEL #2 SELF_TRADE",
            "HELD #3 BUY MARKET 1 IMMEDIATE_OR_CANCEL SIGNAL");
        scenario.source(RuleScenario.GATEWAY).fill(1, 5, 102).source(0);
        assertDecisions(scenario);
        scenario.source(RuleScenario.GATEWAY).cancel(2).source(0);
        assertDecisions(scenario, "NEW BUY 1@MARKET SIGNAL");
    }

    /** Others that are to leave do not wait for it. */
    @Test
    void shouldLetAStopLeaveWhileAnotherOrderWaits()
    {
        final CoreScenario scenario = resting("2").act(buy(1, 103)).act((context) -> context.send(
            context.terms().sell().stop(95).quantity(2).reason(OrderReason.STOP)));
        scenario.decisions();
        scenario.snapshot(900, "94x4", "101x4");
        assertDecisions(scenario, "TRIGGERED #4 95 by 94", "NEW SELL 2@MARKET STOP");
    }

    @Test
    void shouldCancelTheOldOneAndRefuseTheNewOne()
    {
        final CoreScenario scenario = resting("3").act(buy(1, 103));
        assertDecisions(scenario, "CANCEL #1 SELF_TRADE", "TIMER WISHES at 5000ms", "REFUSED SELF_TRADE actual=102");
    }

    /** A trigger that is reached waits likewise, and a cancel of what waits ends it at once. */
    @Test
    void shouldHoldAnOrderThatWasTriggeredUntilTheOldOneIsGone()
    {
        final CoreScenario scenario = resting("2").act((context) -> context.send(
            context.terms().buy().stopLimit(102, 103).quantity(1).reason(OrderReason.STOP)));
        scenario.decisions();
        scenario.snapshot(900, "100x4", "102x4");
        assertDecisions(scenario, "TRIGGERED #3 102 by 102", "CANCEL #1 SELF_TRADE", "TIMER WISHES at 5000ms");
        scenario.act(cancelOldest());
        assertDecisions(scenario, "HELD CANCELED #3 ABANDONED");
        scenario.source(RuleScenario.GATEWAY).cancel(1).source(0);
        assertDecisions(scenario);
    }

    /** The entry of a list waits like an order by itself. */
    @Test
    void shouldHoldTheEntryOfAList()
    {
        final CoreScenario scenario = resting("2").act((context) ->
        {
            final ListTerms list = context.list().bracket();
            list.entry().buy().limit(103).quantity(1).reason(OrderReason.SIGNAL);
            list.stop().stop(90);
            list.target().limit(110);
            context.send(list);
        });
        assertDecisions(scenario, "CANCEL #1 SELF_TRADE", "TIMER WISHES at 5000ms", "LIST 1 BRACKET 1 of 3",
            "HELD #3 BUY LIMIT 1@103 SIGNAL", "HELD #4 SELL STOP 1 trigger=90 on BID_ASK STOP",
            "HELD #5 SELL LIMIT 1@110 TARGET");
        scenario.source(RuleScenario.GATEWAY).cancel(1).source(0);
        assertDecisions(scenario, "NEW BUY 1@103 SIGNAL");
    }
}
