package io.lockstep.core.execution;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.strategy.Correction;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.Side;

/** The newest correction, as a strategy sees it. */
final class ReportedCorrection implements Correction
{
    final MutableInt128 commission = new MutableInt128();
    private Side side;
    private long refPriceTicks;
    private long refQuantityLots;
    private long priceTicks;
    private long quantityLots;

    void of(final Side newSide, final ExecutionReportDecoder report)
    {
        side = newSide;
        refPriceTicks = report.refPxTicks();
        refQuantityLots = report.refQtyLots();
        quantityLots = OrderEvents.bookedLots(report);
        priceTicks = quantityLots == 0 ? Nulls.NULL_PRICE_TICKS : report.lastPxTicks();
    }

    @Override
    public Side side()
    {
        return side;
    }

    @Override
    public long refPriceTicks()
    {
        return refPriceTicks;
    }

    @Override
    public long refQuantityLots()
    {
        return refQuantityLots;
    }

    @Override
    public long priceTicks()
    {
        return priceTicks;
    }

    @Override
    public long quantityLots()
    {
        return quantityLots;
    }

    @Override
    public Int128 commission()
    {
        return commission;
    }
}
