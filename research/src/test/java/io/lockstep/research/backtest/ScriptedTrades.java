package io.lockstep.research.backtest;

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

/**
 * Sends a market order of {@code lots1}, negative to sell, with market event number {@code event1}, and so on to 4; fails with event
 * {@code failAt}, when it is made for -1.
 */
public final class ScriptedTrades implements Strategy
{
    private static final int ORDERS_MAX = 4;
    private static final long EVENTS_MAX = 1_000_000;

    private final long[] events = new long[ORDERS_MAX];
    private final long[] lots = new long[ORDERS_MAX];
    private final long failAt;
    private long count;

    /** Makes it under the name {@code scripted-trades}. */
    public static final class Factory implements StrategyFactory
    {
        @Override
        public String name()
        {
            return "scripted-trades";
        }

        @Override
        public Strategy create(final Instrument instrument, final Parameters parameters)
        {
            final Strategy strategy = new ScriptedTrades(parameters);
            parameters.refuseUnknown();
            return strategy;
        }
    }

    private ScriptedTrades(final Parameters parameters)
    {
        for (int i = 0; i < ORDERS_MAX; i++)
        {
            events[i] = parameters.whole("event" + (i + 1), 0, 0, EVENTS_MAX);
            lots[i] = parameters.whole("lots" + (i + 1), 0, -EVENTS_MAX, EVENTS_MAX);
        }
        failAt = parameters.whole("failAt", 0, -1, EVENTS_MAX);
        if (failAt < 0)
        {
            throw new IllegalStateException("fails when made");
        }
    }

    @Override
    public void onMarket(final StrategyContext context)
    {
        count++;
    }

    private void step(final StrategyContext context)
    {
        for (int i = 0; i < ORDERS_MAX; i++)
        {
            if (events[i] == count)
            {
                context.sendMarket(lots[i] > 0 ? Side.BUY : Side.SELL, Math.abs(lots[i]), OrderReason.SIGNAL);
            }
        }
        if (count == failAt)
        {
            fail();
        }
    }

    private void fail()
    {
        lots[(int)count + ORDERS_MAX] = 0;
    }

    @Override
    public void onWatch(final StrategyContext context)
    {
        step(context);
    }

    @Override
    public void onCloseWatch(final StrategyContext context)
    {
        step(context);
    }

    @Override
    public void onInTrade(final StrategyContext context)
    {
        step(context);
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
        return Xxh64.chain(count, failAt);
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
