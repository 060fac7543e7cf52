package io.lockstep.core;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.InstrumentSettings;
import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.market.Market;
import io.lockstep.core.market.MarketEvent;
import io.lockstep.core.order.OpenOrders;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderEvent;
import io.lockstep.core.order.OrderState;
import io.lockstep.core.order.OrderStore;
import io.lockstep.core.order.OrderTransitions;
import io.lockstep.core.position.CashRule;
import io.lockstep.core.position.Position;
import io.lockstep.core.position.QuoteLots;
import io.lockstep.core.risk.LegExposure;
import io.lockstep.core.risk.OrderIntent;
import io.lockstep.core.risk.RiskGate;
import io.lockstep.core.risk.TotalLimits;
import io.lockstep.core.strategy.Strategy;
import io.lockstep.core.strategy.StrategyContext;
import io.lockstep.sbe.CxlRejResponseTo;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.MachineState;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import io.lockstep.sbe.TradingMode;

import java.util.Arrays;

/**
 * The state machine of one instrument, and all that belongs to the instrument: market, orders, position, risk, strategy.
 * <p>
 * WATCH looks for an opportunity, CLOSE_WATCH evaluates entry, IN_TRADE manages the position. The strategy decides when to
 * change; {@link #state(MachineState, OrderReason)} is the only writer.
 */
final class SymbolMachine implements StrategyContext
{
    private final int id;
    private Instrument instrument;
    private final Market market;
    private final QuoteLots quoteLots;
    private final MutableInt128 commission = new MutableInt128();
    private final Position position;
    private final OpenOrders openOrders = new OpenOrders();
    private final RiskGate risk;
    private final OrderIntent intent = new OrderIntent();
    private final OrderStore orders;
    private final DecisionWriter decisions;
    private final Availability availability;
    private long termsHash;

    // What lasts from input to input, beside the objects above: CoreSections knows all of it.
    final long[] timerDeadlinesNs = new long[TIMER_KEYS];
    MachineState state = MachineState.WATCH;
    TradingMode mode = TradingMode.RUNNING;
    Strategy strategy;
    boolean running;
    FeedCondition announcedCondition = FeedCondition.STALE;
    FeedReason announcedReason = FeedReason.NO_SNAPSHOT;

    // What Machines keeps of it.
    StrategyAssignment assignment;
    long assignmentHash;
    long countedHash;
    boolean isDirty;

    private long tradingHash;
    private boolean isTradingHashed;

    SymbolMachine(
        final Instrument instrument,
        final int bookLevelsMax,
        final OrderStore orders,
        final TotalLimits totalLimits,
        final DecisionWriter decisions,
        final Availability availability)
    {
        this.id = instrument.id();
        this.instrument = instrument;
        this.market = new Market(instrument, bookLevelsMax);
        this.quoteLots = new QuoteLots(instrument);
        final CashRule cashRule = new CashRule(instrument);
        this.position = new Position(cashRule);
        this.risk = new RiskGate(market, new LegExposure(position, openOrders), cashRule, totalLimits);
        this.orders = orders;
        this.decisions = decisions;
        this.availability = availability;
        Arrays.fill(timerDeadlinesNs, Nulls.NULL_TIME_NS);
        termsHash = termsHash(instrument);
    }

    /** Reads across the object, for {@link LookAhead}; the sum means nothing. */
    long touch()
    {
        return id + countedHash + (strategy == null ? 0 : 1);
    }

    /** The same of its strategy. */
    long touchStrategy(final int step)
    {
        return strategy == null ? 0 : strategy.touch(step);
    }

    /** Something else than the market or the strategy's own is about to change. */
    void tradingChanges()
    {
        isTradingHashed = false;
    }

    RiskGate risk()
    {
        return risk;
    }

    void mode(final TradingMode newMode)
    {
        mode = newMode;
    }

    /** Another order grid or other rules for the book, as {@link Instrument#canFollow} allows. */
    void redefine(final Instrument newInstrument)
    {
        tradingChanges();
        instrument = newInstrument;
        market.redefine(newInstrument);
        termsHash = termsHash(newInstrument);
    }

    boolean isFlat()
    {
        return position.netLots() == 0 && openOrders.count() == 0;
    }

    /** The new one begins in WATCH and without the timers of the one before; the machine must be flat. */
    void strategy(final Strategy newStrategy)
    {
        for (int timerKey = 0; timerKey < TIMER_KEYS; timerKey++)
        {
            cancelTimer(timerKey);
        }
        state(MachineState.WATCH, OrderReason.OPERATOR);
        strategy = newStrategy;
        running = true;
    }

