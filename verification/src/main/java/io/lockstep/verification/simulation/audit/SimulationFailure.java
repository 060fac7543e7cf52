package io.lockstep.verification.simulation.audit;

/**
 * An invariant does not hold.
 */
public final class SimulationFailure extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    private final Invariant invariant;

    public SimulationFailure(final Invariant invariant, final String message)
    {
        this(invariant, message, null);
    }

    public SimulationFailure(final Invariant invariant, final String message, final Throwable cause)
    {
        super(message, cause);
        this.invariant = invariant;
    }

    public Invariant invariant()
    {
        return invariant;
    }

    /** For values that must be equal. */
    public static void requireEqual(final Invariant invariant, final String name, final long expected,
        final long actual)
    {
        if (expected != actual)
        {
            throw new SimulationFailure(invariant, name + ": expected=" + expected + " actual=" + actual);
        }
    }
}
