package io.lockstep.cli.host;

import java.util.List;
import java.util.stream.Stream;

/**
 * All that a host is checked for.
 */
public final class HostChecks
{
    /** In the order in which they are printed. */
    public static final List<HostCheck> ALL = Stream.of(ProcessorChecks.ALL, MemoryChecks.ALL, SystemChecks.ALL)
        .flatMap(List::stream)
        .toList();

    private HostChecks()
    {
    }
}
