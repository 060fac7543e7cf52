package io.lockstep.core.order;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.OrderSectionDecoder;
import io.lockstep.sbe.OrderSectionEncoder;

/**
 * All open orders: a pool of fixed capacity, found by ClOrdID. When the pool is empty the caller refuses the order. Allocates
 * only when more orders are open at once than ever before, and than are made at the start.
 */
public final class OrderStore
{
    /** Under its own ClOrdID, the one it has asked for, and the one it had. */
    private static final int KEYS_PER_ORDER = 3;
    private static final int MADE_AT_ONCE = 256;

    private final OrderIndex orderByKey;
    private final Order[] free;
    private int freeCount;
    private long opened;
    private long impossibleEvents;
    private long overfills;
    private final ClosedOrders closed = new ClosedOrders();
    private final EarlierClOrdIds earlier = new EarlierClOrdIds();
    private PartListener parts = PartListener.NONE;

    public OrderStore(final int capacity)
    {
        orderByKey = new OrderIndex(KEYS_PER_ORDER * Math.min(capacity, MADE_AT_ONCE));
        free = new Order[capacity];
        freeCount = capacity;
        for (int i = capacity - Math.min(capacity, MADE_AT_ONCE); i < capacity; i++)
        {
            free[i] = new Order();
        }
    }

    /** Is told of orders that are part of a list. */
    public void parts(final PartListener newParts)
    {
        parts = newParts;
    }

    /** Orders that may be open at once. */
    public int capacity()
    {
        return free.length;
    }

    /** Orders that are open. */
    public int openCount()
    {
        return free.length - freeCount;
    }

    public boolean isFull()
    {
        return freeCount == 0;
    }

    /** Orders opened since the start. */
    public long opened()
    {
        return opened;
    }

    /** Events refused because the table of transitions does not have them. */
    public long impossibleEvents()
    {
        return impossibleEvents;
    }

    /** Fills of more than the order asked for. */
    public long overfills()
    {
        return overfills;
    }

    /**
     * Takes an order from the pool into {@link OrderState#PENDING_NEW}, or into {@link OrderState#HELD} where the terms say so; the
     * store must not be full.
     *
     * @param orderQtyLots what the terms' quantity or quote amount came to.
     */
    public Order open(
        final OpenOrders ofSlot,
        final OpenOrders ofLeg,
        final int instrumentId,
        final int strategyId,
        final int incarnation,
        final long sequence,
        final int ordinal,
        final OrderTerms terms,
        final long orderQtyLots,
        final int signalCode)
    {
        final Order order = take();
        order.key = ClOrdIds.key(sequence, ordinal);
        order.incarnation = incarnation;
        order.sequence = sequence;
        order.ordinal = ordinal;
        order.instrumentId = instrumentId;
        order.strategyId = strategyId;
        order.side = terms.side();
        order.ordType = terms.ordType();
        order.timeInForce = terms.timeInForce();
        order.execInst = terms.execInst();
        order.state = terms.isHeld() ? OrderState.HELD : OrderState.PENDING_NEW;
        order.priceTicks = terms.priceTicks();
        order.orderQtyLots = orderQtyLots;
        order.reason = terms.reason();
        order.terms(terms, signalCode);
        order.cumQtyLots = 0;
        order.cancelReason = OrderReason.NONE;
        order.previousKey = Nulls.NULL_SEQUENCE;
        order.previousIncarnation = 0;
        order.cancelKey = Nulls.NULL_SEQUENCE;
        order.cancelIncarnation = 0;
        order.entryEgress = 0;
        order.replaceEgress = 0;
        order.cancelEgress = 0;
        order.venueStatus = OrdStatus.NULL_VAL;
        order.atVenue = false;
        order.accepted = false;
        forgetWish(order);
        answered(order, Nulls.NULL_TIME_NS);
        order.arrivalPxTicks = Nulls.NULL_PRICE_TICKS;
        forgetPending(order);
        orderByKey.add(order.key, order);
        ofSlot.add(order);
        ofLeg.add(order);
        order.number = ++opened;
        return order;
    }

    /** Those at the far end of the pool are made when they are first needed. */
    private Order take()
    {
        final Order order = free[--freeCount];
        free[freeCount] = null;
        return order == null ? new Order() : order;
    }

