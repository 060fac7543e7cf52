package io.lockstep.core.risk.rule;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.core.CoreScenario;
import io.lockstep.core.OperatorSays;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.Side;
import org.junit.jupiter.api.Test;

import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.onLeg;
import static io.lockstep.core.CoreScenario.sell;
import static io.lockstep.core.risk.rule.RuleScenario.limited;
import static org.assertj.core.api.Assertions.assertThat;

/** What the instruments of a scope are worth together, at their marks of 100, in 10^-8 of the quote currency. */
class ExposureRulesTest
{
    private static final String UNITS = "00000000";

    private static void assertDecisions(final CoreScenario scenario, final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    @Test
    void shouldCountLongsAndShortsOfAStrategyTogetherInTheGrossExposure()
    {
        final CoreScenario scenario = limited(RuleScenario.STRATEGY, LimitType.MAX_GROSS_EXPOSURE, "1000");

        scenario.act(buy(6, 100)).act(onLeg(1, sell(5, 101))).act(onLeg(1, sell(4, 101))).as(CoreScenario.OTHER)
            .act(buy(50, 100));

        assertDecisions(scenario, "NEW BUY 6@100 SIGNAL",
            "[1] REFUSED MAX_GROSS_EXPOSURE limit=1000" + UNITS + " actual=1100" + UNITS, "[1] NEW SELL 4@101 SIGNAL",
            "NEW BUY 50@100 SIGNAL");
    }

    @Test
    void shouldSetOffShortsAgainstLongsInTheNetExposure()
    {
        final CoreScenario scenario = limited(RuleScenario.NODE, LimitType.MAX_NET_EXPOSURE, "1000");

        scenario.act(buy(10, 100)).source(RuleScenario.GATEWAY).fill(1, 10, 100).source(0)
            .act(onLeg(1, buy(1, 100))).act(onLeg(1, sell(20, 101))).act(onLeg(1, sell(1, 101)));

        assertDecisions(scenario, "NEW BUY 10@100 SIGNAL",
            "[1] REFUSED MAX_NET_EXPOSURE limit=1000" + UNITS + " actual=1100" + UNITS, "[1] NEW SELL 20@101 SIGNAL",
            "[1] REFUSED MAX_NET_EXPOSURE limit=1000" + UNITS + " actual=1100" + UNITS);
    }

    /** Of whoever trades there, and not what is traded elsewhere. */
    @Test
    void shouldCountAVenueByItself()
    {
        final CoreScenario scenario = limited(RuleScenario.VENUE, LimitType.MAX_GROSS_EXPOSURE, "1000");

        scenario.act(onLeg(1, buy(50, 100))).as(CoreScenario.OTHER).act(buy(6, 100)).as(CoreScenario.SCRIPTED)
            .act(buy(5, 100)).act(buy(4, 100));

        assertDecisions(scenario, "[1] NEW BUY 50@100 SIGNAL", "NEW BUY 6@100 SIGNAL",
            "REFUSED MAX_GROSS_EXPOSURE limit=1000" + UNITS + " actual=1100" + UNITS, "NEW BUY 4@100 SIGNAL");
    }

    /** Two instruments of one base currency count together; a third of another does not. */
    @Test
    void shouldCountWhatIsHeldInOneCurrency()
    {
        final CoreScenario scenario = limited(RuleScenario.NODE, LimitType.MAX_CURRENCY_EXPOSURE, "1000");
        scenario.defineAt(RuleScenario.A, instrument("ETH", "USDT")).snapshot(100, "100x10", "101x10").on(0)
            .decisions();

        scenario.act(buy(6, 100)).give(OperatorSays.limitOrder(0, 2, Side.BUY, 9, 100)).act(onLeg(1, buy(5, 100)))
            .act(onLeg(1, buy(4, 100)));

        assertDecisions(scenario, "NEW BUY 6@100 SIGNAL", "[2] NEW BUY 9@100 OPERATOR",
            "[2] OperatorOrder ACCEPTED",
            "[1] REFUSED MAX_CURRENCY_EXPOSURE limit=1000" + UNITS + " actual=1100" + UNITS,
            "[1] NEW BUY 4@100 SIGNAL");
    }

    @Test
    void shouldRefuseWhatCountsInACurrencyWithoutARate()
    {
        final CoreScenario scenario = limited(RuleScenario.NODE, LimitType.MAX_NET_EXPOSURE, "1000");
        scenario.defineAt(RuleScenario.A, instrument("ETH", "EUR")).snapshot(100, "100x10", "101x10").on(0).decisions();

        scenario.give(OperatorSays.limitOrder(0, 2, Side.BUY, 1, 100)).act(buy(1, 100));

        assertDecisions(scenario, "[2] NEW BUY 1@100 OPERATOR", "[2] OperatorOrder ACCEPTED",
            "REFUSED NO_RATE limit=1000" + UNITS);
    }

    private static Instrument instrument(final String base, final String quote)
    {
        return new Instrument(0, base + quote, "TEST", ContractType.LINEAR, Increment.parse("1"),
            Increment.parse("1"), 1, 1, Increment.parse("1"), base, quote, quote, 0);
    }
}
