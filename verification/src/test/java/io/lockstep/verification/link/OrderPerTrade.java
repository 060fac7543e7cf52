package io.lockstep.verification.link;

import io.lockstep.codecs.Instrument;
import io.lockstep.core.market.MarketEvent;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderEvent;
import io.lockstep.core.strategy.Fill;
import io.lockstep.core.strategy.Parameters;
import io.lockstep.core.strategy.StateReader;
import io.lockstep.core.strategy.StateWriter;
import io.lockstep.core.strategy.Strategy;
import io.lockstep.core.strategy.StrategyContext;
import io.lockstep.core.strategy.StrategyFactory;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;

/**
 * Buys at the price of each trade as much as was traded.
 */
public final class OrderPerTrade implements Strategy
{
    /** Makes it under the name {@code order-per-trade}. */
    public static final class Factory implements StrategyFactory
    {
        @Override
        public String name()
        {
            return "order-per-trade";
        }

        @Override
        public Strategy create(final Instrument instrument, final Parameters parameters)
        {
            parameters.refuseUnknown();
            return new OrderPerTrade();
        }
    }

    @Override
    public void onMarket(final StrategyContext context)
    {
        if (context.market().lastEvent() == MarketEvent.TRADE)
        {
            context.sendLimit(Side.BUY, context.market().lastTradeTicks(), context.market().lastTradeLots(),
                TimeInForce.GOOD_TILL_CANCEL, ExecInst.NONE, OrderReason.SIGNAL);
        }
    }

    @Override
    public void onWatch(final StrategyContext context)
    {
        // All is done in onMarket.
    }

    @Override
    public void onCloseWatch(final StrategyContext context)
    {
        // All is done in onMarket.
    }

    @Override
    public void onInTrade(final StrategyContext context)
    {
        // All is done in onMarket.
    }

    @Override
    public void onOrder(
        final StrategyContext context, final Order order, final OrderEvent event, final Fill fill)
    {
        // It keeps no order.
    }

    @Override
    public void onTimer(final StrategyContext context, final int timerKey)
    {
        // It has none.
    }

    @Override
    public long stateHash()
    {
        return 0;
    }

    @Override
    public void save(final StateWriter state)
    {
        // It remembers nothing.
    }

    @Override
    public void restore(final StateReader state)
    {
        // It remembers nothing.
    }
}
