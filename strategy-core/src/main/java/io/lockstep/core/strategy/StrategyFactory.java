package io.lockstep.core.strategy;

import io.lockstep.codecs.Instrument;

import java.util.List;

/**
 * Makes the strategy of an instance. The same name and parameters must make the same strategy for ever, for the journal
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

    /**
     * Makes a strategy of several legs. As {@link #create(Instrument, Parameters)}; one that trades one instrument need not know of it.
     *
     * @param instruments by the leg's index; at least one.
     * @throws IllegalArgumentException also when it cannot trade so many.
     */
    default Strategy create(final List<Instrument> instruments, final Parameters parameters)
    {
        if (instruments.size() != 1)
        {
            throw new IllegalArgumentException(
                "strategy " + name() + ": legs=" + instruments.size() + ": expected one instrument");
        }
        return create(instruments.get(0), parameters);
    }

    /** Whether its strategies carry out signals, so that the router may choose their instances. */
    default boolean takesSignals()
    {
        return false;
    }

    /** Bytes that a call of the strategy may allocate on the sequencer's thread; 0, which is asked of all that trade fast: none. */
    default long allocatedBytesPerCall()
    {
        return 0;
    }
}
