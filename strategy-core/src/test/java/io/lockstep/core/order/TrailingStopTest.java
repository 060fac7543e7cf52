package io.lockstep.core.order;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.CoreScenario;
import io.lockstep.core.strategy.StrategyContext;
import io.lockstep.sbe.OffsetUnit;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TriggerSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Stops that follow the market. Behind every input the core is compared with one that was restored from it. The market is 100 to 101 at
 * first.
 */
class TrailingStopTest
{
    private final CoreScenario scenario = CoreScenario.reckoned();
    private long updateId = 1_000;

    private static Consumer<StrategyContext> send(final UnaryOperator<OrderTerms> terms)
    {
        return (context) -> context.send(terms.apply(context.terms().quantity(10).reason(OrderReason.STOP)));
    }

    private CoreScenario holding(final UnaryOperator<OrderTerms> terms)
    {
        scenario.act(send(terms)).decisions();
        return scenario;
    }

    private CoreScenario bids(final long... bidsTicks)
    {
        for (final long bidTicks : bidsTicks)
        {
            scenario.snapshot(updateId++, bidTicks + "x4", bidTicks + 1 + "x4");
        }
        return scenario;
    }

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    private OrderTrigger trigger()
    {
        return scenario.core().openOrders(0).first().trigger();
    }

    @Test
    void shouldHaveAnotherQuantityBeforeItHasALimitPrice()
    {
        holding((terms) -> terms.sell().trailingStopLimit(5, OffsetUnit.TICKS, 2));

        scenario.act((context) -> context.replace(
            context.openOrders().first(), context.terms().quantity(4).reason(OrderReason.SIGNAL)));
        bids(95);

        assertDecisions("HELD REPLACED #1 4 trigger=95 SIGNAL", "TRIGGERED #1 95 by 95", "NEW SELL 4@93 STOP");
    }

    @Test
    void shouldFollowARisingBidAndStayWhenItFalls()
    {
        holding((terms) -> terms.sell().trailingStop(5, OffsetUnit.TICKS));
        assertThat(trigger().priceTicks()).isEqualTo(95);

        bids(110);
        assertThat(trigger().priceTicks()).isEqualTo(105);
        bids(106, 108);
        assertThat(trigger().priceTicks()).isEqualTo(105);
        assertDecisions();
        bids(105);
        assertDecisions("TRIGGERED #1 105 by 105", "NEW SELL 10@MARKET STOP");
    }

    @Test
    void shouldFollowAFallingOffer()
    {
        holding((terms) -> terms.buy().trailingStop(5, OffsetUnit.TICKS));
        assertThat(trigger().priceTicks()).isEqualTo(106);

        bids(90, 94);
        assertThat(trigger().priceTicks()).isEqualTo(96);
        assertDecisions();
        bids(95);
        assertDecisions("TRIGGERED #1 96 by 96", "NEW BUY 10@MARKET STOP");
    }

    /** A gap through the trigger fires once, at the trigger as it stood; nothing moves down with the market. */
    @Test
    void shouldNotMoveTheWrongWayOnAGap()
    {
        holding((terms) -> terms.sell().trailingStop(5, OffsetUnit.TICKS));
        bids(120, 50);
        assertDecisions("TRIGGERED #1 115 by 50", "NEW SELL 10@MARKET STOP");
        bids(130, 40, 200);
        assertDecisions();
    }

    @Test
    void shouldNotFollowAMarketThatIsStaleOrCrossed()
    {
        holding((terms) -> terms.sell().trailingStop(5, OffsetUnit.TICKS).on(TriggerSource.LAST_TRADE));
        scenario.update(1, 900, "50x1", "").trade(150).decisions();
        assertThat(trigger().watermarkTicks()).isEqualTo(100);
        scenario.trade(104);
        bids(103);
        assertThat(trigger().watermarkTicks()).isEqualTo(104);
        assertDecisions("MARKET LIVE");

        scenario.quote(5_000, 110, 109).trade(170);
        assertThat(trigger().watermarkTicks()).isEqualTo(104);
        scenario.quote(5_001, 108, 109).trade(107);
        assertThat(trigger().watermarkTicks()).isEqualTo(107);
        assertDecisions();
    }

    @Test
    void shouldBeginWithTheFirstPriceThatCanBeReliedOn()
    {
        scenario.update(1, 900, "50x1", "").decisions();
        scenario.act(send((terms) -> terms.sell().trailingStop(5, OffsetUnit.TICKS)));
        assertDecisions("HELD #1 SELL TRAILING_STOP 10 trailing=5 on BID_ASK STOP");
        assertThat(trigger().watermarkTicks()).isEqualTo(Nulls.NULL_PRICE_TICKS);

        bids(90);
        assertThat(trigger().priceTicks()).isEqualTo(85);
    }

