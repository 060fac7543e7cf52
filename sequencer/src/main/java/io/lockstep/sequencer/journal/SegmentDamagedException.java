package io.lockstep.sequencer.journal;

/**
 * A segment's bytes are not what a writer can have left. Readers of the journal never see it: the {@link JournalReader} says
 * behind which sequence it is, as a {@link JournalCorruptException}.
 */
public final class SegmentDamagedException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    public SegmentDamagedException(final String problem)
    {
        super(problem);
    }
}
