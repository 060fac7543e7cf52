package io.lockstep.core.instance;

/**
 * A strategy's factory has failed with something else than a parameter that it refuses.
 */
public final class StrategyCreationException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    StrategyCreationException(final RuntimeException cause)
    {
        super(cause);
    }
}
