package io.lockstep.strategies;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.market.MarketView;
import io.lockstep.core.market.MarketEvent;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderEvent;
import io.lockstep.core.order.OrderState;
import io.lockstep.core.position.ExactMath;
import io.lockstep.core.strategy.Correction;
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

/**
 * Trades the crossing of a fast and a slow moving average of trade or mid prices.
 * <p>
 * WATCH waits for the fast average to cross the slow one. CLOSE_WATCH wants the crossing to hold for {@code confirmations}
 * more prices, then enters at the next with a post-only limit order at the touch, which is cancelled when it is not filled within
 * {@code entryTimeoutMs} or when the averages cross back. IN_TRADE keeps a limit order at the target and leaves by market order at
 * the stop, on a crossing against the position, or, where the venue refused the target order, at the target as well. It
 * returns to WATCH when position and orders are gone. A rest of less than a tenth of an entry that the venue refuses to take is
 * kept, and leaves with the next trade.
 * <p>
 * Parameters: {@code fast}, {@code slow} (lengths in prices), {@code source} (0 trades, closes of bars included; 1 mid
 * prices), {@code confirmations}, {@code orderNotional} (quote currency), {@code stopBps}, {@code targetBps},
 * {@code entryTimeoutMs}, {@code shorts} (1 to sell short, 0 to trade the long side only).
 */
public final class MovingAverageCrossover implements Strategy
{
    /** Makes it under the name {@code moving-average-crossover}. */
    public static final class Factory implements StrategyFactory
    {
        @Override
        public String name()
        {
            return "moving-average-crossover";
        }

        @Override
        public Strategy create(final Instrument instrument, final Parameters parameters)
        {
            final Strategy strategy = new MovingAverageCrossover(parameters);
            parameters.refuseUnknown();
            return strategy;
        }
    }

    private static final int ENTRY_TIMER = 0;
    private static final long BPS = 10_000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long EXIT_RETRY_MIN_NS = 250 * NANOS_PER_MILLI;
    private static final long EXIT_RETRY_MAX_NS = 60_000 * NANOS_PER_MILLI;
    private static final long RESTS_PER_ENTRY = 10;
    private static final int LENGTH_MAX = 100_000;
    private static final long SOURCE_MID = 1;

    private final MovingAverage fast;
    private final MovingAverage slow;
    private final boolean ofMidPrices;
    private final boolean shorts;
    private final long confirmations;
    private final long stopBps;
    private final long targetBps;
    private final long entryTimeoutNs;
    private final Decimal orderNotional;
    private final long parametersHash;

    private int trend;
    private boolean crossed;
    private boolean priceAdded;
    private long confirmed;
    private Side side = Side.NULL_VAL;
    private Order entry;
    private Order target;
    private Order exit;
    private OrderReason exitReason = OrderReason.NONE;
    private boolean targetPlaced;
    private long entryTicks = Nulls.NULL_PRICE_TICKS;
    private long exitNotBeforeNs = Nulls.NULL_TIME_NS;
    private long exitRetryNs = EXIT_RETRY_MIN_NS;

    MovingAverageCrossover(final Parameters parameters)
    {
        final int fastLength = (int)parameters.whole("fast", 10, 1, LENGTH_MAX);
        final int slowLength = (int)parameters.whole("slow", 50, 2, LENGTH_MAX);
        if (fastLength >= slowLength)
        {
            throw new IllegalArgumentException(
                "parameter fast=" + fastLength + ": expected less than slow=" + slowLength);
        }
        fast = new MovingAverage(fastLength);
        slow = new MovingAverage(slowLength);
        ofMidPrices = parameters.whole("source", 0, 0, 1) == SOURCE_MID;
        shorts = parameters.whole("shorts", 1, 0, 1) == 1;
        confirmations = parameters.whole("confirmations", 2, 0, LENGTH_MAX);
        stopBps = parameters.whole("stopBps", 20, 1, BPS);
        targetBps = parameters.whole("targetBps", 30, 1, BPS);
        entryTimeoutNs = parameters.whole("entryTimeoutMs", 5_000, 1, Integer.MAX_VALUE) * NANOS_PER_MILLI;
        orderNotional = parameters.decimal("orderNotional", new Decimal(1_000, 0));
        if (orderNotional.mantissa() <= 0)
        {
            throw new IllegalArgumentException("parameter orderNotional=" + orderNotional + ": expected more than 0");
        }
        parametersHash = parametersHash();
    }

