package io.lockstep.core.strategy;

import io.lockstep.codecs.Instrument;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderEvent;
import io.lockstep.sbe.Side;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Does what a test tells it to: one action with each market event or timer, in the order given. It writes down what it hears
 * of its orders as {@code event state filled/quantity}.
 */
public final class ScriptedStrategy implements Strategy
{
    /** What to do when something happens to an order. */
    public interface OrderAction
    {
        void onOrder(StrategyContext context, Order order, OrderEvent event);
    }

    /** Keeps the strategies it makes, so that a test can tell them what to do. */
    public static final class Factory implements StrategyFactory
    {
        private final String name;
        private final List<ScriptedStrategy> strategyById = new ArrayList<>();

        public Factory(final String name)
        {
            this.name = name;
        }

        /** The newest whose first leg is of the instrument. */
        public ScriptedStrategy strategy(final int instrumentId)
        {
            return strategyById.get(instrumentId);
        }

        @Override
        public String name()
        {
            return name;
        }

        @Override
        public Strategy create(final Instrument instrument, final Parameters parameters)
        {
            return create(List.of(instrument), parameters);
        }

        @Override
        public Strategy create(final List<Instrument> instruments, final Parameters parameters)
        {
            // Of no effect, so that there are other parameters to change to.
            parameters.whole("mark", 0, 0, 9);
            final boolean takesOver = parameters.whole("takesOver", 0, 0, 1) == 1;
            parameters.refuseUnknown();
            final int id = instruments.get(0).id();
            while (strategyById.size() <= id)
            {
                strategyById.add(null);
            }
            final ScriptedStrategy strategy = new ScriptedStrategy(takesOver);
            strategyById.set(id, strategy);
            return strategy;
        }
    }

    private final Queue<Consumer<StrategyContext>> actions = new ArrayDeque<>();
    private final List<String> heard = new ArrayList<>();
    private final boolean takesOver;
    private OrderAction orderAction;
    private long calls;

    /**
     * @param takesOver whether it takes over from another with other parameters while positions and orders stay.
     */
    private ScriptedStrategy(final boolean takesOver)
    {
        this.takesOver = takesOver;
    }

    /** Actions that it has done. */
    public long calls()
    {
        return calls;
    }

    public void next(final Consumer<StrategyContext> action)
    {
        actions.add(action);
    }

    public void onOrder(final OrderAction action)
    {
        orderAction = action;
    }

    public List<String> takeHeard()
    {
        final List<String> taken = List.copyOf(heard);
        heard.clear();
        return taken;
    }

    @Override
    public void onMarket(final StrategyContext context)
    {
        act(context);
    }

    private void act(final StrategyContext context)
    {
        final Consumer<StrategyContext> action = actions.poll();
        if (action != null)
        {
            calls++;
            action.accept(context);
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
        heard.add(event + " " + order.state() + " " + order.cumQtyLots() + "/" + order.orderQtyLots());
        if (orderAction != null)
        {
            orderAction.onOrder(context, order, event);
        }
    }

    @Override
    public void onStrayFill(
        final StrategyContext context, final Side side, final long priceTicks, final long quantityLots)
    {
        heard.add("STRAY " + side + " " + quantityLots + " at " + priceTicks + " net " + context.position().netLots());
    }

    @Override
    public void onCorrection(final StrategyContext context, final Correction correction)
    {
        heard.add("CORRECTION " + correction.side() + " " + correction.refQuantityLots() + " at " +
            correction.refPriceTicks() +
            (correction.isBust() ? " void" : " is " + correction.quantityLots() + " at " + correction.priceTicks()) +
            " fee " + correction.commission() + " net " + context.position().netLots());
    }

    @Override
    public boolean onReload(final StateReader state)
    {
        if (takesOver)
        {
            calls = state.nextLong();
            heard.add("RELOAD " + calls);
        }
        return takesOver;
    }

    @Override
    public void onStop(final StrategyContext context)
    {
        heard.add("STOP");
    }

    @Override
    public void onTimer(final StrategyContext context, final int timerKey)
    {
        heard.add("TIMER " + timerKey);
        act(context);
    }

    @Override
    public long stateHash()
    {
        return calls;
    }

    @Override
    public void save(final StateWriter state)
    {
        state.putLong(calls);
    }

    @Override
    public void restore(final StateReader state)
    {
        calls = state.nextLong();
    }
}
