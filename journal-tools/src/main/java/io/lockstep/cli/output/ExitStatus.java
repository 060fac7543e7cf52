package io.lockstep.cli.output;

/**
 * The exit statuses of every command, as its help says them.
 */
public final class ExitStatus
{
    /** All was done, and every check held. */
    public static final int DONE = 0;
    /** It ran, and a check failed or a difference was found. */
    public static final int CHECK_FAILED = 1;
    /** What was asked or given cannot be used. */
    public static final int BAD_INPUT = 2;
    /** The system did not let it run: a directory in use, a full disk, a port taken. */
    public static final int CANNOT_RUN = 3;
    /** A person ended it, as a shell says it of SIGINT. */
    public static final int INTERRUPTED = 130;

    private ExitStatus()
    {
    }
}
