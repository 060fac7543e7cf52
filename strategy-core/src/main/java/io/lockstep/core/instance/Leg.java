package io.lockstep.core.instance;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.account.Account;
import io.lockstep.core.calendar.MarketCalendar;
import io.lockstep.core.decision.Cause;
import io.lockstep.core.execution.OrderDesk;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.list.ListTerms;
import io.lockstep.core.market.MarketView;
import io.lockstep.core.order.OpenOrders;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderTerms;
import io.lockstep.core.position.Position;
import io.lockstep.core.profit.LegProfit;
import io.lockstep.core.profit.ScopeProfit;
import io.lockstep.core.risk.ExposureLimits;
import io.lockstep.core.risk.RiskGate;
import io.lockstep.core.risk.RiskSubject;
import io.lockstep.core.risk.rule.LegRules;
import io.lockstep.core.strategy.StrategyContext;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.LegSectionDecoder;
import io.lockstep.sbe.LegSectionEncoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.MachineState;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;

import java.util.Arrays;

/**
 * One instrument of a strategy's instance: the state machine, and what the instance holds and has open there.
 * <p>
 * WATCH looks for an opportunity, CLOSE_WATCH evaluates entry, IN_TRADE manages the position. The strategy decides when to
 * change; {@link #state(MachineState, OrderReason)} is the only writer. No allocation.
 */
public final class Leg implements StrategyContext, RiskSubject
{
    private final StrategyInstance instance;
    private final int index;
    private final InstrumentSlot slot;
    /** The slot's, for strategies ask for it with each event. */
    private final MarketView market;
    private final OrderDesk desk;
    private final Position position;
    private final OpenOrders openOrders = OpenOrders.ofLeg();
    private final Cause cause = new Cause();
    private final LegProfit profit = new LegProfit();
    /** Found anew from what is saved elsewhere. */
    private final LegRules rules = new LegRules();

    // What lasts from input to input, beside the objects above.
    private final long[] timerDeadlinesNs = new long[TIMER_KEYS];
    private MachineState state = MachineState.WATCH;
    private int dueTimers;
    private boolean flattening;
    private long flattenedFromLots = Nulls.NULL_LONG;
    /** Null until one is set: most instances have none of their own. */
    private ExposureLimits limits;

    Leg(final StrategyInstance instance, final int index, final InstrumentSlot slot, final OrderDesk desk)
    {
        this.instance = instance;
        this.index = index;
        this.slot = slot;
        market = slot.market();
        this.desk = desk;
        position = new Position(slot.cashRule());
        Arrays.fill(timerDeadlinesNs, Nulls.NULL_TIME_NS);
    }

    public StrategyInstance instance()
    {
        return instance;
    }

    @Override
    public int strategyId()
    {
        return instance.id();
    }

    public InstrumentSlot slot()
    {
        return slot;
    }

    /** Whether what its instance keeps beside its legs is hashed with this one's instrument. */
    public boolean isHome()
    {
        return index == 0 && !instance.isNobody();
    }

    @Override
    public boolean isFlat()
    {
        return position.netLots() == 0 && openOrders.count() == 0;
    }

    /** Whether the instance has limits of its own on this instrument, or has had some. */
    public boolean isLimited()
    {
        return limits != null;
    }

    /** The instance's own on this instrument, for as long as {@link #isLimited()}. */
    public ExposureLimits limits()
    {
        return limits;
    }

    /** From now on the instance can have limits of its own here; allocates. */
    public void beLimited()
    {
        if (limits == null)
        {
            limits = new ExposureLimits(slot.instrument(), this, slot.cashRule(), LimitScope.LEG);
        }
    }

    @Override
    public RiskGate risk()
    {
        return slot.risk();
    }

    @Override
    public RiskSubject subject(final int legIndex)
    {
        return instance.leg(legIndex);
    }

    @Override
    public Account account()
    {
        return slot.venue().holdings();
    }

    @Override
    public MarketCalendar calendar()
    {
        return desk.calendarOf(slot);
    }

