package io.lockstep.core.profit;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.account.ConversionRate.Result;
import io.lockstep.core.account.ConversionRates;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.instrument.Slots;
import io.lockstep.sbe.RiskReason;

import java.util.function.Predicate;

/**
 * What the legs of a scope have made together, in units of 10^{@value ConversionRates#VALUE_EXPONENT} of one currency; what one has made in
 * another currency is converted, rounded against the account. One thread, no allocation.
 */
public final class ScopeProfit
{
    /** What of it counts. */
    public enum Kind
    {
        /** What was realized in the trading day of each leg, less fees. */
        DAY_REALIZED,
        /** The same, and what is not realized now. */
        DAY,
        /** What was realized since the beginning less fees, and what is not realized now. */
        EQUITY
    }

    private final Slots slots;
    private final ConversionRates rates;
    private final ProfitDays days;
    private final MutableInt128 sum = new MutableInt128();
    private final MutableInt128 part = new MutableInt128();
    private final MutableInt128 open = new MutableInt128();

    public ScopeProfit(final Slots slots, final ConversionRates rates, final ProfitDays days)
    {
        this.slots = slots;
        this.rates = rates;
        this.days = days;
    }

    /** What keeps it leg by leg. */
    public ProfitDays days()
    {
        return days;
    }

    /** That a known instrument settles in. */
    public String settlementCurrency(final int instrumentId)
    {
        return slots.get(instrumentId).instrument().settlementCurrency();
    }

    /**
     * Turns cash units of an instrument into units of 10^{@value ConversionRates#VALUE_EXPONENT} of its settlement currency.
     *
     * @return false when they do not fit; the cash is undefined then.
     */
    public boolean value(final Instrument instrument, final MutableInt128 cash)
    {
        return rates.value(cash, instrument.cashExponent(), instrument.settlementCurrency(),
            instrument.settlementCurrency()) == Result.CONVERTED;
    }

    /** The newest sum, for as long as {@link #add} has answered NONE. */
    public MutableInt128 sum()
    {
        return sum;
    }

    /**
     * Sums up the legs that are of the scope.
     *
     * @return NONE, or why it cannot be said: NO_REFERENCE_PRICE of a position without a mark, NO_RATE or STALE_RATE of a currency,
     *         ARITHMETIC_OVERFLOW.
     */
    public RiskReason add(final Predicate<? super Leg> scope, final Kind kind, final String currency)
    {
        sum.set(0);
        try
        {
            for (int id = 0; id < slots.count(); id++)
            {
                final RiskReason reason = add(slots.get(id), scope, kind, currency);
                if (reason != RiskReason.NONE)
                {
                    return reason;
                }
            }
            return RiskReason.NONE;
        }
        catch (final ArithmeticException ex)
        {
            return RiskReason.ARITHMETIC_OVERFLOW;
        }
    }

    private RiskReason add(
        final InstrumentSlot slot, final Predicate<? super Leg> scope, final Kind kind, final String currency)
    {
        for (int i = 0; i < slot.legCount(); i++)
        {
            final Leg leg = slot.leg(i);
            if (leg.profit().isUsed() && scope.test(leg))
            {
                final RiskReason reason = add(leg, kind, currency);
                if (reason != RiskReason.NONE)
                {
                    return reason;
                }
            }
        }
        return RiskReason.NONE;
    }

    private RiskReason add(final Leg leg, final Kind kind, final String currency)
    {
        final InstrumentSlot slot = leg.slot();
        if (kind == Kind.EQUITY)
        {
            part.set(leg.profit().total());
        }
        else
        {
            leg.profit().ofDay(days.tradingDay(slot), part);
        }
        if (kind != Kind.DAY_REALIZED && leg.netLots() != 0)
        {
            final long markTicks = slot.market().markTicks();
            if (markTicks == Nulls.NULL_PRICE_TICKS)
            {
                return RiskReason.NO_REFERENCE_PRICE;
            }
            part.add(leg.position().unrealized(markTicks, open));
        }
        if (part.signum() == 0)
        {
            return RiskReason.NONE;
        }
        final RiskReason reason = reason(rates.value(
            part, slot.instrument().cashExponent(), slot.instrument().settlementCurrency(), currency));
        if (reason == RiskReason.NONE)
        {
            sum.add(part);
        }
        return reason;
    }

    private static RiskReason reason(final Result outcome)
    {
        return switch (outcome)
        {
            case CONVERTED -> RiskReason.NONE;
            case UNNAMED, NO_RATE -> RiskReason.NO_RATE;
            case STALE -> RiskReason.STALE_RATE;
            case OVERFLOW -> RiskReason.ARITHMETIC_OVERFLOW;
        };
    }
}
