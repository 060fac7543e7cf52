package io.lockstep.core;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.market.MarketView;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderEvent;
import io.lockstep.core.order.OrderState;
import io.lockstep.core.strategy.Fill;
import io.lockstep.core.strategy.Parameters;
import io.lockstep.core.strategy.StateReader;
import io.lockstep.core.strategy.StateWriter;
import io.lockstep.core.strategy.Strategy;
import io.lockstep.core.strategy.StrategyContext;
import io.lockstep.core.strategy.StrategyFactory;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.MachineState;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;

/**
 * A strategy with what most have: parameters, prices that it remembers, an entry, an exit and a timer. It buys when the mean of the
 * last few prices rises above that of more of them, and sells when it falls below; the tests of the core need its kind, not its trades.
 */
public final class CrossingStrategy implements Strategy
{
    /** Makes it under the name {@link CoreScenario#CROSSING}. */
    public static final class Factory implements StrategyFactory
    {
        @Override
        public String name()
        {
            return CoreScenario.CROSSING;
        }

        @Override
        public Strategy create(final Instrument instrument, final Parameters parameters)
        {
            final Strategy strategy = new CrossingStrategy(parameters);
            parameters.refuseUnknown();
            return strategy;
        }
    }

    private static final int LENGTH_MAX = 100_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final int fast;
    private final boolean ofMidPrices;
    private final long entryTimeoutNs;
    private final Decimal orderNotional;
    private final long[] prices;
    private int count;
    private int trend;
    private boolean crossed;
    private Order order;

    CrossingStrategy(final Parameters parameters)
    {
        fast = (int)parameters.whole("fast", 10, 1, LENGTH_MAX);
        prices = new long[(int)parameters.whole("slow", 50, 2, LENGTH_MAX)];
        ofMidPrices = parameters.whole("source", 0, 0, 1) == 1;
        entryTimeoutNs = parameters.whole("entryTimeoutMs", 5_000, 1, Integer.MAX_VALUE) * NANOS_PER_MILLI;
        orderNotional = parameters.decimal("orderNotional", new Decimal(1_000, 0));
    }

    @Override
    public void onMarket(final StrategyContext context)
    {
        final long price = price(context.market());
        crossed = false;
        if (price != Nulls.NULL_PRICE_TICKS)
        {
            System.arraycopy(prices, 0, prices, 1, prices.length - 1);
            prices[0] = price;
            count = Math.min(count + 1, prices.length);
            final int sign = count < prices.length
                ? 0
                : Long.signum(sum(fast) * prices.length - sum(prices.length) * fast);
            crossed = sign != 0 && trend != 0 && sign != trend;
            trend = sign == 0 ? trend : sign;
        }
    }

    private long price(final MarketView market)
    {
        if (ofMidPrices)
        {
            return market.isLive() && market.hasBestBidOffer() ? market.twiceMidTicks() : Nulls.NULL_PRICE_TICKS;
        }
        return switch (market.lastEvent())
        {
            case TRADE -> market.lastTradeTicks();
            case BAR -> market.barCloseTicks();
            case BOOK, QUOTE, STATUS -> Nulls.NULL_PRICE_TICKS;
        };
    }

    private long sum(final int length)
    {
        long sum = 0;
        for (int i = 0; i < length; i++)
        {
            sum += prices[i];
        }
        return sum;
    }

    @Override
    public void onWatch(final StrategyContext context)
    {
        if (crossed && order == null)
        {
            context.state(MachineState.CLOSE_WATCH, OrderReason.SIGNAL);
        }
    }

    @Override
    public void onCloseWatch(final StrategyContext context)
    {
        if (order != null && crossed)
        {
            context.cancel(order, OrderReason.ABANDONED);
        }
        else if (context.market().hasBestBidOffer())
        {
            join(context, trend > 0 ? context.market().bestBidTicks() : context.market().bestAskTicks());
        }
    }

    private void join(final StrategyContext context, final long touch)
    {
        if (order != null)
        {
            if (order.state() == OrderState.NEW && order.priceTicks() != touch)
            {
                context.replace(order, touch, order.orderQtyLots(), OrderReason.CONFIRMED);
            }
            return;
        }
        order = context.sendLimit(trend > 0 ? Side.BUY : Side.SELL, touch, context.lotsFor(orderNotional),
            TimeInForce.GOOD_TILL_CANCEL, ExecInst.PARTICIPATE_DONT_INITIATE, OrderReason.CONFIRMED);
        if (order == null)
        {
            context.state(MachineState.WATCH, OrderReason.REFUSED);
        }
        else
        {
            context.schedule(0, context.nowNs() + entryTimeoutNs);
        }
    }

    @Override
    public void onInTrade(final StrategyContext context)
    {
        final long netLots = context.position().netLots();
        if (order == null && netLots == 0)
        {
            context.state(MachineState.WATCH, OrderReason.POSITION_CLOSED);
        }
        else if (order == null && crossed)
        {
            order = context.sendMarket(netLots > 0 ? Side.SELL : Side.BUY, Math.abs(netLots), OrderReason.REVERSAL);
        }
    }

    @Override
    public void onOrder(
        final StrategyContext context, final Order changed, final OrderEvent event, final Fill fill)
    {
        if (changed == order && changed.cumQtyLots() > 0)
        {
            context.state(MachineState.IN_TRADE, OrderReason.ENTRY_FILLED);
        }
        if (changed == order && changed.state().isTerminal())
        {
            order = null;
            context.cancelTimer(0);
            if (context.state() == MachineState.CLOSE_WATCH)
            {
                context.state(MachineState.WATCH, OrderReason.ABANDONED);
            }
        }
    }

    @Override
    public void onTimer(final StrategyContext context, final int timerKey)
    {
        if (order != null)
        {
            context.cancel(order, OrderReason.TIMEOUT);
        }
    }

    @Override
    public long stateHash()
    {
        long hash = Xxh64.chain(fast, prices.length);
        hash = Xxh64.chain(hash, entryTimeoutNs + (ofMidPrices ? 1 : 0));
        hash = Xxh64.chain(Xxh64.chain(hash, orderNotional.mantissa()), orderNotional.exponent());
        for (final long price : prices)
        {
            hash = Xxh64.chain(hash, price);
        }
        hash = Xxh64.chain(Xxh64.chain(hash, count), trend);
        return Xxh64.chain(hash, (crossed ? 2 : 0) | (order == null ? 0 : 1));
    }

    @Override
    public void save(final StateWriter state)
    {
        state.putInt(count).putInt(trend).putBoolean(crossed).putOrder(order);
        for (final long price : prices)
        {
            state.putLong(price);
        }
    }

    @Override
    public void restore(final StateReader state)
    {
        count = state.nextInt();
        trend = state.nextInt();
        crossed = state.nextBoolean();
        order = state.nextOrder();
        for (int i = 0; i < prices.length; i++)
        {
            prices[i] = state.nextLong();
        }
    }
}
