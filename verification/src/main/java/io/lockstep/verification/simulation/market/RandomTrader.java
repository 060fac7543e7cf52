package io.lockstep.verification.simulation.market;

import io.lockstep.codecs.Instrument;
import io.lockstep.core.list.ListTerms;
import io.lockstep.core.market.MarketEvent;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderEvent;
import io.lockstep.core.order.OrderTerms;
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
import io.lockstep.sbe.OffsetUnit;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import io.lockstep.sbe.TriggerSource;

import java.util.List;

/**
 * Sends, replaces, cancels, schedules and changes state in an order that is a function of its own state alone. As trading it
 * makes no sense; it is there to bring orders into every state they can be in, and to press against every limit.
 */
public final class RandomTrader implements Strategy
{
    /** Makes it under the name {@code random-trader}; {@code seed} sets what it does. */
    public static final class Factory implements StrategyFactory
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
            final Strategy strategy = new RandomTrader(parameters.whole("seed", 1, 1, Integer.MAX_VALUE),
                parameters.whole("bias", 0, -1, 1), parameters.whole("throwsOf10000", 0, 0, DRAWS),
                parameters.whole("reloads", 0, 0, 1) == 1);
            parameters.refuseUnknown();
            return strategy;
        }

        @Override
        public Strategy create(final List<Instrument> instruments, final Parameters parameters)
        {
            return create(instruments.get(0), parameters);
        }
    }

    /** A bug that ends the node: it cannot take this price, and fails when it has done something already. */
    public static final class PoisonedError extends AssertionError
    {
        private static final long serialVersionUID = 1L;

        PoisonedError()
        {
            super("priceTicks=" + POISON_TICKS);
        }
    }

    /** A price that no simulated market comes to. */
    public static final long POISON_TICKS = 1_000_003;
    public static final String NAME = "random-trader";
    private static final int DISTANCE_STEPS = 12;
    private static final int QUANTITY_MAX = 12;
    private static final int DRAWS = 10_000;
    private static final int BIASED_OF_10000 = 7_000;
    private static final long TIMER_NS_MAX = 50_000_000L;
    private static final long EXPIRY_NS_MAX = 500_000_000L;
    private static final int BPS_MAX = 50;
    private static final TriggerSource[] SOURCES = {TriggerSource.BID_ASK, TriggerSource.LAST_TRADE, TriggerSource.MID};

    private final long bias;
    private final long throwsOf10000;
    private final boolean reloads;
    /** Of xorshift64: never 0. */
    private long random;

    /**
     * @param bias          1 for one that buys more than it sells, -1 for one that sells more, 0 for neither.
     * @param throwsOf10000 so many of its acts end with an exception, which suspends its instance.
     * @param reloads       whether it takes other parameters under a position.
     */
    RandomTrader(final long seed, final long bias, final long throwsOf10000, final boolean reloads)
    {
        this.bias = bias;
        this.throwsOf10000 = throwsOf10000;
        this.reloads = reloads;
        random = seed;
        draw(1);
    }

    private long draw(final long bound)
    {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return Math.floorMod(random, bound);
    }

    @Override
    public void onMarket(final StrategyContext context)
    {
        if (context.market().lastEvent() == MarketEvent.TRADE && context.market().lastTradeTicks() == POISON_TICKS)
        {
            act(context);
            throw new PoisonedError();
        }
        // Else the states do it all.
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

    /** On the leg that the call is about, or on another one of the instance. */
    private void act(final StrategyContext context)
    {
        actOn(context.legCount() == 1 ? context : context.leg((int)draw(context.legCount())));
    }

    private Side side()
    {
        if (bias == 0)
        {
            return draw(2) == 0 ? Side.BUY : Side.SELL;
        }
        return draw(DRAWS) < BIASED_OF_10000 == bias > 0 ? Side.BUY : Side.SELL;
    }

    private void actOn(final StrategyContext context)
    {
        final Side side = side();
        switch ((int)draw(16))
        {
            case 0, 1, 2 -> sendLimit(context, side);
            case 3 -> context.sendMarket(side, lots(context), OrderReason.SIGNAL);
            case 4, 5 -> replace(context);
            case 6 -> cancel(context);
            case 7 -> context.state(MachineState.get((short)draw(3)), OrderReason.SIGNAL);
            case 8 -> context.schedule((int)draw(StrategyContext.TIMER_KEYS), context.nowNs() + draw(TIMER_NS_MAX));
            case 9 -> scheduleTogether(context);
            case 10 -> context.cancelTimer((int)draw(StrategyContext.TIMER_KEYS));
            case 11, 12 -> sendOther(context, side);
            case 13 -> replaceOther(context);
            case 14 -> sendList(context, side);
            default -> {
                // Time passes, so that orders rest.
            }
        }
        if (throwsOf10000 > 0 && draw(DRAWS) < throwsOf10000)
        {
            throw new IllegalStateException("thrown by chance");
        }
    }

    /** Timers of one deadline: their order is then that of their ids. */
    private void scheduleTogether(final StrategyContext context)
    {
        final long deadlineNs = context.nowNs() + draw(TIMER_NS_MAX);
        for (int timerKey = StrategyContext.TIMER_KEYS - 1; timerKey >= 0; timerKey--)
        {
            context.schedule(timerKey, deadlineNs);
        }
    }

    private long lots(final StrategyContext context)
    {
        return (1 + draw(QUANTITY_MAX)) * context.instrument().orderLots();
    }

    private long priceTicks(final StrategyContext context)
    {
        final long step = context.instrument().orderTicks();
        final long mark = context.market().markTicks() / step * step;
        return mark + (draw(2 * DISTANCE_STEPS + 1) - DISTANCE_STEPS) * step;
    }

    private void sendLimit(final StrategyContext context, final Side side)
    {
        final TimeInForce timeInForce = switch ((int)draw(6))
        {
            case 0 -> TimeInForce.IMMEDIATE_OR_CANCEL;
            case 1 -> TimeInForce.FILL_OR_KILL;
            default -> TimeInForce.GOOD_TILL_CANCEL;
        };
        final boolean postOnly = timeInForce == TimeInForce.GOOD_TILL_CANCEL && draw(4) == 0;
        context.sendLimit(side, priceTicks(context), lots(context), timeInForce,
            postOnly ? ExecInst.PARTICIPATE_DONT_INITIATE : ExecInst.NONE, OrderReason.SIGNAL);
    }

    /** Of any type, with whatever terms go with it, and at times with some that do not. */
    private void sendOther(final StrategyContext context, final Side side)
    {
        final OrderTerms terms = context.terms().side(side).quantity(lots(context)).reason(OrderReason.SIGNAL);
        final long step = context.instrument().orderTicks();
        final long distance = (1 + draw(DISTANCE_STEPS)) * step;
        final long mark = context.market().markTicks() / step * step;
        final boolean isUp = side == Side.BUY;
        switch ((int)draw(8))
        {
            case 0 -> terms.stop(isUp ? mark + distance : mark - distance);
            case 1 -> terms.stopLimit(isUp ? mark + distance : mark - distance, priceTicks(context));
            case 2 -> terms.marketIfTouched(isUp ? mark - distance : mark + distance);
            case 3 -> terms.limitIfTouched(isUp ? mark - distance : mark + distance, priceTicks(context));
            case 4 -> terms.trailingStop(distance, OffsetUnit.TICKS);
            case 5 -> terms.trailingStop(1 + draw(BPS_MAX), OffsetUnit.BASIS_POINTS);
            case 6 -> terms.trailingStopLimit(distance, OffsetUnit.TICKS, draw(DISTANCE_STEPS));
            default -> terms.limit(priceTicks(context)).display((1 + draw(3)) * context.instrument().orderLots());
        }
        context.send(withMore(context, terms, isUp ? mark - distance : mark + distance));
    }

    private OrderTerms withMore(final StrategyContext context, final OrderTerms terms, final long activationTicks)
    {
        final boolean hasTrigger = terms.triggerSource() != TriggerSource.NULL_VAL;
        if (hasTrigger)
        {
            terms.on(SOURCES[(int)draw(SOURCES.length)]);
        }
        if (terms.offsetUnit() != OffsetUnit.NULL_VAL && draw(3) == 0)
        {
            terms.activation(activationTicks);
        }
        switch ((int)draw(6))
        {
            case 0 -> terms.goodTillDate(context.nowNs() + 1 + draw(EXPIRY_NS_MAX));
            case 1 -> terms.day();
            case 2 -> terms.postOnlySlide();
            default -> {
                // Good till cancelled.
            }
        }
        return draw(3) == 0 ? terms.reduceOnly() : terms;
    }

    private void replaceOther(final StrategyContext context)
    {
        final Order order = someOrder(context);
        if (order != null)
        {
            final OrderTerms changes = context.terms().reason(OrderReason.SIGNAL);
            switch ((int)draw(4))
            {
                case 0 -> changes.trigger(priceTicks(context));
                case 1 -> changes.expireTime(context.nowNs() + draw(EXPIRY_NS_MAX));
                case 2 -> changes.quantity(order.cumQtyLots() + lots(context));
                default -> changes.price(priceTicks(context)).quantity(order.cumQtyLots() + lots(context));
            }
            context.replace(order, changes);
        }
    }

    private void sendList(final StrategyContext context, final Side side)
    {
        final ListTerms list = context.list();
        switch ((int)draw(4))
        {
            case 0 -> {
                list.oco();
                list.first().side(side).limit(beyond(context, side, -1)).quantity(lots(context));
                list.second().side(draw(4) == 0 ? other(side) : side).stop(beyond(context, list.second().side(), 1));
            }
            case 1 -> {
                list.oto();
                list.entry().side(side).limit(priceTicks(context)).quantity(lots(context));
                list.second().side(other(side)).stopLimit(
                    beyond(context, other(side), 1), beyond(context, other(side), 2));
            }
            case 2 -> {
                list.otoco();
                list.entry().side(side).stop(beyond(context, side, 1)).quantity(lots(context));
                list.second().marketIfTouched(beyond(context, other(side), -1));
                list.third().stop(beyond(context, other(side), 1));
            }
            default -> {
                list.bracket();
                list.entry().side(side).limit(priceTicks(context)).quantity(lots(context));
                list.stop().stop(beyond(context, other(side), 1));
                list.target().limit(beyond(context, other(side), -1));
            }
        }
        list.first().reason(OrderReason.SIGNAL);
        context.send(list);
    }

    private static Side other(final Side side)
    {
        return side == Side.BUY ? Side.SELL : Side.BUY;
    }

    /** A price that is worse than the market for the side, or better with a factor below 0: up to some steps away. */
    private long beyond(final StrategyContext context, final Side side, final int factor)
    {
        final long step = context.instrument().orderTicks();
        final long mark = context.market().markTicks() / step * step;
        final long away = (1 + draw(DISTANCE_STEPS / 2)) * step * factor;
        return side == Side.BUY ? mark + away : mark - away;
    }

    private void replace(final StrategyContext context)
    {
        final Order order = someOrder(context);
        if (order != null)
        {
            context.replace(order, priceTicks(context), order.cumQtyLots() + lots(context), OrderReason.SIGNAL);
        }
    }

    private void cancel(final StrategyContext context)
    {
        final Order order = someOrder(context);
        if (order != null)
        {
            context.cancel(order, OrderReason.ABANDONED);
        }
    }

    private Order someOrder(final StrategyContext context)
    {
        final int count = context.openOrders().count();
        Order order = context.openOrders().first();
        for (long skip = count == 0 ? 0 : draw(count); skip > 0; skip--)
        {
            order = context.openOrders().next(order);
        }
        return order;
    }

    @Override
    public void onOrder(
        final StrategyContext context, final Order order, final OrderEvent event, final Fill fill)
    {
        random ^= event.ordinal() + 1L;
        random = random == 0 ? 1 : random;
        if (draw(8) == 0)
        {
            act(context);
        }
    }

    @Override
    public void onTimer(final StrategyContext context, final int timerKey)
    {
        random ^= timerKey + 1L;
        random = random == 0 ? 1 : random;
        act(context);
    }

    /** At the market, mostly; it is busy now and then, or takes its time. */
    @Override
    public RiskReason onSignal(final StrategyContext context, final SignalView signal)
    {
        random ^= signal.idHash();
        random = random == 0 ? 1 : random;
        final long answer = draw(8);
        if (answer > 1)
        {
            context.sendMarket(signal.side(), signal.quantityLots(), OrderReason.SIGNAL);
        }
        if (throwsOf10000 > 0 && draw(DRAWS) < throwsOf10000)
        {
            throw new IllegalStateException("thrown by chance");
        }
        return answer == 0 ? RiskReason.MODEL_BUSY : RiskReason.NONE;
    }

    @Override
    public boolean scalesSignals()
    {
        return bias == 0;
    }

    @Override
    public boolean onReload(final StateReader state)
    {
        if (reloads)
        {
            restore(state);
        }
        return reloads;
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
