package io.lockstep.core.risk.rule;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.core.CoreScenario;
import io.lockstep.core.OperatorSays;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.LimitType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.lockstep.core.CoreScenario.OTHER;
import static io.lockstep.core.CoreScenario.SCRIPTED;
import static io.lockstep.core.CoreScenario.buyMarket;
import static io.lockstep.core.CoreScenario.onLeg;
import static io.lockstep.core.CoreScenario.sellMarket;
import static io.lockstep.core.OperatorSays.instance;
import static io.lockstep.core.risk.rule.RuleScenario.limit;
import static org.assertj.core.api.Assertions.assertThat;

/** Losses of days, round trips and equity. Behind every input the core is compared with one that was restored from it. */
class LossRulesTest
{
    private static final long DAY_MS = 86_400_000;
    /** The start lies 1,000 s into the UTC day 0. */
    private static final long MIDNIGHT_MS = DAY_MS - 1_000_000;

    private final CoreScenario scenario = RuleScenario.live().compared();

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    private void set(final ScopeKey key, final LimitType type, final String value)
    {
        scenario.source(3).give(limit(key, type, value)).source(0).decisions();
    }

    private void fill(final long lots, final long ticks, final long fee)
    {
        scenario.source(RuleScenario.GATEWAY).fill(scenario.orderCount(), lots, ticks, fee).source(0);
    }

    /** Buys 5 and sells them. */
    private void trip(final long boughtTicks, final long soldTicks, final long fee)
    {
        scenario.act(buyMarket(5));
        fill(5, boughtTicks, fee);
        scenario.act(sellMarket(5));
        fill(5, soldTicks, 0);
        scenario.decisions();
    }

    @ParameterizedTest
    @CsvSource(
    {"LEG", "STRATEGY", "INSTRUMENT", "VENUE", "ACCOUNT", "NODE"})
    void shouldBindWhatWasRealizedInTheDayFeesIncluded(final String scope)
    {
        final ScopeKey key = switch (scope)
        {
            case "LEG" -> RuleScenario.LEG;
            case "STRATEGY" -> RuleScenario.STRATEGY;
            case "INSTRUMENT" -> RuleScenario.INSTRUMENT;
            case "VENUE" -> RuleScenario.VENUE;
            case "ACCOUNT" -> RuleScenario.ACCOUNT;
            default -> RuleScenario.NODE;
        };
        set(key, LimitType.MAX_DAILY_REALIZED_LOSS, "7");
        trip(101, 100, 2);
        scenario.act(buyMarket(1));
        assertDecisions("NEW BUY 1@MARKET SIGNAL");
        fill(1, 101, 1);

        scenario.act(buyMarket(1)).act(sellMarket(2)).act(sellMarket(1));
        assertDecisions("REFUSED MAX_DAILY_REALIZED_LOSS limit=700000000 actual=800000000",
            "REFUSED MAX_DAILY_REALIZED_LOSS limit=700000000 actual=800000000", "NEW SELL 1@MARKET SIGNAL");
    }

    @Test
    void shouldLeaveOtherScopesAlone()
    {
        set(RuleScenario.LEG, LimitType.MAX_DAILY_REALIZED_LOSS, "1");
        trip(101, 100, 0);
        scenario.act(onLeg(1, buyMarket(1))).as(OTHER).act(buyMarket(1)).as(SCRIPTED).act(buyMarket(1));

        assertDecisions("[1] NEW BUY 1@MARKET SIGNAL", "NEW BUY 1@MARKET SIGNAL",
            "REFUSED MAX_DAILY_REALIZED_LOSS limit=100000000 actual=500000000");
    }

    @Test
    void shouldBeginAnewWithTheTradingDay()
    {
        set(RuleScenario.STRATEGY, LimitType.MAX_DAILY_REALIZED_LOSS, "1");
        trip(101, 100, 0);
        scenario.at(MIDNIGHT_MS - 1).act(buyMarket(1));
        assertDecisions("REFUSED MAX_DAILY_REALIZED_LOSS limit=100000000 actual=500000000");

        scenario.at(MIDNIGHT_MS).quote(101, 100, 101).act(buyMarket(1));
        assertThat(scenario.decisions()).contains("NEW BUY 1@MARKET SIGNAL");
    }

    @Test
    void shouldGoByTheDayOfTheCalendar()
    {
        set(RuleScenario.STRATEGY, LimitType.MAX_DAILY_REALIZED_LOSS, "1");
        scenario.give(OperatorSays.calendar(1, 0, 2 * CoreScenario.START_NS * 1_000))
            .give(OperatorSays.calendarOf(0, 1));
        trip(101, 100, 0);

        scenario.at(MIDNIGHT_MS).act(buyMarket(1));
        assertDecisions("REFUSED MAX_DAILY_REALIZED_LOSS limit=100000000 actual=500000000");
    }

    @Test
    void shouldBindWhatIsNotRealizedToo()
    {
        set(RuleScenario.STRATEGY, LimitType.MAX_DAILY_LOSS, "9");
        set(RuleScenario.STRATEGY, LimitType.MAX_DAILY_REALIZED_LOSS, "9");
        scenario.act(buyMarket(10));
        fill(10, 101, 0);
        scenario.decisions();

        scenario.act(buyMarket(1)).quote(101, 99, 101).act(buyMarket(1));
        assertThat(scenario.decisions()).startsWith("REFUSED MAX_DAILY_LOSS limit=900000000 actual=1000000000");
        scenario.quote(102, 101, 101).act(buyMarket(1));
        assertThat(scenario.decisions()).contains("NEW BUY 1@MARKET SIGNAL");
    }

