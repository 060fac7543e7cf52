package io.lockstep.perf.work;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.market.MarketView;
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
import io.lockstep.strategies.MovingAverage;

/**
 * Does what a strategy of averages does with each price, and sends an order at the touch where a book update's id says so, buying
 * and selling in turn. A timer that fires is set again. Parameters: {@code every}, of how many ids one makes an order;
 * {@code lots} of each order.
 */
final class SampleStrategy implements Strategy
{
    /** Makes it under the name {@link #NAME}. */
    static final class Factory implements StrategyFactory
    {
        @Override
        public String name()
        {
            return NAME;
        }

        @Override
        public Strategy create(final Instrument instrument, final Parameters parameters)
        {
            final Strategy strategy = new SampleStrategy(
                parameters.whole("every", 1, 1, Long.MAX_VALUE), parameters.whole("lots", 1, 1, Long.MAX_VALUE));
            parameters.refuseUnknown();
            return strategy;
        }
    }

    static final String NAME = "sample";
    private static final int TIMER = 1;
    private static final long TIMER_NS = 1_000_000;
    private static final int FAST = 10;
    private static final int SLOW = 50;

    private final long every;
    private final long lots;
    private final MovingAverage fast = new MovingAverage(FAST);
    private final MovingAverage slow = new MovingAverage(SLOW);
    private long crossings;
    private int trend;
    private boolean bought;
    private boolean scheduled;

    private SampleStrategy(final long every, final long lots)
    {
        this.every = every;
        this.lots = lots;
    }

    @Override
    public void onMarket(final StrategyContext context)
    {
        final MarketView market = context.market();
        if (market.isLive() && market.hasBestBidOffer())
        {
            add(market.lastEvent() == MarketEvent.TRADE ? 2 * market.lastTradeTicks() : market.twiceMidTicks());
        }
        if (!scheduled)
        {
            scheduled = true;
            context.schedule(TIMER, context.nowNs() + TIMER_NS);
        }
    }

    private void add(final long value)
    {
        fast.add(value);
        slow.add(value);
        final int newTrend = slow.isComplete() ? fast.compareTo(slow) : 0;
        crossings += newTrend != trend ? 1 : 0;
        trend = newTrend;
    }

    @Override
    public void onWatch(final StrategyContext context)
    {
        final MarketView market = context.market();
        if (market.lastEvent() == MarketEvent.BOOK && market.book().updateId() > 0 &&
            market.book().updateId() % every == 0)
        {
            bought = !bought;
            context.sendLimit(bought ? Side.BUY : Side.SELL, bought ? market.bestAskTicks() : market.bestBidTicks(),
                lots, TimeInForce.GOOD_TILL_CANCEL, ExecInst.NONE, OrderReason.SIGNAL);
        }
    }

    @Override
    public void onCloseWatch(final StrategyContext context)
    {
        // It never leaves WATCH.
    }

    @Override
    public void onInTrade(final StrategyContext context)
    {
        // It never leaves WATCH.
    }

    @Override
    public void onOrder(
        final StrategyContext context, final Order order, final OrderEvent event, final Fill fill)
    {
        crossings += order.state().isTerminal() ? 1 : 0;
    }

    @Override
    public void onTimer(final StrategyContext context, final int timerKey)
    {
        context.schedule(timerKey, context.nowNs() + TIMER_NS);
    }

    @Override
    public long touch(final int step)
    {
        return switch (step)
        {
            case 0 -> crossings + trend;
            case 1 -> fast.touch() + slow.touch();
            default -> fast.touchNext() + slow.touchNext();
        };
    }

    @Override
    public long stateHash()
    {
        return Xxh64.chain(Xxh64.chain(fast.stateHash(), slow.stateHash()), crossings * 4 + trend);
    }

    @Override
    public void save(final StateWriter state)
    {
        fast.save(state);
        slow.save(state);
        state.putLong(crossings).putInt(trend).putBoolean(bought).putBoolean(scheduled);
    }

    @Override
    public void restore(final StateReader state)
    {
        fast.restore(state);
        slow.restore(state);
        crossings = state.nextLong();
        trend = state.nextInt();
        bought = state.nextBoolean();
        scheduled = state.nextBoolean();
    }
}
