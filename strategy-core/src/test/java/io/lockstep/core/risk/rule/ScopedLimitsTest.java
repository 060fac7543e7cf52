package io.lockstep.core.risk.rule;

import io.lockstep.codecs.Decimal;
import io.lockstep.core.CoreScenario;
import io.lockstep.core.OperatorSays;
import io.lockstep.core.risk.LimitOrigins.Origin;
import io.lockstep.core.risk.rule.RefusalBook.Entry;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.onLeg;
import static io.lockstep.core.CoreScenario.sell;
import static io.lockstep.core.LimitSays.limit;
import static io.lockstep.core.LimitSays.unset;
import static org.assertj.core.api.Assertions.assertThat;

/** Which scopes a limit binds, who has set it, and what is told of refusals. */
class ScopedLimitsTest
{
    private static final LimitType TYPE = LimitType.MAX_LONG_POSITION;

    private final CoreScenario scenario = RuleScenario.live().source(3).compared();

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    private ScopedRisk risk()
    {
        return scenario.core().scopedRisk();
    }

    /** The pair trades both instruments, the lone strategy the first. */
    @ParameterizedTest
    @EnumSource(value = LimitScope.class, names =
    {"LEG", "STRATEGY", "INSTRUMENT", "VENUE", "ACCOUNT", "NODE"})
    void shouldBindWhatIsWithinTheScopeAndNothingElse(final LimitScope scope)
    {
        final ScopeKey key = List
            .of(RuleScenario.LEG, RuleScenario.STRATEGY, RuleScenario.INSTRUMENT, RuleScenario.VENUE,
                RuleScenario.ACCOUNT, RuleScenario.NODE)
            .stream().filter((each) -> each.scope() == scope).findFirst()
            .orElseThrow();
        final boolean bindsOtherLeg = scope == LimitScope.STRATEGY || scope == LimitScope.NODE;
        final boolean bindsOtherStrategy = scope != LimitScope.LEG && scope != LimitScope.STRATEGY;
        scenario.give(limit(key, TYPE, "0")).decisions();

        scenario.source(0).act(buy(1, 100)).act(onLeg(1, buy(1, 100))).as(CoreScenario.OTHER).act(buy(1, 100));

        final String refused = "REFUSED MAX_LONG_POSITION limit=0 actual=1";
        assertDecisions(refused,
            "[1] " + (bindsOtherLeg ? refused : "NEW BUY 1@100 SIGNAL"),
            bindsOtherStrategy ? refused : "NEW BUY 1@100 SIGNAL");
        assertThat(risk().refusals().get(0).scope()).isEqualTo(scope);
    }

    @Test
    void shouldKeepToTheStrictestOfAllScopes()
    {
        scenario.give(limit(RuleScenario.NODE, TYPE, "3")).give(limit(RuleScenario.LEG, TYPE, "5"))
            .give(limit(RuleScenario.VENUE, TYPE, "4")).decisions();

        scenario.source(0).act(buy(6, 100)).act(buy(5, 100)).act(buy(4, 100)).act(buy(3, 100));

        assertDecisions("REFUSED MAX_LONG_POSITION limit=5 actual=6", "REFUSED MAX_LONG_POSITION limit=4 actual=5",
            "REFUSED MAX_LONG_POSITION limit=3 actual=4", "NEW BUY 3@100 SIGNAL");
    }

    @Test
    void shouldReturnToTheConfiguredLimitAndToNone()
    {
        scenario.giveAsNode(limit(RuleScenario.VENUE, TYPE, "5", true)).source(3)
            .give(limit(RuleScenario.VENUE, TYPE, "7")).source(0).act(buy(7, 90)).source(3)
            .give(unset(RuleScenario.VENUE, TYPE, false)).source(0).act(buy(1, 90))
            .giveAsNode(limit(RuleScenario.VENUE, TYPE, "5.0", true))
            .giveAsNode(unset(RuleScenario.VENUE, TYPE, true)).act(buy(1, 90))
            .giveAsNode(unset(RuleScenario.VENUE, TYPE, true));

        assertDecisions("SetLimit ACCEPTED", "SetLimit ACCEPTED", "NEW BUY 7@90 SIGNAL", "UnsetLimit ACCEPTED",
            "REFUSED MAX_LONG_POSITION limit=5 actual=8", "SetLimit NO_CHANGE", "UnsetLimit ACCEPTED",
            "NEW BUY 1@90 SIGNAL", "UnsetLimit NO_CHANGE");
        assertThat(risk().limits().count()).isZero();
    }

    @Test
    void shouldTakeTheOperatorsAwayWithAnotherConfiguredValue()
    {
        scenario.give(limit(RuleScenario.NODE, TYPE, "7")).giveAsNode(limit(RuleScenario.NODE, TYPE, "5", true))
            .source(0)
            .act(buy(6, 90));

        assertDecisions("SetLimit ACCEPTED", "SetLimit ACCEPTED", "REFUSED MAX_LONG_POSITION limit=5 actual=6");
    }

    @Test
    void shouldTellWhoGaveTheCommandWhatWasInForceAndWhatIs()
    {
        scenario.give(limit(RuleScenario.STRATEGY, TYPE, "7")).give(limit(RuleScenario.STRATEGY, TYPE, "8"));

        assertThat(scenario.core().previousLimitMantissa()).isEqualTo(7);
        assertThat(scenario.core().currentLimitMantissa()).isEqualTo(8);
    }

