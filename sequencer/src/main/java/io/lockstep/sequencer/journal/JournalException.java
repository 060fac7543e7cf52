package io.lockstep.sequencer.journal;

/**
 * The journal cannot be written. What was appended before is there; the record at hand is not, and nothing may follow from it.
 */
public final class JournalException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    public JournalException(final String problem)
    {
        super(problem);
    }

    public JournalException(final String problem, final Throwable cause)
    {
        super(problem, cause);
    }
}
