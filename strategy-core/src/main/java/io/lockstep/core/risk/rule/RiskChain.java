package io.lockstep.core.risk.rule;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.risk.OrderIntent;
import io.lockstep.core.risk.Refusal;
import io.lockstep.core.risk.RiskSubject;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.RiskReason;

/**
 * The rules of all scopes, from a strategy's leg to the node, that an order passes behind the checks of its instrument, and the trading
 * states of those scopes. The first rule that refuses gives the reason. A limit that is not set is no rule and costs nothing. One thread;
 * allocates when limits or states have changed since the leg's last order.
 */
public final class RiskChain
{
    private final ScopedLimits limits;
    private final TradingStates states;
    private final OrderCheck check = new OrderCheck();

    public RiskChain(final ScopedLimits limits, final TradingStates states)
    {
        this.limits = limits;
        this.states = states;
    }

    private LegRules rulesOf(final RiskSubject leg)
    {
        final LegRules rules = leg.rules();
        final long version = limits.version() + states.version();
        if (!rules.isOf(version))
        {
            rules.find(leg, limits, states, version);
        }
        return rules;
    }

    /** Whether some rule counts what the leg sends. */
    public boolean isCounting(final RiskSubject leg)
    {
        return rulesOf(leg).counting().length > 0;
    }

    /**
     * The trading states of strategy, instrument, venue and account.
     *
     * @param isClosing whether the order closes the position of a leg that is being flattened.
     */
    public RiskReason checkState(
        final RiskSubject leg, final OrderIntent intent, final boolean isClosing, final Refusal refusal)
    {
        final LegRules rules = rulesOf(leg);
        return switch (rules.mode())
        {
            case RUNNING -> RiskReason.NONE;
            case REDUCE_ONLY -> checkReduces(rules, leg, intent, refusal);
            case KILLED -> rules.closes() && isClosing && intent.reduces(leg)
                ? RiskReason.NONE
                : refuse(rules, refusal);
            case HALTED, NULL_VAL, SBE_UNKNOWN -> refuse(rules, refusal);
        };
    }

    private static RiskReason checkReduces(
        final LegRules rules, final RiskSubject leg, final OrderIntent intent, final Refusal refusal)
    {
        final boolean isReducing = (!rules.reducesOwn() || intent.reduces(leg)) &&
            (!rules.reducesAll() || intent.reduces(leg.risk().exposure()));
        return isReducing
            ? RiskReason.NONE
            : refusal.because(RiskReason.REDUCE_ONLY, rules.modeScope(), leg.netLots(), intent.leavesLots());
    }

    private static RiskReason refuse(final LegRules rules, final Refusal refusal)
    {
        final LimitScope scope = rules.modeScope();
        final RiskReason reason = switch (scope)
        {
            case STRATEGY, LEG -> RiskReason.STRATEGY_HALTED;
            case INSTRUMENT -> RiskReason.INSTRUMENT_HALTED;
            case VENUE -> RiskReason.VENUE_HALTED;
            case ACCOUNT -> RiskReason.ACCOUNT_HALTED;
            case NODE, NULL_VAL, SBE_UNKNOWN -> RiskReason.HALTED;
        };
        return refusal.because(reason, scope, Nulls.NULL_LONG, Nulls.NULL_LONG);
    }

    /** The rules, for an order that the checks of its instrument have passed. */
    public RiskReason check(
        final RiskSubject leg, final OrderIntent intent, final long nowNs, final Refusal refusal)
    {
        final Rule[] rules = rulesOf(leg).rules();
        if (rules.length == 0)
        {
            return RiskReason.NONE;
        }
        check.of(leg, intent, nowNs, refusal);
        try
        {
            for (final Rule rule : rules)
            {
                final RiskReason reason = rule.check(check);
                if (reason != RiskReason.NONE)
                {
                    return reason;
                }
            }
            return RiskReason.NONE;
        }
        catch (final ArithmeticException ex)
        {
            return refusal.because(RiskReason.ARITHMETIC_OVERFLOW);
        }
    }

    /** Those rules that hold of an order already when the engine is to hold it: how many may be open. */
    public RiskReason checkHeld(
        final RiskSubject leg, final OrderIntent intent, final long nowNs, final Refusal refusal)
    {
        check.of(leg, intent, nowNs, refusal);
        for (final Rule rule : rulesOf(leg).rules())
        {
            final RiskReason reason = rule.isAboutOpenOrders() ? rule.check(check) : RiskReason.NONE;
            if (reason != RiskReason.NONE)
            {
                return reason;
            }
        }
        return RiskReason.NONE;
    }

    /** A cancel that a strategy asks for; the intent describes its order. */
    public RiskReason checkCancel(
        final RiskSubject leg, final OrderIntent intent, final long nowNs, final Refusal refusal)
    {
        check.of(leg, intent, nowNs, refusal);
        for (final Rule rule : rulesOf(leg).counting())
        {
            final RiskReason reason = rule.checkCancel(check);
            if (reason != RiskReason.NONE)
            {
                return reason;
            }
        }
        return RiskReason.NONE;
    }

    /** An order or replace that passed has been sent. */
    public void onSent(final RiskSubject leg, final OrderIntent intent, final long nowNs)
    {
        final Rule[] counting = rulesOf(leg).counting();
        if (counting.length > 0)
        {
            check.of(leg, intent, nowNs, leg.risk().refusal());
            for (final Rule rule : counting)
            {
                rule.onSent(check);
            }
        }
    }

    /** A strategy's cancel that passed has been sent. */
    public void onCancel(final RiskSubject leg, final long nowNs)
    {
        for (final Rule rule : rulesOf(leg).counting())
        {
            rule.onCancel(nowNs);
        }
    }

    /** A round trip of the leg has ended, with this result in cash units of its instrument. */
    public void onTripEnded(final RiskSubject leg, final Int128 result)
    {
        for (final Rule rule : rulesOf(leg).counting())
        {
            rule.onTripEnded(leg, result);
        }
    }

    /** Whether some rule looks at the market. */
    public boolean watchesMarket()
    {
        return limits.watching() > 0;
    }

    /** The market of the leg's instrument has changed. */
    public void onMarket(final RiskSubject leg)
    {
        for (final Rule rule : rulesOf(leg).watching())
        {
            rule.onMarket(leg);
        }
    }

    /** An order of the leg was filled, in part or whole. */
    public void onFill(final RiskSubject leg, final long nowNs)
    {
        for (final Rule rule : rulesOf(leg).counting())
        {
            rule.onFill(nowNs);
        }
    }
}
