package io.lockstep.core.command;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.account.AccountBalance;
import io.lockstep.core.account.AccountPort;
import io.lockstep.core.account.Commission;
import io.lockstep.core.account.ConversionRates;
import io.lockstep.core.account.LotsByInstrument;
import io.lockstep.core.decision.DecisionWriter;
import io.lockstep.core.execution.FillListener;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.instrument.Slots;
import io.lockstep.core.position.CountableRange;
import io.lockstep.core.position.Position;
import io.lockstep.core.profit.ProfitDays;
import io.lockstep.sbe.AccountEntryKind;
import io.lockstep.sbe.DifferenceKind;

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
    private final ConversionRates rates;
    private final ProfitDays profits;
    private final MutableInt128 cash = new MutableInt128();

    /**
     * @param rates      make cash of other assets.
     * @param profits    are told when a position is other than fills have made it.
     * @param nobodysLeg finds or makes it.
     */
    public AccountEffects(
        final Slots slots,
        final DecisionWriter decisions,
        final ConversionRates rates,
        final ProfitDays profits,
        final Function<InstrumentSlot, Leg> nobodysLeg)
    {
        this.slots = slots;
        this.decisions = decisions;
        this.rates = rates;
        this.profits = profits;
        this.nobodysLeg = nobodysLeg;
    }

    @Override
    public void onFill(
        final Leg leg, final long priceTicks, final long signedLots, final Commission commission)
    {
        final InstrumentSlot slot = leg.slot();
        slot.venue().holdings().onFill(
            slot.id(), priceTicks, signedLots, closedLots(leg.netLots() - signedLots, signedLots), commission);
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
    public void onProfit(final int instrumentId, final AccountEntryKind kind, final Int128 profit)
    {
        final Leg leg = nobodysLeg.apply(slots.touch(instrumentId));
        final Position position = leg.position();
        if (CountableRange.hasCash(profit) && CountableRange.hasCash(position.cash()))
        {
            position.onProfit(profit);
            profits.onChanged(leg);
        }
        else
        {
            // The position is as it was, and the amount in its balance.
            rates.countOverflow();
        }
    }

    @Override
    public void onForeignProfit(
        final int instrumentId, final AccountEntryKind kind, final AccountBalance asset, final Int128 amount)
    {
        if (rates.profit(asset, amount, slots.get(instrumentId).instrument(), cash))
        {
            onProfit(instrumentId, kind, cash);
        }
    }

    @Override
    public long onPositionAccepted(final int instrumentId, final long lots)
    {
        final InstrumentSlot slot = slots.touch(instrumentId);
        final long priceTicks = acceptancePrice(slot, lots);
        final Leg leg = nobodysLeg.apply(slot);
        leg.position().accept(priceTicks, lots);
        slot.risk().reckon();
        profits.onChanged(leg);
        return priceTicks;
    }

    /** The mark; none where the lots are worth more at it than can be counted. */
    private long acceptancePrice(final InstrumentSlot slot, final long lots)
    {
        final long markTicks = slot.market().markTicks();
        try
        {
            return markTicks == Nulls.NULL_PRICE_TICKS ||
                CountableRange.hasCash(slot.cashRule().fillCash(markTicks, lots, cash))
                    ? markTicks
                    : Nulls.NULL_PRICE_TICKS;
        }
        catch (final ArithmeticException ex)
        {
            return Nulls.NULL_PRICE_TICKS;
        }
    }
}
