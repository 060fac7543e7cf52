package io.lockstep.core.risk.rule;

import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.account.Account;
import io.lockstep.core.account.AccountBalance;
import io.lockstep.core.account.SpotNeed;
import io.lockstep.core.order.OpenOrders;
import io.lockstep.core.order.Order;
import io.lockstep.core.risk.Exposure;
import io.lockstep.core.risk.RiskGate;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.Side;

/**
 * With a limit of 1, what the order and all open orders of the account need of an asset is held, where fills exchange currencies: a buy
 * needs the settlement currency at its price, a market order at what it would take, a sale the base currency. Whichever scope it binds,
 * the orders of all that trade on the account count. An account without opening balances holds nothing that is known, and its orders are
 * refused. Limit and value in 10^-18 of the asset; fees are left out.
 */
final class BalanceRule extends Rule implements ScopeMembers.Visitor
{
    private final ScopeMembers members = new ScopeMembers(LimitScope.ACCOUNT);
    private final SpotNeed need = new SpotNeed();
    private final MutableInt128 sum = new MutableInt128();
    private AccountBalance held;

    BalanceRule(final LimitScope scope)
    {
        super(LimitType.BALANCE, scope);
    }

    @Override
    RiskReason check(final OrderCheck order)
    {
        final Account account = order.leg().account();
        held = mantissa() == 0
            ? null
            : SpotNeed.balance(account, order.instrument().id(), order.intent().side());
        if (held == null)
        {
            return RiskReason.NONE;
        }
        if (!account.isOpened())
        {
            return refuse(order, RiskReason.INSUFFICIENT_BALANCE, Nulls.NULL_LONG, Nulls.NULL_LONG);
        }
        sum.set(0);
        final boolean isCounted = addOwn(account, order) &&
            visit(order, order.gate(), order.gate().exposure()) == RiskReason.NONE &&
            members.visitOthers(order, this) == RiskReason.NONE;
        return isCounted && sum.compareTo(held.amount()) <= 0
            ? RiskReason.NONE
            : refuse(order, RiskReason.INSUFFICIENT_BALANCE, held.amount(), isCounted ? sum : null);
    }

    private boolean addOwn(final Account account, final OrderCheck order)
    {
        final long priceTicks = order.intent().ordType() == OrdType.MARKET
            ? order.gate().takenTicks(order.intent().side())
            : order.intent().priceTicks();
        return need.add(account, order.instrument().id(), order.intent().side(), priceTicks,
            order.intent().leavesLots(), sum);
    }

    /** Adds what the open orders of an instrument reserve of the asset. */
    @Override
    public RiskReason visit(final OrderCheck order, final RiskGate gate, final Exposure exposure)
    {
        final Account account = order.leg().account();
        final boolean isBought = SpotNeed.balance(account, gate.instrument().id(), Side.BUY) == held;
        final boolean isSold = SpotNeed.balance(account, gate.instrument().id(), Side.SELL) == held;
        final OpenOrders open = exposure.openOrders();
        boolean isCounted = true;
        for (Order each = isBought || isSold ? open.first() : null; each != null && isCounted; each = open.next(each))
        {
            if ((each.side() == Side.BUY ? isBought : isSold) && !order.intent().isReplaceOf(each))
            {
                isCounted = need.add(account, gate.instrument().id(), each.side(), priceTicks(gate, each),
                    each.exposureLots(), sum);
            }
        }
        return isCounted ? RiskReason.NONE : RiskReason.INSUFFICIENT_BALANCE;
    }

    private static long priceTicks(final RiskGate gate, final Order order)
    {
        return order.priceTicks() == Nulls.NULL_PRICE_TICKS ? gate.takenTicks(order.side()) : order.priceTicks();
    }
}
