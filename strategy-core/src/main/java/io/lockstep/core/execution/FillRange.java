package io.lockstep.core.execution;

import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.order.Order;
import io.lockstep.core.position.CashRule;
import io.lockstep.core.position.CountableRange;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.Side;

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
            hasCash(leg, report) &&
            hasValue(leg.slot().cashRule(), report.lastPxTicks(), heldLots);
    }

    /** Whether a report says all that is needed to correct an execution: what it was, and what it is now, if anything. */
    static boolean isCorrection(final ExecutionReportDecoder report)
    {
        final boolean isBust = report.execType() == ExecType.TRADE_CANCEL;
        return (report.side() == Side.BUY || report.side() == Side.SELL) &&
            report.refQtyLots() > 0 && report.refPxTicks() != Nulls.NULL_PRICE_TICKS &&
            (isBust || report.lastQtyLots() > 0 && report.lastPxTicks() != Nulls.NULL_PRICE_TICKS);
    }

    /**
     * Whether a correction of a fill of a leg can be booked.
     *
     * @param cumQtyLots filled of the order before; 0 when nothing is known of it.
     */
    boolean hasCorrection(final Leg leg, final long cumQtyLots, final ExecutionReportDecoder report)
    {
        final long refLots = report.refQtyLots();
        final long lots = OrderEvents.bookedLots(report);
        if (!CountableRange.hasLots(refLots) || !CountableRange.hasLots(lots))
        {
            return false;
        }
        final long heldLots = grossLots(leg.slot(), refLots + lots);
        return CountableRange.hasLots(heldLots) && CountableRange.hasLots(cumQtyLots - refLots + lots) &&
            hasCash(leg, report) && hasValue(leg.slot().cashRule(), report.refPxTicks(), heldLots) &&
            (lots == 0 || hasValue(leg.slot().cashRule(), report.lastPxTicks(), heldLots));
    }

    /** Whether a report says of an open order what it can be: another quantity, or another price where it has one. */
    static boolean isRestatement(final Order order, final ExecutionReportDecoder report)
    {
        final long qtyLots = report.orderQtyLots();
        final long priceTicks = report.priceTicks();
        final boolean hasQty = qtyLots != Nulls.NULL_LONG;
        final boolean hasPrice = priceTicks != Nulls.NULL_PRICE_TICKS;
        return (hasQty || hasPrice) && (!hasQty || qtyLots > 0 && CountableRange.hasLots(qtyLots)) &&
            (!hasPrice || order.priceTicks() != Nulls.NULL_PRICE_TICKS);
    }

    /** What a report says, or, where it says nothing, what was. */
    static long orElse(final long reported, final long before)
    {
        return reported == Nulls.NULL_LONG ? before : reported;
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

    private boolean hasCash(final Leg leg, final ExecutionReportDecoder report)
    {
        return CountableRange.hasCash(leg.position().cash()) && CountableRange.hasCash(leg.position().fees()) &&
            CountableRange.hasCash(amount.decode(report.commission(), report.commissionHigh()));
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
