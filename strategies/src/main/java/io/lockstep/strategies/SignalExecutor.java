package io.lockstep.strategies;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.market.MarketView;
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
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;

import java.util.List;

/**
 * Does what signals tell it: one order for each, on the leg whose symbol the signal names. It has no opinion of its own, keeps the
 * position that comes of it, and stays in WATCH. While an order of a leg is open it is busy there.
 * <p>
 * Parameters: {@code entry} ({@code market} by market order; {@code join} by a post-only limit order at the best price of its own
 * side; {@code take} by a limit order at the best price of the other side), {@code entryTimeout} (how long a limit order may wait; a
 * signal's own expiry comes first), {@code budget} ({@code refuse} a signal that the instance's capital does not allow, or
 * {@code scale} it).
 */
public final class SignalExecutor implements Strategy
{
    /** Makes it under the name {@code signal-executor}. */
    public static final class Factory implements StrategyFactory
    {
        @Override
        public String name()
        {
            return "signal-executor";
        }

        @Override
        public boolean takesSignals()
        {
            return true;
        }

        @Override
        public Strategy create(final Instrument instrument, final Parameters parameters)
        {
            return create(1, parameters);
        }

        @Override
        public Strategy create(final List<Instrument> instruments, final Parameters parameters)
        {
            return create(instruments.size(), parameters);
        }

        private static Strategy create(final int legs, final Parameters parameters)
        {
            final Strategy strategy = new SignalExecutor(legs, parameters);
            parameters.refuseUnknown();
            return strategy;
        }
    }

    /** How it trades, by the names that the parameter has. */
    private enum Entry
    {
        MARKET("market", 1), JOIN("join", 2), TAKE("take", 3);

        private final String text;
        private final int code;

        Entry(final String text, final int code)
        {
            this.text = text;
            this.code = code;
        }

        static Entry of(final String text)
        {
            return text.equals(MARKET.text) ? MARKET : text.equals(JOIN.text) ? JOIN : TAKE;
        }
    }

    private static final int ENTRY_TIMER = 0;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long TIMEOUT_DEFAULT_NS = 5 * NANOS_PER_SECOND;
    private static final long TIMEOUT_MIN_NS = NANOS_PER_SECOND / 1_000;
    private static final long TIMEOUT_MAX_NS = 24 * 3_600 * NANOS_PER_SECOND;
    private static final String REFUSE = "refuse";
    private static final String SCALE = "scale";

    private final Entry entry;
    private final long entryTimeoutNs;
    private final boolean scales;
    /** The order of each leg that is open, or null. */
    private final Order[] orders;

    private SignalExecutor(final int legs, final Parameters parameters)
    {
        entry = Entry.of(parameters.text(
            "entry", Entry.MARKET.text, Entry.MARKET.text, Entry.JOIN.text, Entry.TAKE.text));
        entryTimeoutNs = parameters.durationNs("entryTimeout", TIMEOUT_DEFAULT_NS, TIMEOUT_MIN_NS, TIMEOUT_MAX_NS);
        scales = parameters.text("budget", REFUSE, REFUSE, SCALE).equals(SCALE);
        orders = new Order[legs];
    }

    @Override
    public boolean scalesSignals()
    {
        return scales;
    }

    @Override
    public RiskReason onSignal(final StrategyContext context, final SignalView signal)
    {
        if (orders[context.legIndex()] != null)
        {
            return RiskReason.MODEL_BUSY;
        }
        if (entry == Entry.MARKET)
        {
            orders[context.legIndex()] = context.sendMarket(signal.side(), signal.quantityLots(), OrderReason.SIGNAL);
            return RiskReason.NONE;
        }
        return context.market().hasBestBidOffer() ? rest(context, signal) : RiskReason.NO_REFERENCE_PRICE;
    }

    private RiskReason rest(final StrategyContext context, final SignalView signal)
    {
        final boolean joins = entry == Entry.JOIN;
        final Order sent = context.sendLimit(signal.side(), priceTicks(context, signal.side()), signal.quantityLots(),
            TimeInForce.GOOD_TILL_CANCEL, joins ? ExecInst.PARTICIPATE_DONT_INITIATE : ExecInst.NONE,
            OrderReason.SIGNAL);
        if (sent != null)
        {
            orders[context.legIndex()] = sent;
            final long timeoutNs = context.nowNs() + entryTimeoutNs;
            context.schedule(ENTRY_TIMER, signal.expireTimeNs() == Nulls.NULL_TIME_NS
                ? timeoutNs
                : Math.min(timeoutNs, signal.expireTimeNs()));
        }
        return RiskReason.NONE;
    }

    /** On the order grid: to join no better than the own side, to take no worse than the other. */
    private long priceTicks(final StrategyContext context, final Side side)
    {
        final MarketView market = context.market();
        final boolean isOfBid = side == Side.BUY == (entry == Entry.JOIN);
        final long touch = isOfBid ? market.bestBidTicks() : market.bestAskTicks();
        final long orderTicks = context.instrument().orderTicks();
        return isOfBid
            ? Math.floorDiv(touch, orderTicks) * orderTicks
            : -Math.floorDiv(-touch, orderTicks) * orderTicks;
    }

    @Override
    public void onOrder(final StrategyContext context, final Order order, final OrderEvent event, final Fill fill)
    {
        if (order == orders[context.legIndex()] && order.state().isTerminal())
        {
            orders[context.legIndex()] = null;
            context.cancelTimer(ENTRY_TIMER);
        }
    }

    @Override
    public void onTimer(final StrategyContext context, final int timerKey)
    {
        final Order order = orders[context.legIndex()];
        if (order != null)
        {
            context.cancel(order, OrderReason.TIMEOUT);
        }
    }

    @Override
    public void onMarket(final StrategyContext context)
    {
        // It waits for signals.
    }

    @Override
    public void onWatch(final StrategyContext context)
    {
        // It waits for signals.
    }

    @Override
    public void onCloseWatch(final StrategyContext context)
    {
        // It stays in WATCH.
    }

    @Override
    public void onInTrade(final StrategyContext context)
    {
        // It stays in WATCH.
    }

    /** Orders under way are gone on with, whatever they were sent for. */
    @Override
    public boolean onReload(final StateReader state)
    {
        restore(state);
        return true;
    }

    @Override
    public long stateHash()
    {
        long hash = Xxh64.chain(entry.code << 1 | (scales ? 1 : 0), entryTimeoutNs);
        for (final Order order : orders)
        {
            hash = order == null
                ? Xxh64.chain(hash, 0)
                : Xxh64.chain(Xxh64.chain(hash, order.sequence()), order.ordinal());
        }
        return hash;
    }

    @Override
    public void save(final StateWriter state)
    {
        for (final Order order : orders)
        {
            state.putOrder(order);
        }
    }

    @Override
    public void restore(final StateReader state)
    {
        for (int i = 0; i < orders.length; i++)
        {
            orders[i] = state.nextOrder();
        }
    }
}
