package io.lockstep.core.risk.rule;

import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.order.OpenOrders;
import io.lockstep.core.order.Order;
import io.lockstep.core.risk.SelfTrade;
import io.lockstep.core.risk.SelfTradePolicy;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;

/**
 * The order could not trade with one of ours that rests on the other side of the instrument: of the strategy's own for a leg or
 * strategy, of all that trade there for the other scopes. Value: the price of that order in ticks. What becomes of the two the limit
 * says, see {@link SelfTradePolicy}.
 */
final class SelfTradeRule extends Rule
{
    private final MutableInt128 scratch = new MutableInt128();
    private SelfTradePolicy policy = SelfTradePolicy.REFUSE_NEW;

    SelfTradeRule(final LimitScope scope)
    {
        super(LimitType.SELF_TRADE, scope);
    }

    @Override
    void onLimit()
    {
        policy = SelfTradePolicy.of(WholeLimit.of(this, scratch));
    }

    @Override
    RiskReason check(final OrderCheck order)
    {
        final OpenOrders open = OrderCheck.isOwn(scope())
            ? order.leg().openOrders()
            : order.gate().exposure().openOrders();
        for (Order resting = open.first(); resting != null; resting = open.next(resting))
        {
            if (SelfTrade.isPossible(order.intent(), resting))
            {
                order.refusal().selfTradePolicy(policy, OrderCheck.isOwn(scope()));
                return refuse(order, RiskReason.SELF_TRADE, Nulls.NULL_LONG, SelfTrade.bestTicks(resting));
            }
        }
        return RiskReason.NONE;
    }
}
