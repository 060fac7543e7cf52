package io.lockstep.core.host;

import io.lockstep.core.instance.Leg;
import io.lockstep.core.instance.StrategyInstance;
import io.lockstep.core.strategy.Strategy;
import io.lockstep.sbe.StrategyCallback;

/**
 * What a strategy threw, for people: which instance, where it was called, in which frame of its code, and what. Allocates.
 */
public final class SuspensionText
{
    private SuspensionText()
    {
    }

    /**
     * @param strategyType of the object that threw.
     * @param sequence     of the input.
     */
    public static String of(
        final StrategyInstance instance,
        final Leg leg,
        final StrategyCallback callback,
        final Class<? extends Strategy> strategyType,
        final long sequence,
        final RuntimeException failure)
    {
        final StackTraceElement frame = CoreFailure.frame(failure, strategyType);
        final StackTraceElement[] frames = failure.getStackTrace();
        final StackTraceElement shown = frame == null && frames.length > 0 ? frames[0] : frame;
        return "strategy " + instance.name() + " is suspended: sequence=" + sequence + " instrument=" +
            leg.instrument().name() + " callback=" + callback +
            (shown == null ? "" : " at=" + CoreFailure.text(shown)) + ": " + failure;
    }
}
