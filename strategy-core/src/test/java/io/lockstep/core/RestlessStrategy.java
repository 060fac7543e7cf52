package io.lockstep.core;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderEvent;
import io.lockstep.core.strategy.Fill;
import io.lockstep.core.strategy.Parameters;
import io.lockstep.core.strategy.SignalView;
import io.lockstep.core.strategy.StateReader;
import io.lockstep.core.strategy.StateWriter;
import io.lockstep.core.strategy.Strategy;
import io.lockstep.core.strategy.StrategyContext;
import io.lockstep.core.strategy.StrategyFactory;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.MachineState;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;

import java.util.List;

/**
 * Uses all that a strategy may do, in an order that is a function of its state alone: sends, replaces, cancels, schedules,
 * changes state. What it does makes no sense as trading; it is there to reach every corner of the core.
 */
public final class RestlessStrategy implements Strategy
{
    /**
     * Makes it under the name {@code restless}; {@code seed} sets what it does, and one of so many calls as {@code fails} says throws,
     * none when it is 0.
     */
    public static final class Factory implements StrategyFactory
    {
        @Override
        public String name()
        {
            return "restless";
        }

        @Override
        public boolean takesSignals()
        {
            return true;
        }

        @Override
        public Strategy create(final Instrument instrument, final Parameters parameters)
        {
            return create(List.of(instrument), parameters);
        }

        @Override
        public Strategy create(final List<Instrument> instruments, final Parameters parameters)
        {
            final Strategy strategy = new RestlessStrategy(
                parameters.whole("seed", 1, 0, Integer.MAX_VALUE), (int)parameters.whole("fails", 0, 0, 100_000));
            parameters.refuseUnknown();
            return strategy;
        }
    }

    private static final int ORDERS_MAX = 20;

    private final int fails;
    private long random;

    RestlessStrategy(final long seed)
    {
        this(seed, 0);
    }

    private RestlessStrategy(final long seed, final int fails)
    {
        this.fails = fails;
        random = seed;
    }

    private long draw(final int bound)
    {
        random = Xxh64.chain(random, 1);
        return Math.floorMod(random, bound);
    }

    @Override
    public void onMarket(final StrategyContext context)
    {
        // The states do it all.
    }

    @Override
    public void onWatch(final StrategyContext context)
    {
        act(context);
    }

    @Override
    public void onCloseWatch(final StrategyContext context)
    {
        act(context);
    }

    @Override
    public void onInTrade(final StrategyContext context)
    {
        act(context);
    }

    private void act(final StrategyContext called)
    {
        final boolean isElsewhere = called.legCount() > 1 && draw(3) == 0;
        final StrategyContext context = isElsewhere ? called.leg((int)draw(called.legCount())) : called;
        if (fails > 0 && draw(fails) == 0)
        {
            throw new IllegalStateException("one of " + fails);
        }
        final Side side = draw(2) == 0 ? Side.BUY : Side.SELL;
        switch ((int)draw(8))
        {
            case 0 -> sendLimit(context, side);
            case 1 -> context.sendMarket(side, 1 + draw(5), OrderReason.SIGNAL);
            case 2, 3 -> change(context, true);
            case 4 -> change(context, false);
            case 5 -> context.state(MachineState.get((short)draw(3)), OrderReason.SIGNAL);
            case 6 -> context.schedule((int)draw(4), context.nowNs() + 1_000_000 * draw(100));
            default -> context.cancelTimer((int)draw(4));
        }
    }

    private void sendLimit(final StrategyContext context, final Side side)
    {
        if (context.openOrders().count() < ORDERS_MAX)
        {
            final long price = context.market().markTicks() + draw(20) - 10;
            context.sendLimit(side, price, 1 + draw(10), TimeInForce.GOOD_TILL_CANCEL,
                draw(2) == 0 ? ExecInst.NONE : ExecInst.PARTICIPATE_DONT_INITIATE, OrderReason.SIGNAL);
        }
    }

    private void change(final StrategyContext context, final boolean replace)
    {
        Order order = context.openOrders().first();
        for (long skip = draw(ORDERS_MAX); order != null && skip > 0
            && context.openOrders().next(order) != null; skip--)
        {
            order = context.openOrders().next(order);
        }
        if (order != null && replace)
        {
            final long moreLots = context.instrument().orderLots() * (1 + draw(15));
            context.replace(order, context.market().markTicks() + draw(20) - 10,
                draw(4) == 0 ? 1 : order.cumQtyLots() + moreLots, OrderReason.SIGNAL);
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
        if (event == OrderEvent.ACCEPTED && draw(3) == 0)
        {
            changeAndCancel(context, order);
        }
        if (draw(10) == 0)
        {
            act(context);
        }
    }

    /** The venue hears of the replace first, and may grant it before it hears of the cancel. */
    private void changeAndCancel(final StrategyContext context, final Order order)
    {
        context.replace(order, order.priceTicks(), order.orderQtyLots() + context.instrument().orderLots(),
            OrderReason.SIGNAL);
        if (draw(2) == 0)
        {
            context.cancel(order, OrderReason.ABANDONED);
        }
    }

    @Override
    public RiskReason onSignal(final StrategyContext context, final SignalView signal)
    {
        context.sendMarket(signal.side(), signal.quantityLots(), OrderReason.SIGNAL);
        act(context);
        return RiskReason.NONE;
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
