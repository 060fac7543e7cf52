package io.lockstep.verification.simulation;

/**
 * An invariant does not hold.
 */
final class SimulationFailure extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    private final Invariant invariant;

    SimulationFailure(final Invariant invariant, final String message)
    {
        this(invariant, message, null);
    }

    SimulationFailure(final Invariant invariant, final String message, final Throwable cause)
    {
        super(message, cause);
        this.invariant = invariant;
    }

    Invariant invariant()
    {
        return invariant;
    }

    /** For values that must be equal. */
    static void requireEqual(final Invariant invariant, final String name, final long expected, final long actual)
    {
        if (expected != actual)
        {
            throw new SimulationFailure(invariant, name + ": expected=" + expected + " actual=" + actual);
        }
    }
}
