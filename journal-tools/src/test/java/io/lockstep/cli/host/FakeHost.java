package io.lockstep.cli.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The kernel's files of a host that has every setting, in a directory; tests spoil one at a time. */
final class FakeHost
{
    static final long FREE_BYTES = 1L << 34;
    private static final String CPU = "/sys/devices/system/cpu/";

    private final Path root;
    private final List<String> jvm = new ArrayList<>(
        List.of("-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch", "-XX:+UseLargePages", "-XX:+PerfDisableSharedMem"));
    private SortedSet<Integer> cores = new TreeSet<>(List.of(2, 3));
    private long freeBytes = FREE_BYTES;
    private int javaMajor = 17;
    private Path journal = Path.of("/var/lib/lockstep/node");

    FakeHost(final Path root)
    {
        this.root = root;
        processors();
        memory();
        write("/proc/sys/net/core/rmem_max", "4194304");
        write("/proc/sys/net/core/wmem_max", "4194304");
        write("/sys/devices/system/clocksource/clocksource0/current_clocksource", "tsc");
        write("/proc/mounts", """
            /dev/sda1 / ext4 rw,relatime 0 0
            tmpfs /dev/shm tmpfs rw,nosuid,huge=within_size,size=16777216k 0 0
            """);
        write("/proc/7/comm", "bash");
        write("/proc/8/comm", "chronyd");
    }

    private void processors()
    {
        write("/proc/self/status", "Name:\tjava\nCpus_allowed:\tf\nCpus_allowed_list:\t0-3\n");
        write(CPU + "isolated", "2-3");
        write(CPU + "nohz_full", "2-3");
        write("/proc/cmdline", "BOOT_IMAGE=/vmlinuz isolcpus=managed_irq,domain,2-3 rcu_nocbs=2-3 quiet");
        write("/proc/irq/24/smp_affinity_list", "0-3");
        write("/proc/irq/24/effective_affinity_list", "1");
        write("/proc/irq/25/smp_affinity_list", "0-1");
        write("/proc/irq/default_smp_affinity", "f");
        for (int cpu = 0; cpu < 4; cpu++)
        {
            write(CPU + "cpu" + cpu + "/cpufreq/scaling_governor", cpu < 2 ? "powersave" : "performance");
            write(CPU + "cpu" + cpu + "/cpuidle/state0/name", "POLL");
            write(CPU + "cpu" + cpu + "/cpuidle/state0/latency", "0");
            write(CPU + "cpu" + cpu + "/cpuidle/state1/name", "C6");
            write(CPU + "cpu" + cpu + "/cpuidle/state1/latency", "133");
            write(CPU + "cpu" + cpu + "/cpuidle/state1/disable", cpu < 2 ? "0" : "1");
            write(CPU + "cpu" + cpu + "/topology/thread_siblings_list", cpu < 2 ? "0-1" : String.valueOf(cpu));
        }
        write(CPU + "intel_pstate/no_turbo", "1");
        write(CPU + "smt/active", "0");
        write("/proc/self/cgroup", "0::/system.slice/lockstep.service");
        write("/sys/fs/cgroup/system.slice/lockstep.service/cpu.max", "max 100000");
        write("/sys/fs/cgroup/system.slice/cpu.max", "max 100000");
        write("/proc/cpuinfo", "processor\t: 0\nflags\t\t: fpu tsc constant_tsc nonstop_tsc\n");
        write("/proc/stat", "cpu  100 0 50 1000 5 0 1 0 0 0\ncpu0 1 2 3\n");
        write("/proc/sys/kernel/nmi_watchdog", "0");
    }

    private void memory()
    {
        write("/sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never");
        write("/sys/kernel/mm/transparent_hugepage/shmem_enabled", "always within_size advise [never] deny force");
        write("/proc/meminfo", "MemTotal:       16384000 kB\nHugePages_Total:    1100\nHugePages_Free:     1100\n");
        write("/proc/swaps", "Filename\tType\tSize\tUsed\tPriority");
        write("/proc/sys/vm/swappiness", "60");
        write("/proc/sys/vm/dirty_background_bytes", "67108864");
        write("/proc/sys/vm/dirty_background_ratio", "0");
        write("/proc/sys/kernel/numa_balancing", "0");
        write("/proc/self/limits", """
            Limit                     Soft Limit           Hard Limit           Units
            Max open files            1048576              1048576              files
            Max locked memory         unlimited            unlimited            bytes
            """);
    }

    FakeHost write(final String path, final String text)
    {
        final Path file = root.resolve(path.substring(1));
        try
        {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text + "\n");
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        return this;
    }

    FakeHost delete(final String path)
    {
        try
        {
            Files.delete(root.resolve(path.substring(1)));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        return this;
    }

    FakeHost withoutOption(final String option)
    {
        jvm.remove(option);
        return this;
    }

    FakeHost option(final String option)
    {
        jvm.add(option);
        return this;
    }

    FakeHost cores(final Integer... newCores)
    {
        cores = new TreeSet<>(List.of(newCores));
        return this;
    }

    FakeHost freeBytes(final long newFreeBytes)
    {
        freeBytes = newFreeBytes;
        return this;
    }

    FakeHost javaMajor(final int newJavaMajor)
    {
        javaMajor = newJavaMajor;
        return this;
    }

    FakeHost journal(final String directory)
    {
        journal = Path.of(directory);
        return this;
    }

    Host host()
    {
        final HostNeeds needs = new HostNeeds(
            cores, journal, Path.of("/dev/shm/aeron"), 192 << 20, 768 << 20, 2 << 20);
        return new Host(new HostFiles(root), needs, (path) -> freeBytes, jvm, javaMajor);
    }
}
