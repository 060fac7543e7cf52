package io.lockstep.gateways.orders;

/**
 * The write-ahead log of an order gateway cannot be used: it is damaged, of another venue, behind the node, or in use. The
 * message names file and offset, and what was expected there; the process ends with exit status 3.
 */
public final class RequestLogException extends IllegalStateException
{
    private static final long serialVersionUID = 1L;

    RequestLogException(final String message)
    {
        super(message);
    }

    RequestLogException(final String message, final Throwable cause)
    {
        super(message, cause);
    }
}