    /**
     * The open order that has, has asked for, or had this ClOrdID when a cancel that followed a replace named it; null when
     * there is none.
     */
    public Order find(final int incarnation, final long sequence, final int ordinal)
    {
        return orderByKey.get(ClOrdIds.key(sequence, ordinal), incarnation);
    }

    /** The open order that had this ClOrdID before a replace, however many there were since; null when there is none. */
    public Order findByEarlier(final int incarnation, final long sequence, final int ordinal)
    {
        final int place = earlier.newest(ClOrdIds.key(sequence, ordinal), incarnation);
        return place == EarlierClOrdIds.NONE
            ? null
            : orderByKey.get(earlier.nextKey(place), earlier.nextIncarnation(place));
    }

    /** The place among the {@link #closed} orders of the one that has, or had before a replace, this ClOrdID. */
    public int findClosed(final int incarnation, final long sequence, final int ordinal)
    {
        final long key = ClOrdIds.key(sequence, ordinal);
        final int place = closed.find(key, incarnation);
        final int newest = place == ClosedOrders.NONE ? earlier.newest(key, incarnation) : EarlierClOrdIds.NONE;
        return newest == EarlierClOrdIds.NONE
            ? place
            : closed.find(earlier.nextKey(newest), earlier.nextIncarnation(newest));
    }

    /** ClOrdIDs that orders had before replaces. */
    public EarlierClOrdIds earlier()
    {
        return earlier;
    }

    /**
     * Whether the event may happen now; the order is unchanged, and an event that may not is counted.
     */
    public boolean admits(final Order order, final OrderEvent event)
    {
        final boolean unasked = event == OrderEvent.REPLACED && order.pendingKey == Nulls.NULL_SEQUENCE;
        if (unasked || OrderTransitions.next(order.state, event) == null)
        {
            impossibleEvents++;
            return false;
        }
        return true;
    }

    /**
     * Whether the venue may refuse a request now: the one that is under way, a replace or a cancel. As {@link #admits}.
     */
    public boolean admitsRejection(final Order order, final boolean ofReplace)
    {
        final boolean underWay = ofReplace
            ? order.pendingKey != Nulls.NULL_SEQUENCE
            : order.state == OrderState.PENDING_CANCEL;
        if (!underWay)
        {
            impossibleEvents++;
        }
        return underWay;
    }

    /** Counts what an order was reported to have done and cannot have done. */
    public void refuse()
    {
        impossibleEvents++;
    }

    /**
     * Applies an event that {@link #admits} has allowed.
     */
    public void apply(final Order order, final OrderEvent event)
    {
        final OrderState next = OrderTransitions.next(order.state, event);
        order.accepted |= event.isAcceptance();
        order.state = next == OrderState.NEW ? working(order) : next;
        if (order.listId != OrderTerms.NO_LIST)
        {
            parts.onPart(order);
        }
    }

    /**
     * What an order comes back to from a request: the other request, if that is still under way, else what is filled. The refusal
     * of a cancel may overtake the venue's first word of the order itself, which may then still be that it is rejected.
     */
    private static OrderState working(final Order order)
    {
        if (order.pendingKey != Nulls.NULL_SEQUENCE)
        {
            return OrderState.PENDING_REPLACE;
        }
        final OrderState unfilled = order.accepted ? OrderState.NEW : OrderState.PENDING_NEW;
        return order.cumQtyLots > 0 ? OrderState.PARTIALLY_FILLED : unfilled;
    }

    /**
     * The trigger of a held order was reached: its trigger price is what it was, and its limit price what follows from that.
     *
     * @param orderTicks the instrument's grid of limit prices.
     */
    public void trigger(final Order order, final long orderTicks)
    {
        order.trigger.onReached();
        if (order.ordType == OrdType.TRAILING_STOP_LIMIT)
        {
            order.priceTicks = order.trigger.limitTicks(orderTicks);
        }
    }

    /** A trailing stop follows the market from this price on; null: from the next that can be relied on. */
    public void followFrom(final Order order, final long ticks)
    {
        order.trigger.followFrom(ticks);
    }

    /** The order is over at this sequenced time. */
    public void expireTime(final Order order, final long expireTimeNs)
    {
        order.expireTime(expireTimeNs);
    }

    /** The trigger of a held order was reached, and its list is to let it out. */
    public void awaitList(final Order order)
    {
        order.trigger.waitsForList = true;
        parts.onPart(order);
    }

