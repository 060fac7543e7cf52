package io.lockstep.gateways.link;

/**
 * The node takes nothing of this gateway: it has not proven that it has the key of its source id.
 */
public final class SourceRefusedException extends IllegalStateException
{
    private static final long serialVersionUID = 1L;

    SourceRefusedException(final String message)
    {
        super(message);
    }
}
