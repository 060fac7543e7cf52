package io.lockstep.sequencer;

/**
 * The node could not run; {@link #exitStatus()} is what the command ends with.
 */
public final class NodeException extends RuntimeException
{
    /** A check failed: the journal is damaged or does not replay to itself. */
    public static final int CHECK_FAILED = 1;
    /** The host does not let it run: the directory is in use, the driver is not there. */
    public static final int CANNOT_RUN = 3;

    private static final long serialVersionUID = 1L;

    private final int exitStatus;

    public NodeException(final int exitStatus, final String message)
    {
        super(message);
        this.exitStatus = exitStatus;
    }

    public NodeException(final int exitStatus, final String message, final Throwable cause)
    {
        super(message, cause);
        this.exitStatus = exitStatus;
    }

    public int exitStatus()
    {
        return exitStatus;
    }
}
