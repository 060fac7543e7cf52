package io.lockstep.core.instance;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.execution.OrderDesk;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.order.OpenOrders;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderEvent;
import io.lockstep.core.strategy.Correction;
import io.lockstep.core.strategy.Fill;
import io.lockstep.core.strategy.SignalView;
import io.lockstep.core.strategy.StateReader;
import io.lockstep.core.strategy.StateWriter;
import io.lockstep.core.strategy.Strategy;
import io.lockstep.core.strategy.StrategyFactory;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.MachineState;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.StrategyCallback;
import io.lockstep.sbe.StrategySectionDecoder;
import io.lockstep.sbe.StrategySectionEncoder;

import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One strategy that trades: its object, its legs, and whether it runs. Instance 0 is nobody's: the operator's orders, and what was
 * traded by orders whose owner is not known; it has no strategy, and a leg wherever it is needed.
 * <p>
 * A callback that throws suspends the instance: its object is let go, what it keeps is held as it was saved at that moment, and an
 * operator has it go on with that or anew. A failure inside a call of the core that had begun to change state is none of the
 * strategy's and goes on to the host, as every {@link Error} does.
 * <p>
 * Definition, suspension and resumption allocate; callbacks do not.
 */
public final class StrategyInstance
{
    /** Id of the instance that is nobody's. */
    public static final int NOBODY = 0;
    public static final String NOBODY_NAME = "operator";
    /** The capital that bounds nothing. */
    public static final Decimal UNBOUNDED = new Decimal(-1, 0);
    private static final Decimal NO_WEIGHT = new Decimal(1, 0);

    private final int id;
    private final OrderDesk desk;
    private final SuspensionListener suspensions;

    private StrategyDefinition definition;
    private StrategyDefinition pending;
    private Strategy strategy;
    private Leg[] legs = {};
    private boolean running;
    private boolean suspended;
    private boolean closing;
    private Decimal weight = NO_WEIGHT;
    private Decimal capital = UNBOUNDED;
    private final SignalCounts signals = new SignalCounts();
    /** What a suspended strategy had kept; null when it could not save it, or is not suspended. */
    private byte[] keptState;
    private long keptHash;
    /** Whether the present call has said why it will ask for an order. */
    private boolean hasCause;

    StrategyInstance(final int id, final OrderDesk desk, final SuspensionListener suspensions)
    {
        this.id = id;
        this.desk = desk;
        this.suspensions = suspensions;
    }

    public int id()
    {
        return id;
    }

    public boolean isNobody()
    {
        return id == NOBODY;
    }

    /** Null for nobody, and once it is taken out. */
    public StrategyDefinition definition()
    {
        return definition;
    }

    /** Parameters that wait until they can be applied, or null. */
    public StrategyDefinition pending()
    {
        return pending;
    }

    /** Whether it is assigned, and its id not used up. */
    public boolean isPresent()
    {
        return definition != null;
    }

    public String name()
    {
        return isNobody() ? NOBODY_NAME : definition.name();
    }

    public int legCount()
    {
        return legs.length;
    }

    /**
     * @throws IllegalArgumentException when there is no such leg.
     */
    public Leg leg(final int index)
    {
        if (index < 0 || index >= legs.length)
        {
            throw new IllegalArgumentException("legIndex=" + index + " expected from 0 to " + (legs.length - 1));
        }
        return legs[index];
    }

    /** Whether it is driven, and not stopped by an operator or suspended. */
    public boolean isRunning()
    {
        return running && !suspended;
    }

    /** Whether an operator has stopped it. */
    public boolean isStopped()
    {
        return !running;
    }

    public boolean isSuspended()
    {
        return suspended;
    }

    /** Whether it waits to be taken out; until then it opens nothing. */
    public boolean isClosing()
    {
        return closing;
    }

    public Decimal weight()
    {
        return weight;
    }

