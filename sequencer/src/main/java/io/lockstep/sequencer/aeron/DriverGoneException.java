package io.lockstep.sequencer.aeron;

/**
 * There is no way back to the media driver.
 */
public final class DriverGoneException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    DriverGoneException(final String message, final Throwable cause)
    {
        super(message, cause);
    }
}
