package io.lockstep.tools;

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
import io.lockstep.sbe.MachineState;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;

import java.util.function.LongUnaryOperator;

/**
 * Does all that a strategy may do, in an order drawn from a seed and from what happens to its orders: what journals that prove
 * something are made with. Golden journals name it, so it must go on doing what it does.
 * <p>
 * Parameters: {@code seed}; {@code causes} (1: each order says a cause); {@code failsAfter} (the call in which it throws, 0 for
 * none).
 */
public final class ProofStrategy implements Strategy
{
    private static final int ORDERS_MAX = 6;
    private static final int DISTANCE_TICKS = 10;
    private static final long TIMER_STEP_NS = 1_000_000;

    private static final int SIGNAL = 17;

    private final LongUnaryOperator impurity;
    private final boolean hasCauses;
    private final long failsAfter;
    private long random;
    private long calls;

    /** Makes it under the name {@code proof}. */
    public static final class Factory implements StrategyFactory
    {
        @Override
        public String name()
        {
            return "proof";
        }

        @Override
        public Strategy create(final Instrument instrument, final Parameters parameters)
        {
            return ProofStrategy.create(parameters, (drawn) -> drawn);
        }
    }

    /** Makes one that is not a function of its inputs: it asks the virtual machine for the identity of objects. */
    public static final class ImpureFactory implements StrategyFactory
    {
        @Override
        public String name()
        {
            return "impure";
        }

        @Override
        public Strategy create(final Instrument instrument, final Parameters parameters)
        {
            return ProofStrategy.create(parameters, (drawn) -> drawn ^ System.identityHashCode(new Object()));
        }
    }

    private ProofStrategy(
        final long seed, final boolean hasCauses, final long failsAfter, final LongUnaryOperator impurity)
    {
        this.random = seed;
        this.hasCauses = hasCauses;
        this.failsAfter = failsAfter;
        this.impurity = impurity;
    }

    private static Strategy create(final Parameters parameters, final LongUnaryOperator impurity)
    {
        final Strategy strategy = new ProofStrategy(parameters.whole("seed", 1, 0, Integer.MAX_VALUE),
            parameters.whole("causes", 0, 0, 1) == 1, parameters.whole("failsAfter", 0, 0, Integer.MAX_VALUE),
            impurity);
        parameters.refuseUnknown();
        return strategy;
    }

    private long draw(final int bound)
    {
        random = Xxh64.chain(random, 1);
        return Math.floorMod(impurity.applyAsLong(random), bound);
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

    @Override
    public void onTimer(final StrategyContext context, final int timerKey)
    {
        act(context);
    }

    @Override
    public void onOrder(
        final StrategyContext context, final Order order, final OrderEvent event, final Fill fill)
    {
        random = Xxh64.chain(random, event.ordinal());
        if (draw(4) == 0)
        {
            act(context);
        }
    }

    private void act(final StrategyContext context)
    {
        if (++calls == failsAfter)
        {
            throw new IllegalStateException("as it was told: calls=" + calls);
        }
        if (hasCauses)
        {
            context.because(SIGNAL).feature(1, calls, 0, failsAfter).feature(2, random & 0xFFFF, -3);
        }
        final Side side = draw(2) == 0 ? Side.BUY : Side.SELL;
        switch ((int)draw(32))
        {
            case 0, 1 -> sendLimit(context, side);
            case 2 -> context.sendMarket(side, 1 + draw(5), OrderReason.SIGNAL);
            case 3, 8, 9 -> change(context, true);
            case 4 -> change(context, false);
            case 5 -> context.state(MachineState.get((short)draw(3)), OrderReason.SIGNAL);
            case 6 -> context.schedule((int)draw(4), context.nowNs() + TIMER_STEP_NS * draw(40));
            case 7 -> context.cancelTimer((int)draw(4));
            default -> {
                // Most inputs are none of its business.
            }
        }
    }

    private void sendLimit(final StrategyContext context, final Side side)
    {
        if (context.openOrders().count() < ORDERS_MAX)
        {
            context.sendLimit(side, price(context), 1 + draw(10), TimeInForce.GOOD_TILL_CANCEL,
                draw(2) == 0 ? ExecInst.NONE : ExecInst.PARTICIPATE_DONT_INITIATE, OrderReason.SIGNAL);
        }
    }

    private long price(final StrategyContext context)
    {
        return context.market().markTicks() + draw(2 * DISTANCE_TICKS) - DISTANCE_TICKS;
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
            context.replace(order, price(context), 1 + draw(15), OrderReason.SIGNAL);
        }
        else if (order != null)
        {
            context.cancel(order, OrderReason.ABANDONED);
        }
    }

    @Override
    public long stateHash()
    {
        return Xxh64.chain(random, calls);
    }

    @Override
    public void save(final StateWriter state)
    {
        state.putVersion(1).putLong(random).putLong(calls);
    }

    @Override
    public void restore(final StateReader state)
    {
        final boolean countsCalls = state.version() > 0;
        random = state.nextLong();
        calls = countsCalls ? state.nextLong() : 0;
    }
}
