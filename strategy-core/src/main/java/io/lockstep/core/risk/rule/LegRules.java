package io.lockstep.core.risk.rule;

import io.lockstep.core.risk.RiskSubject;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.TradingMode;

import java.util.ArrayList;
import java.util.List;

/**
 * The rules and trading states that bind one leg, of all its scopes from the narrowest on. It follows from the limits and states that are
 * set, and is found anew, which allocates, when one of them has changed: nothing of it is saved.
 */
public final class LegRules
{
    private static final Rule[] NONE = {};
    private static final long NEVER = -1;

    private long version = NEVER;
    private Rule[] rules = NONE;
    private Rule[] counting = NONE;
    private Rule[] watching = NONE;
    private TradingMode mode = TradingMode.RUNNING;
    private LimitScope modeScope = LimitScope.NULL_VAL;
    private boolean closes;
    private boolean reducesOwn;
    private boolean reducesAll;

    /** Whether it is that of limits and states of this version. */
    boolean isOf(final long currentVersion)
    {
        return version == currentVersion;
    }

    void find(final RiskSubject leg, final ScopedLimits limits, final TradingStates states, final long currentVersion)
    {
        version = currentVersion;
        final List<Rule> found = new ArrayList<>();
        for (int i = 0; i < limits.count(); i++)
        {
            if (limits.get(i).key().covers(leg))
            {
                found.add(limits.get(i).rule());
            }
        }
        rules = found.toArray(NONE);
        counting = found.stream().filter(Rule::isCounting).toArray(Rule[]::new);
        watching = found.stream().filter(Rule::isWatching).toArray(Rule[]::new);
        findStates(leg, states);
    }

    private void findStates(final RiskSubject leg, final TradingStates states)
    {
        final TradingStates.State strictest = states.strictest(leg);
        mode = strictest == null ? TradingMode.RUNNING : strictest.mode();
        modeScope = strictest == null ? LimitScope.NULL_VAL : strictest.key().scope();
        closes = strictest != null && strictest.closes();
        reducesOwn = states.isReduceOnly(leg, true);
        reducesAll = states.isReduceOnly(leg, false);
    }

    Rule[] rules()
    {
        return rules;
    }

    /** Those that count what is sent, cancelled and filled. */
    Rule[] counting()
    {
        return counting;
    }

    /** Those that look at the market. */
    Rule[] watching()
    {
        return watching;
    }

    /** The strictest of its scopes, the node's own left out. */
    TradingMode mode()
    {
        return mode;
    }

    /** The scope that the strictest mode is of; null when all run. */
    LimitScope modeScope()
    {
        return modeScope;
    }

    /** Whether orders that close the position pass although the mode is KILLED. */
    boolean closes()
    {
        return closes;
    }

    /** Whether an order must make the strategy's own position smaller. */
    boolean reducesOwn()
    {
        return reducesOwn;
    }

    /** Whether an order must make the position of all that trade the instrument smaller. */
    boolean reducesAll()
    {
        return reducesAll;
    }
}