    /** What its positions may be worth; {@link #UNBOUNDED} for no bound. */
    public Decimal capital()
    {
        return capital;
    }

    public void weight(final Decimal newWeight)
    {
        touchAll();
        weight = newWeight;
    }

    public void capital(final Decimal newCapital)
    {
        touchAll();
        capital = newCapital;
    }

    /** How many signals were for it. */
    public SignalCounts signals()
    {
        return signals;
    }

    /** Null while it is suspended, and for nobody. */
    public Strategy strategy()
    {
        return strategy;
    }

    public boolean isFlat()
    {
        for (final Leg leg : legs)
        {
            if (!leg.isFlat())
            {
                return false;
            }
        }
        return true;
    }

    /** Adds a leg of an instrument where the instance has none: nobody's when it is first needed, others' at their definition. */
    Leg addLeg(final InstrumentSlot slot)
    {
        final Leg leg = new Leg(this, legs.length, slot, desk);
        legs = Arrays.copyOf(legs, legs.length + 1);
        legs[legs.length - 1] = leg;
        slot.add(leg);
        return leg;
    }

    /**
     * Makes the strategy and its legs.
     *
     * @throws IllegalArgumentException naming the parameter that is unknown or out of range.
     */
    void begin(final StrategyDefinition newDefinition, final StrategyFactory factory, final List<InstrumentSlot> slots)
    {
        final Strategy made = newStrategy(newDefinition, factory, slots);
        slots.forEach(this::addLeg);
        definition = newDefinition;
        strategy = made;
        running = true;
        touchAll();
        start();
    }

    private static Strategy newStrategy(
        final StrategyDefinition definition, final StrategyFactory factory, final List<InstrumentSlot> slots)
    {
        final List<Instrument> instruments = slots.stream().map(InstrumentSlot::instrument).toList();
        try
        {
            return factory.create(instruments, definition.newParameters());
        }
        catch (final IllegalArgumentException ex)
        {
            throw ex;
        }
        catch (final RuntimeException ex)
        {
            throw new StrategyCreationException(ex);
        }
    }

    private List<InstrumentSlot> slots()
    {
        return Arrays.stream(legs).map(Leg::slot).toList();
    }

    private void start()
    {
        try
        {
            strategy.onStart(legs[0]);
            onCallEnded();
        }
        catch (final RuntimeException ex)
        {
            failed(legs[0], StrategyCallback.START, ex);
        }
    }

    /**
     * Takes other parameters: at once when it is flat or the strategy can take over, else it waits with them. Other code does not wait.
     *
     * @return whether it has them now.
     * @throws IllegalArgumentException naming the parameter that is unknown or out of range.
     */
    boolean change(final StrategyDefinition newDefinition, final StrategyFactory factory)
    {
        final Strategy made = newStrategy(newDefinition, factory, slots());
        touchAll();
        closing = false;
        pending = null;
        if (newDefinition.isEqual(definition.ofCode(newDefinition.codeHash())))
        {
            takeCode(newDefinition, made);
            return true;
        }
        if (isFlat())
        {
            beginAgain(newDefinition, made);
            return true;
        }
        if (!suspended && reload(made))
        {
            definition = newDefinition;
            strategy = made;
            return true;
        }
        definition = definition.ofCode(newDefinition.codeHash());
        pending = newDefinition;
        return false;
    }

    /**
     * The parameters are the same and the code is other, or is known now. The object there is was made of the new code by the process that
     * says so, from a snapshot or by a replay, and the code of before is in no process any more: there is nothing to wait for. The strategy
     * is given the occasion to take over; where it does not, the object there is goes on.
     */
    private void takeCode(final StrategyDefinition newDefinition, final Strategy made)
    {
        final boolean isOther = definition.codeHash() != StrategyDefinition.UNKNOWN_CODE &&
            newDefinition.codeHash() != StrategyDefinition.UNKNOWN_CODE &&
            definition.codeHash() != newDefinition.codeHash();
        if (isOther && !suspended && reload(made))
        {
            strategy = made;
        }
        definition = newDefinition;
    }

