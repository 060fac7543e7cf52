package io.lockstep.gateways.link;

/**
 * The node takes nothing of this gateway: another one has its source id, and that one's link lives.
 */
public final class SourceHeldException extends IllegalStateException
{
    private static final long serialVersionUID = 1L;

    SourceHeldException(final String message)
    {
        super(message);
    }
}
