package io.lockstep.core;

import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportEncoder;
import io.lockstep.sbe.LiquidityIndicator;
import io.lockstep.sbe.MassStatusEndEncoder;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.Side;

import java.util.function.Consumer;

/** An execution report in every detail, for {@link CoreScenario#give}; of instrument 0 and without ExecID at first. */
public final class VenueSays implements Consumer<InputRecords>
{
    private final ExecType execType;
    private String clOrdId;
    private String origClOrdId = "";
    private Side side;
    private OrdStatus ordStatus = OrdStatus.NEW;
    private int instrumentId;
    private long execId;
    private long lastLots;
    private long lastTicks = Nulls.NULL_PRICE_TICKS;
    private long leavesLots;
    private long cumLots;
    private String venueExecId = "";
    private long commission = 1;
    private byte commissionExponent = ExecutionReportEncoder.commissionExponentNullValue();
    private String commissionAsset = "";
    private long execRefId = Nulls.NULL_LONG;
    private long refTicks = Nulls.NULL_PRICE_TICKS;
    private long refLots = Nulls.NULL_LONG;
    private long orderLots = Nulls.NULL_LONG;
    private long priceTicks = Nulls.NULL_PRICE_TICKS;
    private String venueExecRefId = "";

    private VenueSays(final ExecType execType, final String clOrdId, final Side side)
    {
        this.execType = execType;
        this.clOrdId = clOrdId;
        this.side = side;
    }

    /** It is open, and filled as far as was reported. */
    static VenueSays status(final SentOrder order)
    {
        return status(order.clOrdId(), order.side(), order.filledLots(), order.leavesLots());
    }

    static VenueSays status(final String clOrdId, final Side side, final long cumLots, final long leavesLots)
    {
        return new VenueSays(ExecType.ORDER_STATUS, clOrdId, side).cum(cumLots).leaves(leavesLots);
    }

    static VenueSays report(final ExecType execType, final String clOrdId, final Side side)
    {
        return new VenueSays(execType, clOrdId, side);
    }

    public static VenueSays fill(
        final String clOrdId, final Side side, final long lots, final long ticks, final long leavesLots)
    {
        final VenueSays fill = new VenueSays(ExecType.TRADE, clOrdId, side).cum(lots).leaves(leavesLots);
        fill.lastLots = lots;
        fill.lastTicks = ticks;
        return fill;
    }

    /** An execution of so many lots at a price is void. */
    static VenueSays bust(final String clOrdId, final Side side, final long lots, final long ticks)
    {
        return new VenueSays(ExecType.TRADE_CANCEL, clOrdId, side).of(lots, ticks).fee(0);
    }

    /** An execution was of other lots, at another price. */
    static VenueSays correction(
        final String clOrdId,
        final Side side,
        final long lots,
        final long ticks,
        final long newLots,
        final long newTicks)
    {
        final VenueSays correction = new VenueSays(ExecType.TRADE_CORRECT, clOrdId, side).of(lots, ticks).fee(0);
        correction.lastLots = newLots;
        correction.lastTicks = newTicks;
        return correction.leaves(1);
    }

    /** The order is of other lots now, of which some are left. */
    static VenueSays restated(final String clOrdId, final Side side, final long orderLots, final long leavesLots)
    {
        final VenueSays restated = new VenueSays(ExecType.RESTATED, clOrdId, side).leaves(leavesLots);
        restated.orderLots = orderLots;
        return restated;
    }

    /** The answer is complete. */
    public static Consumer<InputRecords> end(
        final int incarnation, final long decisionsReceived, final long lastExecId, final int openOrders)
    {
        return (records) -> records.begin(new MassStatusEndEncoder()).incarnation(incarnation)
            .decisionsReceived(decisionsReceived).lastExecId(lastExecId).openOrders(openOrders);
    }

    public VenueSays execId(final long newExecId)
    {
        execId = newExecId;
        return this;
    }

    /** The venue's own id of the execution, as text. */
    VenueSays venueExecId(final String newVenueExecId)
    {
        venueExecId = newVenueExecId;
        return this;
    }

    /** Of the execution that is another or void. */
    VenueSays execRefId(final long newExecRefId)
    {
        execRefId = newExecRefId;
        return this;
    }

    /** Likewise, as text. */
    VenueSays venueExecRefId(final String newVenueExecRefId)
    {
        venueExecRefId = newVenueExecRefId;
        return this;
    }

    /** What the execution was that is another or void; null: the venue does not say it. */
    VenueSays of(final long newRefLots, final long newRefTicks)
    {
        refLots = newRefLots;
        refTicks = newRefTicks;
        return this;
    }

    VenueSays price(final long newPriceTicks)
    {
        priceTicks = newPriceTicks;
        return this;
    }

    VenueSays fee(final long cashUnits)
    {
        commission = cashUnits;
        return this;
    }

    /** So many 10^exponent of another asset. */
    VenueSays fee(final long amount, final int exponent, final String asset)
    {
        commission = amount;
        commissionExponent = (byte)exponent;
        commissionAsset = asset;
        return this;
    }

    VenueSays orig(final String newOrigClOrdId)
    {
        origClOrdId = newOrigClOrdId;
        return this;
    }

    VenueSays side(final Side newSide)
    {
        side = newSide;
        return this;
    }

    VenueSays ordStatus(final OrdStatus newOrdStatus)
    {
        ordStatus = newOrdStatus;
        return this;
    }

    VenueSays instrumentId(final int newInstrumentId)
    {
        instrumentId = newInstrumentId;
        return this;
    }

    VenueSays cum(final long newCumLots)
    {
        cumLots = newCumLots;
        return this;
    }

    VenueSays leaves(final long newLeavesLots)
    {
        leavesLots = newLeavesLots;
        return this;
    }

    VenueSays unpriced()
    {
        lastTicks = Nulls.NULL_PRICE_TICKS;
        return this;
    }

    @Override
    public void accept(final InputRecords records)
    {
        records.begin(new ExecutionReportEncoder()).clOrdId(clOrdId).origClOrdId(origClOrdId).execType(execType)
            .ordStatus(ordStatus).side(side).ordRejReason(OrdRejReason.NONE).liquidity(LiquidityIndicator.NONE)
            .instrumentId(instrumentId).orderId(1).execId(execId).lastPxTicks(lastTicks).lastQtyLots(lastLots)
            .leavesQtyLots(leavesLots).cumQtyLots(cumLots).commission(commission)
            .commissionHigh(ExecutionReportEncoder.commissionHighNullValue())
            .commissionExponent(commissionExponent)
            .execRefId(execRefId).refPxTicks(refTicks).refQtyLots(refLots).orderQtyLots(orderLots)
            .priceTicks(priceTicks)
            .venueExecId(venueExecId).commissionAsset(commissionAsset).venueExecRefId(venueExecRefId);
    }
}
