package io.lockstep.core.risk;

import io.lockstep.core.CoreScenario;
import io.lockstep.core.market.Market;
import io.lockstep.core.order.OpenOrders;
import io.lockstep.core.order.OrderStore;
import io.lockstep.core.position.CashRule;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import io.lockstep.sbe.TradingMode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The instrument's limits hold for all that trade it together, those of an instance for its leg alone. Mark of 100. */
class ExposureLimitsTest
{
    private static final long NOW_NS = CoreScenario.START_NS;

    /** What a scope has. */
    private static final class Held implements Exposure
    {
        private long netLots;
        private long openBuys;
        private int openOrders;

        @Override
        public long netLots()
        {
            return netLots;
        }

        @Override
        public long exposureLots(final Side side)
        {
            return side == Side.BUY ? openBuys : 0;
        }

        @Override
        public OpenOrders openOrders()
        {
            return OpenOrders.ofLeg();
        }

        @Override
        public int openOrderCount()
        {
            return openOrders;
        }
    }

    private final Market market = CoreScenario.live().core().market(0);
    private final CashRule cashRule = new CashRule(CoreScenario.LINEAR);
    private final Held all = new Held();
    private final Held leg = new Held();
    private final RiskGate gate = new RiskGate(market, all, cashRule, new TotalLimits(new OrderStore(8)));
    private final ExposureLimits own = new ExposureLimits(CoreScenario.LINEAR, leg, cashRule, LimitScope.STRATEGY);
    private final OrderIntent intent = new OrderIntent();

    private RiskReason checkOwn(final Side side, final long lots)
    {
        return gate.check(own, order(side, lots), NOW_NS);
    }

    private OrderIntent order(final Side side, final long lots)
    {
        return intent.order(side, OrdType.LIMIT, TimeInForce.GOOD_TILL_CANCEL, ExecInst.NONE, 100, lots);
    }

    private void assertRefused(final LimitScope scope, final long limit, final long actual)
    {
        assertThat(gate.refusal().scope()).isEqualTo(scope);
        assertThat(gate.refusal().limitValue()).isEqualTo(limit);
        assertThat(gate.refusal().actualValue()).isEqualTo(actual);
    }

    @Test
    void shouldBindNothingWithoutALimit()
    {
        assertThat(checkOwn(Side.BUY, 1_000_000)).isEqualTo(RiskReason.NONE);
    }

    @Test
    void shouldBindTheLegByItsOwnPosition()
    {
        own.limit(LimitType.MAX_POSITION_QUANTITY, 10, 0);
        all.netLots = -50;
        leg.netLots = 8;

        assertThat(checkOwn(Side.BUY, 2)).isEqualTo(RiskReason.NONE);
        assertThat(checkOwn(Side.BUY, 3)).isEqualTo(RiskReason.MAX_POSITION_QUANTITY);
        assertRefused(LimitScope.STRATEGY, 10, 11);
        assertThat(checkOwn(Side.SELL, 18)).isEqualTo(RiskReason.NONE);
        assertThat(checkOwn(Side.SELL, 19)).isEqualTo(RiskReason.MAX_POSITION_QUANTITY);
    }

    @Test
    void shouldBindTheInstrumentByTheSumOfAll()
    {
        gate.limit(LimitType.MAX_POSITION_QUANTITY, 10, 0);
        all.netLots = 4;
        all.openBuys = 5;
        leg.netLots = 100;

        assertThat(gate.check(TradingMode.RUNNING, order(Side.BUY, 1), NOW_NS)).isEqualTo(RiskReason.NONE);
        assertThat(gate.check(TradingMode.RUNNING, order(Side.BUY, 2), NOW_NS))
            .isEqualTo(RiskReason.MAX_POSITION_QUANTITY);
        assertRefused(LimitScope.INSTRUMENT, 10, 11);
    }

