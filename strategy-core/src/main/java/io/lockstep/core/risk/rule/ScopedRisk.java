package io.lockstep.core.risk.rule;

/** What of the risk checks belongs to scopes and to no instrument: limits, trading states and refusals, and the chain that reads them. */
public final class ScopedRisk
{
    private final ScopedLimits limits = new ScopedLimits();
    private final TradingStates states = new TradingStates();
    private final RefusalBook refusals = new RefusalBook();
    private final StatesTable statesTable = new StatesTable(states, refusals);
    private final RiskChain chain = new RiskChain(limits, states);

    public ScopedLimits limits()
    {
        return limits;
    }

    public TradingStates states()
    {
        return states;
    }

    public RefusalBook refusals()
    {
        return refusals;
    }

    public RiskChain chain()
    {
        return chain;
    }

    /** Saves, restores and hashes trading states and refusals. */
    public StatesTable statesTable()
    {
        return statesTable;
    }
}
