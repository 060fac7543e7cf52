package io.lockstep.sequencer.snapshot;

/**
 * A follower's core and the node's decided differently on the same inputs: something in the core is no function of them.
 */
public final class FollowerException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    FollowerException(final String problem)
    {
        super(problem);
    }
}
