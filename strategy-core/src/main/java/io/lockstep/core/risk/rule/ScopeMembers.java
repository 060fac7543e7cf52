package io.lockstep.core.risk.rule;

import io.lockstep.core.risk.Exposure;
import io.lockstep.core.risk.RiskGate;
import io.lockstep.core.risk.TotalLimits;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.RiskReason;

/**
 * The instruments that a scope counts together beside the order's own: the other legs of a strategy's instance, or all that have exposure
 * at the order's venue or in the node. A leg and an instrument have no others. No allocation.
 */
final class ScopeMembers
{
    /** What is done with each. */
    interface Visitor
    {
        /** Another reason than NONE ends the visits. */
        RiskReason visit(OrderCheck order, RiskGate gate, Exposure exposure);
    }

    private final LimitScope scope;

    ScopeMembers(final LimitScope scope)
    {
        this.scope = scope;
    }

    /** @return the reason that has ended the visits, or NONE. */
    RiskReason visitOthers(final OrderCheck order, final Visitor visitor)
    {
        return switch (scope)
        {
            case LEG, INSTRUMENT, NULL_VAL, SBE_UNKNOWN -> RiskReason.NONE;
            case STRATEGY -> visitLegs(order, visitor);
            case VENUE, ACCOUNT, NODE -> visitExposed(order, visitor);
        };
    }

    private static RiskReason visitLegs(final OrderCheck order, final Visitor visitor)
    {
        RiskReason reason = RiskReason.NONE;
        for (int i = 0; i < order.leg().legCount() && reason == RiskReason.NONE; i++)
        {
            if (order.leg().subject(i) != order.leg())
            {
                reason = visitor.visit(order, order.leg().subject(i).risk(), order.leg().subject(i));
            }
        }
        return reason;
    }

    private RiskReason visitExposed(final OrderCheck order, final Visitor visitor)
    {
        final TotalLimits totals = order.gate().totals();
        final int venueId = order.gate().venueId();
        RiskReason reason = RiskReason.NONE;
        for (int i = 0; i < totals.exposedCount() && reason == RiskReason.NONE; i++)
        {
            final RiskGate gate = totals.exposed(i);
            if (gate != order.gate() && (scope == LimitScope.NODE || gate.venueId() == venueId))
            {
                reason = visitor.visit(order, gate, gate.exposure());
            }
        }
        return reason;
    }
}
