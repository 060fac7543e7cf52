package io.lockstep.core.instance;

import io.lockstep.core.strategy.Strategy;
import io.lockstep.sbe.StrategyCallback;

/**
 * Is told what a strategy threw, for whoever has to mend it: the decision names the class alone, for frame and message differ between
 * compiled and interpreted code. What it does has no effect on the core.
 */
public interface SuspensionListener
{
    SuspensionListener NONE = (instance, leg, callback, strategy, failure) ->
    {
    };

    /**
     * @param strategy that threw; it is used no more.
     */
    void onSuspended(
        StrategyInstance instance, Leg leg, StrategyCallback callback, Strategy strategy, RuntimeException failure);
}
