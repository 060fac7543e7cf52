package io.lockstep.core;

import io.lockstep.core.instance.StrategyInstance;
import io.lockstep.core.strategy.ScriptedStrategy;
import io.lockstep.sbe.FlattenEncoder;
import io.lockstep.sbe.MachineState;
import io.lockstep.sbe.OrderReason;
import org.junit.jupiter.api.Test;

import java.util.List;

import static io.lockstep.core.CoreScenario.SCRIPTED;
import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.replaceOldest;
import static io.lockstep.core.CoreScenario.sell;
import static io.lockstep.core.CoreScenario.sellMarket;
import static io.lockstep.core.OperatorSays.flatten;
import static io.lockstep.core.OperatorSays.instanceWith;
import static io.lockstep.core.OperatorSays.unassign;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * An instance that is to be taken out, or to have other parameters, while it holds something. Behind every input the core is
 * compared with one that was restored from it.
 */
class UnassignTest
{
    private static final int ID = 1;

    private final CoreScenario scenario = new CoreScenario().define(CoreScenario.LINEAR)
        .give(instanceWith(ID, "one", SCRIPTED, 0)).snapshot(100, "100x10 99x10", "101x10 102x10").compared();

    UnassignTest()
    {
        scenario.decisions();
    }

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    private StrategyInstance instance()
    {
        return scenario.core().instances().find(ID);
    }

    private CoreScenario holding10()
    {
        scenario.act(buy(10, 100)).fill(1, 10, 100).decisions();
        scenario.heard();
        return scenario;
    }

    @Test
    void shouldTakeOutAtOnceWhatHoldsNothing()
    {
        scenario.act((context) -> context.schedule(1, context.nowNs() + 5_000_000)).decisions();

        scenario.give(unassign(ID));

        assertDecisions("TIMER 1 off", "UnassignStrategy ACCEPTED");
        assertThat(scenario.heard()).containsExactly("STOP");
        assertThat(instance().isPresent()).isFalse();
        assertThat(scenario.core().slot(0).legOf(ID)).isNull();
        scenario.give(unassign(ID)).give(unassign(7)).trade(100);
        assertDecisions("UnassignStrategy UNKNOWN_STRATEGY", "UnassignStrategy UNKNOWN_STRATEGY");
    }

    @Test
    void shouldWaitUnderAPositionAndOpenNothingUntilItIsGone()
    {
        holding10().give(unassign(ID)).act(buy(1, 100)).act(sell(11, 101)).act(sellMarket(4)).act(sell(7, 101));
        assertDecisions("UnassignStrategy WAITING", "REFUSED CLOSE_ONLY limit=10 actual=1",
            "REFUSED CLOSE_ONLY limit=10 actual=11", "NEW SELL 4@MARKET SIGNAL",
            "REFUSED CLOSE_ONLY limit=10 actual=7");

        scenario.fill(2, 4, 100).act(sell(6, 101)).fill(3, 5, 101);
        assertDecisions("NEW SELL 6@101 SIGNAL");
        assertThat(instance().isClosing()).isTrue();

        scenario.fill(3, 1, 101);
        assertDecisions("UnassignStrategy ACCEPTED");
        assertThat(instance().isPresent()).isFalse();
        assertThat(scenario.core().position(0).netLots()).isZero();
    }

    @Test
    void shouldWaitForAnOrderThatIsStillOpen()
    {
        scenario.act(buy(5, 100)).accept(1).give(unassign(ID));
        assertDecisions("NEW BUY 5@100 SIGNAL", "CANCEL #1 UNASSIGNED", "TIMER WISHES at 5000ms",
            "UnassignStrategy WAITING");

        scenario.rejectCancel(1);
        assertDecisions("TIMER WISHES at 100ms");
        assertThat(instance().isClosing()).isTrue();
        scenario.at(100).wishes();
        assertDecisions("CANCEL #1 UNASSIGNED", "TIMER WISHES at 10100ms");
        scenario.cancel(1);
        assertDecisions("UnassignStrategy ACCEPTED");
    }

