package io.lockstep.core;

import io.lockstep.codecs.MutableInt128;
import io.lockstep.core.instance.Leg;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.MachineState;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.SetLimitEncoder;
import io.lockstep.sbe.Side;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static io.lockstep.core.CoreScenario.OTHER;
import static io.lockstep.core.CoreScenario.SCRIPTED;
import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.sell;
import static io.lockstep.core.OperatorSays.instance;
import static io.lockstep.core.OperatorSays.unassign;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two instances on one instrument: each has its own position, profit, orders, limits and state machine, and the instrument's are
 * their sum. Behind every input the core is compared with one that was restored from it.
 */
class InstancesTest
{
    private static final int LONG = 1;
    private static final int SHORT = 2;

    private final CoreScenario scenario = new CoreScenario().define(CoreScenario.LINEAR)
        .give(instance(LONG, "long", SCRIPTED, 0)).give(instance(SHORT, "short", OTHER, 0))
        .snapshot(100, "100x10 99x10", "101x10 102x10").compared();

    InstancesTest()
    {
        scenario.decisions();
    }

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    private Leg leg(final int strategyId)
    {
        return scenario.core().slot(0).legOf(strategyId);
    }

    private long unrealized(final int strategyId)
    {
        return leg(strategyId).position().unrealized(100, new MutableInt128()).low();
    }

    /** One holds 10 from 100, the other is short of 4 from 101. */
    private CoreScenario longAndShort()
    {
        scenario.as(SCRIPTED).act(buy(10, 100)).accept(1).fill(1, 10, 100, 3)
            .as(OTHER).act(sell(4, 101)).accept(2).fill(2, 4, 101, 2).decisions();
        return scenario;
    }

    @Test
    void shouldKeepPositionsAndProfitsApartAndTheirSumByTheInstrument()
    {
        longAndShort().as(SCRIPTED).act(sell(10, 105)).fill(3, 10, 105);
        scenario.as(OTHER).act(buy(1, 98)).fill(4, 1, 98);

        assertThat(leg(LONG).position().netLots()).isZero();
        assertThat(leg(SHORT).position().netLots()).isEqualTo(-3);
        assertThat(leg(LONG).position().realized()).isEqualTo(leg(LONG).position().cash());
        assertThat(leg(LONG).position().realized().low()).isEqualTo(cash(50));
        assertThat(leg(SHORT).position().realized().low()).isEqualTo(cash(3));
        assertThat(unrealized(SHORT)).isEqualTo(cash(3));
        assertThat(scenario.core().position(0).netLots()).isEqualTo(-3);
        assertThat(scenario.core().position(0).realized().low()).isEqualTo(cash(53));
        assertThat(scenario.core().position(0).fees().low()).isEqualTo(5);
        assertThat(scenario.core().position(0).fills()).isEqualTo(4);
    }

    /** In the instrument's cash units. */
    private static long cash(final long amount)
    {
        return amount * Math.round(Math.pow(10, -CoreScenario.LINEAR.cashExponent()));
    }

    @Test
    void shouldTellEachOfItsOwnOrdersAlone()
    {
        scenario.as(SCRIPTED).act(buy(10, 100)).as(OTHER).act(sell(4, 101)).fill(2, 4, 101).accept(1);

        assertThat(scenario.heard()).containsExactly("FILL FILLED 4/4");
        assertThat(scenario.as(SCRIPTED).heard()).containsExactly("ACCEPTED NEW 0/10");
        assertThat(leg(LONG).openOrders().count()).isEqualTo(1);
        assertThat(leg(SHORT).openOrders().count()).isZero();
        assertThat(scenario.core().openOrders(0).count()).isEqualTo(1);
    }

    @Test
    void shouldKeepTheirStatesAndTimersApart()
    {
        scenario.as(OTHER).act((context) ->
        {
            context.state(MachineState.IN_TRADE, OrderReason.SIGNAL);
            context.schedule(1, context.nowNs() + 5_000_000);
        });
        scenario.as(SCRIPTED).act((context) -> context.schedule(1, context.nowNs() + 5_000_000));
        assertDecisions("WATCH->IN_TRADE SIGNAL", "TIMER 1 at 5ms", "TIMER 1 at 5ms");

        scenario.at(5).timer(1);

        assertThat(scenario.heard()).containsExactly("TIMER 1");
        assertThat(scenario.as(OTHER).heard()).isEmpty();
        assertThat(leg(LONG).state()).isEqualTo(MachineState.WATCH);
        assertThat(leg(SHORT).state()).isEqualTo(MachineState.IN_TRADE);
    }

    @Test
    void shouldLetNoneCancelTheOrdersOfAnother()
    {
        scenario.as(SCRIPTED).act(buy(10, 100)).decisions();

        scenario.as(OTHER)
            .act((context) -> context.cancel(scenario.core().openOrders(0).first(), OrderReason.ABANDONED));

        assertDecisions("SUSPENDED 2 in MARKET by java.lang.IllegalArgumentException");
        assertThat(scenario.core().openOrders(0).count()).isEqualTo(1);
    }

