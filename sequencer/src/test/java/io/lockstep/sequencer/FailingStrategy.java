package io.lockstep.sequencer;

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

/**
 * {@link TickStrategy} that fails when the last price is one of four: at the first before it decides, at the others in the middle of its
 * decisions. Errors are failures of the core, exceptions of the strategy.
 */
public final class FailingStrategy implements Strategy
{
    public static final long BEFORE_TICKS = 666;
    public static final long BETWEEN_TICKS = 667;
    /** Fails with an error that is no failed assertion. */
    public static final long LINKAGE_TICKS = 668;
    /** Fails with an exception, so that its instance is suspended and all else goes on. */
    public static final long EXCEPTION_TICKS = 669;
    /** Of a configuration's {@code class}. */
    public static final String FACTORY = Factory.class.getName();

    private final Strategy strategy;

    /** Makes it under the name {@code tick}, so that it can take the other's place. */
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
            return new FailingStrategy(new TickStrategy.Factory().create(instrument, parameters));
        }
    }

    private FailingStrategy(final Strategy strategy)
    {
        this.strategy = strategy;
    }

    private static void failAt(final StrategyContext context, final long priceTicks)
    {
        if (context.market().lastTradeTicks() == priceTicks)
        {
            final String problem = "a price of " + priceTicks;
            if (priceTicks == EXCEPTION_TICKS)
            {
                throw new IllegalStateException(problem);
            }
            throw priceTicks == LINKAGE_TICKS ? new LinkageError(problem) : new AssertionError(problem);
        }
    }

    @Override
    public void onMarket(final StrategyContext context)
    {
        failAt(context, BEFORE_TICKS);
        strategy.onMarket(context);
        failAt(context, BETWEEN_TICKS);
        failAt(context, LINKAGE_TICKS);
        failAt(context, EXCEPTION_TICKS);
    }

    @Override
    public void onWatch(final StrategyContext context)
    {
        strategy.onWatch(context);
    }

    @Override
    public void onCloseWatch(final StrategyContext context)
    {
        strategy.onCloseWatch(context);
    }

    @Override
    public void onInTrade(final StrategyContext context)
    {
        strategy.onInTrade(context);
    }

    @Override
    public void onOrder(
        final StrategyContext context, final Order order, final OrderEvent event, final Fill fill)
    {
        strategy.onOrder(context, order, event, fill);
    }

    @Override
    public void onTimer(final StrategyContext context, final int timerKey)
    {
        strategy.onTimer(context, timerKey);
    }

    @Override
    public long stateHash()
    {
        return strategy.stateHash();
    }

    @Override
    public void save(final StateWriter state)
    {
        strategy.save(state);
    }

    @Override
    public void restore(final StateReader state)
    {
        strategy.restore(state);
    }
}
