package io.lockstep.core.signal;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.execution.CapitalRule;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.position.QuoteLots;
import io.lockstep.core.risk.Refusal;
import io.lockstep.sbe.Decimal64Decoder;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.Side;

/**
 * How many lots a signal comes to: its quantity, or what its amount buys at the mark, as far as the model's budget allows. The budget
 * is the instance's capital, counted as the desk counts it; what but closes a position is within every budget. No allocation.
 */
final class SignalSize
{
    private final CapitalRule capitalRule = new CapitalRule();

    /**
     * Lots that the signal asks for, of that instrument.
     *
     * @param refusal gets the reason when there is no such number.
     * @return 0 when there is none.
     */
    long lots(final InstrumentSlot slot, final SignalRequest signal, final Refusal refusal)
    {
        return signal.hasQuantity()
            ? quantityLots(slot, signal.quantity(), refusal)
            : amountLots(slot, signal.quoteAmount(), refusal);
    }

    private static long quantityLots(
        final InstrumentSlot slot, final Decimal64Decoder quantity, final Refusal refusal)
    {
        final long mantissa = quantity.mantissa();
        final long lots = mantissa <= 0
            ? Increment.NOT_A_NUMBER
            : slot.instrument().lot().fromScaled(mantissa, quantity.exponent());
        return lots > 0 && lots % slot.instrument().orderLots() == 0
            ? lots
            : none(refusal, RiskReason.INVALID_QUANTITY);
    }

    private static long amountLots(final InstrumentSlot slot, final Decimal64Decoder amount, final Refusal refusal)
    {
        final long markTicks = slot.market().markTicks();
        if (markTicks == Nulls.NULL_PRICE_TICKS || markTicks <= 0)
        {
            return none(refusal, RiskReason.NO_REFERENCE_PRICE);
        }
        final long mantissa = amount.mantissa();
        final long lots = mantissa <= 0 ? 0 : slot.quoteLots().at(markTicks, mantissa, amount.exponent());
        return lots > 0 && lots < QuoteLots.TOO_MANY ? lots : none(refusal, RiskReason.INVALID_QUANTITY);
    }

    private static long none(final Refusal refusal, final RiskReason reason)
    {
        refusal.because(reason);
        return 0;
    }

    /**
     * So many of the lots as the model's budget has room for: all of them, or fewer where the model wants that, in steps of what
     * orders are multiples of.
     *
     * @param scales  whether fewer will do.
     * @param refusal gets {@link RiskReason#BUDGET}, the capital and what it would come to when there is no room.
     * @return 0 when there is no room.
     */
    long withinBudget(
        final Leg leg, final Side side, final long lots, final boolean scales, final long nowNs, final Refusal refusal)
    {
        if (fits(leg, side, lots, nowNs))
        {
            return lots;
        }
        if (capitalRule.isCounted())
        {
            refusal.because(RiskReason.BUDGET, LimitScope.STRATEGY, capitalRule.bound(), capitalRule.sum());
        }
        else
        {
            refusal.because(RiskReason.BUDGET, LimitScope.STRATEGY, Nulls.NULL_LONG, Nulls.NULL_LONG);
        }
        return scales ? mostThatFit(leg, side, lots, nowNs) : 0;
    }

    /** The more lots, the less they fit: the largest number that does is found by halves. */
    private long mostThatFit(final Leg leg, final Side side, final long lots, final long nowNs)
    {
        final long step = leg.slot().instrument().orderLots();
        long fitting = 0;
        long tooMany = lots / step;
        while (tooMany - fitting > 1)
        {
            final long middle = fitting + (tooMany - fitting) / 2;
            if (fits(leg, side, middle * step, nowNs))
            {
                fitting = middle;
            }
            else
            {
                tooMany = middle;
            }
        }
        return fitting * step;
    }

    private boolean fits(final Leg leg, final Side side, final long lots, final long nowNs)
    {
        return lots <= closableLots(leg, side) || !capitalRule.isExceededBy(leg, side, lots, nowNs);
    }

    /** Lots on this side that but close what the leg holds, beside what is open there. */
    private static long closableLots(final Leg leg, final Side side)
    {
        final long held = side == Side.SELL ? leg.netLots() : -leg.netLots();
        return held - leg.exposureLots(side);
    }
}
