package io.lockstep.cli.host;

/**
 * What one look has found.
 *
 * @param found as text, short.
 */
public record HostFinding(boolean ok, String found)
{
    static HostFinding ok(final Object found)
    {
        return new HostFinding(true, String.valueOf(found));
    }

    static HostFinding missing(final Object found)
    {
        return new HostFinding(false, String.valueOf(found));
    }
}
