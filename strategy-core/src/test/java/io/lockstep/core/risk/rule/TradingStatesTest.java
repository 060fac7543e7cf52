package io.lockstep.core.risk.rule;

import io.lockstep.core.CoreScenario;
import io.lockstep.core.OperatorSays;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TradingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.onLeg;
import static io.lockstep.core.CoreScenario.sell;
import static io.lockstep.core.LimitSays.mode;
import static org.assertj.core.api.Assertions.assertThat;

/** Halted, reduce-only and killed strategies, instruments, venues and accounts: what may leave, what is cancelled, what is closed. */
class TradingStatesTest
{
    private final CoreScenario scenario = RuleScenario.live().compared();

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    private CoreScenario set(final ScopeKey key, final TradingMode mode)
    {
        return scenario.source(3).give(mode(key, mode, false)).source(0);
    }

    private CoreScenario bought(final int number, final long lots)
    {
        return scenario.source(RuleScenario.GATEWAY).fill(number, lots, 100).source(0);
    }

    private static ScopeKey key(final LimitScope scope)
    {
        return switch (scope)
        {
            case STRATEGY -> RuleScenario.STRATEGY;
            case INSTRUMENT -> RuleScenario.INSTRUMENT;
            case VENUE -> RuleScenario.VENUE;
            case ACCOUNT -> RuleScenario.ACCOUNT;
            case LEG, NODE, NULL_VAL, SBE_UNKNOWN -> throw new IllegalArgumentException("scope=" + scope);
        };
    }

    @ParameterizedTest
    @CsvSource(
    {"STRATEGY, STRATEGY_HALTED", "INSTRUMENT, INSTRUMENT_HALTED", "VENUE, VENUE_HALTED", "ACCOUNT, ACCOUNT_HALTED"})
    void shouldLetNothingOutOfAHaltedScopeButCancels(final LimitScope scope, final RiskReason reason)
    {
        scenario.act(buy(1, 100)).decisions();

        set(key(scope), TradingMode.HALTED).act(buy(1, 100)).act(onLeg(1, buy(1, 100))).as(CoreScenario.OTHER)
            .act(buy(1, 100)).as(CoreScenario.SCRIPTED).act(CoreScenario.cancelOldest());

        final boolean isStrategy = scope == LimitScope.STRATEGY;
        assertDecisions("SetTradingMode ACCEPTED", "REFUSED " + reason,
            "[1] " + (isStrategy ? "REFUSED " + reason : "NEW BUY 1@100 SIGNAL"),
            isStrategy ? "NEW BUY 1@100 SIGNAL" : "REFUSED " + reason, "CANCEL #1 ABANDONED");
    }

    @Test
    void shouldGoOnWhenItIsSaid()
    {
        set(RuleScenario.VENUE, TradingMode.HALTED);
        set(RuleScenario.VENUE, TradingMode.HALTED);
        set(RuleScenario.VENUE, TradingMode.RUNNING).act(buy(1, 100));
        set(RuleScenario.VENUE, TradingMode.RUNNING);

        assertDecisions("SetTradingMode ACCEPTED", "SetTradingMode NO_CHANGE", "SetTradingMode ACCEPTED",
            "NEW BUY 1@100 SIGNAL", "SetTradingMode NO_CHANGE");
        assertThat(scenario.core().scopedRisk().states().count()).isZero();
    }

    /** A strategy's own position, also where the position of all would become larger by it. */
    @Test
    void shouldLetAStrategyReduceItsOwnPosition()
    {
        scenario.act(buy(5, 100)).as(CoreScenario.OTHER).act(sell(9, 101));
        bought(1, 5);
        bought(2, 9).as(CoreScenario.SCRIPTED).decisions();

        set(RuleScenario.STRATEGY, TradingMode.REDUCE_ONLY).act(buy(1, 100)).act(sell(6, 101)).act(sell(5, 101));

        assertDecisions("SetTradingMode ACCEPTED", "REFUSED REDUCE_ONLY limit=5 actual=1",
            "REFUSED REDUCE_ONLY limit=5 actual=6", "NEW SELL 5@101 SIGNAL");
    }

    /** The position of all is what an instrument's state is about. */
    @Test
    void shouldLetThePositionOfAllBeReducedOnAnInstrument()
    {
        scenario.act(buy(5, 100)).as(CoreScenario.OTHER).act(sell(9, 101));
        bought(1, 5);
        bought(2, 9).as(CoreScenario.SCRIPTED).decisions();

        set(RuleScenario.INSTRUMENT, TradingMode.REDUCE_ONLY).act(sell(1, 101)).act(buy(4, 100))
            .act(onLeg(1, buy(1, 100)));

        assertDecisions("SetTradingMode ACCEPTED", "REFUSED REDUCE_ONLY limit=5 actual=1", "NEW BUY 4@100 SIGNAL",
            "[1] NEW BUY 1@100 SIGNAL");
    }

