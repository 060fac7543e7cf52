package io.lockstep.core.execution;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.decision.DecisionWriter;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instance.TimerIds;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.instrument.Slots;
import io.lockstep.core.order.OpenOrders;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderEvent;
import io.lockstep.core.order.OrderStore;
import io.lockstep.core.order.OrderTransitions;
import io.lockstep.core.risk.OrderIntent;
import io.lockstep.core.risk.Refusal;
import io.lockstep.core.state.TradingSwitch;
import io.lockstep.core.venue.StrayOrders;
import io.lockstep.core.venue.Venue;
import io.lockstep.core.venue.Venues;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.MachineState;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.StrategyCallback;
import io.lockstep.sbe.TimeInForce;

/**
 * The one way out: whatever asks for an order, a replace or a cancel, a strategy, an operator or the engine itself, passes here and
 * the pre-trade checks, and becomes a decision. No allocation.
 * <p>
 * A wish that an order be gone is a latch: it is part of the order's state, and a cancel that the venue refuses is sent again,
 * {@value #WISH_RETRY_MIN_NS} ns later at first and ever more rarely, up to {@value #WISH_RETRY_MAX_NS} ns, until the order is gone.
 */
public final class OrderDesk
{
    static final long WISH_RETRY_MIN_NS = 100_000_000L;
    static final long WISH_RETRY_MAX_NS = 10_000_000_000L;
    private static final int WISH_DOUBLINGS_MAX = 7;

    private final Slots slots;
    private final Venues venues;
    private final OrderStore orders;
    private final DecisionWriter decisions;
    private final TradingSwitch trading;
    private final CapitalRule capitalRule = new CapitalRule();
    private final OrderIntent intent = new OrderIntent();
    /** When cancels that were refused are sent again, or null. */
    private long wishTimerNs = Nulls.NULL_TIME_NS;
    private boolean changing;

    public OrderDesk(
        final Slots slots,
        final Venues venues,
        final OrderStore orders,
        final DecisionWriter decisions,
        final TradingSwitch trading)
    {
        this.slots = slots;
        this.venues = venues;
        this.orders = orders;
        this.decisions = decisions;
        this.trading = trading;
    }

    public long nowNs()
    {
        return decisions.nowNs();
    }

    /** Whether a call has begun to change state and not ended: what fails now is the core's own fault. */
    public boolean isChanging()
    {
        return changing || decisions.isEmitting();
    }

    /** Begins on an input: a call that failed in the one before is over. */
    public void begin()
    {
        changing = false;
    }

    /** Something of the slot, or of a leg of it, is about to change. */
    public void touch(final InstrumentSlot slot)
    {
        slots.touch(slot.id());
    }

    /** What a strategy keeps by itself is about to change. */
    public void touchMarket(final InstrumentSlot slot)
    {
        slots.touchMarket(slot.id());
    }

    /** An order that passes the checks leaves; else the refusal is a decision, and null is returned. */
    public Order send(
        final Leg leg,
        final Side side,
        final OrdType ordType,
        final TimeInForce timeInForce,
        final ExecInst execInst,
        final long priceTicks,
        final long quantityLots,
        final OrderReason reason)
    {
        return send(leg, false, side, ordType, timeInForce, execInst, priceTicks, quantityLots, reason);
    }

    /** As {@link #send}, by hand: also for an instance that does not run. */
    public Order sendByOperator(
        final Leg leg,
        final Side side,
        final OrdType ordType,
        final TimeInForce timeInForce,
        final ExecInst execInst,
        final long priceTicks,
        final long quantityLots)
    {
        return send(
            leg, true, side, ordType, timeInForce, execInst, priceTicks, quantityLots, OrderReason.OPERATOR);
    }