    private void beginAgain(final StrategyDefinition newDefinition, final Strategy made)
    {
        for (final Leg leg : legs)
        {
            leg.cancelTimers();
            leg.state(MachineState.WATCH, OrderReason.OPERATOR);
        }
        definition = newDefinition;
        strategy = made;
        forgetSuspension();
        start();
    }

    private void forgetSuspension()
    {
        suspended = false;
        keptState = null;
        keptHash = 0;
    }

    /** A strategy that cannot, or throws while it tries, goes on with what it has. */
    private boolean reload(final Strategy made)
    {
        try
        {
            final StateReader state = new StateReader(openOrders()).later();
            final StateWriter writer = new StateWriter();
            strategy.save(writer);
            state.add(writer.buffer(), 0, writer.length());
            return made.onReload(state);
        }
        catch (final RuntimeException ex)
        {
            return false;
        }
    }

    private List<OpenOrders> openOrders()
    {
        return Arrays.stream(legs).map(Leg::openOrders).toList();
    }

    /** What waits can be applied now, for it is flat. */
    boolean hasWaited()
    {
        return (closing || pending != null) && isFlat();
    }

    /** Applies the parameters that have waited; the instance is flat. It was made with them before, so they are no bad ones. */
    void applyPending(final StrategyFactory factory)
    {
        final StrategyDefinition next = pending;
        pending = null;
        touchAll();
        beginAgain(next, newStrategy(next, factory, slots()));
    }

    /** From now on it opens nothing, and is taken out when it is flat. */
    void close()
    {
        touchAll();
        closing = true;
        pending = null;
        for (final Leg leg : legs)
        {
            desk.cancelOpening(leg, OrderReason.UNASSIGNED);
        }
    }

    /** The configuration wants the instance as it is after all: its end or other parameters that waited are dropped. */
    void reopen()
    {
        touchAll();
        closing = false;
        pending = null;
    }

    /** Takes it out; it is flat. */
    void end()
    {
        touchAll();
        if (strategy != null)
        {
            stop();
        }
        for (final Leg leg : legs)
        {
            leg.cancelTimers();
        }
        definition = null;
        strategy = null;
        running = false;
        closing = false;
        forgetSuspension();
    }

    private void stop()
    {
        try
        {
            strategy.onStop(legs[0]);
            onCallEnded();
        }
        catch (final RuntimeException ex)
        {
            failed(legs[0], StrategyCallback.STOP, ex);
        }
    }

    void removeLegs()
    {
        legs = new Leg[0];
    }

    /**
     * Stopped: open orders are cancelled, and the strategy sees nothing but the fate of its orders and sends none. Started again, it
     * first gets the timers that were due meanwhile, the oldest first.
     */
    void running(final boolean nowRunning)
    {
        touchAll();
        running = nowRunning;
        if (nowRunning)
        {
            deliverDueTimers();
        }
        else
        {
            cancelAll(OrderReason.OPERATOR);
        }
    }

    /** The wish that all its orders be gone. */
    public void cancelAll(final OrderReason reason)
    {
        for (final Leg leg : legs)
        {
            desk.cancelAll(leg, reason);
        }
    }

    /** The oldest of all legs first. */
    private void deliverDueTimers()
    {
        for (Leg leg = firstDue(); leg != null && isRunning(); leg = firstDue())
        {
            callTimer(leg, leg.takeDueTimer());
        }
    }

    /** The leg whose timer has been due for longest, or null. */
    private Leg firstDue()
    {
        Leg first = null;
        for (final Leg leg : legs)
        {
            final long sinceNs = leg.dueSinceNs();
            if (sinceNs != Long.MAX_VALUE && (first == null || sinceNs < first.dueSinceNs()))
            {
                first = leg;
            }
        }
        return first;
    }