    @Test
    void shouldKeepToTheStrictestOfAllScopes()
    {
        set(RuleScenario.STRATEGY, TradingMode.REDUCE_ONLY);
        set(RuleScenario.ACCOUNT, TradingMode.KILLED);
        set(RuleScenario.INSTRUMENT, TradingMode.HALTED).act(buy(1, 100));
        set(RuleScenario.ACCOUNT, TradingMode.RUNNING).act(buy(1, 100));
        set(RuleScenario.INSTRUMENT, TradingMode.RUNNING).act(buy(1, 100));
        set(RuleScenario.STRATEGY, TradingMode.RUNNING).mode(TradingMode.HALTED).act(buy(1, 100));

        assertDecisions("SetTradingMode ACCEPTED", "SetTradingMode ACCEPTED", "SetTradingMode ACCEPTED",
            "REFUSED ACCOUNT_HALTED", "SetTradingMode ACCEPTED", "REFUSED INSTRUMENT_HALTED",
            "SetTradingMode ACCEPTED", "REFUSED REDUCE_ONLY limit=0 actual=1", "SetTradingMode ACCEPTED",
            "SetTradingMode ACCEPTED", "REFUSED HALTED");
    }

    @Test
    void shouldCancelTheOrdersOfAKilledScopeAlone()
    {
        scenario.act(buy(1, 100)).act(onLeg(1, buy(2, 100))).as(CoreScenario.OTHER).act(buy(3, 100))
            .as(CoreScenario.SCRIPTED).decisions();

        set(RuleScenario.STRATEGY, TradingMode.KILLED);

        assertDecisions("CANCEL #1 OPERATOR", "TIMER WISHES at 5000ms", "[1] CANCEL #2 OPERATOR",
            "SetTradingMode ACCEPTED");
    }

    /** The position is closed by a market order, which passes the chain, and nothing else leaves. */
    @Test
    void shouldCloseThePositionsOfAKilledScope()
    {
        scenario.act(buy(5, 100));
        bought(1, 5).act(buy(1, 90)).decisions();
        scenario.source(3).give(mode(RuleScenario.STRATEGY, TradingMode.KILLED, true)).source(0);
        assertDecisions("CANCEL #2 OPERATOR", "TIMER WISHES at 5000ms", "SetTradingMode ACCEPTED");

        scenario.source(RuleScenario.GATEWAY).cancel(2).source(0).act(sell(5, 101)).act(buy(1, 100));
        assertDecisions("NEW SELL 5@MARKET OPERATOR", "REFUSED STRATEGY_HALTED", "REFUSED STRATEGY_HALTED");

        bought(3, 5);
        assertThat(scenario.core().position(0).netLots()).isZero();
        scenario.source(3).give(OperatorSays.limitOrder(RuleScenario.PAIR, 0, Side.BUY, 1, 100));
        assertDecisions("REFUSED STRATEGY_HALTED", "OperatorOrder REFUSED");
    }

    /** A plain kill closes nothing, nor does a command to close that comes behind it. */
    @Test
    void shouldCloseNothingWhereItIsNotAsked()
    {
        scenario.act(buy(5, 100));
        bought(1, 5).decisions();

        set(RuleScenario.INSTRUMENT, TradingMode.KILLED).source(3)
            .give(OperatorSays.flatten(0, RuleScenario.PAIR));

        assertDecisions("SetTradingMode ACCEPTED", "REFUSED INSTRUMENT_HALTED", "Flatten REFUSED");
    }

    @Test
    void shouldCloseAllPositionsOfAKilledNode()
    {
        scenario.act(buy(5, 100)).as(CoreScenario.OTHER).act(buy(2, 100));
        bought(1, 5);
        bought(2, 2).source(3).give(mode(ScopeKey.NODE, TradingMode.KILLED, true)).source(0).as(CoreScenario.SCRIPTED)
            .act(buy(1, 100));

        assertDecisions("NEW BUY 5@100 SIGNAL", "NEW BUY 2@100 SIGNAL", "NEW SELL 5@MARKET OPERATOR",
            "NEW SELL 2@MARKET OPERATOR", "SetTradingMode ACCEPTED", "REFUSED KILLED");
    }

    /** What closes a position passes the limits about how many orders there may be, and the collar, like all others. */
    @Test
    void shouldPassTheChainWithWhatCloses()
    {
        scenario.act(buy(5, 100));
        bought(1, 5).source(3)
            .give(RuleScenario.limit(RuleScenario.STRATEGY, LimitType.MAX_ORDERS_PER_SECOND, "0"))
            .give(mode(RuleScenario.STRATEGY, TradingMode.KILLED, true));

        assertDecisions("NEW BUY 5@100 SIGNAL", "SetLimit ACCEPTED", "REFUSED MAX_ORDER_RATE limit=0 actual=1",
            "SetTradingMode ACCEPTED");
    }

    @Test
    void shouldRefuseWhatIsNoScopeOrNoMode()
    {
        scenario.source(3).give(mode(ScopeKey.ofStrategy(9), TradingMode.HALTED, false))
            .give(mode(ScopeKey.ofVenue(9), TradingMode.HALTED, false))
            .give(mode(ScopeKey.ofInstrument(9), TradingMode.HALTED, false))
            .give(mode(RuleScenario.LEG, TradingMode.HALTED, false))
            .give(mode(RuleScenario.VENUE, TradingMode.HALTED, true))
            .give(mode(RuleScenario.NODE, TradingMode.RUNNING, true));

        assertDecisions("SetTradingMode UNKNOWN_STRATEGY", "SetTradingMode UNKNOWN_VENUE",
            "[9] SetTradingMode UNKNOWN_INSTRUMENT", "SetTradingMode INVALID_VALUE", "SetTradingMode INVALID_VALUE",
            "SetTradingMode INVALID_VALUE");
    }
}