    @Test
    void shouldHoldEachAgainstItsOwnLimitAndBothAgainstTheInstruments()
    {
        scenario.give((records) ->
        {
            final SetLimitEncoder limit = records.begin(new SetLimitEncoder()).instrumentId(0)
                .limitType(LimitType.MAX_POSITION_QUANTITY)
                .scope(LimitScope.NULL_VAL).scopedId(SetLimitEncoder.scopedIdNullValue()).configured(BooleanType.FALSE)
                .strategyId(SHORT);
            limit.value().mantissa(5).exponent((byte)0);
            limit.user("");
        }).limit(LimitType.MAX_POSITION_QUANTITY, "8").decisions();

        scenario.as(OTHER).act(sell(6, 101)).act(sell(5, 101)).as(SCRIPTED).act(sell(4, 101)).act(sell(3, 101));

        assertDecisions("REFUSED MAX_POSITION_QUANTITY limit=5 actual=6", "NEW SELL 5@101 SIGNAL",
            "REFUSED MAX_POSITION_QUANTITY limit=8 actual=9", "NEW SELL 3@101 SIGNAL");
    }

    /** What closes the position of the one may turn that of the instrument, which has a limit of its own. */
    @Test
    void shouldHoldTheInstrumentAgainstItsLimitThoughAnInstanceLeaves()
    {
        longAndShort().limit(LimitType.MAX_POSITION_QUANTITY, "3").decisions();

        scenario.as(SCRIPTED).act(sell(10, 101)).act(sell(9, 101));

        assertDecisions("REFUSED MAX_POSITION_QUANTITY limit=3 actual=4", "NEW SELL 9@101 SIGNAL");
    }

    @Test
    void shouldDriveThemInTheOrderOfTheirIds()
    {
        final List<Integer> driven = new ArrayList<>();
        final CoreScenario three = scenario.give(instance(3, "last", "crossing", 0));
        three.decisions();
        three.as(OTHER).later((context) -> driven.add(SHORT)).as(SCRIPTED).later((context) -> driven.add(LONG))
            .trade(100);

        assertThat(driven).containsExactly(LONG, SHORT);
        three.as(SCRIPTED).later(buy(1, 100)).as(OTHER).later(sell(2, 101)).trade(100);
        assertDecisions("NEW BUY 1@100 SIGNAL", "NEW SELL 2@101 SIGNAL");
    }

    @Test
    void shouldNeverUseAnIdAgain()
    {
        scenario.give(unassign(LONG)).give(instance(LONG, "long", SCRIPTED, 0))
            .give(instance(4, "gap", SCRIPTED, 0)).give(instance(3, "short", SCRIPTED, 0))
            .give(instance(3, "long", SCRIPTED, 0)).give(instance(0, "zero", SCRIPTED, 0))
            .give(instance(-1, "minus", SCRIPTED, 0));

        assertDecisions("UnassignStrategy ACCEPTED", "StrategyDefinition UNKNOWN_STRATEGY",
            "StrategyDefinition UNKNOWN_STRATEGY", "StrategyDefinition NAME_TAKEN", "StrategyDefinition ACCEPTED",
            "StrategyDefinition UNKNOWN_STRATEGY", "StrategyDefinition UNKNOWN_STRATEGY");
        assertThat(scenario.core().instances().find(LONG).isPresent()).isFalse();
        assertThat(scenario.core().instances().find("long").id()).isEqualTo(3);
    }

    @Test
    void shouldRefuseADefinitionThatCannotBe()
    {
        scenario.give(instance(3, "x", "no-such", 0)).give(instance(3, "x", SCRIPTED))
            .give(instance(3, "x", SCRIPTED, 7)).give(instance(3, "x", SCRIPTED, 0, 0))
            .give(instance(3, "operator", SCRIPTED, 0)).give(OperatorSays.instanceWith(3, "x", SCRIPTED, 0, "speed=1"))
            .give(instance(SHORT, "short", SCRIPTED, 0)).give(instance(SHORT, "other name", OTHER, 0))
            .give(instance(SHORT, "short", OTHER, 0));

        assertDecisions("StrategyDefinition UNKNOWN_STRATEGY", "StrategyDefinition UNKNOWN_INSTRUMENT",
            "StrategyDefinition UNKNOWN_INSTRUMENT", "StrategyDefinition UNKNOWN_INSTRUMENT",
            "StrategyDefinition NAME_TAKEN", "StrategyDefinition INVALID_VALUE", "StrategyDefinition INVALID_VALUE",
            "StrategyDefinition INVALID_VALUE", "StrategyDefinition NO_CHANGE");
        assertThat(scenario.core().instances().count()).isEqualTo(3);
    }

    @Test
    void shouldKeepInTheSumWhatAnInstanceThatIsTakenOutHasCome()
    {
        longAndShort().as(SCRIPTED).act(sell(10, 105)).fill(3, 10, 105).give(unassign(LONG));

        assertThat(leg(LONG)).isNull();
        assertThat(scenario.core().position(0).netLots()).isEqualTo(-4);
        assertThat(scenario.core().position(0).realized().low()).isEqualTo(cash(50));
        assertThat(scenario.core().position(0).fees().low()).isEqualTo(5);
        assertThat(leg(0).position().fills()).isEqualTo(2);
    }

    /** A fill that nothing remembers belongs to neither of two. */
    @Test
    void shouldGiveAStrayFillToNobody()
    {
        final String lost = CoreScenario.clOrdId(1, 5_000_000, 1);
        scenario.giveAsNode(NodeSays.started(true)).decisions();

        scenario.give(VenueSays.fill(lost, Side.BUY, 6, 100, 4).execId(9));

        assertThat(scenario.decisions().get(0)).startsWith("DIFFERENCE UNKNOWN_FILL BUY " + lost).endsWith(" of=0");
        assertThat(leg(0).position().netLots()).isEqualTo(6);
        assertThat(leg(LONG).position().netLots()).isZero();
        assertThat(scenario.core().position(0).netLots()).isEqualTo(6);
    }
}