    /** Null while there is none. */
    StrategyView strategyView(final String name)
    {
        return strategy == null
            ? null
            : new StrategyView(name, strategy.getClass(), strategy.warmUpSeen(), strategy.warmUpNeeded());
    }

    /** None any more; the machine must be flat. */
    void withdrawStrategy()
    {
        strategy(null);
        running = false;
    }

    /**
     * Stopped: open orders are cancelled, and the strategy sees nothing but the fate of its orders and sends none.
     */
    void running(final boolean nowRunning)
    {
        running = nowRunning;
        if (!nowRunning)
        {
            cancelAll(OrderReason.OPERATOR);
        }
    }

    void cancelAll(final OrderReason reason)
    {
        for (Order order = openOrders.first(); order != null; order = order.next())
        {
            cancel(order, reason);
        }
    }

    /** The market has changed: announce a changed condition, then drive the strategy. */
    void onMarketChanged()
    {
        if (market.condition() != announcedCondition || market.reason() != announcedReason)
        {
            tradingChanges();
            announcedCondition = market.condition();
            announcedReason = market.reason();
            decisions.marketCondition(id, market);
        }
        if (market.wantsSnapshot())
        {
            decisions.marketDataRequest(id, market);
        }
        if (running && market.lastEvent() != MarketEvent.STATUS)
        {
            strategy.onMarket(this);
            drive();
        }
    }

    private void drive()
    {
        switch (state)
        {
            case WATCH -> strategy.onWatch(this);
            case CLOSE_WATCH -> strategy.onCloseWatch(this);
            case IN_TRADE -> strategy.onInTrade(this);
            case NULL_VAL, SBE_UNKNOWN -> throw new IllegalStateException("state=" + state);
        }
    }

    void onTimer(final int timerKey, final long deadlineNs)
    {
        // A timer sequenced in the same batch as the input that cancelled or moved it is no longer wanted.
        if (timerKey < TIMER_KEYS && timerDeadlinesNs[timerKey] == deadlineNs)
        {
            timerDeadlinesNs[timerKey] = Nulls.NULL_TIME_NS;
            if (running)
            {
                strategy.onTimer(this, timerKey);
            }
        }
    }

    void onExecution(final Order order, final ExecutionReportDecoder report, final OrderEvent event)
    {
        if (!orders.admits(order, event))
        {
            return;
        }
        if (isFill(event) && (report.lastQtyLots() <= 0 || report.lastPxTicks() == Nulls.NULL_PRICE_TICKS))
        {
            orders.refuse();
            return;
        }
        orders.heardOf(order);
        switch (event)
        {
            case PARTIAL_FILL, FILL -> onFill(order, report);
            case REPLACED -> orders.completeReplace(order);
            case ACCEPTED, CANCELED, REJECTED, EXPIRED, CANCEL_REQUESTED, REPLACE_REQUESTED, REQUEST_REJECTED -> {
                // The state says it all.
            }
        }
        onEvent(order, event);
    }

    /** The venue has it by another ClOrdID and for another quantity than the journal had. */
    void onRenamed(final Order order)
    {
        orders.heardOf(order);
        risk.reckon();
        strategy.onOrder(this, order, OrderEvent.REPLACED);
    }

    private static boolean isFill(final OrderEvent event)
    {
        return event == OrderEvent.FILL || event == OrderEvent.PARTIAL_FILL;
    }

    void onRequestRejected(final Order order, final CxlRejResponseTo responseTo)
    {
        final boolean ofReplace = responseTo == CxlRejResponseTo.REPLACE_REQUEST;
        if (!orders.admitsRejection(order, ofReplace))
        {
            return;
        }
        if (ofReplace)
        {
            orders.abandonReplace(order);
            risk.reckon();
            if (order.state() == OrderState.PENDING_CANCEL)
            {
                // The cancel that was sent after the replace is still to be answered.
                return;
            }
        }
        else
        {
            orders.abandonCancel(order);
        }
        onEvent(order, OrderEvent.REQUEST_REJECTED);
    }

    /** A fill of an order that is not open: the position follows, and there is no order to show to the strategy. */
    void onStrayFill(final ExecutionReportDecoder report)
    {
        final long lastQtyLots = report.lastQtyLots();
        position.onFill(
            report.lastPxTicks(), report.side() == Side.BUY ? lastQtyLots : -lastQtyLots, commission(report));
        risk.reckon();
        if (strategy != null)
        {
            strategy.onStrayFill(this, report.side(), report.lastPxTicks(), lastQtyLots);
        }
    }

