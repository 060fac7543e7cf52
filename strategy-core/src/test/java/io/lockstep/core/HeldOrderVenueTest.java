package io.lockstep.core;

import io.lockstep.core.order.OrderState;
import io.lockstep.sbe.OrderReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Held orders and a venue that is away, that is full, or that knows more than the journal. The market is 100 to 101 at first. */
class HeldOrderVenueTest
{
    private static final int GATEWAY = 7;

    private final CoreScenario scenario = CoreScenario.live();

    private CoreScenario holding(final long triggerTicks)
    {
        scenario.act((context) -> context.send(
            context.terms().sell().stop(triggerTicks).quantity(10).reason(OrderReason.STOP))).decisions();
        return scenario;
    }

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    private OrderState state()
    {
        return scenario.core().openOrders(0).first().state();
    }

    /** What a venue is not asked for yet it does not miss, and a stop that is reached meanwhile leaves when it is back. */
    @Test
    void shouldLeaveWhenTheVenueIsBack()
    {
        holding(98).giveAsNode(NodeSays.started(true)).snapshot(200, "97x4", "99x4");
        assertDecisions("TRIGGERED #1 98 by 97");
        assertThat(state()).isEqualTo(OrderState.HELD);

        scenario.compared().snapshot(300, "99x4", "100x4").give(VenueSays.end(CoreScenario.INCARNATION, 0, 0, 0));
        assertDecisions();
        scenario.update("99x5", "");
        assertDecisions("NEW SELL 10@MARKET STOP");
        assertThat(state()).isEqualTo(OrderState.PENDING_NEW);
    }

    @Test
    void shouldLeaveInTheOrderOfAgeWhenThereIsRoom()
    {
        scenario.giveAsNode(NodeSays.venueDefinition(0, GATEWAY, 2, "TEST")).decisions();
        holding(97);
        holding(98).compared().snapshot(200, "90x4", "91x4");
        assertDecisions("TRIGGERED #2 98 by 90", "NEW SELL 10@MARKET STOP", "TRIGGERED #1 97 by 90");
        scenario.update("90x5", "");
        assertDecisions();
        scenario.source(GATEWAY).acknowledged(1).fill(2, 10, 90).source(0).update("90x6", "");
        assertDecisions("NEW SELL 10@MARKET STOP");
        assertThat(scenario.core().openOrderCount()).isEqualTo(1);
    }

    /** The journal has lost that the order left: what the venue says goes first, and nothing leaves a second time. */
    @Test
    void shouldTakeAHeldOrderThatTheVenueFillsForSent()
    {
        holding(98).fill(1, 4, 98);
        assertThat(state()).isEqualTo(OrderState.PARTIALLY_FILLED);
        assertThat(scenario.core().position(0).netLots()).isEqualTo(-4);

        scenario.snapshot(200, "90x4", "91x4").fill(1, 6, 90);
        assertDecisions();
        assertThat(scenario.core().openOrderCount()).isZero();
        assertThat(scenario.core().venue(0).openOrders()).isZero();
        assertThat(scenario.core().impossibleOrderEvents()).isZero();
    }

    @Test
    void shouldTakeAHeldOrderThatTheVenueListsForSent()
    {
        holding(98).giveAsNode(NodeSays.started(true)).give(VenueSays.status(scenario.order(1)))
            .give(VenueSays.end(CoreScenario.INCARNATION, 1, 0, 1));

        assertThat(state()).isEqualTo(OrderState.NEW);
        assertThat(scenario.core().slot(0).triggers().isEmpty()).isTrue();
        scenario.snapshot(200, "90x4", "91x4");
        assertDecisions();
    }
}
