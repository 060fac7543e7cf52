package io.lockstep.gateways.link;

/**
 * The way to the node is closed and takes nothing any more: its media driver has gone, or its positions are used up.
 */
public final class LinkEndedException extends IllegalStateException
{
    private static final long serialVersionUID = 1L;

    LinkEndedException(final String message)
    {
        super(message);
    }
}