    private Order send(
        final Leg leg,
        final boolean isByOperator,
        final Side side,
        final OrdType ordType,
        final TimeInForce timeInForce,
        final ExecInst execInst,
        final long priceTicks,
        final long quantityLots,
        final OrderReason reason)
    {
        final InstrumentSlot slot = leg.slot();
        intent.order(side, ordType, timeInForce, execInst, priceTicks, quantityLots);
        final RiskReason refusal = check(leg, isByOperator);
        changing = true;
        if (!leg.cause().isEmpty())
        {
            decisions.cause(leg.strategyId(), slot.id(), leg.cause());
        }
        final int signalCode = leg.cause().signalCode();
        leg.cause().clear();
        Order order = null;
        if (refusal == RiskReason.NONE)
        {
            touch(slot);
            order = orders.open(slot.openOrders(), leg.openOrders(), slot.id(), leg.strategyId(),
                decisions.incarnation(), decisions.sequence(), decisions.nextOrdinal(), side, ordType, timeInForce,
                execInst, priceTicks, quantityLots);
            // Counted first: the host numbers what leaves by it.
            orders.entered(order, slot.venue().onRequest());
            decisions.newOrder(order, execInst, reason, leg.state(), signalCode);
            slot.venue().onOrderOpened();
            onSent(leg);
        }
        else
        {
            decisions.refused(leg.strategyId(), signalCode, slot.id(), intent, slot.risk().refusal());
        }
        changing = false;
        return order;
    }

    private RiskReason check(final Leg leg, final boolean isByOperator)
    {
        final Refusal refusal = leg.slot().risk().refusal();
        final Venue venue = leg.slot().venue();
        if (!isByOperator && !leg.instance().isRunning())
        {
            return refusal.because(RiskReason.HALTED);
        }
        if (leg.instance().isClosing() && !intent.reduces(leg))
        {
            return refusal.because(RiskReason.CLOSE_ONLY, LimitScope.STRATEGY, leg.netLots(), intent.leavesLots());
        }
        final RiskReason unavailable = venue.refusal();
        if (unavailable != RiskReason.NONE)
        {
            return refusal.because(unavailable);
        }
        if (!decisions.hasRoom())
        {
            return refusal.because(RiskReason.DECISION_CAPACITY);
        }
        if (!venue.hasEgressRoom())
        {
            return refusal.because(
                RiskReason.EGRESS_CAPACITY, LimitScope.VENUE, venue.egressRequests(), venue.requestsWithAnother());
        }
        if (orders.isFull() && !intent.isReplace())
        {
            return refusal.because(RiskReason.ORDER_CAPACITY, orders.capacity(), orders.capacity() + 1L);
        }
        return checkRisk(leg, refusal);
    }

    private void onSent(final Leg leg)
    {
        leg.slot().risk().onSent(nowNs());
        if (leg.isLimited())
        {
            leg.limits().onSent(nowNs());
        }
    }

    private RiskReason checkRisk(final Leg leg, final Refusal refusal)
    {
        RiskReason reason = leg.slot().risk().check(trading.mode(), intent, nowNs());
        if (reason == RiskReason.NONE && leg.isLimited())
        {
            reason = leg.slot().risk().check(leg.limits(), intent, nowNs());
        }
        final boolean isBeyondCapital = reason == RiskReason.NONE && !intent.reduces(leg) &&
            capitalRule.isExceededBy(leg, intent.side(), intent.leavesLots() - intent.replacedLots(), nowNs());
        return isBeyondCapital
            ? refusal.because(RiskReason.MAX_CAPITAL, LimitScope.STRATEGY, Nulls.NULL_LONG, intent.leavesLots())
            : reason;
    }

    /** As {@link io.lockstep.core.strategy.StrategyContext#cancel}. */
    public boolean cancel(final Order order, final OrderReason reason)
    {
        if (OrderTransitions.next(order.state(), OrderEvent.CANCEL_REQUESTED) == null)
        {
            return false;
        }
        requestCancel(order, reason);
        orders.apply(order, OrderEvent.CANCEL_REQUESTED);
        changing = false;
        return true;
    }