    /** The list of a held order lets it out. */
    public void leaveList(final Order order)
    {
        order.leaveList();
    }

    /** The limit price of a held order. */
    public void price(final Order order, final long priceTicks)
    {
        order.priceTicks = priceTicks;
    }

    /** A held order has another trigger price; it must be in no index meanwhile. */
    public void triggerPrice(final Order order, final long triggerPxTicks)
    {
        order.trigger.priceTicks = triggerPxTicks;
    }

    /** Lots that are shown at once. */
    public void display(final Order order, final long displayQtyLots)
    {
        order.displayQtyLots = displayQtyLots;
    }

    /** The quantity of a held order. */
    public void resize(final Order order, final long orderQtyLots)
    {
        order.orderQtyLots = orderQtyLots;
    }

    /**
     * Its NewOrderSingle has left, or is to leave, under this egress sequence.
     *
     * @param arrivalPxTicks best price of the other side, or null.
     */
    public void entered(final Order order, final long egressSequence, final long arrivalPxTicks)
    {
        order.entryEgress = egressSequence;
        order.arrivalPxTicks = arrivalPxTicks;
        if (order.isSliced())
        {
            order.sliceStartLots = order.cumQtyLots;
        }
    }

    /** A part of the order is filled, and remembered as an order that is over; the next part goes by this ClOrdID. */
    public void renew(final Order order, final int incarnation, final long sequence, final int ordinal)
    {
        closed.addSlice(order);
        orderByKey.remove(order.key, order);
        order.key = ClOrdIds.key(sequence, ordinal);
        order.incarnation = incarnation;
        order.sequence = sequence;
        order.ordinal = ordinal;
        order.entryEgress = 0;
        order.atVenue = false;
        order.accepted = false;
        order.sliceStartLots = order.cumQtyLots;
        orderByKey.add(order.key, order);
    }

    /** The venue has reported on the order. */
    public void heardOf(final Order order)
    {
        order.atVenue = true;
    }

    /** Takes up the order's status in the venue's answer, or forgets it with NULL_VAL. */
    public void venueStatus(final Order order, final OrdStatus status)
    {
        order.venueStatus = status;
        order.accepted |= status != OrdStatus.NULL_VAL && status != OrdStatus.PENDING_NEW;
    }

    /** Sets the quantity that is left of the order to the venue's. */
    public void takeLeaves(final Order order, final long leavesLots)
    {
        order.orderQtyLots = Math.addExact(order.cumQtyLots, Math.max(0, leavesLots));
    }

    /** Whether this is the ClOrdID of the replace that is under way. */
    public boolean isReplace(final Order order, final int incarnation, final long sequence, final int ordinal)
    {
        return order.pendingKey == ClOrdIds.key(sequence, ordinal) && order.pendingIncarnation == incarnation;
    }

    /** Whether this is the ClOrdID of the cancel that is under way; a snapshot of schema version 1 does not say which one is. */
    public boolean isCancel(final Order order, final int incarnation, final long sequence, final int ordinal)
    {
        return order.cancelKey == ClOrdIds.key(sequence, ordinal) && order.cancelIncarnation == incarnation
            || order.cancelKey == Nulls.NULL_SEQUENCE && order.state == OrderState.PENDING_CANCEL;
    }

    /** Notes the request, until the venue refuses it. */
    public void requestCancel(
        final Order order,
        final int incarnation,
        final long sequence,
        final int ordinal,
        final OrderReason reason,
        final long egressSequence)
    {
        order.cancelKey = ClOrdIds.key(sequence, ordinal);
        order.cancelIncarnation = incarnation;
        order.cancelReason = reason;
        order.cancelEgress = egressSequence;
    }

    /** The venue refused the cancel; unless a replace does, too, nothing else names the order as it was. */
    public void abandonCancel(final Order order)
    {
        order.cancelReason = OrderReason.NONE;
        order.cancelKey = Nulls.NULL_SEQUENCE;
        order.cancelIncarnation = 0;
        if (!order.isReplaceUnderWay())
        {
            forgetPrevious(order);
        }
    }