    @Override
    public ScopeProfit profits()
    {
        return desk.scopeProfit();
    }

    @Override
    public LegRules rules()
    {
        return rules;
    }

    /** Why the next order is asked for. */
    public Cause cause()
    {
        return cause;
    }

    /** Whether the position is to be closed when the orders are gone. */
    public boolean isFlattening()
    {
        return flattening;
    }

    /** What was held when the newest order to close it was sent; null before one. */
    public long flattenedFromLots()
    {
        return flattenedFromLots;
    }

    /** An order to close all that is held is about to be sent. */
    public void onFlattenSent()
    {
        desk.touch(slot);
        flattenedFromLots = netLots();
    }

    public void flattening(final boolean nowFlattening)
    {
        desk.touch(slot);
        flattening = nowFlattening;
        flattenedFromLots = Nulls.NULL_LONG;
    }

    /** Reads what a market event will need, for several legs in turn; the sum means nothing. */
    public long touch(final int step)
    {
        return state.value() + instance.touch(step);
    }

    @Override
    public long netLots()
    {
        return position.netLots();
    }

    @Override
    public long exposureLots(final Side side)
    {
        return openOrders.exposureLots(side);
    }

    @Override
    public int openOrderCount()
    {
        return openOrders.count();
    }

    @Override
    public int legIndex()
    {
        return index;
    }

    @Override
    public int legCount()
    {
        return instance.legCount();
    }

    @Override
    public StrategyContext leg(final int legIndex)
    {
        return instance.leg(legIndex);
    }

    @Override
    public Instrument instrument()
    {
        return slot.instrument();
    }

    @Override
    public long nowNs()
    {
        return desk.nowNs();
    }

    @Override
    public MachineState state()
    {
        return state;
    }

    @Override
    public MarketView market()
    {
        return market;
    }

    @Override
    public Position position()
    {
        return position;
    }

    /** What it has made. */
    public LegProfit profit()
    {
        return profit;
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
        return slot.quoteLots().at(markTicks, quoteNotional.mantissa(), quoteNotional.exponent());
    }

    @Override
    public Cause because(final int signalCode)
    {
        instance.onCause();
        return cause.signal(signalCode);
    }

    @Override
    public void state(final MachineState newState, final OrderReason reason)
    {
        if (newState == MachineState.NULL_VAL || newState == MachineState.SBE_UNKNOWN || newState == null)
        {
            throw new IllegalArgumentException("state=" + newState + " expected WATCH, CLOSE_WATCH or IN_TRADE");
        }
        requireReason(reason);
        if (newState != state)
        {
            desk.transition(this, state, newState, reason);
            state = newState;
        }
    }

    private static void requireReason(final OrderReason reason)
    {
        if (reason == null || reason == OrderReason.NULL_VAL || reason == OrderReason.SBE_UNKNOWN)
        {
            throw new IllegalArgumentException("reason=" + reason + " expected one");
        }
    }

    /** A null could not be encoded; a value that means nothing is refused by the checks. */
    private static void requireGiven(final String name, final Enum<?> value)
    {
        if (value == null)
        {
            throw new IllegalArgumentException(name + "=null: expected one");
        }
    }

    private static void requireGiven(final OrderTerms terms)
    {
        requireGiven("side", terms.side());
        requireGiven("ordType", terms.ordType());
        requireGiven("timeInForce", terms.timeInForce());
        requireGiven("execInst", terms.execInst());
        requireGiven("triggerSource", terms.triggerSource());
        requireGiven("offsetUnit", terms.offsetUnit());
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
        requireReason(reason);
        requireGiven("side", side);
        requireGiven("timeInForce", timeInForce);
        requireGiven("execInst", execInst);
        return desk.send(this, desk.terms().side(side).limit(priceTicks).quantity(quantityLots).timeInForce(timeInForce)
            .execInst(execInst).reason(reason));
    }

    @Override
    public Order sendMarket(final Side side, final long quantityLots, final OrderReason reason)
    {
        requireReason(reason);
        requireGiven("side", side);
        return desk.send(this, desk.terms().side(side).market().quantity(quantityLots).reason(reason));
    }

