package io.lockstep.cli.host;

import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A host to look at, and what is to run on it.
 *
 * @param files     of the kernel.
 * @param freeBytes of the file system that holds a path.
 * @param jvm       its options.
 * @param javaMajor its version.
 */
public record Host(
    HostFiles files, HostNeeds needs, ToLongFunction<Path> freeBytes, List<String> jvm, int javaMajor)
{
    boolean hasOption(final String prefix)
    {
        return jvm.stream().anyMatch((option) -> option.startsWith(prefix));
    }

    /** The mount that holds a path. */
    Mount mount(final Path path)
    {
        return Mount.of(files, path);
    }
}
