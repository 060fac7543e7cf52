package io.lockstep.core.risk.rule;

import io.lockstep.codecs.MutableInt128;
import io.lockstep.core.risk.Exposure;
import io.lockstep.core.risk.RiskGate;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;

/** No more orders of the whole scope are open at once. */
final class OpenOrdersRule extends Rule implements ScopeMembers.Visitor
{
    private final ScopeMembers members;
    private final MutableInt128 scratch = new MutableInt128();
    private long most;
    private long open;

    OpenOrdersRule(final LimitScope scope)
    {
        super(LimitType.MAX_OPEN_ORDERS, scope);
        members = new ScopeMembers(scope);
    }

    @Override
    void onLimit()
    {
        most = WholeLimit.of(this, scratch);
    }

    @Override
    boolean isAboutOpenOrders()
    {
        return true;
    }

    @Override
    RiskReason check(final OrderCheck order)
    {
        if (order.intent().isOpen())
        {
            return RiskReason.NONE;
        }
        open = order.exposure(scope()).openOrderCount() + order.intent().besides();
        members.visitOthers(order, this);
        return open < most
            ? RiskReason.NONE
            : refuse(order, RiskReason.MAX_OPEN_ORDERS, most, open + 1);
    }

    @Override
    public RiskReason visit(final OrderCheck order, final RiskGate gate, final Exposure exposure)
    {
        open += exposure.openOrderCount();
        return RiskReason.NONE;
    }
}