    @Override
    public OrderTerms terms()
    {
        return desk.terms();
    }

    @Override
    public Order send(final OrderTerms terms)
    {
        requireGiven(terms);
        requireReason(terms.reason());
        return desk.send(this, terms);
    }

    @Override
    public ListTerms list()
    {
        return desk.lists().terms();
    }

    @Override
    public int send(final ListTerms terms)
    {
        requireGiven("type", terms.type());
        for (int i = 0; i < terms.partCount(); i++)
        {
            requireGiven(terms.part(i));
            requireReason(terms.part(i).reason());
        }
        return desk.lists().send(this, terms);
    }

    @Override
    public boolean cancelList(final int listId, final OrderReason reason)
    {
        requireReason(reason);
        return desk.lists().cancel(this, listId, reason);
    }

    @Override
    public boolean cancel(final Order order, final OrderReason reason)
    {
        requireOwn(order);
        requireReason(reason);
        return desk.cancelByStrategy(this, order, reason);
    }

    @Override
    public boolean replace(
        final Order order, final long priceTicks, final long quantityLots, final OrderReason reason)
    {
        requireOwn(order);
        requireReason(reason);
        return desk.replace(this, order, desk.terms().price(priceTicks).quantity(quantityLots).reason(reason));
    }

    @Override
    public boolean replace(final Order order, final OrderTerms changes)
    {
        requireOwn(order);
        requireGiven(changes);
        requireReason(changes.reason());
        return desk.replace(this, order, changes);
    }

    private void requireOwn(final Order order)
    {
        if (order == null || order.strategyId() != instance.id() || order.instrumentId() != slot.id())
        {
            throw new IllegalArgumentException("order=" + order + ": expected one of this leg's");
        }
    }

    @Override
    public void schedule(final int timerKey, final long deadlineNs)
    {
        requireTimer(timerKey);
        if (deadlineNs == Nulls.NULL_TIME_NS)
        {
            throw new IllegalArgumentException("deadlineNs=null: expected a sequenced time");
        }
        desk.touch(slot);
        timerDeadlinesNs[timerKey] = deadlineNs;
        dueTimers &= ~(1 << timerKey);
        desk.scheduleTimer(timerId(timerKey), deadlineNs);
    }

    @Override
    public void cancelTimer(final int timerKey)
    {
        requireTimer(timerKey);
        if (timerDeadlinesNs[timerKey] != Nulls.NULL_TIME_NS)
        {
            desk.touch(slot);
            timerDeadlinesNs[timerKey] = Nulls.NULL_TIME_NS;
            if ((dueTimers & 1 << timerKey) == 0)
            {
                desk.cancelTimer(timerId(timerKey));
            }
            dueTimers &= ~(1 << timerKey);
        }
    }

    private static void requireTimer(final int timerKey)
    {
        if (timerKey < 0 || timerKey >= TIMER_KEYS)
        {
            throw new IllegalArgumentException("timerKey=" + timerKey + " expected from 0 to " + (TIMER_KEYS - 1));
        }
    }

    private long timerId(final int timerKey)
    {
        return TimerIds.of(instance.id(), index, timerKey);
    }

    void cancelTimers()
    {
        for (int timerKey = 0; timerKey < TIMER_KEYS; timerKey++)
        {
            cancelTimer(timerKey);
        }
    }

    /**
     * A timer is due. One that was sequenced in the same batch as the input that cancelled or moved it is no longer wanted.
     *
     * @param runs whether it is delivered now; else it waits.
     * @return whether it is to be delivered.
     */
    boolean onTimerDue(final int timerKey, final long deadlineNs, final boolean runs)
    {
        if (timerKey >= TIMER_KEYS || timerDeadlinesNs[timerKey] != deadlineNs)
        {
            return false;
        }
        desk.touch(slot);
        if (runs)
        {
            timerDeadlinesNs[timerKey] = Nulls.NULL_TIME_NS;
        }
        else
        {
            dueTimers |= 1 << timerKey;
        }
        return runs;
    }

