package io.lockstep.research.backtest;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderEvent;
import io.lockstep.core.strategy.Fill;
import io.lockstep.core.strategy.Parameters;
import io.lockstep.core.strategy.StateReader;
import io.lockstep.core.strategy.StateWriter;
import io.lockstep.core.strategy.Strategy;
import io.lockstep.core.strategy.StrategyContext;
import io.lockstep.core.strategy.StrategyFactory;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;

/** Market orders at given events of the market: at event {@code n1} so many lots as {@code q1} says, negative ones sold. */
public final class ScriptedOrders implements Strategy
{
    private static final int ORDERS_MAX = 4;

    private final long[] events = new long[ORDERS_MAX];
    private final long[] lots = new long[ORDERS_MAX];
    private long count;

    /** As a configuration names it. */
    public static final class Factory implements StrategyFactory
    {
        @Override
        public String name()
        {
            return "scripted-orders";
        }

        @Override
        public Strategy create(final Instrument instrument, final Parameters parameters)
        {
            final ScriptedOrders strategy = new ScriptedOrders(parameters);
            parameters.refuseUnknown();
            return strategy;
        }
    }

    private ScriptedOrders(final Parameters parameters)
    {
        for (int i = 0; i < ORDERS_MAX; i++)
        {
            events[i] = parameters.whole("n" + (i + 1), 0, 0, Long.MAX_VALUE);
            lots[i] = parameters.decimal("q" + (i + 1), new Decimal(0, 0)).value().longValueExact();
        }
    }

    @Override
    public void onMarket(final StrategyContext context)
    {
        count++;
        for (int i = 0; i < ORDERS_MAX; i++)
        {
            if (events[i] == count && lots[i] != 0)
            {
                context.sendMarket(lots[i] > 0 ? Side.BUY : Side.SELL, Math.abs(lots[i]), OrderReason.SIGNAL);
            }
        }
    }

    @Override
    public void onWatch(final StrategyContext context)
    {
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
    public void onOrder(
        final StrategyContext context, final Order order, final OrderEvent event, final Fill fill)
    {
    }

    @Override
    public void onTimer(final StrategyContext context, final int timerKey)
    {
    }

    @Override
    public long stateHash()
    {
        return Xxh64.chain(count, ORDERS_MAX);
    }

    @Override
    public void save(final StateWriter state)
    {
        state.putLong(count);
    }

    @Override
    public void restore(final StateReader state)
    {
        count = state.nextLong();
    }
}