    /** The lengths of the averages are in their own hashes. */
    private long parametersHash()
    {
        long hash = Xxh64.chain(confirmations, (ofMidPrices ? 1L : 0L) | (shorts ? 2L : 0L));
        hash = Xxh64.chain(hash, stopBps);
        hash = Xxh64.chain(hash, targetBps);
        hash = Xxh64.chain(hash, entryTimeoutNs);
        hash = Xxh64.chain(hash, orderNotional.mantissa());
        return Xxh64.chain(hash, orderNotional.exponent());
    }

    @Override
    public void onMarket(final StrategyContext context)
    {
        final MarketView market = context.market();
        priceAdded = false;
        crossed = false;
        final long price = ofMidPrices ? midPrice(market) : tradePrice(market);
        if (price != Nulls.NULL_PRICE_TICKS)
        {
            fast.add(price);
            slow.add(price);
            priceAdded = true;
            updateTrend();
        }
    }

    private static long midPrice(final MarketView market)
    {
        return market.isLive() && market.hasBestBidOffer() ? market.twiceMidTicks() : Nulls.NULL_PRICE_TICKS;
    }

    private static long tradePrice(final MarketView market)
    {
        return switch (market.lastEvent())
        {
            case TRADE -> market.lastTradeTicks();
            case BAR -> market.barCloseTicks();
            case BOOK, QUOTE, STATUS -> Nulls.NULL_PRICE_TICKS;
        };
    }

    private void updateTrend()
    {
        if (!slow.isComplete())
        {
            return;
        }
        final int sign = fast.compareTo(slow);
        if (sign != 0)
        {
            crossed = trend != 0 && sign != trend;
            trend = sign;
        }
    }

    @Override
    public void onWatch(final StrategyContext context)
    {
        if (crossed && (trend > 0 || shorts))
        {
            side = trend > 0 ? Side.BUY : Side.SELL;
            confirmed = 0;
            context.state(MachineState.CLOSE_WATCH, OrderReason.SIGNAL);
        }
    }

    @Override
    public void onCloseWatch(final StrategyContext context)
    {
        if (entry != null)
        {
            if (crossed)
            {
                context.cancel(entry, OrderReason.ABANDONED);
            }
        }
        else if (crossed)
        {
            context.state(MachineState.WATCH, OrderReason.ABANDONED);
        }
        else if (priceAdded && ++confirmed > confirmations)
        {
            enter(context);
        }
    }

    private void enter(final StrategyContext context)
    {
        final MarketView market = context.market();
        final long orderTicks = context.instrument().orderTicks();
        final long touch = side == Side.BUY ? market.bestBidTicks() : market.bestAskTicks();
        final long lots = context.lotsFor(orderNotional);
        if (market.hasBestBidOffer())
        {
            final long price = side == Side.BUY
                ? Math.floorDiv(touch, orderTicks) * orderTicks
                : -Math.floorDiv(-touch, orderTicks) * orderTicks;
            entry = context.sendLimit(side, price, lots, TimeInForce.GOOD_TILL_CANCEL,
                ExecInst.PARTICIPATE_DONT_INITIATE, OrderReason.CONFIRMED);
        }
        else
        {
            // Bars alone show no touch to join.
            entry = context.sendMarket(side, lots, OrderReason.CONFIRMED);
        }
        if (entry == null)
        {
            context.state(MachineState.WATCH, OrderReason.REFUSED);
        }
        else
        {
            context.schedule(ENTRY_TIMER, context.nowNs() + entryTimeoutNs);
        }
    }

    @Override
    public void onInTrade(final StrategyContext context)
    {
        if (exitReason == OrderReason.NONE)
        {
            exitReason = reasonToExit(context);
        }
        if (exitReason != OrderReason.NONE)
        {
            leave(context);
        }
        else if (entry == null && !targetPlaced)
        {
            placeTarget(context);
        }
    }

    private OrderReason reasonToExit(final StrategyContext context)
    {
        final long gain = gainTicks(context.market());
        if (gain <= -distance(stopBps))
        {
            return OrderReason.STOP;
        }
        if (crossed && trend > 0 != (side == Side.BUY))
        {
            return OrderReason.REVERSAL;
        }
        return targetPlaced && target == null && gain >= distance(targetBps) ? OrderReason.TARGET : OrderReason.NONE;
    }

