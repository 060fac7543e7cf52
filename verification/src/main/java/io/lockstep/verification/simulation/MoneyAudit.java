package io.lockstep.verification.simulation;

import io.lockstep.core.TradingCore;
import io.lockstep.core.position.PositionView;
import io.lockstep.gateways.simulated.VenueLedger;

/**
 * The node's money and orders against the venue's, when nothing is under way between them.
 */
final class MoneyAudit
{
    private MoneyAudit()
    {
    }

    static void compare(final TradingCore core, final SimulatedExchange exchange)
    {
        int openOrders = 0;
        for (int id = 0; id < core.instrumentCount(); id++)
        {
            final PositionView position = core.position(id);
            final VenueLedger ledger = exchange.ledger(id);
            equal(id, "positionLots", ledger.positionLots(), position.netLots());
            equal(id, "cash", ledger.cash(), position.cash());
            equal(id, "fees", ledger.fees(), position.fees());
            openOrders += core.openOrders(id).count();
        }
        SimulationFailure.requireEqual(
            Invariant.ORDERS_EQUAL, "open orders", exchange.venue().openOrders(), openOrders);
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