    private void onFill(final Order order, final ExecutionReportDecoder report)
    {
        final long lastQtyLots = report.lastQtyLots();
        final long signedLots = order.side() == Side.BUY ? lastQtyLots : -lastQtyLots;
        position.onFill(report.lastPxTicks(), signedLots, commission(report));
        orders.fill(order, lastQtyLots);
        risk.reckon();
    }

    private Int128 commission(final ExecutionReportDecoder report)
    {
        return commission.decode(report.commission(), report.commissionHigh());
    }

    /** Applies an event that the order's state admits, and tells the strategy. */
    void onEvent(final Order order, final OrderEvent event)
    {
        orders.apply(order, event);
        final boolean isTerminal = order.state().isTerminal();
        if (isTerminal)
        {
            // Before the strategy reacts: what it sends now must not be refused for an order that is no longer open.
            orders.close(openOrders, order);
        }
        risk.reckon();
        strategy.onOrder(this, order, event);
        if (isTerminal)
        {
            orders.release(order);
        }
    }

    @Override
    public Instrument instrument()
    {
        return instrument;
    }

    @Override
    public long nowNs()
    {
        return decisions.nowNs();
    }

    @Override
    public MachineState state()
    {
        return state;
    }

    @Override
    public Market market()
    {
        return market;
    }

    @Override
    public Position position()
    {
        return position;
    }

    @Override
    public OpenOrders openOrders()
    {
        return openOrders;
    }

    @Override
    public long lotsFor(final Decimal quoteNotional)
    {
        final long markTicks = market.markTicks();
        if (markTicks <= 0 || quoteNotional.mantissa() <= 0)
        {
            return 0;
        }
        return quoteLots.at(markTicks, quoteNotional.mantissa(), quoteNotional.exponent());
    }

    @Override
    public void state(final MachineState newState, final OrderReason reason)
    {
        if (newState != state)
        {
            tradingChanges();
            decisions.transition(id, state, newState, reason);
            state = newState;
        }
    }

    @Override
    public Order sendLimit(
        final Side side,
        final long priceTicks,
        final long quantityLots,
        final TimeInForce timeInForce,
        final ExecInst execInst,
        final OrderReason reason)
    {
        return send(side, OrdType.LIMIT, timeInForce, execInst, priceTicks, quantityLots, reason);
    }

    @Override
    public Order sendMarket(final Side side, final long quantityLots, final OrderReason reason)
    {
        return send(side, OrdType.MARKET, TimeInForce.IMMEDIATE_OR_CANCEL, ExecInst.NONE, Nulls.NULL_PRICE_TICKS,
            quantityLots, reason);
    }

    private Order send(
        final Side side,
        final OrdType ordType,
        final TimeInForce timeInForce,
        final ExecInst execInst,
        final long priceTicks,
        final long quantityLots,
        final OrderReason reason)
    {
        intent.order(side, ordType, timeInForce, execInst, priceTicks, quantityLots);
        if (check() != RiskReason.NONE)
        {
            decisions.refused(id, intent, risk.refusal());
            return null;
        }
        tradingChanges();
        final Order order = orders.open(openOrders, id, decisions.incarnation(), decisions.sequence(),
            decisions.nextOrdinal(), side, ordType, timeInForce, execInst, priceTicks, quantityLots);
        decisions.newOrder(order, execInst, reason, state);
        orders.entered(order, decisions.egressSequence());
        risk.onSent(nowNs());
        return order;
    }

    private RiskReason check()
    {
        if (!running)
        {
            return risk.refusal().because(RiskReason.HALTED);
        }
        final RiskReason unavailable = availability.refusal();
        if (unavailable != RiskReason.NONE)
        {
            return risk.refusal().because(unavailable);
        }
        if (!decisions.hasRoom())
        {
            return risk.refusal().because(RiskReason.DECISION_CAPACITY);
        }
        if (orders.isFull() && !intent.isReplace())
        {
            return risk.refusal().because(RiskReason.ORDER_CAPACITY, orders.capacity(), orders.capacity() + 1L);
        }
        return risk.check(mode, intent, nowNs());
    }

    @Override
    public boolean cancel(final Order order, final OrderReason reason)
    {
        if (OrderTransitions.next(order.state(), OrderEvent.CANCEL_REQUESTED) == null)
        {
            return false;
        }
        requestCancel(order, reason);
        orders.apply(order, OrderEvent.CANCEL_REQUESTED);
        return true;
    }

