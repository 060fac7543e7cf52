package io.lockstep.gateways.simulated;

import io.lockstep.sbe.LiquidityIndicator;
import io.lockstep.sbe.Side;

/**
 * Decides which of our orders fill, at what price and how far; {@link SimulatedVenue} says the model. No state, no
 * allocation.
 */
final class OrderMatcher
{
    /** Told of each fill as it is decided; may end the order when nothing of it is left. */
    @FunctionalInterface
    interface FillHandler
    {
        void onFill(VenueOrder order, long priceTicks, long quantityLots, LiquidityIndicator liquidity);
    }

    private final FillHandler handler;

    OrderMatcher(final FillHandler handler)
    {
        this.handler = handler;
    }

    /**
     * Fills an arriving order level by level.
     *
     * @return what is left of it; the order is over when that is 0.
     */
    long take(final VenueOrder order)
    {
        final DisplayedSide opposite = order.oppositeSide();
        final int levels = opposite.size();
        final long limitTicks = order.limitTicks;
        long leavesLots = order.leavesLots();
        for (int level = 0; level < levels && leavesLots > 0 && opposite.reaches(level, limitTicks); level++)
        {
            final long lots = opposite.takeAt(level, leavesLots);
            if (lots > 0)
            {
                leavesLots -= lots;
                handler.onFill(order, opposite.priceTicks(level), lots, LiquidityIndicator.TAKER);
            }
        }
        return leavesLots;
    }

    /**
     * After a change of the displayed levels: queues shorten, and what the other side reaches fills at its own price.
     */
    void onDisplayed(final VenueMarket market)
    {
        if (market.hasRestingOrders())
        {
            shortenQueues(market.buys(), market.bids());
            shortenQueues(market.sells(), market.asks());
            fillTouched(market.buys(), market.asks());
            fillTouched(market.sells(), market.bids());
        }
    }

    /**
     * @param aggressor side of the taker; any other value than BUY and SELL counts as either.
     * @return what of the traded quantity did not go to our orders.
     */
    long onTrade(final VenueMarket market, final long priceTicks, final long quantityLots, final Side aggressor)
    {
        final long restLots = fillTraded(market.buys(), priceTicks, quantityLots, Side.BUY != aggressor);
        return fillTraded(market.sells(), priceTicks, restLots, Side.SELL != aggressor);
    }

    /** Where bars are all there is; the close must have been displayed before. */
    void onBar(final VenueMarket market, final long lowTicks, final long highTicks)
    {
        fillPassed(market.buys(), market.asks(), lowTicks);
        fillPassed(market.sells(), market.bids(), highTicks);
        onDisplayed(market);
    }

    private static void shortenQueues(final RestingOrders orders, final DisplayedSide ownSide)
    {
        for (VenueOrder order = orders.first(); order != null; order = order.next)
        {
            order.queueAheadLots = Math.min(order.queueAheadLots, ownSide.queueLots(order.limitTicks));
        }
    }

    private void fillTouched(final RestingOrders orders, final DisplayedSide opposite)
    {
        VenueOrder order = orders.first();
        while (order != null && opposite.size() > 0 && opposite.reaches(0, order.limitTicks))
        {
            final VenueOrder next = order.next;
            fillResting(order, opposite.take(order.limitTicks, order.leavesLots()));
            order = next;
        }
    }

    private void fillPassed(final RestingOrders orders, final DisplayedSide opposite, final long extremeTicks)
    {
        VenueOrder order = orders.first();
        while (order != null && opposite.size() > 0 && orders.compare(order, extremeTicks) > 0)
        {
            final VenueOrder next = order.next;
            fillResting(order, opposite.takeAt(0, order.leavesLots()));
            order = next;
        }
    }

    private long fillTraded(
        final RestingOrders orders, final long priceTicks, final long quantityLots, final boolean hitsThisSide)
    {
        long restLots = quantityLots;
        VenueOrder order = orders.first();
        while (order != null && restLots > 0 && orders.compare(order, priceTicks) >= 0)
        {
            final VenueOrder next = order.next;
            final boolean through = orders.compare(order, priceTicks) > 0;
            if (through || hitsThisSide)
            {
                final long reachingLots = through ? restLots : passQueue(order, restLots);
                final long lots = Math.min(order.leavesLots(), reachingLots);
                restLots -= lots;
                fillResting(order, lots);
            }
            order = next;
        }
        return restLots;
    }

    /** Takes a traded quantity off the queue ahead and returns what comes through it. */
    private static long passQueue(final VenueOrder order, final long tradedLots)
    {
        if (VenueOrder.UNKNOWN_QUEUE == order.queueAheadLots)
        {
            return 0;
        }
        final long aheadLots = Math.min(order.queueAheadLots, tradedLots);
        order.queueAheadLots -= aheadLots;
        return tradedLots - aheadLots;
    }

    private void fillResting(final VenueOrder order, final long quantityLots)
    {
        if (quantityLots > 0)
        {
            handler.onFill(order, order.limitTicks, quantityLots, LiquidityIndicator.MAKER);
        }
    }
}