    /**
     * A suspended instance goes on: with what it had kept, or as new, looking for an opportunity. So does a leg
     * without position and orders in either case: what it waited for has gone by.
     *
     * @return false when the strategy cannot take up what it had kept; nothing has changed then.
     */
    boolean resume(final boolean anew, final StrategyFactory factory)
    {
        final Strategy made = anew || keptState != null ? resumed(anew, factory) : null;
        if (made == null)
        {
            return false;
        }
        touchAll();
        strategy = made;
        forgetSuspension();
        for (final Leg leg : legs)
        {
            if (anew)
            {
                leg.cancelTimers();
            }
            if (anew || leg.isFlat())
            {
                leg.state(MachineState.WATCH, OrderReason.OPERATOR);
            }
        }
        if (anew)
        {
            start();
        }
        else
        {
            deliverDueTimers();
        }
        return true;
    }

    private Strategy resumed(final boolean anew, final StrategyFactory factory)
    {
        try
        {
            final Strategy made = newStrategy(definition, factory, slots());
            if (!anew)
            {
                final StateReader state = new StateReader(openOrders()).later();
                state.add(new UnsafeBuffer(keptState), 0, keptState.length);
                made.restore(state);
            }
            return made;
        }
        catch (final RuntimeException ex)
        {
            // Whatever the strategy throws, it is code of others that cannot take up what was kept.
            return null;
        }
    }

    /** A market event of the leg's instrument: indicators first, then what the state asks for. */
    public void onMarket(final Leg leg)
    {
        if (!running || suspended)
        {
            return;
        }
        touchHome(leg);
        MachineState driven = MachineState.NULL_VAL;
        try
        {
            strategy.onMarket(leg);
            driven = leg.state();
            drive(leg, driven);
            onCallEnded();
        }
        catch (final RuntimeException ex)
        {
            failed(leg, callbackOf(driven), ex);
        }
    }

    private void drive(final Leg leg, final MachineState state)
    {
        switch (state)
        {
            case WATCH -> strategy.onWatch(leg);
            case CLOSE_WATCH -> strategy.onCloseWatch(leg);
            case IN_TRADE -> strategy.onInTrade(leg);
            case NULL_VAL, SBE_UNKNOWN -> throw new IllegalStateException("state=" + state);
        }
    }

    /** The callback that a market event has come to, by the state that the strategy was driven in: none before it was. */
    private static StrategyCallback callbackOf(final MachineState driven)
    {
        return switch (driven)
        {
            case WATCH -> StrategyCallback.WATCH;
            case CLOSE_WATCH -> StrategyCallback.CLOSE_WATCH;
            case IN_TRADE -> StrategyCallback.IN_TRADE;
            case NULL_VAL, SBE_UNKNOWN -> StrategyCallback.MARKET;
        };
    }

    /** Something has happened to an order; also a stopped strategy is told. */
    public void onOrder(final Leg leg, final Order order, final OrderEvent event, final Fill fill)
    {
        if (strategy != null)
        {
            touchHome(leg);
            try
            {
                strategy.onOrder(leg, order, event, fill);
                onCallEnded();
            }
            catch (final RuntimeException ex)
            {
                failed(leg, StrategyCallback.ORDER, ex);
            }
        }
    }

    /** The leg's position has moved by a fill of an order that no call has named. */
    public void onStrayFill(final Leg leg, final Side side, final long priceTicks, final long quantityLots)
    {
        if (strategy != null)
        {
            touchHome(leg);
            try
            {
                strategy.onStrayFill(leg, side, priceTicks, quantityLots);
                onCallEnded();
            }
            catch (final RuntimeException ex)
            {
                failed(leg, StrategyCallback.STRAY_FILL, ex);
            }
        }
    }

    /** The leg's position has moved because the venue has corrected an execution. */
    public void onCorrection(final Leg leg, final Correction correction)
    {
        if (strategy != null)
        {
            touchHome(leg);
            try
            {
                strategy.onCorrection(leg, correction);
                onCallEnded();
            }
            catch (final RuntimeException ex)
            {
                failed(leg, StrategyCallback.CORRECTION, ex);
            }
        }
    }

