package io.lockstep.sequencer.config;

/**
 * The configuration is not one that can be used; the message is {@code file:line: key=value: what was expected}.
 */
public final class ConfigurationException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    public ConfigurationException(final String message)
    {
        super(message);
    }
}
