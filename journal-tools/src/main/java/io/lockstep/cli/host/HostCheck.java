package io.lockstep.cli.host;

import java.util.function.Function;

/**
 * One setting that production wants of a host.
 *
 * @param name   in {@code --json}.
 * @param wanted what it should be.
 * @param cost   what it costs where it is not so.
 * @param remedy how it is set.
 * @param look   finds how it is.
 */
public record HostCheck(String name, String wanted, String cost, String remedy, Function<Host, HostFinding> look)
{
    public HostFinding run(final Host host)
    {
        return look.apply(host);
    }
}