    /** A timer is due: delivered now, or when the instance runs again. */
    public void onTimer(final Leg leg, final int timerKey, final long deadlineNs)
    {
        if (leg.onTimerDue(timerKey, deadlineNs, isRunning()))
        {
            callTimer(leg, timerKey);
        }
    }

    /**
     * A signal that the router has given to this leg of the instance, which runs.
     *
     * @return {@link RiskReason#NONE} when it has taken it, else why not.
     */
    public RiskReason onSignal(final Leg leg, final SignalView signal)
    {
        touchHome(leg);
        try
        {
            final RiskReason reason = strategy.onSignal(leg, signal);
            if (reason == null || reason == RiskReason.NULL_VAL || reason == RiskReason.SBE_UNKNOWN)
            {
                throw new IllegalArgumentException("reason=" + reason + ": expected one");
            }
            onCallEnded();
            return reason;
        }
        catch (final RuntimeException ex)
        {
            failed(leg, StrategyCallback.SIGNAL, ex);
            return RiskReason.MODEL_PAUSED;
        }
    }

    private void callTimer(final Leg leg, final int timerKey)
    {
        touchHome(leg);
        try
        {
            strategy.onTimer(leg, timerKey);
            onCallEnded();
        }
        catch (final RuntimeException ex)
        {
            failed(leg, StrategyCallback.TIMER, ex);
        }
    }

    /** The present call says why it will ask for an order of a leg. */
    void onCause()
    {
        hasCause = true;
    }

    /** A call has ended: what it said of an order that it did not ask for is of no other call's. */
    private void onCallEnded()
    {
        if (hasCause)
        {
            hasCause = false;
            for (final Leg leg : legs)
            {
                leg.cause().clear();
            }
        }
    }

    private void touchHome(final Leg leg)
    {
        if (leg.legIndex() > 0)
        {
            desk.touchMarket(legs[0].slot());
        }
    }

    private void touchAll()
    {
        for (final Leg leg : legs)
        {
            desk.touch(leg.slot());
        }
    }

    private void failed(final Leg leg, final StrategyCallback callback, final RuntimeException ex)
    {
        if (desk.isChanging())
        {
            // The core's own state is half changed.
            throw ex;
        }
        touchAll();
        suspended = true;
        keep();
        final Strategy thrower = strategy;
        strategy = null;
        onCallEnded();
        desk.suspended(leg, callback, !definition.keepsOrders(), ex.getClass().getName());
        suspensions.onSuspended(this, leg, callback, thrower, ex);
        if (!definition.keepsOrders())
        {
            cancelAll(OrderReason.SUSPENDED);
        }
    }

    private void keep()
    {
        keptState = null;
        keptHash = 0;
        try
        {
            final StateWriter state = new StateWriter();
            strategy.save(state);
            keptState = new byte[state.length()];
            state.buffer().getBytes(0, keptState);
            keptHash = hash(keptState);
        }
        catch (final RuntimeException ex)
        {
            // A strategy that cannot save its state can only be resumed anew.
            keptState = null;
        }
    }

    private static long hash(final byte[] bytes)
    {
        return Xxh64.hash(new UnsafeBuffer(bytes), 0, bytes.length, 0);
    }

    long touch(final int step)
    {
        return strategy == null ? 0 : strategy.touch(step);
    }

    /** What the strategy keeps, as bytes: saved now, or when it was suspended; null when a suspended one could not. */
    public byte[] savedState()
    {
        if (suspended)
        {
            return keptState;
        }
        final StateWriter state = new StateWriter();
        strategy.save(state);
        final byte[] bytes = new byte[state.length()];
        state.buffer().getBytes(0, bytes);
        return bytes;
    }

