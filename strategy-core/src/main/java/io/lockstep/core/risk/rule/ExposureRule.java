package io.lockstep.core.risk.rule;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.core.risk.Exposure;
import io.lockstep.core.risk.RiskGate;
import io.lockstep.core.risk.TotalLimits;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.Side;

/**
 * What the scope's positions are worth together, each at its mark, is no more than that: in units of 10^-8 of the quote currency of
 * the order's instrument. An order that can but make its position smaller passes.
 */
abstract class ExposureRule extends Rule implements ScopeMembers.Visitor
{
    private final ScopeMembers members;
    private final RiskReason reason;
    private final MutableInt128 most = new MutableInt128();
    private final MutableInt128 sum = new MutableInt128();
    private final MutableInt128 part = new MutableInt128();

    ExposureRule(final LimitType type, final LimitScope scope, final RiskReason reason)
    {
        super(type, scope);
        this.reason = reason;
        members = new ScopeMembers(scope);
    }

    @Override
    final void onLimit()
    {
        try
        {
            most.decimalFloor(mantissa(), exponent() - TotalLimits.NOTIONAL_EXPONENT);
        }
        catch (final ArithmeticException ex)
        {
            // Above all that can be counted.
            most.set(Long.MAX_VALUE, -1);
        }
    }

    /** Whether another instrument counts with the order's. */
    abstract boolean counts(Instrument ofOrder, Instrument other);

    /** Lots that the order's instrument counts with when the order is sent, positive in the order's direction. */
    abstract long lotsWith(OrderCheck order);

    /** Lots that another instrument counts with for an order of the side, positive in its direction. */
    abstract long lots(Exposure exposure, Side side);

    @Override
    final RiskReason check(final OrderCheck order)
    {
        if (order.reduces(scope()))
        {
            return RiskReason.NONE;
        }
        sum.set(0);
        RiskReason doubt = add(order, order.gate(), lotsWith(order));
        if (doubt == RiskReason.NONE)
        {
            doubt = members.visitOthers(order, this);
        }
        if (doubt != RiskReason.NONE)
        {
            return refuse(order, doubt, most, null);
        }
        return sum.compareTo(most) <= 0 ? RiskReason.NONE : refuse(order, reason, most, sum);
    }

    @Override
    public final RiskReason visit(final OrderCheck order, final RiskGate gate, final Exposure exposure)
    {
        final long lots = counts(order.instrument(), gate.instrument()) ? lots(exposure, order.intent().side()) : 0;
        return lots == 0 ? RiskReason.NONE : add(order, gate, lots);
    }

    private RiskReason add(final OrderCheck order, final RiskGate gate, final long lots)
    {
        if (!gate.instrument().quoteCurrency().equals(order.instrument().quoteCurrency()))
        {
            return RiskReason.NO_RATE;
        }
        if (!gate.value(lots, order.nowNs(), part))
        {
            return gate.isMarkOld() ? RiskReason.NO_REFERENCE_PRICE : reason;
        }
        sum.add(lots < 0 ? part.negate() : part);
        return RiskReason.NONE;
    }

    /** The larger position, in either direction, that filling all open orders of a side would make. */
    static long largestLots(final Exposure exposure)
    {
        final long net = exposure.netLots();
        final long bought = Math.addExact(net, exposure.exposureLots(Side.BUY));
        final long sold = Math.subtractExact(exposure.exposureLots(Side.SELL), net);
        return Math.max(Math.absExact(net), Math.max(bought, sold));
    }

    /** The position in the direction of the side when all that is open on the side is filled. */
    static long lotsTowards(final Exposure exposure, final Side side)
    {
        return Math.addExact(
            side == Side.BUY ? exposure.netLots() : Math.negateExact(exposure.netLots()), exposure.exposureLots(side));
    }
}
