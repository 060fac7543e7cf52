package io.lockstep.sequencer.replay;

/**
 * The core failed on an input. Its state is that of no sequence, and the host is of no use any more; the input is in the
 * journal, and a replay that passes over it goes on.
 */
public final class CoreFailureException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    private final long sequence;

    public CoreFailureException(final long sequence, final RuntimeException cause)
    {
        super("the core fails on the input of sequence=" + sequence + ": " + cause, cause);
        this.sequence = sequence;
    }

    /** Of the input. */
    public long sequence()
    {
        return sequence;
    }
}