    @Test
    void shouldBindQuantityNotionalAndOpenOrdersOfTheLeg()
    {
        own.limit(LimitType.MAX_ORDER_QUANTITY, 5, 0);
        assertThat(checkOwn(Side.BUY, 6)).isEqualTo(RiskReason.MAX_ORDER_QUANTITY);
        assertRefused(LimitScope.STRATEGY, 5, 6);

        own.limit(LimitType.MAX_ORDER_NOTIONAL, 400, 0);
        assertThat(checkOwn(Side.BUY, 5)).isEqualTo(RiskReason.MAX_ORDER_NOTIONAL);
        assertRefused(LimitScope.STRATEGY, 400, 500);

        own.limit(LimitType.MAX_POSITION_NOTIONAL, 300, 0);
        assertThat(checkOwn(Side.BUY, 4)).isEqualTo(RiskReason.MAX_POSITION_NOTIONAL);
        assertRefused(LimitScope.STRATEGY, 300, 400);

        own.limit(LimitType.MAX_OPEN_ORDERS, 1, 0);
        leg.openOrders = 1;
        assertThat(checkOwn(Side.BUY, 3)).isEqualTo(RiskReason.MAX_OPEN_ORDERS);
        assertRefused(LimitScope.STRATEGY, 1, 2);
        own.unlimit(LimitType.MAX_OPEN_ORDERS);
        assertThat(checkOwn(Side.BUY, 3)).isEqualTo(RiskReason.NONE);
    }

    @Test
    void shouldBindTheRateOfTheLeg()
    {
        own.limit(LimitType.MAX_ORDERS_PER_SECOND, 1, 0);
        gate.onSent(NOW_NS);
        assertThat(checkOwn(Side.BUY, 1)).isEqualTo(RiskReason.NONE);

        own.onSent(NOW_NS);

        assertThat(checkOwn(Side.BUY, 1)).isEqualTo(RiskReason.MAX_ORDER_RATE);
        assertRefused(LimitScope.STRATEGY, 1, 2);
    }

    /** A leg that is left is not held by what others have open. */
    @Test
    void shouldLetTheLegBeLeft()
    {
        own.limit(LimitType.MAX_POSITION_QUANTITY, 0, 0);
        all.netLots = -100;
        leg.netLots = 7;

        assertThat(checkOwn(Side.SELL, 7)).isEqualTo(RiskReason.NONE);
        assertThat(checkOwn(Side.SELL, 8)).isEqualTo(RiskReason.MAX_POSITION_QUANTITY);
    }

    @Test
    void shouldSayThatATotalIsTheNodes()
    {
        final TotalLimits totals = new TotalLimits(new OrderStore(8));
        totals.set(LimitType.MAX_TOTAL_NOTIONAL, 100, 0);
        final RiskGate total = new RiskGate(market, all, cashRule, totals);

        assertThat(total.check(TradingMode.RUNNING, order(Side.BUY, 2), NOW_NS))
            .isEqualTo(RiskReason.MAX_TOTAL_NOTIONAL);
        assertThat(total.refusal().scope()).isEqualTo(LimitScope.NODE);
        assertThat(total.check(TradingMode.HALTED, order(Side.BUY, 1), NOW_NS)).isEqualTo(RiskReason.HALTED);
        assertThat(total.refusal().scope()).as("nobody's limit").isEqualTo(LimitScope.NULL_VAL);
    }

    @Test
    void shouldKnowWhichLimitsAreAboutExposure()
    {
        assertThat(ExposureLimits.isAboutExposure(LimitType.MAX_POSITION_QUANTITY)).isTrue();
        assertThat(ExposureLimits.isAboutExposure(LimitType.PRICE_COLLAR_BPS)).isFalse();
        assertThat(ExposureLimits.isAboutExposure(LimitType.MAX_TOTAL_NOTIONAL)).isFalse();
        assertThat(ExposureLimits.isAboutExposure(LimitType.NULL_VAL)).isFalse();
    }
}
