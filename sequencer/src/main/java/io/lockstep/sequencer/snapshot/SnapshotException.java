package io.lockstep.sequencer.snapshot;

/**
 * A snapshot that cannot be used; the message says which and why. The one before it, or the journal from its start, leads to
 * the same state.
 */
public final class SnapshotException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    SnapshotException(final String problem)
    {
        super(problem);
    }

    SnapshotException(final String problem, final Throwable cause)
    {
        super(problem, cause);
    }
}
