package io.lockstep.cli.host;

import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The processors that threads of this process can be pinned to.
 */
public final class Processors
{
    private final SortedSet<Integer> cores;

    private Processors(final SortedSet<Integer> cores)
    {
        this.cores = cores;
    }

    /** Those that the kernel runs and the control group of this process may have. */
    public static Processors ofThisHost()
    {
        return of(new HostFiles(Path.of("/")));
    }

    static Processors of(final HostFiles files)
    {
        final SortedSet<Integer> cores = new TreeSet<>(Cores.parse(files.text("/sys/devices/system/cpu/online")));
        final SortedSet<Integer> group = Cores.parse(files.text("/sys/fs/cgroup/cpuset.cpus.effective"));
        if (!group.isEmpty())
        {
            cores.retainAll(group);
        }
        return new Processors(cores);
    }

    /** True for every one where the kernel does not say. */
    public boolean has(final int core)
    {
        return cores.isEmpty() || cores.contains(core);
    }

    @Override
    public String toString()
    {
        return Cores.text(cores);
    }
}
