package io.lockstep.perf;

import io.lockstep.codecs.Instrument;
import io.lockstep.core.market.MarketEvent;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderEvent;
import io.lockstep.core.strategy.Parameters;
import io.lockstep.core.strategy.StateReader;
import io.lockstep.core.strategy.StateWriter;
import io.lockstep.core.strategy.Strategy;
import io.lockstep.core.strategy.StrategyContext;
import io.lockstep.core.strategy.StrategyFactory;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;

/**
 * Sends a market order for each trade, through indicators' place, risk and order table like any strategy: what tick-to-trade
 * is measured with.
 */
public final class EchoStrategy implements Strategy
{
    /** Makes it under the name {@code echo}. */
    public static final class Factory implements StrategyFactory
    {
        @Override
        public String name()
        {
            return "echo";
        }

        @Override
        public Strategy create(final Instrument instrument, final Parameters parameters)
        {
            parameters.refuseUnknown();
            return new EchoStrategy();
        }
    }

    private long trades;

    @Override
    public void onMarket(final StrategyContext context)
    {
    }

    @Override
    public void onWatch(final StrategyContext context)
    {
        if (context.market().lastEvent() == MarketEvent.TRADE)
        {
            trades++;
            context.sendMarket(Side.BUY, 1, OrderReason.SIGNAL);
        }
    }

    @Override
    public void onCloseWatch(final StrategyContext context)
    {
    }

    @Override
    public void onInTrade(final StrategyContext context)
    {
    }

    @Override
    public void onOrder(final StrategyContext context, final Order order, final OrderEvent event)
    {
    }

    @Override
    public void onTimer(final StrategyContext context, final int timerKey)
    {
    }

    @Override
    public long stateHash()
    {
        return trades;
    }

    @Override
    public void save(final StateWriter state)
    {
        state.putLong(trades);
    }

    @Override
    public void restore(final StateReader state)
    {
        trades = state.nextLong();
    }
}