    /** The venue's fill is a fact, also when it is of more than was asked for. */
    public void fill(final Order order, final long lastQtyLots)
    {
        order.cumQtyLots = Math.addExact(order.cumQtyLots, lastQtyLots);
        if (order.cumQtyLots > Math.max(order.orderQtyLots, order.pendingQtyLots))
        {
            overfills++;
        }
    }

    /** An execution of so many lots was one of others, of 0 when it is void. */
    public void correct(final Order order, final long refQtyLots, final long lastQtyLots)
    {
        order.cumQtyLots = Math.addExact(order.cumQtyLots, lastQtyLots - refQtyLots);
    }

    /** The venue has changed the order unasked; what a replace under way asks for stays that. */
    public void restate(final Order order, final long priceTicks, final long orderQtyLots)
    {
        order.priceTicks = priceTicks;
        order.orderQtyLots = orderQtyLots;
    }

    /** Notes the request; the order keeps its ClOrdID until the venue grants it. */
    public void requestReplace(
        final Order order,
        final int incarnation,
        final long sequence,
        final int ordinal,
        final long priceTicks,
        final long orderQtyLots,
        final long egressSequence)
    {
        order.replaceEgress = egressSequence;
        order.pendingKey = ClOrdIds.key(sequence, ordinal);
        order.pendingIncarnation = incarnation;
        order.pendingPriceTicks = priceTicks;
        order.pendingQtyLots = orderQtyLots;
        orderByKey.add(order.pendingKey, order);
    }

    /** The venue granted the replace: the requested terms and ClOrdID become the order's. */
    public void completeReplace(final Order order)
    {
        if (order.state != OrderState.PENDING_CANCEL)
        {
            forgetPrevious(order);
        }
        // A cancel that was sent before this was known names the order as it was; so will the venue's answer to it.
        leaveKey(order, order.state == OrderState.PENDING_CANCEL);
        earlier.add(order.key, order.incarnation, order.pendingKey, order.pendingIncarnation);
        order.key = order.pendingKey;
        order.incarnation = order.pendingIncarnation;
        order.sequence = order.key / (ClOrdIds.ORDINAL_MAX + 1);
        order.ordinal = (int)(order.key % (ClOrdIds.ORDINAL_MAX + 1));
        order.priceTicks = order.pendingPriceTicks;
        order.orderQtyLots = order.pendingQtyLots;
        forgetPending(order);
    }

    /**
     * Takes the ClOrdID and the quantity that the venue has of it. Requests under way, and others that the journal has lost, name
     * it as it was.
     */
    public void rename(
        final Order order, final int incarnation, final long sequence, final int ordinal, final long orderQtyLots)
    {
        leaveKey(order, true);
        earlier.add(order.key, order.incarnation, ClOrdIds.key(sequence, ordinal), incarnation);
        order.key = ClOrdIds.key(sequence, ordinal);
        order.incarnation = incarnation;
        order.sequence = sequence;
        order.ordinal = ordinal;
        order.orderQtyLots = orderQtyLots;
        order.accepted = true;
        orderByKey.add(order.key, order);
    }

    /** The order is found by the oldest ClOrdID that a request under way names, also when it has had others since. */
    private void leaveKey(final Order order, final boolean isNamed)
    {
        if (isNamed && order.previousKey == Nulls.NULL_SEQUENCE)
        {
            order.previousKey = order.key;
            order.previousIncarnation = order.incarnation;
        }
        else
        {
            orderByKey.remove(order.key, order);
        }
    }

    /** The venue refused the replace; unless a cancel does, too, nothing else names the order as it was. */
    public void abandonReplace(final Order order)
    {
        if (order.pendingKey != Nulls.NULL_SEQUENCE)
        {
            orderByKey.remove(order.pendingKey, order);
            forgetPending(order);
        }
        if (order.state != OrderState.PENDING_CANCEL)
        {
            forgetPrevious(order);
        }
    }

    /**
     * Takes a terminal order out of the open ones, and remembers it among the {@link #closed} ones; it can be read until it is
     * given to {@link #release}.
     */
    public void close(final OpenOrders ofSlot, final OpenOrders ofLeg, final Order order)
    {
        abandonReplace(order);
        forgetPrevious(order);
        orderByKey.remove(order.key, order);
        ofSlot.remove(order);
        ofLeg.remove(order);
        closed.add(order);
    }

    /** The newest orders that are over. */
    public ClosedOrders closed()
    {
        return closed;
    }

