package io.lockstep.core.strategy;

import io.lockstep.codecs.Instrument;

/**
 * Makes a strategy for an instrument. The same name and parameters must make the same strategy for ever, for the journal
 * holds no more than these.
 */
public interface StrategyFactory
{
    /** The name that configuration and journal use. */
    String name();

    /**
     * @throws IllegalArgumentException naming the parameter that is unknown or out of range.
     */
    Strategy create(Instrument instrument, Parameters parameters);
}
