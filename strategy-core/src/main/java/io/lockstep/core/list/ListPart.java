package io.lockstep.core.list;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderState;
import io.lockstep.core.order.OrderTypes;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.ListSectionDecoder;
import io.lockstep.sbe.ListSectionEncoder;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.PartState;
import io.lockstep.sbe.TimeInForce;

/**
 * One order of a list as the list sees it: seen anew from the order while that is open, and remembered when it is over. Quantities in lots.
 * One thread, no allocation.
 */
final class ListPart
{
    PartState state = PartState.ENDED;
    /** Total quantity that was asked for last, a replace under way included. */
    long askedLots;
    long cumLots;
    /** What the entry had filled when this order was given its size. */
    long sizedForLots;
    /** It waits for a trigger before it leaves. */
    boolean triggered;
    /** It stays at the venue until it is filled, so that its quantity can be replaced there. */
    boolean resting;
    /** In a state in which it can be replaced. */
    boolean replaceable;
    /** A cancel is under way, or it is to be gone anyway. */
    boolean going;
    /** Its newest replace was refused. */
    boolean refused;
    /** Null once it is over. */
    Order order;
    /** Of its ClOrdID, once it is over. */
    long key;
    int incarnation;

    void begin(final Order newOrder)
    {
        order = newOrder;
        sizedForLots = 0;
        refused = false;
        key = Nulls.NULL_SEQUENCE;
        incarnation = 0;
        triggered = OrderTypes.isTriggered(newOrder.ordType());
        resting = newOrder.workingType() == OrdType.LIMIT && stays(newOrder.timeInForce());
        see();
    }

    private static boolean stays(final TimeInForce timeInForce)
    {
        return timeInForce != TimeInForce.IMMEDIATE_OR_CANCEL && timeInForce != TimeInForce.FILL_OR_KILL;
    }

    /** Sees the order as it is now; once it is over, the order is another's. */
    void see()
    {
        if (order == null)
        {
            return;
        }
        state = stateOf(order);
        askedLots = order.isReplaceUnderWay() ? order.pendingQtyLots() : order.orderQtyLots();
        cumLots = order.cumQtyLots();
        replaceable = order.state() == OrderState.NEW || order.state() == OrderState.PARTIALLY_FILLED;
        going = order.wish() != OrderReason.NONE || order.state() == OrderState.PENDING_CANCEL;
        if (state == PartState.ENDED)
        {
            key = ClOrdIds.key(order.sequence(), order.ordinal());
            incarnation = order.incarnation();
            order = null;
        }
    }

    private static PartState stateOf(final Order order)
    {
        if (order.state().isTerminal())
        {
            return PartState.ENDED;
        }
        if (!order.isHeld())
        {
            return PartState.WORKING;
        }
        if (order.trigger().waitsForList())
        {
            return order.trigger().isReached() ? PartState.TRIGGERED : PartState.WAITING;
        }
        return order.trigger().isWatched() ? PartState.WATCHING : PartState.LEAVING;
    }

    boolean isEnded()
    {
        return state == PartState.ENDED;
    }

    /** Whether it is at the venue, or leaves without being asked for it again. */
    boolean isOut()
    {
        return state == PartState.WORKING || state == PartState.LEAVING;
    }

    /** The venue has filled more of it, though it is over. */
    void fillLate(final long lots)
    {
        cumLots = Math.addExact(cumLots, lots);
    }

    void save(final ListSectionEncoder.PartsEncoder section)
    {
        section.state(state).orderNumber(order == null ? 0 : order.number()).cumQtyLots(order == null ? cumLots : 0)
            .clOrdIdKey(key).incarnation(incarnation).sizedForLots(sizedForLots)
            .refused(refused ? BooleanType.TRUE : BooleanType.FALSE);
    }

    /**
     * @param openOrNull the order of the number, while it is open.
     */
    void restore(final ListSectionDecoder.PartsDecoder section, final Order openOrNull)
    {
        state = PartState.ENDED;
        order = null;
        if (openOrNull == null)
        {
            key = section.clOrdIdKey();
            incarnation = section.incarnation();
            cumLots = section.cumQtyLots();
        }
        else
        {
            begin(openOrNull);
        }
        sizedForLots = section.sizedForLots();
        refused = section.refused() == BooleanType.TRUE;
        if (state != section.state())
        {
            throw new IllegalArgumentException("orderNumber=" + section.orderNumber() + " state=" + section.state() +
                " but it is " + state);
        }
    }

    long stateHash()
    {
        final long hash = Xxh64.chain(refused ? 1 : 0, sizedForLots);
        return order == null
            ? Xxh64.chain(Xxh64.chain(hash, cumLots), Xxh64.chain(key, incarnation))
            : Xxh64.chain(hash, order.number());
    }
}