    @ParameterizedTest
    @CsvSource(
    {"SELL, 1000, 90", "SELL, 1, 99", "SELL, 1234, 87", "BUY, 1000, 112", "BUY, 1, 102", "BUY, 1234, 114"})
    void shouldCountBasisPointsOfTheBestPriceAndRoundThemUp(final String side, final long bps, final long expected)
    {
        holding((terms) -> terms.side(Side.valueOf(side)).trailingStop(bps, OffsetUnit.BASIS_POINTS));

        assertThat(trigger().priceTicks()).isEqualTo(expected);
    }

    @Test
    void shouldBeginToFollowAtItsActivationPrice()
    {
        holding((terms) -> terms.sell().trailingStop(5, OffsetUnit.TICKS).activation(110));
        assertThat(trigger().priceTicks()).isEqualTo(Nulls.NULL_PRICE_TICKS);
        bids(80, 109);
        assertDecisions();
        bids(112);
        assertThat(trigger().priceTicks()).isEqualTo(107);
        bids(107);
        assertDecisions("TRIGGERED #1 107 by 107", "NEW SELL 10@MARKET STOP");
    }

    @Test
    void shouldMakeItsLimitPriceOfItsTriggerPrice()
    {
        holding((terms) -> terms.sell().trailingStopLimit(5, OffsetUnit.TICKS, 2));
        bids(110, 100);
        assertDecisions("TRIGGERED #1 105 by 100", "NEW SELL 10@103 STOP");
    }

    @Test
    void shouldPutItsLimitPriceOnTheGridOnTheWorseSide()
    {
        final CoreScenario coarse = CoreScenario.live(CoreScenario.COARSE);
        coarse.act(send((terms) -> terms.sell().trailingStopLimit(7, OffsetUnit.TICKS, 1))).decisions();
        coarse.snapshot(200, "110x20", "115x20").snapshot(300, "100x20", "105x20");
        assertThat(coarse.decisions()).containsExactly("TRIGGERED #1 103 by 100", "NEW SELL 10@100 STOP");
    }

    @Test
    void shouldRefuseWhatCannotTrail()
    {
        scenario.act(send((terms) -> terms.sell().trailingStop(0, OffsetUnit.TICKS)))
            .act(send((terms) -> terms.sell().trailingStop(100, OffsetUnit.TICKS)))
            .act(send((terms) -> terms.buy().trailingStop(10_000, OffsetUnit.BASIS_POINTS)))
            .act(send((terms) -> terms.buy().trailingStop(5, OffsetUnit.NULL_VAL)))
            .act(send((terms) -> terms.sell().trailingStop(5, OffsetUnit.TICKS).activation(100)))
            .act(send((terms) -> terms.sell().trailingStop(5, OffsetUnit.TICKS).trigger(90)))
            .act(send((terms) -> terms.sell().stop(90).activation(95)));

        assertDecisions("REFUSED TRAILING_OFFSET actual=0", "REFUSED TRAILING_OFFSET actual=100",
            "REFUSED TRAILING_OFFSET actual=10000", "REFUSED TRAILING_OFFSET actual=5",
            "REFUSED ACTIVATION_PRICE limit=100 actual=100", "REFUSED TRIGGER_MISSING", "REFUSED ACTIVATION_PRICE");
    }

    /** Those that have seen the same best price stand in one group; who came later has seen less. */
    @Test
    void shouldFireInTheOrderOfTheirTriggers()
    {
        holding((terms) -> terms.sell().trailingStop(20, OffsetUnit.TICKS));
        bids(130);
        holding((terms) -> terms.sell().trailingStop(4, OffsetUnit.TICKS));
        bids(128);
        holding((terms) -> terms.sell().trailingStop(3, OffsetUnit.TICKS));
        holding((terms) -> terms.sell().stop(127));
        bids(100);

        assertDecisions("TRIGGERED #4 127 by 100", "NEW SELL 10@MARKET STOP", "TRIGGERED #2 126 by 100",
            "NEW SELL 10@MARKET STOP", "TRIGGERED #3 125 by 100", "NEW SELL 10@MARKET STOP",
            "TRIGGERED #1 110 by 100", "NEW SELL 10@MARKET STOP");
    }
}