    /** A cancel under way names the order as it was and will be refused: it is asked for once more by the new ClOrdID. */
    public void cancelRenamed(final Order order, final OrderReason reason)
    {
        orders.wish(order, reason);
        if (!cancel(order, reason))
        {
            requestCancel(order, reason);
            changing = false;
        }
    }

    private void requestCancel(final Order order, final OrderReason reason)
    {
        changing = true;
        final InstrumentSlot slot = slots.touch(order.instrumentId());
        final int ordinal = decisions.nextOrdinal();
        final long egressSequence = slot.venue().onRequest();
        decisions.cancel(order, reason);
        orders.requestCancel(order, decisions.incarnation(), decisions.sequence(), ordinal, reason, egressSequence);
    }

    /** As {@link io.lockstep.core.strategy.StrategyContext#replace}. */
    public boolean replace(
        final Leg leg, final Order order, final long priceTicks, final long quantityLots, final OrderReason reason)
    {
        if (OrderTransitions.next(order.state(), OrderEvent.REPLACE_REQUESTED) == null)
        {
            return false;
        }
        final InstrumentSlot slot = leg.slot();
        intent.replace(order, priceTicks, quantityLots);
        final RiskReason refusal = check(leg, false);
        changing = true;
        if (refusal == RiskReason.NONE)
        {
            touch(slot);
            final int ordinal = decisions.nextOrdinal();
            final long egressSequence = slot.venue().onRequest();
            decisions.replace(order, priceTicks, quantityLots, reason);
            orders.requestReplace(order, decisions.incarnation(), decisions.sequence(), ordinal, priceTicks,
                quantityLots, egressSequence);
            orders.apply(order, OrderEvent.REPLACE_REQUESTED);
            onSent(leg);
        }
        else
        {
            decisions.refused(
                leg.strategyId(), leg.cause().signalCode(), slot.id(), intent, slot.risk().refusal());
        }
        leg.cause().clear();
        changing = false;
        return refusal == RiskReason.NONE;
    }

    /** The wish that an order be gone: a cancel now, where the order is in a state for it, and again when it is refused. */
    public void cancelForGood(final Order order, final OrderReason reason)
    {
        touch(slots.get(order.instrumentId()));
        orders.wish(order, reason);
        cancel(order, reason);
    }

    /** The wish that all orders of the leg be gone. */
    public void cancelAll(final Leg leg, final OrderReason reason)
    {
        cancelAll(leg.openOrders(), reason);
    }

    /** The wish that all these orders be gone. */
    public void cancelAll(final OpenOrders open, final OrderReason reason)
    {
        for (Order order = open.first(); order != null; order = open.next(order))
        {
            cancelForGood(order, reason);
        }
    }

    /** The wish that those orders of the leg be gone that could, beside the older ones that stay, do more than close its position. */
    public void cancelOpening(final Leg leg, final OrderReason reason)
    {
        long closableLots = Math.abs(leg.netLots());
        for (Order order = leg.openOrders().first(); order != null; order = leg.openOrders().next(order))
        {
            final boolean isOpposite = order.side() == Side.SELL ? leg.netLots() > 0 : leg.netLots() < 0;
            if (isOpposite && order.exposureLots() <= closableLots)
            {
                closableLots -= order.exposureLots();
            }
            else
            {
                cancelForGood(order, reason);
            }
        }
    }

    /** The venue has refused a cancel: of an order that is to be gone another one follows. */
    public void onCancelRefused(final Order order)
    {
        if (order.wish() != OrderReason.NONE)
        {
            touch(slots.get(order.instrumentId()));
            final long retryNs = retryNs(order.wishAttempts());
            orders.wishAgain(order, retryNs);
            scheduleWishes(retryNs);
        }
    }

    /** Likewise of an order that only the venue has; of one whose instrument is not known nothing more can be sent. */
    void onStrayCancelRefused(final Venue venue, final int stray)
    {
        if (venue.strays().instrumentIdAt(stray) != Nulls.NULL_INSTRUMENT_ID)
        {
            final long retryNs = retryNs(venue.strays().wishAttemptsAt(stray));
            venue.strays().wishAgain(stray, retryNs);
            scheduleWishes(retryNs);
        }
    }

