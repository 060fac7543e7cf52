package io.lockstep.sequencer.egress;

/**
 * The order gateway has decisions that are not in the journal: the journal has lost its tail. To go on would repeat orders or
 * lose sight of them, so the node stops; nothing was sent.
 */
public final class JournalBehindException extends IllegalStateException
{
    private static final long serialVersionUID = 1L;

    JournalBehindException(final String message)
    {
        super(message);
    }
}
