package io.lockstep.core.command;

import io.lockstep.codecs.Int128;
import io.lockstep.core.account.AccountBalance;
import io.lockstep.core.account.AccountPort;
import io.lockstep.core.account.Commission;
import io.lockstep.core.account.LotsByInstrument;
import io.lockstep.core.decision.DecisionWriter;
import io.lockstep.core.execution.FillListener;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.instrument.Slots;
import io.lockstep.sbe.AccountEntryKind;
import io.lockstep.sbe.DifferenceKind;
import io.lockstep.sbe.ExecutionReportDecoder;

import java.util.function.Function;

/**
 * Between the accounts and the rest of the core: accounts hear of fills and see positions, and what they cause becomes decisions,
 * or is booked to nobody. No allocation but for a leg of nobody's that is needed for the first time.
 */
public final class AccountEffects implements LotsByInstrument, AccountPort, FillListener
{
    private final Slots slots;
    private final DecisionWriter decisions;
    private final Function<InstrumentSlot, Leg> nobodysLeg;
    private final Commission commission = new Commission();

    /**
     * @param nobodysLeg finds or makes it.
     */
    public AccountEffects(
        final Slots slots, final DecisionWriter decisions, final Function<InstrumentSlot, Leg> nobodysLeg)
    {
        this.slots = slots;
        this.decisions = decisions;
        this.nobodysLeg = nobodysLeg;
    }

    @Override
    public void onFill(final Leg leg, final long signedLots, final ExecutionReportDecoder report)
    {
        final InstrumentSlot slot = leg.slot();
        slot.venue().holdings().onFill(slot.id(), report.lastPxTicks(), signedLots,
            closedLots(leg.netLots() - signedLots, signedLots), commission.decode(report));
    }

    /** How many of the lots that an owner had before a fill has closed. */
    private static long closedLots(final long before, final long signedLots)
    {
        return Long.signum(before) == -Long.signum(signedLots)
            ? Math.min(Math.abs(before), Math.abs(signedLots))
            : 0;
    }

    @Override
    public long netLots(final int instrumentId)
    {
        return slots.get(instrumentId).position().netLots();
    }

    @Override
    public long longLots(final int instrumentId)
    {
        final InstrumentSlot slot = slots.get(instrumentId);
        long lots = 0;
        for (int i = 0; i < slot.legCount(); i++)
        {
            lots += Math.max(0, slot.leg(i).netLots());
        }
        return lots;
    }

    @Override
    public long shortLots(final int instrumentId)
    {
        return longLots(instrumentId) - netLots(instrumentId);
    }

    @Override
    public void onBalanceDifference(final int venueId, final AccountBalance balance, final boolean halts)
    {
        decisions.balanceDifference(venueId, balance.asset(), balance.amount(), balance.reported(), halts);
    }

    @Override
    public void onPositionDifference(
        final int venueId,
        final int instrumentId,
        final DifferenceKind kind,
        final long engineLots,
        final long venueLots,
        final boolean halts)
    {
        decisions.positionDifference(venueId, instrumentId, kind, engineLots, venueLots, halts);
    }

    @Override
    public void onProfit(final int instrumentId, final AccountEntryKind kind, final Int128 cash)
    {
        nobodysLeg.apply(slots.touch(instrumentId)).position().onProfit(cash);
    }

    @Override
    public void onForeignProfit(
        final int instrumentId, final AccountEntryKind kind, final AccountBalance asset, final Int128 amount)
    {
        // The amount stays in the balance of its asset: no rate is named that would make cash of it.
    }

    @Override
    public long onPositionAccepted(final int instrumentId, final long lots)
    {
        final InstrumentSlot slot = slots.touch(instrumentId);
        final long priceTicks = slot.market().markTicks();
        nobodysLeg.apply(slot).position().accept(priceTicks, lots);
        slot.risk().reckon();
        return priceTicks;
    }
}