    @Test
    void shouldRefuseScopesThatAreNotThereAndValuesThatAreNone()
    {
        scenario.give(limit(ScopeKey.ofStrategy(9), TYPE, "1")).give(limit(ScopeKey.ofVenue(9), TYPE, "1"))
            .give(limit(ScopeKey.ofAccount(-1), TYPE, "1")).give(limit(ScopeKey.ofInstrument(9), TYPE, "1"))
            .give(limit(ScopeKey.ofLeg(RuleScenario.LONE, 1), TYPE, "1"))
            .give(limit(RuleScenario.NODE, TYPE, "-1"))
            .give(limit(RuleScenario.NODE, LimitType.SELF_TRADE, "4"))
            .give(limit(RuleScenario.NODE, LimitType.BALANCE, "0.5"))
            .give(limit(RuleScenario.VENUE, LimitType.MAX_TOTAL_NOTIONAL, "1"))
            .give(unset(RuleScenario.VENUE, LimitType.MAX_TOTAL_NOTIONAL, false));

        assertDecisions("SetLimit UNKNOWN_STRATEGY", "SetLimit UNKNOWN_VENUE", "SetLimit UNKNOWN_VENUE",
            "[9] SetLimit UNKNOWN_INSTRUMENT", "[1] SetLimit UNKNOWN_STRATEGY", "SetLimit INVALID_VALUE",
            "SetLimit INVALID_VALUE", "SetLimit INVALID_VALUE", "SetLimit INVALID_VALUE", "UnsetLimit INVALID_VALUE");
        assertThat(risk().limits().count()).isZero();
    }

    /** The eight limits that each instrument has a place for are the same whichever way their scope is named. */
    @Test
    void shouldTakeTheScopeOfAnInstrumentOrOfAllForTheLimitsThatAreAsOldAsThose()
    {
        scenario.give(limit(RuleScenario.INSTRUMENT, LimitType.MAX_ORDER_QUANTITY, "5"))
            .give(limit(RuleScenario.NODE, LimitType.MAX_ORDER_NOTIONAL, "300"))
            .give(limit(RuleScenario.LEG, LimitType.MAX_ORDER_QUANTITY, "2")).source(0).act(buy(6, 100))
            .act(buy(4, 100))
            .act(buy(3, 100)).as(CoreScenario.OTHER).act(buy(3, 100));

        assertDecisions("SetLimit ACCEPTED", "SetLimit ACCEPTED", "SetLimit ACCEPTED",
            "REFUSED MAX_ORDER_QUANTITY limit=5 actual=6", "REFUSED MAX_ORDER_NOTIONAL limit=300 actual=400",
            "REFUSED MAX_ORDER_QUANTITY limit=2 actual=3", "NEW BUY 3@100 SIGNAL");
        assertThat(risk().limits().count()).isZero();
    }

    /** What a rule has counted goes through a snapshot, also where that is more than one section holds. */
    @Test
    void shouldSaveWhatRulesHaveCounted()
    {
        scenario.give(limit(RuleScenario.NODE, LimitType.MAX_CANCELS_PER_SECOND, "10000"))
            .give(limit(RuleScenario.VENUE, LimitType.MAX_ORDERS_PER_SECOND, "2"))
            .give(limit(RuleScenario.STRATEGY, LimitType.DUPLICATE_WINDOW_MS, "1000"))
            .give(limit(RuleScenario.LEG, LimitType.MAX_ORDER_TO_TRADE_RATIO, "7")).decisions();

        scenario.source(0).act(buy(1, 100)).act(sell(1, 101)).act(buy(2, 100));

        assertDecisions("NEW BUY 1@100 SIGNAL", "NEW SELL 1@101 SIGNAL", "REFUSED MAX_ORDER_RATE limit=2 actual=3");
    }

    @Test
    void shouldKeepTheNewestRefusalOfEachReasonAndScope()
    {
        scenario.give(limit(RuleScenario.VENUE, TYPE, "1")).source(0).at(5).act(buy(2, 100)).at(7).act(buy(3, 100));

        final Entry entry = risk().refusals().find(RiskReason.MAX_LONG_POSITION, RuleScenario.VENUE);
        assertThat(entry.refusals()).isEqualTo(2);
        assertThat(entry.actualValue()).isEqualTo(3);
        assertThat(entry.limitValue()).isEqualTo(1);
        assertThat(entry.strategyId()).isEqualTo(RuleScenario.PAIR);
        assertThat(entry.instrumentId()).isZero();
        assertThat(entry.timeNs()).isEqualTo(CoreScenario.START_NS + 7_000_000);
        assertThat(risk().refusals().count()).isEqualTo(1);
        assertThat(risk().refusals().left()).isZero();
    }

    /** A leg that an instance gets later, as nobody's for an operator's first order, is bound like the others. */
    @Test
    void shouldBindALegThatIsMadeLater()
    {
        scenario.give(limit(RuleScenario.NODE, TYPE, "1"))
            .give(OperatorSays.limitOrder(0, 1, Side.BUY, 2, 100));

        assertDecisions("SetLimit ACCEPTED", "[1] REFUSED MAX_LONG_POSITION limit=1 actual=2",
            "[1] OperatorOrder REFUSED");
    }

    @Test
    void shouldHoldSoManyLimitsAndNoMore()
    {
        final ScopedLimits limits = new ScopedLimits();
        for (int i = 0; i < ScopedLimits.LIMITS_MAX; i++)
        {
            limits.set(Origin.OPERATOR, ScopeKey.ofInstrument(i), TYPE,
                Decimal.parse("1"), 1);
        }

        assertThat(limits.set(Origin.OPERATOR, RuleScenario.NODE, TYPE,
            Decimal.parse("1"), 1)).isEqualTo(CommandReason.CAPACITY);
    }
}