    @Test
    void shouldKeepTheDaysLossOfAnInstanceThatIsTakenOut()
    {
        set(RuleScenario.NODE, LimitType.MAX_DAILY_REALIZED_LOSS, "1");
        scenario.as(OTHER);
        trip(101, 100, 0);
        scenario.give(OperatorSays.unassign(RuleScenario.LONE)).as(SCRIPTED).decisions();

        scenario.act(buyMarket(1));
        assertDecisions("REFUSED MAX_DAILY_REALIZED_LOSS limit=100000000 actual=500000000");
    }

    @Test
    void shouldBindTheFallOfEquityFromItsPeak()
    {
        set(RuleScenario.STRATEGY, LimitType.MAX_DRAWDOWN, "30");
        scenario.act(buyMarket(10));
        fill(10, 101, 0);
        scenario.quote(101, 110, 110).quote(102, 107, 107).act(buyMarket(1)).quote(103, 106, 106).decisions();

        scenario.act(buyMarket(1)).act(sellMarket(10));
        assertDecisions("REFUSED MAX_DRAWDOWN limit=3000000000 actual=4000000000", "NEW SELL 10@MARKET SIGNAL");
        set(RuleScenario.STRATEGY, LimitType.MAX_DRAWDOWN, "31");
        scenario.act(buyMarket(1));
        assertDecisions("NEW BUY 1@MARKET SIGNAL");
    }

    @Test
    void shouldOpenNothingMoreBehindARoundTripThatLostTooMuch()
    {
        set(RuleScenario.STRATEGY, LimitType.MAX_TRADE_LOSS, "9");
        trip(101, 100, 4);
        scenario.act(buyMarket(1));
        fill(1, 100, 0);
        scenario.act(sellMarket(1));
        fill(1, 100, 0);
        trip(101, 100, 5);

        scenario.act(buyMarket(1));
        assertDecisions("REFUSED MAX_TRADE_LOSS limit=900000000 actual=1000000000");
        trip(100, 120, 0);
        set(RuleScenario.STRATEGY, LimitType.MAX_TRADE_LOSS, "9");
        scenario.act(buyMarket(1));
        assertDecisions("NEW BUY 1@MARKET SIGNAL");
    }

    @Test
    void shouldOpenNothingMoreBehindTooManyLossesInARow()
    {
        set(RuleScenario.VENUE, LimitType.MAX_CONSECUTIVE_LOSSES, "2");
        trip(101, 100, 0);
        trip(101, 101, 0);
        trip(101, 100, 0);
        scenario.as(OTHER);
        trip(101, 100, 0);

        scenario.act(buyMarket(1)).as(SCRIPTED).act(onLeg(1, buyMarket(1)));
        assertDecisions("REFUSED MAX_CONSECUTIVE_LOSSES limit=2 actual=2", "[1] NEW BUY 1@MARKET SIGNAL");
        set(RuleScenario.VENUE, LimitType.MAX_CONSECUTIVE_LOSSES, "2");
        scenario.act(buyMarket(1));
        assertDecisions("NEW BUY 1@MARKET SIGNAL");
    }

    @Test
    void shouldOpenNothingOutsideTheSessions()
    {
        set(RuleScenario.INSTRUMENT, LimitType.TRADING_HOURS, "1");
        scenario.give(OperatorSays.calendar(1, CoreScenario.START_NS, CoreScenario.START_NS + 1_000_000_000L))
            .give(OperatorSays.calendarOf(0, 1)).act(buyMarket(5));
        fill(5, 101, 0);
        scenario.decisions();

        scenario.at(1_000).act(buyMarket(1)).act(sellMarket(5)).act(onLeg(1, buyMarket(1)));
        assertDecisions("REFUSED TRADING_HOURS", "NEW SELL 5@MARKET SIGNAL", "[1] NEW BUY 1@MARKET SIGNAL");
    }

    /** 1 BASE is 100 of the currency below, by a mark that may be a minute old. */
    @Test
    void shouldCountAnotherCurrencyByItsRate()
    {
        final Instrument inAnother = new Instrument(0, "XEUR", "TEST", ContractType.LINEAR, Increment.parse("1"),
            Increment.parse("1"), 1, 1, Increment.parse("1"), "X", "BASE", "BASE", 0);
        scenario.defineAt(RuleScenario.A, inAnother).snapshot(100, "100x10", "101x10")
            .give(instance(3, "third", SCRIPTED, 2)).act(buyMarket(5));
        fill(5, 101, 0);
        scenario.act(sellMarket(5));
        fill(5, 100, 0);
        set(RuleScenario.NODE, LimitType.MAX_DAILY_REALIZED_LOSS, "400");

        scenario.on(0).as(OTHER).act(buyMarket(1));
        assertDecisions("REFUSED NO_RATE");
        scenario.give(OperatorSays.rate("BASE", "USDT", 1, 60_000_000_000L)).act(buyMarket(1));
        assertThat(scenario.decisions()).contains(
            "REFUSED MAX_DAILY_REALIZED_LOSS limit=40000000000 actual=50000000000");
        scenario.at(60_001).act(buyMarket(1));
        assertDecisions("REFUSED STALE_RATE");
    }
}
