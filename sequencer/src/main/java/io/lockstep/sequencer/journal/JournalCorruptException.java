package io.lockstep.sequencer.journal;

/**
 * The journal is not what was written. The message says what was expected and what was found.
 */
public class JournalCorruptException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    private final long sequence;

    /**
     * @param sequence of the record at fault, or of the last good input where the record cannot be told.
     */
    public JournalCorruptException(final long sequence, final String problem)
    {
        super("sequence=" + sequence + ": " + problem);
        this.sequence = sequence;
    }

    public long sequence()
    {
        return sequence;
    }
}