    /** From now on the order is to be gone; a wish that was there before keeps its reason. */
    public void wish(final Order order, final OrderReason reason)
    {
        if (order.wish == OrderReason.NONE)
        {
            order.wish = reason;
            order.wishAttempts = 0;
            order.wishRetryNs = Nulls.NULL_TIME_NS;
        }
    }

    /** The next cancel is sent at this sequenced time, unless the order is gone by then. */
    public void wishUntil(final Order order, final long retryNs)
    {
        order.wishRetryNs = retryNs;
    }

    /** A cancel is sent again. */
    public void wishRepeated(final Order order)
    {
        order.wishAttempts++;
    }

    /** A request has been sent: the order is in doubt at this sequenced time, unless an older one has put it in doubt before. */
    public void expectAnswer(final Order order, final long answerDueNs)
    {
        if (order.answerDueNs == Nulls.NULL_TIME_NS)
        {
            order.answerDueNs = answerDueNs;
        }
    }

    /** No answer has come in time: the order is in doubt, and looked at again at this sequenced time. */
    public void doubt(final Order order, final long nextNs)
    {
        order.inquiries++;
        order.answerDueNs = nextNs;
    }

    /** A request was answered; the next answer is due at this sequenced time, null when there is none to come. */
    public void answered(final Order order, final long nextDueNs)
    {
        order.inquiries = 0;
        order.answerDueNs = nextDueNs;
    }

    /** Returns a closed order to the pool. */
    public void release(final Order order)
    {
        free[freeCount++] = order;
    }

    /** Writes the message's fields; the encoder must be wrapped. */
    public void save(final Order order, final OrderSectionEncoder section)
    {
        order.save(section);
    }

    /**
     * Takes up an open order: as the newest of its leg, and by its age among those of its instrument.
     *
     * @param strategyId of its leg.
     * @throws IllegalArgumentException when it is not open, or a ClOrdID of it is another's.
     */
    public Order restore(
        final OpenOrders ofSlot, final OpenOrders ofLeg, final int strategyId, final OrderSectionDecoder section)
    {
        if (isFull())
        {
            throw new IllegalArgumentException("more open orders than can be: capacity=" + capacity());
        }
        final Order order = take();
        order.restore(section);
        if (order.state.isTerminal())
        {
            throw new IllegalArgumentException("an order that is not open: ordStatus=" + order.state.status());
        }
        claim(order, order.key, order.incarnation);
        claim(order, order.pendingKey, order.pendingIncarnation);
        claim(order, order.previousKey, order.previousIncarnation);
        order.strategyId = strategyId;
        ofSlot.addByAge(order);
        ofLeg.add(order);
        return order;
    }

    private void claim(final Order order, final long key, final int incarnation)
    {
        if (key == Nulls.NULL_SEQUENCE)
        {
            return;
        }
        if (orderByKey.get(key, incarnation) != null)
        {
            throw new IllegalArgumentException("two open orders of one ClOrdID: key=" + key);
        }
        orderByKey.add(key, order);
    }

    /** Takes up what was counted before. */
    public void restore(final long newOpened, final long newImpossibleEvents, final long newOverfills)
    {
        opened = newOpened;
        impossibleEvents = newImpossibleEvents;
        overfills = newOverfills;
    }

    public long stateHash()
    {
        final long hash = Xxh64.chain(Xxh64.chain(Xxh64.chain(freeCount, opened), impossibleEvents), overfills);
        return Xxh64.chain(hash, closed.stateHash());
    }

    private void forgetPrevious(final Order order)
    {
        if (order.previousKey != Nulls.NULL_SEQUENCE)
        {
            orderByKey.remove(order.previousKey, order);
            order.previousKey = Nulls.NULL_SEQUENCE;
            order.previousIncarnation = 0;
        }
    }

    private static void forgetWish(final Order order)
    {
        order.wish = OrderReason.NONE;
        order.wishAttempts = 0;
        order.wishRetryNs = Nulls.NULL_TIME_NS;
    }

    private static void forgetPending(final Order order)
    {
        order.pendingKey = Nulls.NULL_SEQUENCE;
        order.pendingIncarnation = 0;
        order.pendingPriceTicks = Nulls.NULL_PRICE_TICKS;
        order.pendingQtyLots = 0;
    }
}
