package io.lockstep.core.order;

import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.ClosedOrdersDecoder;
import io.lockstep.sbe.ClosedOrdersEncoder;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.Side;

import java.util.Arrays;

/**
 * The newest {@value #CAPACITY} orders that are over, found by ClOrdID: a venue may report an execution of an order after it has
 * reported its end, and the execution then belongs to whose order it was. A ring; the oldest gives way. Allocates nothing after
 * construction.
 */
public final class ClosedOrders
{
    /** A power of two. */
    public static final int CAPACITY = 1 << 12;
    public static final int NONE = -1;
    private static final int MASK = CAPACITY - 1;
    private static final int TABLE_LENGTH = 4 * CAPACITY;
    private static final int TABLE_MASK = TABLE_LENGTH - 1;

    private final long[] keys = new long[CAPACITY];
    private final int[] incarnations = new int[CAPACITY];
    private final int[] instrumentIds = new int[CAPACITY];
    private final int[] strategyIds = new int[CAPACITY];
    private final Side[] sides = new Side[CAPACITY];
    private final OrdStatus[] statuses = new OrdStatus[CAPACITY];
    private final long[] orderQtyLots = new long[CAPACITY];
    private final long[] cumQtyLots = new long[CAPACITY];
    /** Place in the ring by hashed key, linear probing. */
    private final int[] table = new int[TABLE_LENGTH];
    /** Count of all orders that were ever added. */
    private long added;
    private long first;
    /** Sum of the hashes of those in the ring. */
    private long hash;

    public ClosedOrders()
    {
        Arrays.fill(table, NONE);
    }

    void add(final Order order)
    {
        add(order.key, order.incarnation, order.instrumentId, order.strategyId, order.side, order.state.status(),
            order.orderQtyLots, order.cumQtyLots);
    }

    /** The part that the venue had of an order which goes on. */
    void addSlice(final Order order)
    {
        final long lots = order.cumQtyLots - order.venueStartLots();
        add(order.key, order.incarnation, order.instrumentId, order.strategyId, order.side, OrdStatus.FILLED, lots,
            lots);
    }

    private void add(
        final long key,
        final int incarnation,
        final int instrumentId,
        final int strategyId,
        final Side side,
        final OrdStatus status,
        final long qtyLots,
        final long filledLots)
    {
        if (count() == CAPACITY)
        {
            removeOldest();
        }
        final int place = (int)(added++ & MASK);
        keys[place] = key;
        incarnations[place] = incarnation;
        instrumentIds[place] = instrumentId;
        strategyIds[place] = strategyId;
        sides[place] = side;
        statuses[place] = status;
        orderQtyLots[place] = qtyLots;
        cumQtyLots[place] = filledLots;
        hash += hashAt(place);
        table[freeIndex(key)] = place;
    }

    private void removeOldest()
    {
        final int place = (int)(first++ & MASK);
        hash -= hashAt(place);
        int index = index(keys[place]);
        while (table[index] != place)
        {
            index = index + 1 & TABLE_MASK;
        }
        table[index] = NONE;
        closeGap(index);
    }

    /** What was found beyond the freed cell moves up, so that no search ends before it. */
    private void closeGap(final int freed)
    {
        int gap = freed;
        for (int index = gap + 1 & TABLE_MASK; table[index] != NONE; index = index + 1 & TABLE_MASK)
        {
            final int wanted = index(keys[table[index]]);
            final boolean mayMove = (index - wanted & TABLE_MASK) >= (index - gap & TABLE_MASK);
            if (mayMove)
            {
                table[gap] = table[index];
                table[index] = NONE;
                gap = index;
            }
        }
    }

    /** Sequence and ordinal of its ClOrdID. */
    public long key(final int place)
    {
        return keys[place];
    }

    /** Of its ClOrdID. */
    public int incarnation(final int place)
    {
        return incarnations[place];
    }

    private int freeIndex(final long key)
    {
        int index = index(key);
        while (table[index] != NONE)
        {
            index = index + 1 & TABLE_MASK;
        }
        return index;
    }

    private static int index(final long key)
    {
        return (int)Xxh64.chain(key, 0) & TABLE_MASK;
    }

    /** The place of the order with this key, as {@link io.lockstep.codecs.ClOrdIds#key} makes it, or {@link #NONE}. */
    public int find(final long key, final int incarnation)
    {
        for (int index = index(key); table[index] != NONE; index = index + 1 & TABLE_MASK)
        {
            final int place = table[index];
            if (keys[place] == key && incarnations[place] == incarnation)
            {
                return place;
            }
        }
        return NONE;
    }

    public int count()
    {
        return (int)(added - first);
    }

    public int instrumentId(final int place)
    {
        return instrumentIds[place];
    }

    public int strategyId(final int place)
    {
        return strategyIds[place];
    }

    public Side side(final int place)
    {
        return sides[place];
    }

    /** How it ended. */
    public OrdStatus status(final int place)
    {
        return statuses[place];
    }

    public long orderQtyLots(final int place)
    {
        return orderQtyLots[place];
    }

    public long cumQtyLots(final int place)
    {
        return cumQtyLots[place];
    }

    /** The venue has executed more of it, or, of less than 0 lots, less. */
    public void fill(final int place, final long lots)
    {
        hash -= hashAt(place);
        cumQtyLots[place] = Math.addExact(cumQtyLots[place], lots);
        hash += hashAt(place);
    }

    private long hashAt(final int place)
    {
        long value = Xxh64.chain(keys[place], incarnations[place]);
        value = Xxh64.chain(value, (long)instrumentIds[place] << 32 | strategyIds[place]);
        value = Xxh64.chain(value, (long)sides[place].value() << 8 | statuses[place].value());
        return Xxh64.chain(Xxh64.chain(value, orderQtyLots[place]), cumQtyLots[place]);
    }

    /** Hash of the newest orders; what was forgotten has no part in it. */
    public long stateHash()
    {
        return Xxh64.chain(count(), hash);
    }

    /**
     * Writes so many, the oldest being 0.
     */
    public void save(final ClosedOrdersEncoder section, final int from, final int length)
    {
        final ClosedOrdersEncoder.OrdersEncoder orders = section.ordersCount(length);
        for (int i = from; i < from + length; i++)
        {
            final int place = (int)(first + i & MASK);
            orders.next().key(keys[place]).incarnation(incarnations[place]).instrumentId(instrumentIds[place])
                .strategyId(strategyIds[place]).side(sides[place]).ordStatus(statuses[place])
                .orderQtyLots(orderQtyLots[place]).cumQtyLots(cumQtyLots[place]);
        }
    }

    /**
     * Takes up what {@link #save} has written, in the same order.
     *
     * @return how many.
     */
    public int restore(final ClosedOrdersDecoder section)
    {
        final ClosedOrdersDecoder.OrdersDecoder orders = section.orders();
        while (orders.hasNext())
        {
            orders.next();
            add(orders.key(), orders.incarnation(), orders.instrumentId(), orders.strategyId(), orders.side(),
                orders.ordStatus(), orders.orderQtyLots(), orders.cumQtyLots());
        }
        return orders.count();
    }
}
