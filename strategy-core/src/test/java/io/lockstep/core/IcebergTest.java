package io.lockstep.core;

import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderState;
import io.lockstep.core.order.OrderTerms;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TradingMode;
import org.junit.jupiter.api.Test;

import static io.lockstep.core.CoreScenario.cancelOldest;
import static io.lockstep.core.CoreScenario.replaceOldest;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Orders that show a part at once: the venue gets one part after the other, each under a ClOrdID of its own, and the strategy has one
 * order. Behind every input the core is compared with one that was restored from it. The market is 100 to 101.
 */
class IcebergTest
{
    private final CoreScenario scenario = CoreScenario.reckoned();

    private CoreScenario showing(final long lots)
    {
        scenario.act((context) ->
        {
            final OrderTerms terms = context.terms().buy().limit(100).quantity(10).display(lots);
            context.send(terms.reason(OrderReason.SIGNAL));
        });
        return scenario;
    }

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    private Order order()
    {
        return scenario.core().openOrders(0).first();
    }

    @Test
    void shouldSendOnePartAfterTheOther()
    {
        showing(4).accept(1).fill(1, 3, 100);
        assertDecisions("NEW BUY 4@100 SIGNAL");
        scenario.fill(1, 1, 100);
        assertDecisions("NEW BUY 4@100 SIGNAL");
        assertThat(order().exposureLots()).isEqualTo(6);
        scenario.accept(2).fill(2, 4, 100);
        assertDecisions("NEW BUY 2@100 SIGNAL");
        scenario.fill(3, 2, 99);

        assertDecisions();
        assertThat(scenario.heard()).containsExactly("ACCEPTED NEW 0/10", "PARTIAL_FILL PARTIALLY_FILLED 3/10",
            "PARTIAL_FILL PENDING_NEW 4/10", "ACCEPTED PARTIALLY_FILLED 4/10", "PARTIAL_FILL PENDING_NEW 8/10",
            "FILL FILLED 10/10");
        assertThat(scenario.core().position(0).netLots()).isEqualTo(10);
        assertThat(scenario.core().openOrderCount()).isZero();
        assertThat(scenario.core().venue(0).openOrders()).isZero();
        assertThat(scenario.core().impossibleOrderEvents()).isZero();
    }

    /** A part that is filled while its order is to be cancelled is the last one. */
    @Test
    void shouldEndWithThePartThatACancelMisses()
    {
        showing(4).accept(1).act(cancelOldest()).fill(1, 4, 100);

        assertDecisions("NEW BUY 4@100 SIGNAL", "CANCEL #1 ABANDONED");
        assertThat(scenario.heard()).containsExactly("ACCEPTED NEW 0/10", "CANCELED CANCELED 4/10");
        assertThat(scenario.core().openOrderCount()).isZero();
    }

    @Test
    void shouldCancelWhatIsLeft()
    {
        showing(4).accept(1).fill(1, 4, 100).accept(2).act(cancelOldest()).cancel(2);
        assertDecisions("NEW BUY 4@100 SIGNAL", "NEW BUY 4@100 SIGNAL", "CANCEL #2 ABANDONED");
        assertThat(scenario.core().openOrderCount()).isZero();
        assertThat(scenario.core().position(0).netLots()).isEqualTo(4);
    }

    /** Each part passes the checks. */
    @Test
    void shouldEndWhenAPartIsRefused()
    {
        showing(4).accept(1).mode(TradingMode.HALTED).decisions();
        scenario.fill(1, 4, 100);

        assertDecisions("REFUSED HALTED", "HELD DENIED #1 SIGNAL");
        assertThat(scenario.heard()).containsExactly("ACCEPTED NEW 0/10", "PARTIAL_FILL DENIED 4/10",
            "DENIED DENIED 4/10");
        assertThat(scenario.core().openOrderCount()).isZero();
    }

    @Test
    void shouldWaitWithTheNextPartWhileTheMarketIsStale()
    {
        showing(4).accept(1).update(1, 900, "50x1", "").decisions();
        scenario.fill(1, 4, 100);
        assertDecisions("HELD #2 BUY LIMIT 10@100 display=4 SIGNAL");
        assertThat(order().state()).isEqualTo(OrderState.HELD);
        scenario.snapshot(1_000, "100x1", "101x1");
        assertDecisions("MARKET LIVE", "NEW BUY 4@100 SIGNAL");
        scenario.fill(2, 4, 100);
        assertDecisions("NEW BUY 2@100 SIGNAL");
    }

    /** A fill of a part that is over belongs to the strategy whose order it was. */
    @Test
    void shouldBookALateFillOfAPart()
    {
        showing(4).fill(1, 4, 100).decisions();
        scenario.give(VenueSays.fill(scenario.order(1).clOrdId(), Side.BUY, 1, 100, 0).execId(77));
        assertThat(scenario.decisions()).singleElement().asString()
            .startsWith("OUT OF PLACE BEYOND_QUANTITY BUY #1 1@100 was=FILLED of=1");
        assertThat(scenario.core().position(0).netLots()).isEqualTo(5);
    }

    @Test
    void shouldAgreeWithAVenueThatListsThePart()
    {
        showing(4).accept(1).fill(1, 4, 100).accept(2).fill(2, 1, 100).decisions();
        scenario.giveAsNode(NodeSays.started(true))
            .give(VenueSays.status(scenario.order(2).clOrdId(), Side.BUY, 1, 3))
            .give(VenueSays.end(CoreScenario.INCARNATION, 2, 0, 1));
        assertDecisions();
        assertThat(order().state()).isEqualTo(OrderState.PARTIALLY_FILLED);
        assertThat(order().cumQtyLots()).isEqualTo(5);
    }

    @Test
    void shouldChangeWhatItShowsAndNotWhatTheVenueHas()
    {
        showing(4).accept(1).act(replaceOldest(10, 99))
            .act((context) -> context.replace(context.openOrders().first(), context.terms().display(3)))
            .fill(1, 4, 100);
        assertDecisions("NEW BUY 4@100 SIGNAL", "REFUSED UNSUPPORTED_BY_VENUE",
            "HELD REPLACED #1 10@100 display=3 NONE", "NEW BUY 3@100 SIGNAL");
    }
}
