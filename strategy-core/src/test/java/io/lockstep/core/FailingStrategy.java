package io.lockstep.core;

import io.lockstep.codecs.Instrument;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderEvent;
import io.lockstep.core.strategy.Correction;
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
import io.lockstep.sbe.StrategyCallback;
import io.lockstep.sbe.TimeInForce;

/**
 * Sends an order for 1 at 99 and throws, in the call whose code is the parameter {@code in}, so often as {@code times} says. What leads
 * to that call it brings about itself: on its first look at the market it changes the state, sends an order or schedules a timer. With
 * {@code unsaved=1} it cannot save what it keeps, with {@code unread=1} it cannot take it up.
 */
final class FailingStrategy implements Strategy
{
    static final String NAME = "failing";
    static final long TIMER_NS = 5_000_000;
    private static final int TIMES_MAX = 9;

    static final class Factory implements StrategyFactory
    {
        @Override
        public String name()
        {
            return NAME;
        }

        @Override
        public boolean takesSignals()
        {
            return true;
        }

        @Override
        public Strategy create(final Instrument instrument, final Parameters parameters)
        {
            final FailingStrategy made = new FailingStrategy(
                StrategyCallback.get((short)parameters.whole("in", StrategyCallback.MARKET.value(), 1, 12)),
                parameters.whole("times", 1, 0, TIMES_MAX), parameters.whole("unsaved", 0, 0, 1) == 1,
                parameters.whole("unread", 0, 0, 1) == 1);
            parameters.refuseUnknown();
            return made;
        }
    }

    private final StrategyCallback in;
    private final long times;
    private final boolean isUnsaved;
    private final boolean isUnread;
    private long failures;
    private long calls;

    private FailingStrategy(
        final StrategyCallback in, final long times, final boolean isUnsaved, final boolean isUnread)
    {
        this.in = in;
        this.times = times;
        this.isUnsaved = isUnsaved;
        this.isUnread = isUnread;
    }

    long calls()
    {
        return calls;
    }

    private void called(final StrategyCallback callback, final StrategyContext context)
    {
        calls++;
        if (callback == in && failures < times)
        {
            failures++;
            send(context);
            throw new IllegalStateException("tried");
        }
    }

    private static void send(final StrategyContext context)
    {
        context.sendLimit(Side.BUY, 99, 1, TimeInForce.GOOD_TILL_CANCEL, ExecInst.NONE, OrderReason.SIGNAL);
    }

    @Override
    public void onStart(final StrategyContext context)
    {
        called(StrategyCallback.START, context);
    }

    @Override
    public void onStop(final StrategyContext context)
    {
        called(StrategyCallback.STOP, context);
    }

    @Override
    public RiskReason onSignal(final StrategyContext context, final SignalView signal)
    {
        called(StrategyCallback.SIGNAL, context);
        return RiskReason.NONE;
    }

    @Override
    public boolean onReload(final StateReader state)
    {
        throw new IllegalStateException("cannot");
    }

    @Override
    public void onMarket(final StrategyContext context)
    {
        called(StrategyCallback.MARKET, context);
    }

    @Override
    public void onWatch(final StrategyContext context)
    {
        called(StrategyCallback.WATCH, context);
        switch (in)
        {
            case CLOSE_WATCH -> context.state(MachineState.CLOSE_WATCH, OrderReason.SIGNAL);
            case IN_TRADE -> context.state(MachineState.IN_TRADE, OrderReason.SIGNAL);
            case ORDER, CORRECTION -> send(context);
            case TIMER -> context.schedule(0, context.nowNs() + TIMER_NS);
            case MARKET, WATCH, STRAY_FILL, START, RELOAD, STOP, SIGNAL, NULL_VAL, SBE_UNKNOWN -> {
                // The call comes by itself, or from without.
            }
        }
    }

    @Override
    public void onCloseWatch(final StrategyContext context)
    {
        called(StrategyCallback.CLOSE_WATCH, context);
    }

    @Override
    public void onInTrade(final StrategyContext context)
    {
        called(StrategyCallback.IN_TRADE, context);
    }

    @Override
    public void onOrder(
        final StrategyContext context, final Order order, final OrderEvent event, final Fill fill)
    {
        called(StrategyCallback.ORDER, context);
    }

    @Override
    public void onStrayFill(
        final StrategyContext context, final Side side, final long priceTicks, final long quantityLots)
    {
        called(StrategyCallback.STRAY_FILL, context);
    }

    @Override
    public void onCorrection(final StrategyContext context, final Correction correction)
    {
        called(StrategyCallback.CORRECTION, context);
    }

    @Override
    public void onTimer(final StrategyContext context, final int timerKey)
    {
        called(StrategyCallback.TIMER, context);
    }

    @Override
    public long stateHash()
    {
        return calls << 4 | failures;
    }

    @Override
    public void save(final StateWriter state)
    {
        if (isUnsaved && failures > 0)
        {
            throw new IllegalStateException("cannot");
        }
        state.putLong(calls).putLong(failures);
    }

    @Override
    public void restore(final StateReader state)
    {
        calls = state.nextLong();
        failures = state.nextLong();
        if (isUnread && failures > 0)
        {
            throw new IllegalStateException("cannot");
        }
    }
}
