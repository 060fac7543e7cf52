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
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;

/**
 * Sends with market event number {@code n1} an order of {@code q1} lots, negative to sell, at {@code p1} ticks or at the market,
 * and so on to 12.
 */
public final class ScriptedLimits implements Strategy
{
    private static final int ORDERS_MAX = 12;

    private final long[] events = new long[ORDERS_MAX];
    private final long[] lots = new long[ORDERS_MAX];
    private final long[] ticks = new long[ORDERS_MAX];
    private long count;

    /** Makes it under the name {@code scripted}. */
    public static final class Factory implements StrategyFactory
    {
        @Override
        public String name()
        {
            return "scripted";
        }

        @Override
        public Strategy create(final Instrument instrument, final Parameters parameters)
        {
            final Strategy strategy = new ScriptedLimits(parameters);
            parameters.refuseUnknown();
            return strategy;
        }
    }

    private ScriptedLimits(final Parameters parameters)
    {
        for (int i = 0; i < ORDERS_MAX; i++)
        {
            events[i] = parameters.whole("n" + (i + 1), 0, 0, 1_000_000_000L);
            lots[i] = parameters.decimal("q" + (i + 1), new Decimal(0, 0)).value().longValueExact();
            ticks[i] = parameters.whole("p" + (i + 1), 0, 0, 1_000_000_000_000_000L);
        }
    }

    @Override
    public void onMarket(final StrategyContext context)
    {
        count++;
    }

    @Override
    public void onWatch(final StrategyContext context)
    {
        send(context);
    }

    @Override
    public void onCloseWatch(final StrategyContext context)
    {
        send(context);
    }

    @Override
    public void onInTrade(final StrategyContext context)
    {
        send(context);
    }

    private void send(final StrategyContext context)
    {
        for (int i = 0; i < ORDERS_MAX; i++)
        {
            if (events[i] == count && lots[i] != 0)
            {
                final Side side = lots[i] > 0 ? Side.BUY : Side.SELL;
                if (ticks[i] == 0)
                {
                    context.sendMarket(side, Math.abs(lots[i]), OrderReason.SIGNAL);
                }
                else
                {
                    context.sendLimit(side, ticks[i], Math.abs(lots[i]), TimeInForce.GOOD_TILL_CANCEL, ExecInst.NONE,
                        OrderReason.SIGNAL);
                }
            }
        }
    }

    @Override
    public void onOrder(
        final StrategyContext context, final Order order, final OrderEvent event, final Fill fill)
    {
        // What comes of them is for the test.
    }

    @Override
    public void onTimer(final StrategyContext context, final int timerKey)
    {
        // It sets none.
    }

    @Override
    public long stateHash()
    {
        return Xxh64.chain(count, 7);
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
