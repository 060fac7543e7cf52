package io.lockstep.verification.crash;

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
 * Sends, replaces, cancels and schedules all the time, in an order that is a function of its state alone. It makes no sense as
 * trading; it is there so that whenever the node is killed something of every kind is under way.
 */
public final class RestlessStrategy implements Strategy
{
    /** Makes it under the name {@code restless}; {@code seed} sets what it does. */
    public static final class Factory implements StrategyFactory
    {
        @Override
        public String name()
        {
            return "restless";
        }

        @Override
        public Strategy create(final Instrument instrument, final Parameters parameters)
        {
            final Strategy strategy = new RestlessStrategy(parameters.whole("seed", 1, 0, Integer.MAX_VALUE));
            parameters.refuseUnknown();
            return strategy;
        }
    }

    private static final int EVENTS_PER_ACTION = 6;
    private static final int OPEN_ORDERS_MAX = 12;
    private static final int QUANTITY_MAX = 12;
    private static final int TIMER_MS_MAX = 20;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private long random;

    RestlessStrategy(final long seed)
    {
        random = seed;
    }

    private int draw(final int bound)
    {
        random = Xxh64.chain(random, 1);
        return Math.floorMod(random, bound);
    }

    @Override
    public void onMarket(final StrategyContext context)
    {
        if (context.market().hasBestBidOffer() && draw(EVENTS_PER_ACTION) == 0)
        {
            act(context);
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

    private void act(final StrategyContext context)
    {
        final Side side = draw(2) == 0 ? Side.BUY : Side.SELL;
        switch (draw(8))
        {
            case 0, 1, 2 -> sendLimit(context, side);
            case 3 -> context.sendMarket(side, 1 + draw(QUANTITY_MAX), OrderReason.SIGNAL);
            case 4, 5 -> change(context, true);
            case 6 -> change(context, false);
            default -> context.schedule(draw(StrategyContext.TIMER_KEYS),
                context.nowNs() + NANOS_PER_MILLI * (1 + draw(TIMER_MS_MAX)));
        }
    }

    private void sendLimit(final StrategyContext context, final Side side)
    {
        if (context.openOrders().count() < OPEN_ORDERS_MAX)
        {
            context.sendLimit(side, price(context), 1 + draw(QUANTITY_MAX), TimeInForce.GOOD_TILL_CANCEL,
                draw(2) == 0 ? ExecInst.NONE : ExecInst.PARTICIPATE_DONT_INITIATE, OrderReason.SIGNAL);
        }
    }

    private long price(final StrategyContext context)
    {
        return context.market().markTicks() + draw(9) - 4;
    }

    private void change(final StrategyContext context, final boolean replace)
    {
        Order order = context.openOrders().first();
        for (int skip = draw(OPEN_ORDERS_MAX); order != null && skip > 0
            && context.openOrders().next(order) != null; skip--)
        {
            order = context.openOrders().next(order);
        }
        if (order != null && replace)
        {
            context.replace(
                order, price(context), order.cumQtyLots() + 1 + draw(QUANTITY_MAX), OrderReason.SIGNAL);
        }
        else if (order != null)
        {
            context.cancel(order, OrderReason.ABANDONED);
        }
    }

    @Override
    public void onOrder(
        final StrategyContext context, final Order order, final OrderEvent event, final Fill fill)
    {
        random = Xxh64.chain(random, event.ordinal());
    }

    @Override
    public void onTimer(final StrategyContext context, final int timerKey)
    {
        act(context);
    }

    @Override
    public long stateHash()
    {
        return random;
    }

    @Override
    public void save(final StateWriter state)
    {
        state.putLong(random);
    }

    @Override
    public void restore(final StateReader state)
    {
        random = state.nextLong();
    }
}
