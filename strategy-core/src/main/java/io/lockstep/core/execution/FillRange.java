package io.lockstep.core.execution;

import io.lockstep.codecs.MutableInt128;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.position.CashRule;
import io.lockstep.core.position.CountableRange;
import io.lockstep.sbe.ExecutionReportDecoder;

/**
 * Whether a report of a venue is of lots and cash that can be counted. It is asked before anything is changed, so that what the world
 * sends is never half booked and never fails the core. No allocation.
 */
final class FillRange
{
    private final MutableInt128 amount = new MutableInt128();

    /** Whether the quantities that a report says of the order can be counted with. */
    static boolean hasQuantities(final ExecutionReportDecoder report)
    {
        return CountableRange.hasLots(report.leavesQtyLots()) && CountableRange.hasLots(report.cumQtyLots());
    }

    /**
     * Whether a fill of a leg can be booked.
     *
     * @param cumQtyLots filled of the order before; 0 when nothing is known of it.
     */
    boolean hasFill(final Leg leg, final long cumQtyLots, final ExecutionReportDecoder report)
    {
        final long lots = report.lastQtyLots();
        final long heldLots = grossLots(leg.slot(), lots);
        return CountableRange.hasLots(heldLots) && cumQtyLots <= CountableRange.LOTS_MAX - lots &&
            CountableRange.hasCash(leg.position().cash()) && CountableRange.hasCash(leg.position().fees()) &&
            CountableRange.hasCash(amount.decode(report.commission(), report.commissionHigh())) &&
            hasValue(leg.slot().cashRule(), report.lastPxTicks(), heldLots);
    }

    /** So many lots and what all owners hold, without signs; as far as it can be counted, and a little beyond. */
    private static long grossLots(final InstrumentSlot slot, final long lots)
    {
        long gross = lots;
        for (int i = 0; i < slot.legCount() && CountableRange.hasLots(gross); i++)
        {
            gross += Math.abs(slot.leg(i).netLots());
        }
        return gross;
    }

    private boolean hasValue(final CashRule rule, final long priceTicks, final long lots)
    {
        try
        {
            return CountableRange.hasCash(rule.notional(priceTicks, lots, amount));
        }
        catch (final ArithmeticException ex)
        {
            // More than 127 bits, or a contract that is worth nothing at its price.
            return false;
        }
    }
}