    private long retryNs(final int attempts)
    {
        return nowNs() + Math.min(WISH_RETRY_MAX_NS, WISH_RETRY_MIN_NS << Math.min(attempts, WISH_DOUBLINGS_MAX));
    }

    private void scheduleWishes(final long retryNs)
    {
        if (wishTimerNs == Nulls.NULL_TIME_NS || retryNs < wishTimerNs)
        {
            wishTimerNs = retryNs;
            decisions.scheduleTimer(TimerIds.WISHES, retryNs);
        }
    }

    /** The core's own timer: sends what is to be sent again by now. */
    public void onWishTimer(final long deadlineNs)
    {
        if (deadlineNs != wishTimerNs)
        {
            return;
        }
        long nextNs = Nulls.NULL_TIME_NS;
        for (int id = 0; id < slots.count(); id++)
        {
            nextNs = earlier(nextNs, sendDue(slots.get(id).openOrders(), deadlineNs));
        }
        for (int id = 0; id < venues.count(); id++)
        {
            nextNs = earlier(nextNs, sendDue(venues.get(id), deadlineNs));
        }
        wishTimerNs = nextNs;
        if (nextNs != Nulls.NULL_TIME_NS)
        {
            decisions.scheduleTimer(TimerIds.WISHES, nextNs);
        }
    }

    private static long earlier(final long oneNs, final long otherNs)
    {
        return otherNs == Nulls.NULL_TIME_NS || oneNs != Nulls.NULL_TIME_NS && oneNs < otherNs ? oneNs : otherNs;
    }

    /** Sends again what is due, and returns when the next of the others is, or null. */
    private long sendDue(final OpenOrders open, final long deadlineNs)
    {
        long nextNs = Nulls.NULL_TIME_NS;
        for (Order order = open.first(); order != null; order = open.next(order))
        {
            final long retryNs = order.wishRetryNs();
            if (retryNs == Nulls.NULL_TIME_NS || retryNs > deadlineNs)
            {
                nextNs = earlier(nextNs, retryNs);
            }
            else
            {
                touch(slots.get(order.instrumentId()));
                orders.wishSent(order);
                cancel(order, order.wish());
            }
        }
        return nextNs;
    }

    private long sendDue(final Venue venue, final long deadlineNs)
    {
        final StrayOrders strays = venue.strays();
        long nextNs = Nulls.NULL_TIME_NS;
        for (int i = 0; i < strays.count(); i++)
        {
            final long retryNs = strays.wishRetryNsAt(i);
            if (retryNs == Nulls.NULL_TIME_NS || retryNs > deadlineNs)
            {
                nextNs = earlier(nextNs, retryNs);
            }
            else
            {
                strays.wishSent(i);
                venue.onRequest();
                decisions.cancel(strays, i, OrderReason.UNKNOWN_TO_JOURNAL);
            }
        }
        return nextNs;
    }

    public void transition(
        final Leg leg, final MachineState fromState, final MachineState toState, final OrderReason reason)
    {
        touch(leg.slot());
        decisions.transition(leg.strategyId(), leg.slot().id(), fromState, toState, reason);
    }

    public void scheduleTimer(final long timerId, final long deadlineNs)
    {
        decisions.scheduleTimer(timerId, deadlineNs);
    }

    public void cancelTimer(final long timerId)
    {
        decisions.cancelTimer(timerId);
    }

    public void suspended(
        final Leg leg, final StrategyCallback callback, final boolean cancelsOrders, final String exceptionClass)
    {
        decisions.suspended(leg.strategyId(), leg.slot().id(), callback, cancelsOrders, exceptionClass);
    }

    /** When cancels that were refused are sent again, or null. */
    public long wishTimerNs()
    {
        return wishTimerNs;
    }

    public void restoreWishTimer(final long newWishTimerNs)
    {
        wishTimerNs = newWishTimerNs;
    }
}
