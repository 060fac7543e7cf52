package io.lockstep.verification.simulation.seed;

/**
 * The process is gone. An error and no exception, for nothing may handle it.
 */
public final class SimulatedCrash extends Error
{
    private static final long serialVersionUID = 1L;

    SimulatedCrash(final String where)
    {
        super(where, null, false, false);
    }
}
