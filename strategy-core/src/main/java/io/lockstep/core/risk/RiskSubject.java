package io.lockstep.core.risk;

import io.lockstep.core.account.Account;
import io.lockstep.core.calendar.MarketCalendar;
import io.lockstep.core.profit.ScopeProfit;
import io.lockstep.core.risk.rule.LegRules;

/**
 * Who asks for an order: one instrument of a strategy's instance, with what the rules of all scopes have to know of it. One thread;
 * nothing is changed by a call.
 */
public interface RiskSubject extends Exposure
{
    int strategyId();

    /** The checks of the instrument. */
    RiskGate risk();

    /** Legs of the instance. */
    int legCount();

    /** Any of the legs of the instance. */
    RiskSubject subject(int legIndex);

    /** What pays for the order. */
    Account account();

    /** When its instrument trades. */
    MarketCalendar calendar();

    /** What it and the others have made. */
    ScopeProfit profits();

    /** The rules that bind it, as {@link io.lockstep.core.risk.rule.RiskChain} has found them last. */
    LegRules rules();
}
