package io.lockstep.verification.simulation.audit;

import io.lockstep.core.TradingCore;
import io.lockstep.core.order.OpenOrders;
import io.lockstep.core.order.Order;
import io.lockstep.core.position.PositionView;
import io.lockstep.gateways.simulated.SimulatedVenue;
import io.lockstep.gateways.simulated.VenueLedger;
import io.lockstep.verification.simulation.market.PlantedLots;
import io.lockstep.verification.simulation.market.SimulatedMarket;

/**
 * The node's money and orders against the venue's, when nothing is under way between them.
 */
public final class MoneyAudit
{
    private MoneyAudit()
    {
    }

    /**
     * @param planted what the venue reports wrongly.
     */
    public static void compare(
        final TradingCore core, final int venueId, final SimulatedVenue venue, final PlantedLots planted)
    {
        int openOrders = 0;
        for (int id = 0; id < core.instrumentCount(); id++)
        {
            if (core.venueOf(id) == venueId)
            {
                compare(id, core.position(id), venue.ledger(id), planted);
                openOrders += sent(core.openOrders(id));
            }
        }
        SimulationFailure.requireEqual(Invariant.ORDERS_EQUAL, "open orders of venueId=" + venueId,
            venue.openOrders(), openOrders);
    }

    /** How many of them have left. */
    private static int sent(final OpenOrders open)
    {
        int count = 0;
        for (Order order = open.first(); order != null; order = open.next(order))
        {
            count += order.isHeld() ? 0 : 1;
        }
        return count;
    }

    /** Lots that the venue was made to report wrongly, an operator may have taken for right; what they cost is nobody's. */
    private static void compare(
        final int id, final PositionView position, final VenueLedger ledger, final PlantedLots planted)
    {
        if (planted.isPlanted(id))
        {
            if (!planted.canBeAccepted(id, position.netLots() - ledger.positionLots()))
            {
                equal(id, "positionLots", ledger.positionLots(), position.netLots());
            }
        }
        else
        {
            equal(id, "positionLots", ledger.positionLots(), position.netLots());
            equal(id, "cash", ledger.cash(), position.cash());
        }
        if (!SimulatedMarket.hasFeeAsset(SimulatedMarket.venueOf(id)))
        {
            equal(id, "fees", ledger.fees(), position.fees());
        }
    }

    private static void equal(
        final int instrumentId, final String name, final Object venue, final Object node)
    {
        if (!venue.equals(node))
        {
            throw new SimulationFailure(
                Invariant.MONEY_EQUAL, name + ": instrumentId=" + instrumentId + " venue=" + venue + " node=" + node);
        }
    }
}
