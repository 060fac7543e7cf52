package io.lockstep.cli.host;

/**
 * What one look has found.
 *
 * @param found as text, short.
 */
public record Finding(boolean ok, String found)
{
    static Finding ok(final Object found)
    {
        return new Finding(true, String.valueOf(found));
    }

    static Finding missing(final Object found)
    {
        return new Finding(false, String.valueOf(found));
    }
}
