package io.lockstep.core.execution;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.breaker.Breakers;
import io.lockstep.core.calendar.Calendars;
import io.lockstep.core.calendar.MarketCalendar;
import io.lockstep.core.decision.DecisionWriter;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.instrument.Slots;
import io.lockstep.core.list.OpenLists;
import io.lockstep.core.order.OpenOrders;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderEvent;
import io.lockstep.core.order.OrderNotices;
import io.lockstep.core.order.OrderState;
import io.lockstep.core.order.OrderStore;
import io.lockstep.core.order.OrderTerms;
import io.lockstep.core.order.OrderTransitions;
import io.lockstep.core.profit.ProfitDays;
import io.lockstep.core.profit.ScopeProfit;
import io.lockstep.core.risk.OrderIntent;
import io.lockstep.core.risk.OrderTermsRule;
import io.lockstep.core.risk.Refusal;
import io.lockstep.core.risk.ReplaceRule;
import io.lockstep.core.risk.SelfTrade;
import io.lockstep.core.risk.SelfTradePolicy;
import io.lockstep.core.risk.rule.ScopedRisk;
import io.lockstep.core.state.TradingSwitch;
import io.lockstep.core.venue.StrayOrders;
import io.lockstep.core.venue.Venue;
import io.lockstep.core.venue.Venues;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.MachineState;
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
 * {@value WishTimer#REFUSED_MIN_NS} ns later at first and ever more rarely, up to {@value WishTimer#REFUSED_MAX_NS} ns, until the order is gone.
 * So is one of which nothing is heard, {@value WishTimer#UNANSWERED_MIN_NS} ns after it was sent at first and up to
 * {@value WishTimer#UNANSWERED_MAX_NS} ns: under another ClOrdID, for it is another request, which does no harm if the one before has
 * arrived. A cancel that is not an order's first waits for room in the venue's egress.
 */
public final class OrderDesk
{
    /** Cancels of one order that a venue may refuse before it is asked how the order stands. */
    private static final int REFUSALS_BELIEVED = 2;

    private final Slots slots;
    private final Venues venues;
    private final OrderStore orders;
    private final DecisionWriter decisions;
    private final TradingSwitch trading;
    private final OrderDoubts doubts;
    private final WishTimer wishTimer;
    private final ScopedRisk scoped;
    private final CapitalRule capitalRule = new CapitalRule();
    private final OrderIntent intent = new OrderIntent();
    private final OrderTerms terms = new OrderTerms();
    private final OrderNotices notices = new OrderNotices();
    private final HeldOrders held;
    private final ListDesk lists;
    private final ExpiryTimer expiry;
    private final ReduceOnly reduceOnly;
    private final Calendars calendars;
    private final Breakers breakers;
    private final ScopeProfit profits;
    private boolean changing;

    public OrderDesk(
        final Slots slots,
        final Venues venues,
        final OrderStore orders,
        final Calendars calendars,
        final DecisionWriter decisions,
        final TradingSwitch trading,
        final ScopedRisk scoped,
        final Breakers breakers,
        final ScopeProfit profits)
    {
        this.slots = slots;
        this.venues = venues;
        this.orders = orders;
        this.calendars = calendars;
        this.decisions = decisions;
        this.trading = trading;
        this.breakers = breakers;
        this.profits = profits;
        doubts = new OrderDoubts(orders, venues, slots, decisions);
        wishTimer = new WishTimer(decisions);
        expiry = new ExpiryTimer(decisions);
        reduceOnly = new ReduceOnly(this);
        this.scoped = scoped;
        held = new HeldOrders(slots, orders, decisions, this);
        lists = new ListDesk(slots, decisions, this, openLists(slots, orders));
    }

    private static OpenLists openLists(final Slots slots, final OrderStore orders)
    {
        final OpenLists openLists = new OpenLists(
            (instrumentId) -> instrumentId >= 0 && instrumentId < slots.count()
                ? slots.get(instrumentId).openOrders()
                : null);
        orders.parts(openLists);
        return openLists;
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

    /** To be filled for {@link #send}: one for all, and empty. */
    public OrderTerms terms()
    {
        return terms.clear();
    }

    /** The orders that the engine keeps. */
    public HeldOrders held()
    {
        return held;
    }

    /** What is to be told of orders behind the input. */
    public OrderNotices notices()
    {
        return notices;
    }

    /** An order that passes the checks leaves, or is held where its terms say so; else the refusal is a decision, and null is returned. */
    public Order send(final Leg leg, final OrderTerms asked)
    {
        return send(leg, false, asked);
    }

    /** Lists of orders. */
    public ListDesk lists()
    {
        return lists;
    }

    /** As {@link #send}, by hand: also for an instance that does not run. */
    public Order sendByOperator(final Leg leg, final OrderTerms asked)
    {
        return send(leg, true, asked.reason(OrderReason.OPERATOR));
    }

    private Order send(final Leg leg, final boolean isByOperator, final OrderTerms given)
    {
        final OrderTerms asked = given == terms ? terms : terms.set(given);
        final RiskReason reason = isPart(asked) ? refusePart(leg, asked) : check(leg, isByOperator, asked, 0);
        final int signalCode = takeCause(leg);
        if (reason == RiskReason.NONE)
        {
            return open(leg, asked, intent.orderQtyLots(), signalCode);
        }
        if (reason == RiskReason.SELF_TRADE && yields(leg))
        {
            final Order order = open(leg, asked.heldForList(), intent.orderQtyLots(), signalCode);
            held.yield(leg.slot(), order);
            return order;
        }
        refuse(leg, signalCode);
        return null;
    }

    /**
     * The newest check has refused an order that could trade with others of ours: cancels those where the limit says so.
     *
     * @return whether the order is to wait until they are gone.
     */
    boolean yields(final Leg leg)
    {
        final SelfTradePolicy policy = refusal(leg).selfTradePolicy();
        if (policy != SelfTradePolicy.REFUSE_NEW)
        {
            cancelCrossing(refusal(leg).isSelfTradeOfOwn() ? leg.openOrders() : leg.slot().openOrders());
        }
        return policy == SelfTradePolicy.CANCEL_OLD;
    }

    private void cancelCrossing(final OpenOrders open)
    {
        for (Order order = open.first(); order != null; order = open.next(order))
        {
            if (SelfTrade.isPossible(intent, order))
            {
                cancelForGood(order, OrderReason.SELF_TRADE);
            }
        }
    }

    private static boolean isPart(final OrderTerms asked)
    {
        return asked.listId() != OrderTerms.NO_LIST || asked.waitsForList();
    }

    /** An order by itself is part of no list: nobody would let it out. */
    private RiskReason refusePart(final Leg leg, final OrderTerms asked)
    {
        intend(leg, asked);
        return refusal(leg).because(RiskReason.LIST_INCOMPLETE);
    }

    /** What the terms come to is what is checked next, or refused. */
    void intend(final Leg leg, final OrderTerms asked)
    {
        intent.order(asked, Resolution.lots(leg, asked));
    }

    /** Lots that the terms came to when they were checked last. */
    long askedLots()
    {
        return intent.orderQtyLots();
    }

    /** The result of the newest check. */
    Refusal refusal(final Leg leg)
    {
        return leg.slot().risk().refusal();
    }

    /**
     * Whether the order may be opened.
     *
     * @param besides orders that are to be opened with it and were checked before.
     */
    RiskReason check(final Leg leg, final boolean isByOperator, final OrderTerms asked, final int besides)
    {
        final long lots = Resolution.lots(leg, asked);
        Resolution.slide(leg.slot(), asked);
        intent.order(asked, lots).besides(besides);
        return check(leg, isByOperator, asked, lots);
    }

    /** The newest check has refused it: that is a decision. */
    void refuse(final Leg leg, final int signalCode)
    {
        changing = true;
        refused(leg, signalCode);
        changing = false;
    }

    /** Why the leg asks, which is a decision before the orders that it asks for. Returns the strategy's own number for it. */
    int takeCause(final Leg leg)
    {
        if (!leg.cause().isEmpty())
        {
            changing = true;
            decisions.cause(leg.strategyId(), leg.slot().id(), leg.cause());
            changing = false;
        }
        final int signalCode = leg.cause().signalCode();
        leg.cause().clear();
        return signalCode;
    }

    /** An order that passed the checks leaves, or is held where its terms say so. */
    Order open(final Leg leg, final OrderTerms asked, final long lots, final int signalCode)
    {
        final InstrumentSlot slot = leg.slot();
        changing = true;
        touch(slot);
        final Order order = orders.open(slot.openOrders(), leg.openOrders(), slot.id(), leg.strategyId(),
            decisions.incarnation(), decisions.sequence(), decisions.nextOrdinal(), asked, lots, signalCode);
        if (asked.timeInForce() == TimeInForce.DAY)
        {
            orders.expireTime(order, calendars.ofInstrument(slot.id()).dayEndNs(nowNs()));
        }
        if (order.isHeld())
        {
            held.hold(slot, order);
        }
        else
        {
            leave(leg, order, signalCode);
        }
        expiry.add(order);
        changing = false;
        return order;
    }

    /** The newest check has refused what the leg asks for. */
    private void refused(final Leg leg, final int signalCode)
    {
        final Refusal refusal = leg.risk().refusal();
        scoped.refusals().note(refusal, leg.strategyId(), leg.slot().id(), leg.slot().venue().id(),
            decisions.sequence(), nowNs());
        decisions.refused(leg.strategyId(), signalCode, leg.slot().id(), intent, refusal);
    }

    private void leave(final Leg leg, final Order order, final int signalCode)
    {
        final Venue venue = leg.slot().venue();
        // Counted first: the host numbers what leaves by it.
        orders.entered(order, venue.onRequest(), arrivalTicks(leg, order));
        decisions.newOrder(order, leg.state(), signalCode);
        breakers.onSent(leg, order);
        venue.onOrderOpened();
        doubts.expect(order);
        onSent(leg);
    }

    private static long arrivalTicks(final Leg leg, final Order order)
    {
        return order.side() == Side.BUY ? leg.market().bestAskTicks() : leg.market().bestBidTicks();
    }

    /** An order that was held leaves, as the newest {@link #checkLeaving} has allowed it. */
    void leave(final Leg leg, final Order order)
    {
        changing = true;
        orders.price(order, intent.priceTicks());
        orders.resize(order, order.cumQtyLots() + intent.orderQtyLots());
        leave(leg, order, order.signalCode());
        changing = false;
    }

    /** Whether a held order may leave; the checks are those of a new order, but for what was asked of its instance when it came. */
    RiskReason checkLeaving(final Leg leg, final Order order)
    {
        intent.release(order, Resolution.priceTicks(leg, order), Resolution.lots(leg, order));
        final boolean isFutile = order.isReduceOnly() && intent.orderQtyLots() == 0;
        return isFutile
            ? leg.slot().risk().refusal().because(RiskReason.REDUCE_ONLY_NO_POSITION, leg.netLots(), Nulls.NULL_LONG)
            : check(leg, true);
    }

    /** {@link #checkLeaving} has refused it. */
    void refuseLeaving(final Leg leg, final Order order)
    {
        refused(leg, order.signalCode());
    }

    private RiskReason check(final Leg leg, final boolean isByOperator, final OrderTerms asked, final long lots)
    {
        final InstrumentSlot slot = leg.slot();
        final RiskReason reason = OrderTermsRule.check(
            asked, lots, slot.market(), calendars.ofInstrument(slot.id()), leg.netLots(), nowNs(),
            slot.risk().refusal());
        if (reason != RiskReason.NONE)
        {
            return reason;
        }
        return asked.isHeld() ? checkHeld(leg, isByOperator) : check(leg, isByOperator);
    }

    private RiskReason checkHeld(final Leg leg, final boolean isByOperator)
    {
        final Refusal refusal = leg.slot().risk().refusal();
        RiskReason reason = checkInstance(leg, isByOperator, refusal);
        if (reason == RiskReason.NONE)
        {
            reason = checkCapacity(refusal);
        }
        if (reason == RiskReason.NONE)
        {
            reason = leg.slot().risk().checkHeld(trading.mode(), intent, leg.limits());
        }
        return reason == RiskReason.NONE ? scoped.chain().checkHeld(leg, intent, nowNs(), refusal) : reason;
    }

    private RiskReason checkInstance(final Leg leg, final boolean isByOperator, final Refusal refusal)
    {
        if (!isByOperator && !leg.instance().isRunning())
        {
            return refusal.because(RiskReason.HALTED);
        }
        return leg.instance().isClosing() && !intent.reduces(leg)
            ? refusal.because(RiskReason.CLOSE_ONLY, LimitScope.STRATEGY, leg.netLots(), intent.leavesLots())
            : scoped.chain().checkState(leg, intent, isByOperator && leg.isFlattening(), refusal);
    }

    private RiskReason checkCapacity(final Refusal refusal)
    {
        if (!decisions.hasRoom())
        {
            return refusal.because(RiskReason.DECISION_CAPACITY);
        }
        return orders.openCount() + intent.besides() >= orders.capacity() && !intent.isOpen()
            ? refusal.because(RiskReason.ORDER_CAPACITY, orders.capacity(), orders.capacity() + 1L)
            : RiskReason.NONE;
    }

    private RiskReason check(final Leg leg, final boolean isByOperator)
    {
        final Refusal refusal = leg.slot().risk().refusal();
        final Venue venue = leg.slot().venue();
        final RiskReason ofInstance = checkInstance(leg, isByOperator, refusal);
        if (ofInstance != RiskReason.NONE)
        {
            return ofInstance;
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
        if (orders.openCount() + intent.besides() >= orders.capacity() && !intent.isOpen())
        {
            return refusal.because(RiskReason.ORDER_CAPACITY, orders.capacity(), orders.capacity() + 1L);
        }
        final RiskReason ofBreakers = breakers.check(leg, intent, refusal);
        return ofBreakers == RiskReason.NONE
            ? checkRisk(leg, isByOperator && leg.isFlattening(), refusal)
            : ofBreakers;
    }

    private void onSent(final Leg leg)
    {
        leg.slot().risk().onSent(nowNs());
        if (leg.isLimited())
        {
            leg.limits().onSent(nowNs());
        }
        scoped.chain().onSent(leg, intent, nowNs());
    }

    /** An order of the leg was filled. */
    void onFill(final Leg leg)
    {
        scoped.chain().onFill(leg, nowNs());
    }

    private RiskReason checkRisk(final Leg leg, final boolean isClosing, final Refusal refusal)
    {
        RiskReason reason = leg.slot().risk().check(scoped.states().nodeMode(trading.mode(), isClosing), intent,
            nowNs());
        if (reason == RiskReason.NONE && leg.isLimited())
        {
            reason = leg.slot().risk().check(leg.limits(), intent, nowNs());
        }
        if (reason == RiskReason.NONE)
        {
            reason = scoped.chain().check(leg, intent, nowNs(), refusal);
        }
        final boolean isBeyondCapital = reason == RiskReason.NONE && !intent.reduces(leg) &&
            capitalRule.isExceededBy(leg, intent.side(), intent.leavesLots() - intent.replacedLots(), nowNs());
        return isBeyondCapital
            ? refusal.because(RiskReason.MAX_CAPITAL, LimitScope.STRATEGY, Nulls.NULL_LONG, intent.leavesLots())
            : reason;
    }

    /**
     * As {@link io.lockstep.core.strategy.StrategyContext#cancel}, which the rules about cancels may refuse: not of an order that is held,
     * for nothing is sent.
     */
    public boolean cancelByStrategy(final Leg leg, final Order order, final OrderReason reason)
    {
        if (order.isHeld() || !scoped.chain().isCounting(leg))
        {
            return cancel(order, reason);
        }
        if (OrderTransitions.next(order.state(), OrderEvent.CANCEL_REQUESTED) == null)
        {
            return false;
        }
        intent.replace(order, order.priceTicks(), order.orderQtyLots());
        if (scoped.chain().checkCancel(leg, intent, nowNs(), leg.risk().refusal()) != RiskReason.NONE)
        {
            refused(leg, leg.cause().signalCode());
            return false;
        }
        scoped.chain().onCancel(leg, nowNs());
        return cancel(order, reason);
    }

    /** As {@link io.lockstep.core.strategy.StrategyContext#cancel}, also for safety: no limit refuses it. */
    public boolean cancel(final Order order, final OrderReason reason)
    {
        if (order.isHeld())
        {
            held.cancel(order, reason);
            return true;
        }
        if (OrderTransitions.next(order.state(), OrderEvent.CANCEL_REQUESTED) == null || !hasRoomToCancel(order))
        {
            return false;
        }
        requestCancel(order, reason);
        orders.apply(order, OrderEvent.CANCEL_REQUESTED);
        changing = false;
        return true;
    }

    /** Room is kept for one cancel of each open order; another one of the same order is sent when there is room for it, too. */
    private boolean hasRoomToCancel(final Order order)
    {
        return order.cancelEgress() == 0 || slots.get(order.instrumentId()).venue().hasRoomToRepeat();
    }

    /** A cancel under way names the order as it was and will be refused: it is asked for once more by the new ClOrdID. */
    public void cancelRenamed(final Order order, final OrderReason reason)
    {
        wish(order, reason);
        cancelOnceMore(order, reason);
    }

    /** Another cancel, also while one is under way; without room for it the wish waits. */
    private void cancelOnceMore(final Order order, final OrderReason reason)
    {
        if (!hasRoomToCancel(order))
        {
            awaitRoom(order);
        }
        else if (!cancel(order, reason))
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
        doubts.expect(order);
        if (order.wish() != OrderReason.NONE)
        {
            awaitAnswer(order);
        }
    }

    /** As {@link io.lockstep.core.strategy.StrategyContext#replace}. */
    public boolean replace(final Leg leg, final Order order, final OrderTerms changes)
    {
        return replace(leg, false, order, changes);
    }

    /** By the engine itself: the order is to have another total quantity. */
    boolean replaceBySystem(final Leg leg, final Order order, final long orderQtyLots, final OrderReason reason)
    {
        return replace(leg, true, order, terms().quantity(orderQtyLots).reason(reason));
    }

    private boolean replace(final Leg leg, final boolean isByOperator, final Order order, final OrderTerms changes)
    {
        final boolean isHeld = order.isHeld();
        if (!isHeld && changes.priceTicks() == Nulls.NULL_PRICE_TICKS && changes.quantityLots() == Nulls.NULL_LONG)
        {
            return OrderTransitions.next(order.state(), OrderEvent.CANCEL_REQUESTED) != null &&
                order.wish() == OrderReason.NONE && replaceKept(leg, order, changes);
        }
        if (!isHeld && OrderTransitions.next(order.state(), OrderEvent.REPLACE_REQUESTED) == null)
        {
            return false;
        }
        final InstrumentSlot slot = leg.slot();
        final boolean isPriced = changes.priceTicks() != Nulls.NULL_PRICE_TICKS;
        final boolean isSized = changes.quantityLots() != Nulls.NULL_LONG;
        final long askedLots = isSized ? changes.quantityLots() : order.orderQtyLots();
        final boolean isLessened = isSized && !isByOperator && order.isReduceOnly();
        intent.replace(order, isPriced ? changes.priceTicks() : order.priceTicks(),
            isLessened ? ReduceOnly.replacedLots(leg, order, askedLots) : askedLots);
        RiskReason refusal = ReplaceRule.check(
            order, changes, slot.market(), calendars.ofInstrument(slot.id()), nowNs(), slot.risk().refusal());
        if (refusal == RiskReason.NONE && !isByOperator)
        {
            refusal = checkList(order);
        }
        if (refusal == RiskReason.NONE && isLessened && askedLots > order.cumQtyLots() && intent.leavesLots() == 0)
        {
            refusal = slot.risk().refusal()
                .because(RiskReason.REDUCE_ONLY_NO_POSITION, leg.netLots(), Nulls.NULL_LONG);
        }
        if (refusal == RiskReason.NONE && !isHeld && order.isSliced())
        {
            refusal = slot.risk().refusal().because(RiskReason.UNSUPPORTED_BY_VENUE);
        }
        if (refusal == RiskReason.NONE)
        {
            refusal = isHeld ? checkHeld(leg, isByOperator) : check(leg, isByOperator);
        }
        changing = true;
        if (refusal != RiskReason.NONE)
        {
            refused(leg, leg.cause().signalCode());
        }
        else if (isHeld)
        {
            held.replace(order, intent.priceTicks(), intent.orderQtyLots(), changes);
        }
        else
        {
            requestReplace(leg, order, changes.reason());
            replaceExpiry(order, changes.expireTimeNs());
        }
        leg.cause().clear();
        changing = false;
        return refusal == RiskReason.NONE;
    }

    /** The quantity of an order that follows others of its list is the list's to say. */
    private RiskReason checkList(final Order order)
    {
        final Refusal refusal = slots.get(order.instrumentId()).risk().refusal();
        return intent.orderQtyLots() != order.orderQtyLots() && lists.open().isExit(order)
            ? refusal.because(RiskReason.LIST_CONTRADICTION, order.orderQtyLots(), intent.orderQtyLots())
            : RiskReason.NONE;
    }

    /** Other terms of an order at the venue, of those that the engine keeps: it has them at once. */
    private boolean replaceKept(final Leg leg, final Order order, final OrderTerms changes)
    {
        final InstrumentSlot slot = leg.slot();
        intent.replace(order, order.priceTicks(), order.orderQtyLots());
        final RiskReason refusal = ReplaceRule.check(
            order, changes, slot.market(), calendars.ofInstrument(slot.id()), nowNs(), slot.risk().refusal());
        changing = true;
        touch(slot);
        if (refusal == RiskReason.NONE)
        {
            keep(order, changes);
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

    /** A decision says it, where something changes. */
    private void keep(final Order order, final OrderTerms changes)
    {
        final boolean isShown = changes.displayQtyLots() != Nulls.NULL_LONG;
        if (isShown)
        {
            orders.display(order, changes.displayQtyLots());
        }
        replaceExpiry(order, changes.expireTimeNs());
        if (isShown || changes.expireTimeNs() != Nulls.NULL_TIME_NS)
        {
            decisions.heldReplaced(order, changes.reason());
        }
    }

    /** As the intent says. */
    private void requestReplace(final Leg leg, final Order order, final OrderReason reason)
    {
        final InstrumentSlot slot = leg.slot();
        touch(slot);
        final int ordinal = decisions.nextOrdinal();
        final long egressSequence = slot.venue().onRequest();
        decisions.replace(order, intent.priceTicks(), intent.orderQtyLots(), reason);
        orders.requestReplace(order, decisions.incarnation(), decisions.sequence(), ordinal, intent.priceTicks(),
            intent.orderQtyLots(), egressSequence);
        orders.apply(order, OrderEvent.REPLACE_REQUESTED);
        doubts.expect(order);
        onSent(leg);
    }

    /**
     * Till when an order is good the engine keeps by itself, so that it is changed at once; null: as it is. One that is to be gone already
     * is not waited for.
     */
    void replaceExpiry(final Order order, final long expireTimeNs)
    {
        if (expireTimeNs != Nulls.NULL_TIME_NS)
        {
            touch(slots.get(order.instrumentId()));
            expiry.remove(order);
            orders.expireTime(order, expireTimeNs);
            if (order.wish() == OrderReason.NONE)
            {
                expiry.add(order);
            }
        }
    }

    /** The wish that an order be gone: a cancel now, where the order is in a state for it, and again when it is refused. */
    public void cancelForGood(final Order order, final OrderReason reason)
    {
        if (order.state().isTerminal())
        {
            // The engine held it, and it is closed when the input has been handled.
            return;
        }
        touch(slots.get(order.instrumentId()));
        wish(order, reason);
        if (cancel(order, reason) || order.wishRetryNs() != Nulls.NULL_TIME_NS)
        {
            return;
        }
        if (order.state() == OrderState.PENDING_CANCEL)
        {
            awaitAnswer(order);
        }
        else
        {
            awaitRoom(order);
        }
    }

    private void awaitAnswer(final Order order)
    {
        orders.wishUntil(order, wishTimer.afterSilenceNs(order.wishAttempts()));
        wishTimer.timer().schedule(order.wishRetryNs());
    }

    private void awaitRoom(final Order order)
    {
        orders.wishUntil(order, wishTimer.afterRefusalNs(0));
        wishTimer.timer().schedule(order.wishRetryNs());
    }

    private void wish(final Order order, final OrderReason reason)
    {
        expiry.remove(order);
        orders.wish(order, reason);
    }

    /** The position or an order of the leg has changed: what it has made, and orders that only reduce the position, follow it. */
    public void onChanged(final Leg leg)
    {
        profits.days().onChanged(leg);
        if (leg.instance().isClosing() && leg.netLots() == 0)
        {
            cancelUnwished(leg.openOrders());
        }
        reduceOnly.onChanged(leg);
    }

    /** What was to close the position of an instance that is taken out has nothing left to close. */
    private void cancelUnwished(final OpenOrders open)
    {
        for (Order order = open.first(); order != null; order = open.next(order))
        {
            if (order.wish() == OrderReason.NONE && !order.state().isTerminal())
            {
                cancelForGood(order, OrderReason.UNASSIGNED);
            }
        }
    }

    /** The order is over, and about to be closed. */
    void onClosing(final Order order)
    {
        expiry.remove(order);
    }

    /** An order was restored. */
    public void restore(final InstrumentSlot slot, final Order order)
    {
        held.restore(slot, order);
        expiry.restore(order);
    }

    /** The core's own timer: orders that were good till now are over, or are to be where the venue has them. */
    public void onExpiryTimer(final long deadlineNs)
    {
        boolean isAny = false;
        for (Order order = expiry.takeDue(deadlineNs); order != null; order = expiry.takeDue(deadlineNs))
        {
            isAny = true;
            if (order.isHeld())
            {
                held.expire(order);
            }
            else
            {
                cancelForGood(order, OrderReason.EXPIRED);
            }
        }
        if (isAny)
        {
            expiry.scheduleNext();
        }
    }

    /** The wish that all orders of the leg be gone. */
    public void cancelAll(final Leg leg, final OrderReason reason)
    {
        cancelAll(leg.openOrders(), reason);
    }

    /**
     * The wish that all orders of the leg on a side be gone; null: on both.
     *
     * @return whether there are some.
     */
    public boolean cancelAll(final Leg leg, final Side side, final OrderReason reason)
    {
        boolean isAny = false;
        for (Order order = leg.openOrders().first(); order != null; order = leg.openOrders().next(order))
        {
            if (side == Side.NULL_VAL || order.side() == side)
            {
                isAny = true;
                cancelForGood(order, reason);
            }
        }
        return isAny;
    }

    /** Whether there is a venue of this id. */
    public boolean isVenue(final int venueId)
    {
        return venues.find(venueId) != null;
    }

    /** The wish that all these orders be gone. */
    public void cancelAll(final OpenOrders open, final OrderReason reason)
    {
        for (Order order = open.first(); order != null; order = open.next(order))
        {
            cancelForGood(order, reason);
        }
    }

    /** What opens and closes by what becomes of orders. */
    Breakers breakers()
    {
        return breakers;
    }

    /** What the legs have made. */
    public ProfitDays profits()
    {
        return profits.days();
    }

    /** The same, summed up by scopes. */
    public ScopeProfit scopeProfit()
    {
        return profits;
    }

    /** When the instrument trades. */
    public MarketCalendar calendarOf(final InstrumentSlot slot)
    {
        return calendars.ofInstrument(slot.id());
    }

    /**
     * The wish that those orders of the leg be gone that could, beside the older ones that stay, do more than close its position. Behind
     * a circuit breaker one that follows the position stays, too, for what it protects may be about to be filled.
     */
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
            else if (reason != OrderReason.BREAKER || !order.isReduceOnly())
            {
                cancelForGood(order, reason);
            }
        }
    }

    /** The venue has refused a cancel: of an order that is to be gone another one follows, unless the strategy has just sent one. */
    public void onCancelRefused(final Order order)
    {
        if (order.wish() != OrderReason.NONE && order.state() != OrderState.PENDING_CANCEL)
        {
            touch(slots.get(order.instrumentId()));
            orders.wishUntil(order, wishTimer.afterRefusalNs(order.wishAttempts()));
            wishTimer.timer().schedule(order.wishRetryNs());
            if (order.wishAttempts() >= REFUSALS_BELIEVED)
            {
                // It may be over at the venue, whose word of that is lost: then every cancel is refused.
                doubts.expect(order);
            }
        }
    }

    /** Likewise of an order that only the venue has; of one whose instrument is not known nothing more can be sent. */
    void onStrayCancelRefused(final Venue venue, final int stray)
    {
        final StrayOrders strays = venue.strays();
        if (strays.instrumentIdAt(stray) != Nulls.NULL_INSTRUMENT_ID)
        {
            strays.wishUntil(stray, wishTimer.afterRefusalNs(strays.wishAttemptsAt(stray)));
            wishTimer.timer().schedule(strays.wishRetryNsAt(stray));
        }
    }

    /** The first cancel of an order that only the venue has, as it was just reported. */
    void cancelStray(final Venue venue, final int stray, final ExecutionReportDecoder report)
    {
        venue.onRequest();
        decisions.cancel(report, OrderReason.UNKNOWN_TO_JOURNAL);
        if (venue.strays().instrumentIdAt(stray) != Nulls.NULL_INSTRUMENT_ID)
        {
            await(venue.strays(), stray);
        }
    }

    private void await(final StrayOrders strays, final int stray)
    {
        strays.wishUntil(stray, wishTimer.afterSilenceNs(strays.wishAttemptsAt(stray)));
        wishTimer.timer().schedule(strays.wishRetryNsAt(stray));
    }

    /** The core's own timer: sends what is to be sent again by now. */
    public void onWishTimer(final long deadlineNs)
    {
        if (!wishTimer.timer().begin(deadlineNs))
        {
            return;
        }
        for (int id = 0; id < slots.count(); id++)
        {
            sendDue(slots.get(id).openOrders(), deadlineNs);
        }
        for (int id = 0; id < venues.count(); id++)
        {
            sendDue(venues.get(id), deadlineNs);
        }
        wishTimer.timer().end();
    }

    private void sendDue(final OpenOrders open, final long deadlineNs)
    {
        for (Order order = open.first(); order != null; order = open.next(order))
        {
            if (CoreTimer.isDue(order.wishRetryNs(), deadlineNs))
            {
                sendAgain(order);
            }
            else
            {
                wishTimer.timer().schedule(order.wishRetryNs());
            }
        }
    }

    /** A venue that is away settles what is under way when it is back; until then another cancel would only wait with the others. */
    private void sendAgain(final Order order)
    {
        final InstrumentSlot slot = slots.get(order.instrumentId());
        touch(slot);
        if (order.state() == OrderState.PENDING_CANCEL && slot.venue().isReconciling())
        {
            awaitAnswer(order);
        }
        else if (hasRoomToCancel(order))
        {
            orders.wishRepeated(order);
            cancelOnceMore(order, order.wish());
        }
        else
        {
            awaitRoom(order);
        }
    }

    private void sendDue(final Venue venue, final long deadlineNs)
    {
        final StrayOrders strays = venue.strays();
        for (int stray = 0; stray < strays.count(); stray++)
        {
            if (!CoreTimer.isDue(strays.wishRetryNsAt(stray), deadlineNs))
            {
                wishTimer.timer().schedule(strays.wishRetryNsAt(stray));
            }
            else if (venue.hasRoomToRepeat())
            {
                strays.wishRepeated(stray);
                venue.onRequest();
                decisions.cancel(strays, stray, OrderReason.UNKNOWN_TO_JOURNAL);
                await(strays, stray);
            }
            else
            {
                strays.wishUntil(stray, wishTimer.afterRefusalNs(0));
                wishTimer.timer().schedule(strays.wishRetryNsAt(stray));
            }
        }
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

    /** Orders with requests that have no answer. */
    public OrderDoubts doubts()
    {
        return doubts;
    }

    /** When the first cancel is sent again that was refused or has no answer, or null. */
    public long wishTimerNs()
    {
        return wishTimer.timer().timerNs();
    }

    public void restoreWishTimer(final long newWishTimerNs)
    {
        wishTimer.timer().restore(newWishTimerNs);
    }
}