    /** None while there is no price to rely on: no stop or target is decided on the ruins of a book. */
    private long gainTicks(final MarketView market)
    {
        final long mark = market.markTicks();
        if (!market.isLive() || mark == Nulls.NULL_PRICE_TICKS)
        {
            return 0;
        }
        return side == Side.BUY ? mark - entryTicks : entryTicks - mark;
    }

    private long distance(final long bps)
    {
        return Math.max(1, ExactMath.mulDivFloor(entryTicks, bps, BPS));
    }

    /** Cancels what is working first, so that nothing fills beside the exit; then leaves by market order. */
    private void leave(final StrategyContext context)
    {
        if (context.nowNs() < exitNotBeforeNs)
        {
            return;
        }
        if (entry != null)
        {
            context.cancel(entry, exitReason);
        }
        else if (target != null)
        {
            context.cancel(target, exitReason);
        }
        else if (exit == null && context.position().netLots() != 0)
        {
            final long netLots = context.position().netLots();
            exit = context.sendMarket(netLots > 0 ? Side.SELL : Side.BUY, Math.abs(netLots), exitReason);
            // Whether risk or the venue refuses it: not again with every market event, and ever more rarely.
            exitNotBeforeNs = context.nowNs() + exitRetryNs;
            exitRetryNs = Math.min(2 * exitRetryNs, EXIT_RETRY_MAX_NS);
        }
    }

    private void placeTarget(final StrategyContext context)
    {
        final long orderTicks = context.instrument().orderTicks();
        final long distance = distance(targetBps);
        final long price = side == Side.BUY
            ? -Math.floorDiv(-(entryTicks + distance), orderTicks) * orderTicks
            : Math.floorDiv(entryTicks - distance, orderTicks) * orderTicks;
        targetPlaced = true;
        target = context.sendLimit(side == Side.BUY ? Side.SELL : Side.BUY, price,
            Math.abs(context.position().netLots()), TimeInForce.GOOD_TILL_CANCEL, ExecInst.NONE, OrderReason.TARGET);
    }

    @Override
    public void onOrder(
        final StrategyContext context, final Order order, final OrderEvent event, final Fill fill)
    {
        if (order == entry)
        {
            onEntry(context, order);
        }
        final boolean isRestRefused = order == exit && order.state() == OrderState.REJECTED && isRest(context);
        if (order != entry && order.state().isTerminal())
        {
            target = order == target ? null : target;
            exit = order == exit ? null : exit;
        }
        if (isRestRefused)
        {
            watchAgain(context, OrderReason.REFUSED);
        }
        else if (context.state() == MachineState.IN_TRADE)
        {
            if (event == OrderEvent.REQUEST_REJECTED)
            {
                // A cancel the venue refuses at once would be asked for again at once, for ever.
                exitNotBeforeNs = context.nowNs() + exitRetryNs;
            }
            afterTradeEvent(context);
        }
    }

    private void onEntry(final StrategyContext context, final Order order)
    {
        if (order.cumQtyLots() > 0 && context.state() == MachineState.CLOSE_WATCH)
        {
            entryTicks = order.priceTicks() != Nulls.NULL_PRICE_TICKS
                ? order.priceTicks()
                : context.market().markTicks();
            context.state(MachineState.IN_TRADE, OrderReason.ENTRY_FILLED);
        }
        if (order.state().isTerminal())
        {
            entry = null;
            context.cancelTimer(ENTRY_TIMER);
            if (order.cumQtyLots() == 0 && context.state() == MachineState.CLOSE_WATCH)
            {
                // A cancel that nobody asked for is the venue's way to refuse.
                final boolean asked = order.cancelReason() != OrderReason.NONE && order.state() == OrderState.CANCELED;
                context.state(MachineState.WATCH, asked ? order.cancelReason() : OrderReason.REFUSED);
            }
        }
    }

    private void afterTradeEvent(final StrategyContext context)
    {
        if (exitReason != OrderReason.NONE)
        {
            leave(context);
        }
        if (context.position().netLots() == 0 && entry == null && target == null && exit == null)
        {
            watchAgain(context, OrderReason.POSITION_CLOSED);
        }
    }

