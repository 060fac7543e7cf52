package io.lockstep.sequencer.journal;

/**
 * What was asked for has been removed from the journal's beginning, by retention or by hand: it can only be read from a snapshot
 * on.
 */
public final class JournalTruncatedException extends JournalCorruptException
{
    private static final long serialVersionUID = 1L;

    /**
     * @param firstSequence of the first input that there still is.
     */
    public JournalTruncatedException(final long firstSequence, final String problem)
    {
        super(firstSequence, problem);
    }
}
