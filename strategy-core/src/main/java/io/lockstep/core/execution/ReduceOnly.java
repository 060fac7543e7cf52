package io.lockstep.core.execution;

import io.lockstep.core.instance.Leg;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderEvent;
import io.lockstep.core.order.OrderTransitions;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;

/**
 * Orders that only reduce a position: none is for more than the position that it reduces, and those at the venue together are not, the
 * older before the younger. When the position gets smaller, so do they: one that is held at once, one at the venue by a replace or a
 * cancel, as soon as it is in a state for it. None gets larger again. No allocation.
 * <p>
 * What the venue executes before such a request has arrived it executes: who needs more than that needs a venue that knows the flag.
 */
final class ReduceOnly
{
    private final OrderDesk desk;

    ReduceOnly(final OrderDesk desk)
    {
        this.desk = desk;
    }

    /** What an order of so many lots may be for now, on the grid of orders; 0 when there is nothing to reduce. */
    static long lots(final Leg leg, final Side side, final long askedLots)
    {
        final long freeLots = heldLots(leg, side) - leg.exposureLots(side);
        return onGrid(leg, Math.max(0, Math.min(askedLots, freeLots)));
    }

    /** What an order that is to be held may be for: others at the venue may be over by when it leaves. */
    static long heldLots(final Leg leg, final Side side, final long askedLots)
    {
        return onGrid(leg, Math.max(0, Math.min(askedLots, heldLots(leg, side))));
    }

    /**
     * What the order may be for in total when another quantity is asked for: with what else is open on its side no more than there is to
     * reduce; what was filled of it when there is nothing. A quantity that is none stays.
     */
    static long replacedLots(final Leg leg, final Order order, final long askedLots)
    {
        final long filledLots = order.cumQtyLots();
        if (askedLots <= filledLots || order.trigger().waitsForList())
        {
            return askedLots;
        }
        final long otherLots = order.isHeld() ? 0 : leg.exposureLots(order.side()) - order.exposureLots();
        final long freeLots = Math.max(0, heldLots(leg, order.side()) - otherLots);
        // What is left stays on the grid of orders when all of it may stay, however it was filled.
        return askedLots - filledLots <= freeLots ? askedLots : filledLots + onGrid(leg, freeLots);
    }

    /** The position that an order of the side reduces; negative when it adds to one. */
    private static long heldLots(final Leg leg, final Side side)
    {
        return side == Side.SELL ? leg.netLots() : -leg.netLots();
    }

    private static long onGrid(final Leg leg, final long lots)
    {
        return lots - lots % leg.slot().instrument().orderLots();
    }

    /** Position or orders of the leg have changed. */
    void onChanged(final Leg leg)
    {
        if (leg.openOrders().hasReduceOnly())
        {
            shrink(leg, Side.BUY);
            shrink(leg, Side.SELL);
        }
    }

    private void shrink(final Leg leg, final Side side)
    {
        long freeLots = Math.max(0, heldLots(leg, side));
        for (Order order = leg.openOrders().first(); order != null; order = leg.openOrders().next(order))
        {
            if (!order.isReduceOnly() || order.side() != side || order.state().isTerminal())
            {
                continue;
            }
            if (order.isHeld())
            {
                shrinkHeld(leg, order);
            }
            else
            {
                shrink(leg, order, freeLots);
                freeLots = Math.max(0, freeLots - order.exposureLots());
            }
        }
    }

    private void shrinkHeld(final Leg leg, final Order order)
    {
        final long lots = heldLots(leg, order.side(), order.leavesQtyLots());
        if (order.trigger().waitsForList() || lots == order.leavesQtyLots())
        {
            return;
        }
        if (lots == 0)
        {
            desk.cancelForGood(order, OrderReason.REDUCED);
        }
        else
        {
            desk.held().resize(order, order.cumQtyLots() + lots, OrderReason.REDUCED);
        }
    }

    private void shrink(final Leg leg, final Order order, final long freeLots)
    {
        if (order.exposureLots() <= freeLots || order.wish() != OrderReason.NONE)
        {
            return;
        }
        final long lots = onGrid(leg, freeLots);
        final boolean isToGo = lots == 0
            || OrderTransitions.next(order.state(), OrderEvent.REPLACE_REQUESTED) != null &&
                !desk.replaceBySystem(leg, order, order.cumQtyLots() + lots, OrderReason.REDUCED);
        if (isToGo)
        {
            desk.cancelForGood(order, OrderReason.REDUCED);
        }
    }
}
