package io.lockstep.strategies;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.list.ListTerms;
import io.lockstep.core.market.MarketView;
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
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.Side;

import java.util.Arrays;
import java.util.List;

/**
 * Does what signals tell it, on the leg whose symbol the signal names: one order, and a stop and a target for what that fills where
 * they are set. It has no opinion of its own and stays in WATCH; without stop and target it keeps the position that comes of it. While
 * an order of a signal is open it is busy on that leg.
 * <p>
 * Parameters: {@code entry} ({@code market} by market order; {@code join} by a post-only limit order at the best price of its own
 * side; {@code take} by a limit order at the best price of the other side), {@code entryTimeout} (how long a limit order may wait; a
 * signal's own expiry comes first), {@code stopBps} and {@code targetBps} (distance from the price of the entry, 0 for none), {@code budget} ({@code refuse} a signal that the instance's capital does not allow, or
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
    private final SignalBracket bracket;
    /** The entry of each leg that is open, or null. */
    private final Order[] orders;
    /** The newest list of each leg, or none. */
    private final int[] listIds;

    private SignalExecutor(final int legs, final Parameters parameters)
    {
        entry = Entry.of(parameters.text(
            "entry", Entry.MARKET.text, Entry.MARKET.text, Entry.JOIN.text, Entry.TAKE.text));
        entryTimeoutNs = parameters.durationNs("entryTimeout", TIMEOUT_DEFAULT_NS, TIMEOUT_MIN_NS, TIMEOUT_MAX_NS);
        scales = parameters.text("budget", REFUSE, REFUSE, SCALE).equals(SCALE);
        bracket = new SignalBracket(parameters);
        orders = new Order[legs];
        listIds = new int[legs];
        Arrays.fill(listIds, OrderTerms.NO_LIST);
    }

    @Override
    public boolean scalesSignals()
    {
        return scales;
    }

    @Override
    public RiskReason onSignal(final StrategyContext context, final SignalView signal)
    {
        if (isBusy(context))
        {
            return RiskReason.MODEL_BUSY;
        }
        if ((entry != Entry.MARKET || bracket.isSet()) && !context.market().hasBestBidOffer())
        {
            return RiskReason.NO_REFERENCE_PRICE;
        }
        if (bracket.isSet())
        {
            sendList(context, signal);
        }
        else
        {
            orders[context.legIndex()] = context.send(fill(context.terms(), context, signal));
        }
        if (entry != Entry.MARKET && orders[context.legIndex()] != null)
        {
            final long timeoutNs = context.nowNs() + entryTimeoutNs;
            context.schedule(ENTRY_TIMER, signal.expireTimeNs() == Nulls.NULL_TIME_NS
                ? timeoutNs
                : Math.min(timeoutNs, signal.expireTimeNs()));
        }
        return RiskReason.NONE;
    }

    /** Until all orders of the signal before are gone. */
    private boolean isBusy(final StrategyContext context)
    {
        return orders[context.legIndex()] != null || firstOfList(context) != null;
    }

    /** The oldest open order of the leg's list, or null. */
    private Order firstOfList(final StrategyContext context)
    {
        final int listId = listIds[context.legIndex()];
        Order order = listId == OrderTerms.NO_LIST ? null : context.openOrders().first();
        while (order != null && order.listId() != listId)
        {
            order = context.openOrders().next(order);
        }
        return order;
    }

    private void sendList(final StrategyContext context, final SignalView signal)
    {
        final ListTerms list = context.list();
        bracket.fill(list, signal.side(), entryTicks(context, signal.side()), context.instrument().orderTicks());
        fill(list.entry(), context, signal);
        listIds[context.legIndex()] = context.send(list);
        orders[context.legIndex()] = firstOfList(context);
    }

    private OrderTerms fill(final OrderTerms terms, final StrategyContext context, final SignalView signal)
    {
        terms.side(signal.side()).quantity(signal.quantityLots()).reason(OrderReason.SIGNAL);
        return switch (entry)
        {
            case MARKET -> terms.market();
            case JOIN -> terms.limit(entryTicks(context, signal.side())).postOnly();
            case TAKE -> terms.limit(entryTicks(context, signal.side()));
        };
    }

    /** On the order grid: to join no better than the own side, else no worse than the other. */
    private long entryTicks(final StrategyContext context, final Side side)
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
        hash = Xxh64.chain(hash, bracket.stateHash());
        for (int i = 0; i < orders.length; i++)
        {
            final Order order = orders[i];
            hash = Xxh64.chain(hash, listIds[i]);
            hash = order == null
                ? Xxh64.chain(hash, 0)
                : Xxh64.chain(Xxh64.chain(hash, order.sequence()), order.ordinal());
        }
        return hash;
    }

    @Override
    public void save(final StateWriter state)
    {
        for (int i = 0; i < orders.length; i++)
        {
            state.putOrder(orders[i]).putInt(listIds[i]);
        }
    }

    @Override
    public void restore(final StateReader state)
    {
        for (int i = 0; i < orders.length; i++)
        {
            orders[i] = state.nextOrder();
            listIds[i] = state.nextInt();
        }
    }
}
