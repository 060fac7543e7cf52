package io.lockstep.gateways.simulated;

import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.Side;

/**
 * An open order. Pooled by {@link WorkingOrders}; a link of {@link RestingOrders} while it rests.
 */
final class VenueOrder
{
    /** How much is ahead of an order at a price whose quantity is not displayed. */
    static final long UNKNOWN_QUEUE = Long.MAX_VALUE;

    long orderId;
    VenueMarket market;
    Side side;
    boolean postOnly;
    /** Worst price it accepts; for a market order beyond every price. */
    long limitTicks;
    long quantityLots;
    long filledLots;
    /** Displayed quantity at its price that came before it. */
    long queueAheadLots;
    /** The request that entered it, and the newest that replaced it or the same. */
    VenueRequest entry;
    VenueRequest current;
    /** PENDING_CANCEL or PENDING_REPLACE while it is reported that such a request is under way, else null. */
    OrdStatus underWay;
    boolean resting;
    VenueOrder previous;
    VenueOrder next;

    boolean isBuy()
    {
        return Side.BUY == side;
    }

    long leavesLots()
    {
        return quantityLots - filledLots;
    }

    OrdStatus status()
    {
        if (0 == filledLots)
        {
            return OrdStatus.NEW;
        }
        return filledLots < quantityLots ? OrdStatus.PARTIALLY_FILLED : OrdStatus.FILLED;
    }

    /** What the other side displays within the limit, counted up to the order's quantity. */
    long availableLots()
    {
        return oppositeSide().availableLots(limitTicks, quantityLots);
    }

    DisplayedSide ownSide()
    {
        return isBuy() ? market.bids() : market.asks();
    }

    DisplayedSide oppositeSide()
    {
        return isBuy() ? market.asks() : market.bids();
    }

    RestingOrders restingOrders()
    {
        return isBuy() ? market.buys() : market.sells();
    }
}
