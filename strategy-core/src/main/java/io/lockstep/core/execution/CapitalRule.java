package io.lockstep.core.execution;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instance.StrategyInstance;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.risk.TotalLimits;
import io.lockstep.sbe.Side;

/**
 * What an instance may hold: the value of its positions in the quote currency that all its legs have in common, each at its
 * instrument's mark, is no more than its capital. A mark that is older than allowed counts as in the total notional. No allocation.
 */
public final class CapitalRule
{
    private final MutableInt128 sum = new MutableInt128();
    private final MutableInt128 part = new MutableInt128();
    private final MutableInt128 bound = new MutableInt128();
    private boolean counted;

    /** Whether the newest answer compared two numbers: nothing was without a price, or too much to be counted. */
    public boolean isCounted()
    {
        return counted;
    }

    /** Capital in units of 10^{@link TotalLimits#NOTIONAL_EXPONENT}, for as long as {@link #isCounted}. */
    public Int128 bound()
    {
        return bound;
    }

    /** What the instance would hold, likewise. */
    public Int128 sum()
    {
        return sum;
    }

    /** Whether the capital can bound the instance: it does not, or its legs have one quote currency. */
    public static boolean canBound(final StrategyInstance instance, final Decimal capital)
    {
        for (int i = 1; i < instance.legCount() && capital.mantissa() >= 0; i++)
        {
            final InstrumentSlot first = instance.leg(0).slot();
            final InstrumentSlot other = instance.leg(i).slot();
            if (!first.instrument().quoteCurrency().equals(other.instrument().quoteCurrency()))
            {
                return false;
            }
        }
        return true;
    }

    /** Whether the instance holds more than the capital now; a position that has no price counts as nothing. */
    public boolean isExceeded(final StrategyInstance instance, final Decimal capital, final long nowNs)
    {
        return capital.mantissa() >= 0 && isBeyond(instance, capital, null, 0, nowNs);
    }

    /**
     * Whether the instance could hold more than its capital, were so many lots more traded on this side of the leg, with what is open
     * there and on its other legs; in the direction of that side, so an order that turns the leg counts with what it leaves behind. A position without a price
     * exceeds all.
     */
    public boolean isExceededBy(final Leg leg, final Side side, final long moreLots, final long nowNs)
    {
        final Decimal capital = leg.instance().capital();
        if (capital.mantissa() < 0)
        {
            return false;
        }
        final long held = side == Side.BUY ? leg.netLots() : -leg.netLots();
        final long worst = held + leg.exposureLots(side) + moreLots;
        return isBeyond(leg.instance(), capital, leg, worst, nowNs);
    }

    /** What the leg holds, or could hold once all that is open there is filled on one side, whichever is more. */
    private static long lots(final Leg leg, final boolean withOpenOrders)
    {
        final long net = leg.netLots();
        return withOpenOrders
            ? Math.max(net + leg.exposureLots(Side.BUY), leg.exposureLots(Side.SELL) - net)
            : Math.abs(net);
    }

    private boolean isBeyond(
        final StrategyInstance instance,
        final Decimal capital,
        final Leg changed,
        final long changedLots,
        final long nowNs)
    {
        sum.set(0);
        counted = false;
        try
        {
            for (int i = 0; i < instance.legCount(); i++)
            {
                final Leg leg = instance.leg(i);
                final long lots = leg == changed ? changedLots : lots(leg, changed != null);
                if (lots != 0 && leg.slot().risk().value(lots, nowNs, part))
                {
                    sum.add(part);
                }
                else if (lots != 0 && (changed != null || leg.slot().market().markTicks() != Nulls.NULL_PRICE_TICKS))
                {
                    return true;
                }
            }
            bound.decimalFloor(capital.mantissa(), capital.exponent() - TotalLimits.NOTIONAL_EXPONENT);
            counted = true;
            return sum.compareTo(bound) > 0;
        }
        catch (final ArithmeticException ex)
        {
            // What cannot be counted is more than any capital.
            return true;
        }
    }
}
