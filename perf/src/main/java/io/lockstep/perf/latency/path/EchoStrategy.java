package io.lockstep.perf.latency.path;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.market.MarketView;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderEvent;
import io.lockstep.core.strategy.Fill;
import io.lockstep.core.strategy.Parameters;
import io.lockstep.core.strategy.StateReader;
import io.lockstep.core.strategy.StateWriter;
import io.lockstep.core.strategy.Strategy;
import io.lockstep.core.strategy.StrategyContext;
import io.lockstep.core.strategy.StrategyFactory;
import io.lockstep.perf.latency.load.Workload;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import io.lockstep.strategies.MovingAverage;

/**
 * What tick-to-trade is measured with: keeps two moving averages of the mid price like any strategy of averages, and sends
 * an order at the touch for each book update whose id is a multiple of the parameter {@code every}, buying and selling in turn.
 * An update makes one order, whatever comes between it and the next.
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
            final int every = (int)parameters.whole("every", 1, 1, Integer.MAX_VALUE);
            parameters.refuseUnknown();
            return new EchoStrategy(every);
        }
    }

    private static final int FAST = 10;
    private static final int SLOW = 50;

    private final int every;
    private final MovingAverage fast = new MovingAverage(FAST);
    private final MovingAverage slow = new MovingAverage(SLOW);
    private int trend;
    private boolean bought;
    /** Of the book when the newest order was made. */
    private long orderedUpdateId;

    private EchoStrategy(final int every)
    {
        this.every = every;
    }

    @Override
    public void onMarket(final StrategyContext context)
    {
        final MarketView market = context.market();
        if (market.isLive() && market.hasBestBidOffer())
        {
            fast.add(market.twiceMidTicks());
            slow.add(market.twiceMidTicks());
            trend = slow.isComplete() ? fast.compareTo(slow) : 0;
        }
    }

    @Override
    public void onWatch(final StrategyContext context)
    {
        final long updateId = context.market().book().updateId();
        if (updateId > orderedUpdateId && Workload.makesOrder(updateId, every))
        {
            orderedUpdateId = updateId;
            final MarketView market = context.market();
            final Side side = bought ? Side.SELL : Side.BUY;
            bought = !bought;
            context.sendLimit(side, bought ? market.bestAskTicks() : market.bestBidTicks(), 1,
                TimeInForce.IMMEDIATE_OR_CANCEL, ExecInst.NONE, OrderReason.SIGNAL);
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
    public void onOrder(
        final StrategyContext context, final Order order, final OrderEvent event, final Fill fill)
    {
    }

    @Override
    public void onTimer(final StrategyContext context, final int timerKey)
    {
    }

    @Override
    public long touch(final int step)
    {
        return switch (step)
        {
            case 0 -> orderedUpdateId + trend;
            case 1 -> fast.touch() + slow.touch();
            default -> fast.touchNext() + slow.touchNext();
        };
    }

    @Override
    public long stateHash()
    {
        final long averages = Xxh64.chain(fast.stateHash(), slow.stateHash());
        return Xxh64.chain(Xxh64.chain(averages, trend * 2L + (bought ? 1 : 0)), orderedUpdateId);
    }

    @Override
    public void save(final StateWriter state)
    {
        fast.save(state);
        slow.save(state);
        state.putInt(trend).putBoolean(bought).putLong(orderedUpdateId);
    }

    @Override
    public void restore(final StateReader state)
    {
        fast.restore(state);
        slow.restore(state);
        trend = state.nextInt();
        bought = state.nextBoolean();
        orderedUpdateId = state.nextLong();
    }
}