    /** Writes all of the section but the counts; the encoder must be wrapped. */
    public void save(final StrategySectionEncoder section)
    {
        section.strategyId(id).present(of(isPresent())).running(of(running)).suspended(of(suspended))
            .closing(of(closing)).hasPending(of(pending != null)).legs(legs.length);
        section.weight().mantissa(weight.mantissa()).exponent((byte)weight.exponent());
        section.capital().mantissa(capital.mantissa()).exponent((byte)capital.exponent());
        signals.save(section);
    }

    private static BooleanType of(final boolean value)
    {
        return value ? BooleanType.TRUE : BooleanType.FALSE;
    }

    /** Takes up the section; definition, legs and state follow. */
    public void restore(final StrategySectionDecoder section)
    {
        signals.restore(section);
        if (isNobody() && !isNobodys(section))
        {
            throw new IllegalArgumentException("strategyId=0 is nobody's: expected no flag, weight, capital or signal");
        }
        running = section.running() == BooleanType.TRUE;
        suspended = section.suspended() == BooleanType.TRUE;
        closing = section.closing() == BooleanType.TRUE;
        weight = new Decimal(section.weight().mantissa(), section.weight().exponent());
        capital = new Decimal(section.capital().mantissa(), section.capital().exponent());
    }

    private boolean isNobodys(final StrategySectionDecoder section)
    {
        return signals.taken() + signals.refused() == 0 && section.present() == BooleanType.FALSE
            && section.running() == BooleanType.FALSE &&
            section.suspended() == BooleanType.FALSE && section.closing() == BooleanType.FALSE &&
            section.hasPending() == BooleanType.FALSE && section.weight().mantissa() == NO_WEIGHT.mantissa() &&
            section.weight().exponent() == NO_WEIGHT.exponent() &&
            section.capital().mantissa() == UNBOUNDED.mantissa() &&
            section.capital().exponent() == UNBOUNDED.exponent();
    }

    /** Takes up the definition; its legs are to be added before the state is. */
    public void restore(final StrategyDefinition newDefinition, final StrategyDefinition newPending)
    {
        definition = newDefinition;
        pending = newPending;
    }

    public void restoreRunning(final boolean nowRunning)
    {
        running = nowRunning;
    }

    /**
     * Takes up what the strategy had kept.
     *
     * @param factory that it is made by.
     * @param state   null when a suspended strategy could not save it.
     * @throws RuntimeException whatever the strategy throws.
     */
    public void restoreState(final StrategyFactory factory, final byte[] state, final StateReader reader)
    {
        if (suspended)
        {
            keptState = state;
            keptHash = state == null ? 0 : hash(state);
            return;
        }
        strategy = newStrategy(definition, factory, slots());
        strategy.restore(reader);
    }

    /** The open orders of all legs, among which a reader of saved state looks for orders. */
    public List<OpenOrders> ordersOfLegs()
    {
        return new ArrayList<>(openOrders());
    }

    /** Hash of what the strategy keeps beside its legs. */
    public long strategyHash()
    {
        return strategy == null ? keptHash : strategy.stateHash();
    }

    /** Hash of all of the instance but its strategy's own state and its legs. */
    public long stateHash()
    {
        long hash = Xxh64.chain(definition.stateHash(), pending == null ? 0 : pending.stateHash());
        hash = Xxh64.chain(hash, (running ? 1L : 0L) | (suspended ? 2L : 0L) | (closing ? 4L : 0L) |
            (suspended && keptState == null ? 8L : 0L));
        hash = Xxh64.chain(Xxh64.chain(hash, weight.mantissa()), weight.exponent());
        return signals.chain(Xxh64.chain(Xxh64.chain(hash, capital.mantissa()), capital.exponent()));
    }

    /** For people. */
    @Override
    public String toString()
    {
        return isPresent() ? definition.name() + ' ' + definition : isNobody() ? NOBODY_NAME : "taken out";
    }
}
