package io.lockstep.sequencer.code;

import io.lockstep.core.instance.StrategyDefinition;
import io.lockstep.core.strategy.StrategyFactory;

/**
 * A factory of which it is known what code it makes strategies of.
 */
public interface CodedFactory extends StrategyFactory
{
    /** Hash of the code; {@link StrategyDefinition#UNKNOWN_CODE} where it is not known. */
    long codeHash();

    /** Of any factory; null is one of no code that is known. */
    static long codeHash(final StrategyFactory factory)
    {
        return factory instanceof CodedFactory coded ? coded.codeHash() : StrategyDefinition.UNKNOWN_CODE;
    }
}
