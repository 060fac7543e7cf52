package io.lockstep.core.reference;

import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;

/**
 * An order, or what one is to become, on its way through the checks.
 *
 * @param lots     in total.
 * @param filled   of the order that is replaced.
 * @param replaced lots that the order to be replaced counts with now.
 * @param isPriced whether its price is known by now.
 * @param isOpen   whether the order is among the open ones already.
 */
record Intent(
    Side side,
    boolean isLimit,
    TimeInForce timeInForce,
    boolean isPostOnly,
    long price,
    long lots,
    long filled,
    long replaced,
    boolean isPriced,
    boolean isOpen,
    boolean isReplace)
{
    static Intent of(final Asked asked, final long lots, final long price)
    {
        return new Intent(asked.side(), asked.leavesAsLimit(), asked.venueTimeInForce(), asked.isPostOnly(), price,
            lots, 0, 0,
            price != Asked.NONE || asked.type() != OrdType.TRAILING_STOP_LIMIT, false, false);
    }

    static Intent leaving(final ModelOrder order, final long lots, final long price)
    {
        return new Intent(order.asked.side(), order.asked.leavesAsLimit(), order.asked.venueTimeInForce(),
            order.asked.isPostOnly(), price, lots, 0, 0, true, true, false);
    }

    static Intent replacing(final ModelOrder order, final long price, final long lots)
    {
        final boolean isPriced = price != Asked.NONE || order.asked.type() != OrdType.TRAILING_STOP_LIMIT;
        return new Intent(order.asked.side(), order.asked.leavesAsLimit(), order.asked.venueTimeInForce(),
            order.asked.isPostOnly(), price, lots, order.filled, order.exposure(), isPriced, true, true);
    }

    boolean isBuy()
    {
        return side == Side.BUY;
    }

    long leaves()
    {
        return lots - filled;
    }

    boolean isImmediate()
    {
        return timeInForce == TimeInForce.IMMEDIATE_OR_CANCEL || timeInForce == TimeInForce.FILL_OR_KILL;
    }
}
