package io.lockstep.sequencer.node;

import io.lockstep.codecs.Instrument;
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
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;

/** Sends an order at the touch when there is none, buying and selling in turn. */
final class RehearsalStrategy implements Strategy
{
    /** Makes it under the name {@code rehearsal}. */
    static final class Factory implements StrategyFactory
    {
        @Override
        public String name()
        {
            return "rehearsal";
        }

        @Override
        public Strategy create(final Instrument instrument, final Parameters parameters)
        {
            parameters.refuseUnknown();
            return new RehearsalStrategy();
        }
    }

    private boolean bought;
    private boolean isWorking;

    private RehearsalStrategy()
    {
    }

    @Override
    public void onMarket(final StrategyContext context)
    {
    }

    @Override
    public void onWatch(final StrategyContext context)
    {
        final MarketView market = context.market();
        if (!isWorking && market.isLive() && market.hasBestBidOffer())
        {
            bought = !bought;
            isWorking = true;
            context.sendLimit(bought ? Side.BUY : Side.SELL, bought ? market.bestAskTicks() : market.bestBidTicks(), 1,
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
        isWorking = event != OrderEvent.FILL;
    }

    @Override
    public void onTimer(final StrategyContext context, final int timerKey)
    {
    }

    @Override
    public long stateHash()
    {
        return (bought ? 1 : 0) | (isWorking ? 2 : 0);
    }

    @Override
    public void save(final StateWriter state)
    {
        state.putBoolean(bought).putBoolean(isWorking);
    }

    @Override
    public void restore(final StateReader state)
    {
        bought = state.nextBoolean();
        isWorking = state.nextBoolean();
    }
}