    /** Two orders that close, and would together turn the position, and one that alone would. */
    @Test
    void shouldCancelWhatCouldTurnThePosition()
    {
        holding10().act(sell(6, 101)).act(sell(6, 102)).act(sell(4, 103)).accept(2).act(sell(30, 104)).decisions();

        scenario.give(unassign(ID));

        assertDecisions("CANCEL #3 UNASSIGNED", "TIMER WISHES at 5000ms", "CANCEL #5 UNASSIGNED",
            "UnassignStrategy WAITING");
        scenario.act(replaceOldest(7, 101));
        assertThat(scenario.decisions()).singleElement().asString().startsWith("REFUSED CLOSE_ONLY");
    }

    @Test
    void shouldGoOnWhenItIsWantedAfterAll()
    {
        holding10().give(unassign(ID)).give(instanceWith(ID, "one", SCRIPTED, 0)).act(buy(1, 100));

        assertDecisions("UnassignStrategy WAITING", "StrategyDefinition ACCEPTED", "NEW BUY 1@100 SIGNAL");
        assertThat(instance().isClosing()).isFalse();
    }

    @Test
    void shouldBeTakenOutWhenAnOperatorClosesItsPosition()
    {
        holding10().give(unassign(ID)).decisions();

        scenario.give(flatten(FlattenEncoder.instrumentIdNullValue(), ID)).fill(2, 10, 99);

        assertDecisions("NEW SELL 10@MARKET OPERATOR", "Flatten ACCEPTED", "UnassignStrategy ACCEPTED");
    }

    @Test
    void shouldGiveOtherParametersAtOnceToWhatHoldsNothing()
    {
        final ScriptedStrategy before = scenario.strategy();
        scenario.give(instanceWith(ID, "one", SCRIPTED, 0, "mark=3"));

        assertDecisions("StrategyDefinition ACCEPTED");
        assertThat(scenario.strategy()).isNotSameAs(before);
    }

    @Test
    void shouldLetAStrategyThatCanTakeOverUnderAPosition()
    {
        holding10().act(sell(2, 105)).act((context) ->
        {
            context.schedule(1, context.nowNs() + 5_000_000);
            context.state(MachineState.IN_TRADE, OrderReason.SIGNAL);
        }).decisions();

        scenario.give(instanceWith(ID, "one", SCRIPTED, 0, "takesOver=1"));

        assertDecisions("StrategyDefinition ACCEPTED");
        assertThat(scenario.heard()).containsExactly("RELOAD 3");
        assertThat(instance().leg(0).state()).isEqualTo(MachineState.IN_TRADE);
        assertThat(instance().leg(0).openOrders().count()).isEqualTo(1);
        scenario.at(5).timer(1);
        assertThat(scenario.heard()).containsExactly("TIMER 1");
        assertThat(instance().definition().parameters()).hasSize(1);
    }

    @Test
    void shouldKeepOtherParametersWaitingForAStrategyThatCannot()
    {
        holding10();
        final ScriptedStrategy before = scenario.strategy();
        scenario.give(instanceWith(ID, "one", SCRIPTED, 0, "mark=3")).later(sell(10, 101));
        // The scenario speaks to the newest object, which is only made to see whether its parameters are any.
        before.next(sell(10, 101));
        scenario.trade(100);
        assertDecisions("StrategyDefinition WAITING", "NEW SELL 10@101 SIGNAL");
        assertThat(instance().strategy()).isSameAs(before);
        assertThat(instance().pending().parameters()).hasSize(1);

        scenario.fill(2, 10, 101);

        assertDecisions("StrategyDefinition ACCEPTED");
        assertThat(instance().pending()).isNull();
        assertThat(instance().strategy()).isNotSameAs(before).isSameAs(scenario.strategy());
        assertThat(before.takeHeard()).isEqualTo(List.of("FILL FILLED 10/10"));
    }

    @Test
    void shouldRefuseParametersThatAreNoneAtOnce()
    {
        holding10().give(instanceWith(ID, "one", SCRIPTED, 0, "mark=77"));

        assertDecisions("StrategyDefinition INVALID_VALUE");
        assertThat(instance().pending()).isNull();
    }
}
