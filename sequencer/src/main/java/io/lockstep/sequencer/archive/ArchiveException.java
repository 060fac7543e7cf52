package io.lockstep.sequencer.archive;

/**
 * Something could not be copied to the archive, or back.
 */
public final class ArchiveException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    public ArchiveException(final String message)
    {
        super(message);
    }

    public ArchiveException(final String message, final Throwable cause)
    {
        super(message, cause);
    }
}
