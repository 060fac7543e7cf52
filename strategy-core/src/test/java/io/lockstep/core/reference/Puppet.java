package io.lockstep.core.reference;

import io.lockstep.codecs.Instrument;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderEvent;
import io.lockstep.core.strategy.Fill;
import io.lockstep.core.strategy.Parameters;
import io.lockstep.core.strategy.StateReader;
import io.lockstep.core.strategy.StateWriter;
import io.lockstep.core.strategy.Strategy;
import io.lockstep.core.strategy.StrategyContext;
import io.lockstep.core.strategy.StrategyFactory;

import java.util.List;
import java.util.function.Consumer;

/** Does what it is told when its timer is fired, and nothing by itself. */
final class Puppet implements Strategy
{
    static final String NAME = "puppet";
    static final int TIMER_KEY = 0;
    /** Always due. */
    static final long DEADLINE_NS = 1;

    /** Of all puppets: what the next one does whose timer is fired. */
    static final class Factory implements StrategyFactory
    {
        private Consumer<StrategyContext> action = (context) ->
        {
        };

        void next(final Consumer<StrategyContext> newAction)
        {
            action = newAction;
        }

        @Override
        public String name()
        {
            return NAME;
        }

        @Override
        public Strategy create(final Instrument instrument, final Parameters parameters)
        {
            return new Puppet(this);
        }

        @Override
        public Strategy create(final List<Instrument> instruments, final Parameters parameters)
        {
            return new Puppet(this);
        }
    }

    private final Factory factory;

    private Puppet(final Factory factory)
    {
        this.factory = factory;
    }

    @Override
    public void onStart(final StrategyContext context)
    {
        for (int leg = 0; leg < context.legCount(); leg++)
        {
            context.leg(leg).schedule(TIMER_KEY, DEADLINE_NS);
        }
    }

    @Override
    public void onTimer(final StrategyContext context, final int timerKey)
    {
        context.schedule(TIMER_KEY, DEADLINE_NS);
        factory.action.accept(context);
    }

    @Override
    public void onMarket(final StrategyContext context)
    {
        // It is told by its timer.
    }

    @Override
    public void onWatch(final StrategyContext context)
    {
        // It is told by its timer.
    }

    @Override
    public void onCloseWatch(final StrategyContext context)
    {
        // It is told by its timer.
    }

    @Override
    public void onInTrade(final StrategyContext context)
    {
        // It is told by its timer.
    }

    @Override
    public void onOrder(final StrategyContext context, final Order order, final OrderEvent event, final Fill fill)
    {
        // Who tells it knows of the orders.
    }

    @Override
    public long stateHash()
    {
        return 0;
    }

    @Override
    public void save(final StateWriter state)
    {
        // It has no state.
    }

    @Override
    public void restore(final StateReader state)
    {
        // It has no state.
    }
}