    /** A cancel under way names the order as it was and will be refused: it is asked for once more by the new ClOrdID. */
    void cancelRenamed(final Order order, final OrderReason reason)
    {
        if (!cancel(order, reason))
        {
            requestCancel(order, reason);
        }
    }

    private void requestCancel(final Order order, final OrderReason reason)
    {
        tradingChanges();
        final int ordinal = decisions.nextOrdinal();
        decisions.cancel(order, reason);
        orders.requestCancel(order, decisions.incarnation(), decisions.sequence(), ordinal, reason,
            decisions.egressSequence());
    }

    @Override
    public boolean replace(
        final Order order, final long priceTicks, final long quantityLots, final OrderReason reason)
    {
        if (OrderTransitions.next(order.state(), OrderEvent.REPLACE_REQUESTED) == null)
        {
            return false;
        }
        intent.replace(order, priceTicks, quantityLots);
        if (check() != RiskReason.NONE)
        {
            decisions.refused(id, intent, risk.refusal());
            return false;
        }
        tradingChanges();
        final int ordinal = decisions.nextOrdinal();
        decisions.replace(order, priceTicks, quantityLots, reason);
        orders.requestReplace(order, decisions.incarnation(), decisions.sequence(), ordinal, priceTicks, quantityLots,
            decisions.egressSequence());
        orders.apply(order, OrderEvent.REPLACE_REQUESTED);
        risk.onSent(nowNs());
        return true;
    }

    @Override
    public void schedule(final int timerKey, final long deadlineNs)
    {
        tradingChanges();
        timerDeadlinesNs[timerKey] = deadlineNs;
        decisions.scheduleTimer(TradingCore.timerId(id, timerKey), deadlineNs);
    }

    @Override
    public void cancelTimer(final int timerKey)
    {
        if (timerDeadlinesNs[timerKey] != Nulls.NULL_TIME_NS)
        {
            tradingChanges();
            timerDeadlinesNs[timerKey] = Nulls.NULL_TIME_NS;
            decisions.cancelTimer(TradingCore.timerId(id, timerKey));
        }
    }

    private static long termsHash(final Instrument instrument)
    {
        long hash = Xxh64.chain(instrument.id(), instrument.isInverse() ? 1 : 0);
        hash = incrementHash(hash, instrument.tick());
        hash = incrementHash(hash, instrument.lot());
        hash = incrementHash(hash, instrument.multiplier());
        hash = Xxh64.chain(hash, instrument.orderTicks());
        hash = Xxh64.chain(hash, instrument.orderLots());
        // The unit that follows from the terms adds nothing, as there was no other before.
        hash = instrument.cashExponent() == instrument.cashExponentOfTerms()
            ? hash
            : Xxh64.chain(hash, instrument.cashExponent());
        return instrument.settings().equals(InstrumentSettings.DEFAULT)
            ? hash
            : settingsHash(hash, instrument.settings());
    }

    private static long settingsHash(final long hash, final InstrumentSettings settings)
    {
        return Xxh64.chain(Xxh64.chain(hash, settings.orderVenueId()),
            Xxh64.chain(settings.lockedIsCrossed() ? 1 : 0, settings.crossedHealNs()));
    }

    private static long incrementHash(final long hash, final Increment increment)
    {
        return Xxh64.chain(Xxh64.chain(hash, increment.mantissa()), increment.exponent());
    }

    /** Of what market data leaves alone it is kept. */
    long stateHash()
    {
        if (!isTradingHashed)
        {
            tradingHash = tradingHash();
            isTradingHashed = true;
        }
        final long hash = Xxh64.chain(tradingHash, market.stateHash());
        return strategy == null ? hash : Xxh64.chain(hash, strategy.stateHash());
    }

    private long tradingHash()
    {
        long hash = Xxh64.chain(termsHash, state.value());
        hash = Xxh64.chain(hash, (long)mode.value() << 32 | announcedCondition.value() << 16 |
            announcedReason.value() << 8 | (running ? 1 : 0));
        hash = Xxh64.chain(hash, position.stateHash());
        hash = Xxh64.chain(hash, openOrders.stateHash());
        hash = Xxh64.chain(hash, risk.stateHash());
        for (final long deadlineNs : timerDeadlinesNs)
        {
            hash = Xxh64.chain(hash, deadlineNs);
        }
        return hash;
    }
}
