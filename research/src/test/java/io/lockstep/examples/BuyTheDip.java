package io.lockstep.examples;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
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
import io.lockstep.sbe.MachineState;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;
import io.lockstep.strategies.MovingAverage;

/**
 * Buys when the price is {@code dipBps} below the average of the last {@code length} prices, and sells when it is back at
 * the average or {@code hold} has passed. Long only, one order at a time.
 */
public final class BuyTheDip implements Strategy
{
    /** What configuration names; the strategy itself is made once for each instance. */
    public static final class Factory implements StrategyFactory
    {
        @Override
        public String name()
        {
            return "buy-the-dip";
        }

        @Override
        public Strategy create(final Instrument instrument, final Parameters parameters)
        {
            final Strategy strategy = new BuyTheDip(parameters);
            parameters.refuseUnknown();
            return strategy;
        }
    }

    private static final int HOLD_TIMER = 0;
    private static final int DIP_SIGNAL = 1;
    private static final int MARK_FEATURE = 1;
    private static final int STATE_VERSION = 1;
    private static final long BPS = 10_000;
    private static final long SECOND_NS = 1_000_000_000;
    private static final long PAUSE_NS = SECOND_NS;

    private final MovingAverage average;
    private final MutableInt128 bound = new MutableInt128();
    private final long dipBps;
    private final long holdNs;
    private final Decimal orderNotional;
    private final long parametersHash;
    private Order order;
    private boolean timeIsUp;
    private long notBeforeNs = Nulls.NULL_TIME_NS;

    BuyTheDip(final Parameters parameters)
    {
        average = new MovingAverage((int)parameters.whole("length", 50, 2, 10_000));
        dipBps = parameters.whole("dipBps", 20, 1, BPS);
        holdNs = parameters.durationNs("hold", 60 * SECOND_NS, 1, 86_400 * SECOND_NS);
        orderNotional = parameters.decimal("orderNotional", new Decimal(1_000, 0));
        parametersHash = Xxh64.chain(Xxh64.chain(dipBps, holdNs),
            Xxh64.chain(orderNotional.mantissa(), orderNotional.exponent()));
    }

    @Override
    public void onMarket(final StrategyContext context)
    {
        if (context.market().isLive() && context.market().markTicks() != Nulls.NULL_PRICE_TICKS)
        {
            average.add(context.market().markTicks());
        }
    }

    @Override
    public void onWatch(final StrategyContext context)
    {
        if (isBelowAverage(context, dipBps) && context.nowNs() >= notBeforeNs)
        {
            context.state(MachineState.CLOSE_WATCH, OrderReason.SIGNAL);
        }
    }

    @Override
    public void onCloseWatch(final StrategyContext context)
    {
        if (order == null && isBelowAverage(context, dipBps))
        {
            // The journal then says by how much, beside the order.
            context.because(DIP_SIGNAL)
                .feature(MARK_FEATURE, context.market().markTicks(), 0, belowAverageTicks(dipBps));
            order = context.sendMarket(Side.BUY, context.lotsFor(orderNotional), OrderReason.CONFIRMED);
        }
        if (order == null)
        {
            // The dip is over, or a pre-trade check refused the order: that is in the journal with its reason.
            backToWatch(context, OrderReason.ABANDONED);
        }
    }

    @Override
    public void onInTrade(final StrategyContext context)
    {
        if (order == null && context.nowNs() >= notBeforeNs && (timeIsUp || !isBelowAverage(context, 0)))
        {
            order = context.sendMarket(Side.SELL, context.position().netLots(),
                timeIsUp ? OrderReason.TIMEOUT : OrderReason.TARGET);
            // Whoever refuses it, risk or the venue: not again with every event.
            notBeforeNs = context.nowNs() + PAUSE_NS;
        }
    }

    @Override
    public void onOrder(
        final StrategyContext context, final Order changed, final OrderEvent event, final Fill fill)
    {
        if (changed.state().isTerminal())
        {
            order = null;
        }
        if (context.state() == MachineState.CLOSE_WATCH && context.position().netLots() > 0)
        {
            context.state(MachineState.IN_TRADE, OrderReason.ENTRY_FILLED);
            context.schedule(HOLD_TIMER, context.nowNs() + holdNs);
        }
        else if (order == null && context.position().netLots() == 0)
        {
            context.cancelTimer(HOLD_TIMER);
            timeIsUp = false;
            backToWatch(context, OrderReason.POSITION_CLOSED);
        }
    }

    @Override
    public void onTimer(final StrategyContext context, final int timerKey)
    {
        timeIsUp = true;
    }

    /** Whatever may change a later decision, or two runs that differ would not be told apart. */
    @Override
    public long stateHash()
    {
        final long flags = (order != null ? 1L : 0L) | (timeIsUp ? 2L : 0L);
        return Xxh64.chain(Xxh64.chain(parametersHash, average.stateHash()), Xxh64.chain(flags, notBeforeNs));
    }

    /** What {@code stateHash} covers and the parameters do not give, in an order that {@link #restore} follows. */
    @Override
    public void save(final StateWriter state)
    {
        state.putVersion(STATE_VERSION);
        average.save(state);
        state.putOrder(order).putBoolean(timeIsUp).putLong(notBeforeNs);
    }

    @Override
    public void restore(final StateReader state)
    {
        if (state.version() != STATE_VERSION)
        {
            throw new IllegalStateException("not saved by this version: expected=" + STATE_VERSION);
        }
        average.restore(state);
        order = state.nextOrder();
        timeIsUp = state.nextBoolean();
        notBeforeNs = state.nextLong();
    }

    private void backToWatch(final StrategyContext context, final OrderReason reason)
    {
        notBeforeNs = context.nowNs() + PAUSE_NS;
        context.state(MachineState.WATCH, reason);
    }

    private boolean isBelowAverage(final StrategyContext context, final long bps)
    {
        final long markTicks = context.market().markTicks();
        return average.isComplete() && markTicks != Nulls.NULL_PRICE_TICKS && markTicks < belowAverageTicks(bps);
    }

    /** So many basis points below sum / length, rounded down: without floating point, and in 128 bits. */
    private long belowAverageTicks(final long bps)
    {
        return bound.set(average.sum()).mulDivFloor(BPS - bps, BPS * average.length()).low();
    }
}
