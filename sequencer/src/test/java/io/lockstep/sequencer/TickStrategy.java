package io.lockstep.sequencer;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Xxh64;
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
 * Sends an order with each trade, whatever the market, and sets a timer after which it cancels its oldest order. So a test
 * knows what an input decides: a trade one NewOrderSingle and one ScheduleTimer, a timer one OrderCancelRequest.
 * <p>
 * Parameters: {@code timerMs} after a trade, 0 for none; {@code ordersMax} open at once.
 */
public final class TickStrategy implements Strategy
{
    /** Of a configuration's {@code class}. */
    public static final String FACTORY = Factory.class.getName();

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int TIMER = 0;

    private final long timerNs;
    private final long ordersMax;
    private long orders;

    /** Makes it under the name {@code tick}. */
    public static final class Factory implements StrategyFactory
    {
        @Override
        public String name()
        {
            return "tick";
        }

        @Override
        public Strategy create(final Instrument instrument, final Parameters parameters)
        {
            final Strategy strategy = new TickStrategy(parameters);
            parameters.refuseUnknown();
            return strategy;
        }
    }

    private TickStrategy(final Parameters parameters)
    {
        timerNs = parameters.whole("timerMs", 0, 0, Integer.MAX_VALUE) * NANOS_PER_MILLI;
        ordersMax = parameters.whole("ordersMax", 10_000, 1, 10_000);
    }

    @Override
    public void onMarket(final StrategyContext context)
    {
        if (context.market().lastEvent() != MarketEvent.TRADE || context.openOrders().count() >= ordersMax)
        {
            return;
        }
        orders++;
        context.sendLimit(orders % 2 == 0 ? Side.SELL : Side.BUY, context.market().lastTradeTicks(),
            context.instrument().orderLots(), TimeInForce.GOOD_TILL_CANCEL, ExecInst.NONE, OrderReason.SIGNAL);
        if (timerNs > 0)
        {
            context.schedule(TIMER, context.nowNs() + timerNs);
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
        if (context.openOrders().first() != null)
        {
            context.cancel(context.openOrders().first(), OrderReason.TIMEOUT);
        }
    }

    @Override
    public long stateHash()
    {
        return Xxh64.chain(orders, timerNs);
    }

    @Override
    public void save(final StateWriter state)
    {
        state.putLong(orders);
    }

    @Override
    public void restore(final StateReader state)
    {
        orders = state.nextLong();
    }
}
