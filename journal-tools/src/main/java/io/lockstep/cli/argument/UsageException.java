package io.lockstep.cli.argument;

/**
 * What was asked for cannot be done as it was asked; exit status 2.
 */
public final class UsageException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    public UsageException(final String message)
    {
        super(message);
    }
}