    /** Deadline of the timer that has been due for longest, or {@link Long#MAX_VALUE}. */
    long dueSinceNs()
    {
        final int oldest = oldestDueTimer();
        return oldest < 0 ? Long.MAX_VALUE : timerDeadlinesNs[oldest];
    }

    /** The key of the timer that has been due for longest, which is no longer so. */
    int takeDueTimer()
    {
        final int oldest = oldestDueTimer();
        desk.touch(slot);
        dueTimers &= ~(1 << oldest);
        timerDeadlinesNs[oldest] = Nulls.NULL_TIME_NS;
        return oldest;
    }

    private int oldestDueTimer()
    {
        int oldest = -1;
        for (int timerKey = 0; timerKey < TIMER_KEYS; timerKey++)
        {
            if ((dueTimers & 1 << timerKey) != 0 &&
                (oldest < 0 || timerDeadlinesNs[timerKey] < timerDeadlinesNs[oldest]))
            {
                oldest = timerKey;
            }
        }
        return oldest;
    }

    /** Writes all fields; the encoder must be wrapped. */
    public void save(final LegSectionEncoder section)
    {
        section.strategyId(instance.id()).instrumentId(slot.id()).state(state).openOrders(openOrders.count())
            .dueTimers(dueTimers).flattening(flattening ? BooleanType.TRUE : BooleanType.FALSE)
            .flattenedFromLots(flattenedFromLots)
            .limited(isLimited() ? BooleanType.TRUE : BooleanType.FALSE);
        final LegSectionEncoder.TimersEncoder timers = section.timersCount(TIMER_KEYS);
        for (final long deadlineNs : timerDeadlinesNs)
        {
            timers.next().deadlineNs(deadlineNs);
        }
    }

    public void restore(final LegSectionDecoder section)
    {
        state = section.state();
        dueTimers = section.dueTimers();
        flattening = section.flattening() == BooleanType.TRUE;
        flattenedFromLots = section.flattenedFromLots();
        if (section.limited() == BooleanType.TRUE)
        {
            beLimited();
        }
        final LegSectionDecoder.TimersDecoder timers = section.timers();
        if (timers.count() != TIMER_KEYS)
        {
            throw new IllegalArgumentException("timers=" + timers.count() + " expected=" + TIMER_KEYS);
        }
        for (int timerKey = 0; timerKey < TIMER_KEYS; timerKey++)
        {
            timerDeadlinesNs[timerKey] = timers.next().deadlineNs();
        }
        requireScheduled(dueTimers);
        slot.tradingChanges();
    }

    /** What has been due was scheduled. */
    private void requireScheduled(final int keys)
    {
        for (int timerKey = 0; timerKey < Integer.SIZE; timerKey++)
        {
            final boolean isDue = (keys >>> timerKey & 1) == 1;
            if (isDue && (timerKey >= TIMER_KEYS || timerDeadlinesNs[timerKey] == Nulls.NULL_TIME_NS))
            {
                throw new IllegalArgumentException("dueTimers=" + keys + ": timerKey=" + timerKey + " has no deadline");
            }
        }
    }

    /** Takes up the state and timers of a snapshot in which an instrument had one strategy. */
    public void restore(final MachineState newState, final long[] newDeadlinesNs)
    {
        state = newState;
        System.arraycopy(newDeadlinesNs, 0, timerDeadlinesNs, 0, TIMER_KEYS);
        slot.tradingChanges();
    }

    public long stateHash()
    {
        long hash = Xxh64.chain(instance.id(), (long)index << 32 | state.value() << 8 | dueTimers << 1 |
            (flattening ? 1 : 0));
        hash = Xxh64.chain(hash, flattenedFromLots);
        hash = Xxh64.chain(hash, position.stateHash());
        hash = Xxh64.chain(hash, openOrders.stateHash());
        for (final long deadlineNs : timerDeadlinesNs)
        {
            hash = Xxh64.chain(hash, deadlineNs);
        }
        return isLimited() ? Xxh64.chain(hash, limits.stateHash()) : hash;
    }
}
