package io.lockstep.sequencer.config;

/**
 * One thing that is wrong with a configuration, and where.
 *
 * @param file    as it was named.
 * @param line    from 1.
 * @param column  from 1, in characters.
 * @param key     the whole path, such as {@code instruments[0].tickSize}; empty where no key can be told.
 * @param message {@code key=value: what was expected}.
 */
public record ConfigurationProblem(String file, int line, int column, String key, String message)
{
    /** {@code file:line:column: key=value: what was expected}. */
    @Override
    public String toString()
    {
        return file + ":" + line + ":" + column + ": " + message;
    }
}
