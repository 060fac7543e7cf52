package io.lockstep.core.order;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * All open orders: a fixed pool, found by ClOrdID. When the pool is empty, {@link #open} returns null and the caller refuses
 * the order.
 */
public final class OrderStore
{
    private static final float LOAD_FACTOR = 0.55f;

    private final Long2ObjectHashMap<Order> orderByKey;
    private final Order[] free;
    private int freeCount;
    private long opened;
    private long impossibleEvents;

    public OrderStore(final int capacity)
    {
        // An order is in the map under two keys while a replace is pending; twice that many slots keep it below the factor.
        orderByKey = new Long2ObjectHashMap<>(2 * 2 * capacity + 1, LOAD_FACTOR);
        free = new Order[capacity];
        for (freeCount = 0; freeCount < capacity; freeCount++)
        {
            free[freeCount] = new Order();
        }
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

    /**
     * Takes an order from the pool into {@link OrderState#PENDING_NEW}; the store must not be full.
     */
    public Order open(
        final OpenOrders openOrders,
        final int instrumentId,
        final int incarnation,
        final long sequence,
        final int ordinal,
        final Side side,
        final OrdType ordType,
        final TimeInForce timeInForce,
        final ExecInst execInst,
        final long priceTicks,
        final long orderQtyLots)
    {
        final Order order = free[--freeCount];
        free[freeCount] = null;
        order.key = ClOrdIds.key(sequence, ordinal);
        order.pendingKey = Nulls.NULL_SEQUENCE;
        order.incarnation = incarnation;
        order.pendingIncarnation = 0;
        order.sequence = sequence;
        order.ordinal = ordinal;
        order.instrumentId = instrumentId;
        order.side = side;
        order.ordType = ordType;
        order.timeInForce = timeInForce;
        order.execInst = execInst;
        order.state = OrderState.PENDING_NEW;
        order.priceTicks = priceTicks;
        order.orderQtyLots = orderQtyLots;
        order.cumQtyLots = 0;
        order.pendingPriceTicks = Nulls.NULL_PRICE_TICKS;
        order.pendingQtyLots = 0;
        orderByKey.put(order.key, order);
        openOrders.add(order);
        opened++;
        return order;
    }

    /**
     * The open order that has, or has asked for, this ClOrdID; null when there is none.
     */
    public Order find(final int incarnation, final long sequence, final int ordinal)
    {
        final long key = ClOrdIds.key(sequence, ordinal);
        final Order order = orderByKey.get(key);
        if (order == null)
        {
            return null;
        }
        final int known = order.key == key ? order.incarnation : order.pendingIncarnation;
        return known == incarnation ? order : null;
    }

    /**
     * Whether the event may happen now; the order is unchanged, and an event that may not is counted.
     */
    public boolean admits(final Order order, final OrderEvent event)
    {
        if (OrderTransitions.next(order.state, event) == null)
        {
            impossibleEvents++;
            return false;
        }
        return true;
    }

    /**
     * Applies an event that {@link #admits} has allowed.
     */
    public void apply(final Order order, final OrderEvent event)
    {
        final OrderState next = OrderTransitions.next(order.state, event);
        order.state = next == OrderState.NEW && order.cumQtyLots > 0 ? OrderState.PARTIALLY_FILLED : next;
    }

    public void fill(final Order order, final long lastQtyLots)
    {
        order.cumQtyLots += lastQtyLots;
    }

    /** Notes the request; the order keeps its ClOrdID until the venue grants it. */
    public void requestReplace(
        final Order order,
        final int incarnation,
        final long sequence,
        final int ordinal,
        final long priceTicks,
        final long orderQtyLots)
    {
        order.pendingKey = ClOrdIds.key(sequence, ordinal);
        order.pendingIncarnation = incarnation;
        order.pendingPriceTicks = priceTicks;
        order.pendingQtyLots = orderQtyLots;
        orderByKey.put(order.pendingKey, order);
    }

    /** The venue granted the replace: the requested terms and ClOrdID become the order's. */
    public void completeReplace(final Order order)
    {
        if (order.pendingKey == Nulls.NULL_SEQUENCE)
        {
            return;
        }
        orderByKey.remove(order.key);
        order.key = order.pendingKey;
        order.incarnation = order.pendingIncarnation;
        order.sequence = order.key / (ClOrdIds.ORDINAL_MAX + 1);
        order.ordinal = (int)(order.key % (ClOrdIds.ORDINAL_MAX + 1));
        order.priceTicks = order.pendingPriceTicks;
        order.orderQtyLots = order.pendingQtyLots;
        forgetPending(order);
    }

    /** The venue refused the replace. */
    public void abandonReplace(final Order order)
    {
        if (order.pendingKey != Nulls.NULL_SEQUENCE)
        {
            orderByKey.remove(order.pendingKey);
            forgetPending(order);
        }
    }

    /** Returns a terminal order to the pool. */
    public void close(final OpenOrders openOrders, final Order order)
    {
        abandonReplace(order);
        orderByKey.remove(order.key);
        openOrders.remove(order);
        free[freeCount++] = order;
    }

    public long stateHash()
    {
        return Xxh64.chain(Xxh64.chain(freeCount, opened), impossibleEvents);
    }

    private static void forgetPending(final Order order)
    {
        order.pendingKey = Nulls.NULL_SEQUENCE;
        order.pendingIncarnation = 0;
        order.pendingPriceTicks = Nulls.NULL_PRICE_TICKS;
        order.pendingQtyLots = 0;
    }
}
