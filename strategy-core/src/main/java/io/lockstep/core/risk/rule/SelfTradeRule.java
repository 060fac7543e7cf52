package io.lockstep.core.risk.rule;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.order.OpenOrders;
import io.lockstep.core.order.Order;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.Side;

/**
 * The order could not trade with one of ours that rests on the other side of the instrument: of the strategy's own for a leg or
 * strategy, of all that trade there for the other scopes. Value: the price of that order in ticks.
 */
final class SelfTradeRule extends Rule
{
    SelfTradeRule(final LimitScope scope)
    {
        super(LimitType.SELF_TRADE, scope);
    }

    @Override
    RiskReason check(final OrderCheck order)
    {
        final OpenOrders open = OrderCheck.isOwn(scope())
            ? order.leg().openOrders()
            : order.gate().exposure().openOrders();
        final Side other = order.isBuy() ? Side.SELL : Side.BUY;
        for (Order resting = open.first(); resting != null; resting = open.next(resting))
        {
            if (resting.side() == other && resting.workingType() == OrdType.LIMIT && resting.exposureLots() > 0 &&
                crosses(order, bestTicks(resting)))
            {
                return refuse(order, RiskReason.SELF_TRADE, Nulls.NULL_LONG, bestTicks(resting));
            }
        }
        return RiskReason.NONE;
    }

    /** While a replace is under way the venue may have either price. */
    private static long bestTicks(final Order resting)
    {
        return resting.side() == Side.BUY
            ? Math.max(resting.priceTicks(), resting.pendingPriceTicks())
            : Math.min(resting.priceTicks(), resting.pendingPriceTicks());
    }

    private static boolean crosses(final OrderCheck order, final long restingTicks)
    {
        if (order.intent().ordType() == OrdType.MARKET)
        {
            return true;
        }
        final long priceTicks = order.intent().priceTicks();
        return order.isBuy() ? priceTicks >= restingTicks : priceTicks <= restingTicks;
    }
}