    /** Venues refuse orders below some value, so what is left of a position that traded in parts may be too little to leave. */
    private boolean isRest(final StrategyContext context)
    {
        return Math.abs(context.position().netLots()) < context.lotsFor(orderNotional) / RESTS_PER_ENTRY;
    }

    private void watchAgain(final StrategyContext context, final OrderReason reason)
    {
        context.state(MachineState.WATCH, reason);
        exitReason = OrderReason.NONE;
        targetPlaced = false;
        entryTicks = Nulls.NULL_PRICE_TICKS;
        exitNotBeforeNs = Nulls.NULL_TIME_NS;
        exitRetryNs = EXIT_RETRY_MIN_NS;
    }

    /**
     * What the lost orders bought or sold is managed like an entry. Where it meets orders or a position of its own, what all of
     * it comes to fits no plan, and is left.
     */
    @Override
    public void onStrayFill(
        final StrategyContext context, final Side fillSide, final long priceTicks, final long quantityLots)
    {
        final long netLots = context.position().netLots();
        final boolean isTrading = context.state() == MachineState.IN_TRADE || entry != null;
        if (context.state() != MachineState.IN_TRADE && (isTrading || netLots != 0))
        {
            side = netLots > 0 ? Side.BUY : Side.SELL;
            entryTicks = priceTicks;
            context.state(MachineState.IN_TRADE, OrderReason.FAIL_SAFE);
        }
        if (isTrading)
        {
            exitReason = OrderReason.FAIL_SAFE;
            afterTradeEvent(context);
        }
    }

    /** What the venue takes back of a position fits no plan either. */
    @Override
    public void onCorrection(final StrategyContext context, final Correction correction)
    {
        onStrayFill(context, correction.side(), correction.refPriceTicks(), correction.refQuantityLots());
    }

    @Override
    public void onTimer(final StrategyContext context, final int timerKey)
    {
        if (timerKey == ENTRY_TIMER && entry != null)
        {
            context.cancel(entry, OrderReason.TIMEOUT);
        }
    }

    @Override
    public long warmUpNeeded()
    {
        return slow.length();
    }

    @Override
    public long warmUpSeen()
    {
        return slow.count();
    }

    @Override
    public long touch(final int step)
    {
        return switch (step)
        {
            case 0 -> entryTicks + trend;
            case 1 -> fast.touch() + slow.touch();
            default -> fast.touchNext() + slow.touchNext();
        };
    }

    @Override
    public long stateHash()
    {
        long hash = Xxh64.chain(parametersHash, fast.stateHash());
        hash = Xxh64.chain(hash, slow.stateHash());
        final long flags = (crossed ? 1L : 0L) | (priceAdded ? 2L : 0L) | (targetPlaced ? 4L : 0L) |
            (entry != null ? 8L : 0L) | (target != null ? 16L : 0L) | (exit != null ? 32L : 0L);
        hash = Xxh64.chain(hash, flags << 32 | (trend + 1L) << 16 | side.value() << 8 | exitReason.value());
        hash = Xxh64.chain(hash, confirmed);
        hash = Xxh64.chain(hash, entryTicks);
        return Xxh64.chain(Xxh64.chain(hash, exitNotBeforeNs), exitRetryNs);
    }

    @Override
    public void save(final StateWriter state)
    {
        fast.save(state);
        slow.save(state);
        state.putInt(trend).putBoolean(crossed).putBoolean(priceAdded).putLong(confirmed)
            .putCode(side.value()).putOrder(entry).putOrder(target).putOrder(exit)
            .putCode(exitReason.value()).putBoolean(targetPlaced)
            .putLong(entryTicks).putLong(exitNotBeforeNs).putLong(exitRetryNs);
    }

    @Override
    public void restore(final StateReader state)
    {
        fast.restore(state);
        slow.restore(state);
        trend = state.nextInt();
        crossed = state.nextBoolean();
        priceAdded = state.nextBoolean();
        confirmed = state.nextLong();
        side = Side.get(state.nextCode());
        entry = state.nextOrder();
        target = state.nextOrder();
        exit = state.nextOrder();
        exitReason = OrderReason.get(state.nextCode());
        targetPlaced = state.nextBoolean();
        entryTicks = state.nextLong();
        exitNotBeforeNs = state.nextLong();
        exitRetryNs = state.nextLong();
    }
}
