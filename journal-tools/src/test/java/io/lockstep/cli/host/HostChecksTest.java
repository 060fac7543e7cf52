package io.lockstep.cli.host;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Each check on a host that has the setting, and on one that lacks that alone. */
class HostChecksTest
{
    private static final String CPU = "/sys/devices/system/cpu/";

    @TempDir
    private Path root;
    private FakeHost fake;

    @BeforeEach
    void makeHost()
    {
        fake = new FakeHost(root);
    }

    private HostFinding finding(final String name)
    {
        return HostChecks.ALL.stream().filter((check) -> check.name().equals(name)).findFirst().orElseThrow()
            .run(fake.host());
    }

    private Set<String> missing()
    {
        return HostChecks.ALL.stream().filter((check) -> !check.run(fake.host()).ok()).map(HostCheck::name)
            .collect(Collectors.toSet());
    }

    private static Arguments spoilt(final String name, final String found, final Consumer<FakeHost> spoil)
    {
        return arguments(name, found, spoil);
    }

    private static Arguments spoilt(final String name, final String found, final String file, final String text)
    {
        return spoilt(name, found, (host) -> host.write(file, text));
    }

    private static List<Arguments> spoilt()
    {
        return Stream.of(processors(), memory(), system()).flatMap(List::stream).toList();
    }

    private static List<Arguments> processors()
    {
        return List.of(
            spoilt("coresAllowed", "0-2", "/proc/self/status", "Cpus_allowed_list:\t0-2"),
            spoilt("coresAllowed", "2-3", "/proc/self/status", "Cpus_allowed_list:\t2-3"),
            spoilt("isolatedCores", "2", CPU + "isolated", "2"),
            spoilt("irqAffinity", "interrupts 24", "/proc/irq/24/effective_affinity_list", "3"),
            spoilt("irqAffinity", "interrupts 25", "/proc/irq/25/smp_affinity_list", "0,2"),
            spoilt("governor", "schedutil", CPU + "cpu3/cpufreq/scaling_governor", "schedutil"),
            spoilt("turbo", "on", CPU + "intel_pstate/no_turbo", "0"),
            spoilt("turbo", "on",
                (host) -> host.delete(CPU + "intel_pstate/no_turbo").write(CPU + "cpufreq/boost", "1")),
            spoilt("cStates", "C6, 133 us", CPU + "cpu2/cpuidle/state1/disable", "0"),
            spoilt("smtSiblings", "6", CPU + "cpu2/topology/thread_siblings_list", "2,6"),
            spoilt("cgroupQuota", "50000/100000 us in /system.slice", "/sys/fs/cgroup/system.slice/cpu.max",
                "50000 100000"),
            spoilt("cgroupQuota", "20000 us", "/sys/fs/cgroup/cpu/cpu.cfs_quota_us", "20000"),
            spoilt("virtualisation", "hypervisor, 0.0 % stolen since boot", "/proc/cpuinfo",
                "flags\t\t: fpu hypervisor tsc"),
            spoilt("virtualisation", "none seen, 1.0 % stolen since boot", "/proc/stat", "cpu  50 0 49 0 0 0 0 1 0 0"),
            spoilt("nmiWatchdog", "on", "/proc/sys/kernel/nmi_watchdog", "1"));
    }

    private static List<Arguments> memory()
    {
        return List.of(
            spoilt("transparentHugePages", "always", "/sys/kernel/mm/transparent_hugepage/enabled",
                "[always] madvise never"),
            spoilt("sharedMemoryHugePages", "never", "/proc/mounts",
                "/dev/sda1 / ext4 rw 0 0\ntmpfs /dev/shm tmpfs rw 0 0"),
            spoilt("sharedMemoryHugePages", "deny", "/sys/kernel/mm/transparent_hugepage/shmem_enabled",
                "always never [deny] force"),
            spoilt("hugePages", "0 of 1100 free, JVM uses them", "/proc/meminfo",
                "MemTotal: 16384000 kB\nHugePages_Total:    1100\nHugePages_Free:     0"),
            spoilt("hugePages", "1100 of 1100 free, JVM uses none",
                (host) -> host.withoutOption("-XX:+UseLargePages")),
            spoilt("swap", "on, swappiness 60", "/proc/swaps", "Filename\tType\n/dev/sda2 partition"),
            spoilt("numaBalancing", "on", "/proc/sys/kernel/numa_balancing", "1"),
            spoilt("memlock", "8388608", "/proc/self/limits",
                "Max open files            1048576   1048576   files\nMax locked memory  8388608   8388608   bytes"),
            spoilt("openFiles", "1024", "/proc/self/limits",
                "Max open files            1024   1048576   files\nMax locked memory  unlimited unlimited bytes"));
    }

    private static List<Arguments> system()
    {
        return List.of(
            spoilt("socketReceiveBuffer", "208 KiB, needed 2 MiB", "/proc/sys/net/core/rmem_max", "212992"),
            spoilt("socketSendBuffer", "208 KiB, needed 2 MiB", "/proc/sys/net/core/wmem_max", "212992"),
            spoilt("clockSource", "hpet", "/sys/devices/system/clocksource/clocksource0/current_clocksource", "hpet"),
            spoilt("timeSync", "none running", "/proc/8/comm", "cron"),
            spoilt("journalFileSystem", "overlay at /var/lib", "/proc/mounts", """
                /dev/sda1 / ext4 rw 0 0
                overlay /var/lib overlay rw 0 0
                tmpfs /dev/shm tmpfs rw,huge=always 0 0"""),
            spoilt("writeback", "1600 MiB",
                (host) -> host.write("/proc/sys/vm/dirty_background_bytes", "0")
                    .write("/proc/sys/vm/dirty_background_ratio", "10")),
            spoilt("jdk", "19", (host) -> host.javaMajor(19)),
            spoilt("heap", "-Xms 2g, -Xmx 4g touched ahead", (host) -> host.option("-Xmx4g")),
            spoilt("heap", "-Xms 2g, -Xmx 2g, not touched ahead", (host) -> host.withoutOption("-XX:+AlwaysPreTouch")),
            spoilt("perfData", "in a file", (host) -> host.withoutOption("-XX:+PerfDisableSharedMem")));
    }

    @Test
    void shouldMissNothingOnAHostThatHasAll()
    {
        assertThat(missing()).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("spoilt")
    void shouldMissTheOneThatIsNotThere(final String name, final String found, final Consumer<FakeHost> spoil)
    {
        spoil.accept(fake);
        assertThat(finding(name).found()).isEqualTo(found);
        assertThat(missing()).containsExactly(name);
    }

    @Test
    void shouldMissWhatSeveralFilesSay()
    {
        // The kernel offloads what nohz_full names, so both go together.
        fake.write(CPU + "nohz_full", "").write("/proc/cmdline", "quiet");
        assertThat(missing()).containsExactlyInAnyOrder("nohzFull", "rcuNocbs");
        fake.write("/proc/cmdline", "rcu_nocbs=all");
        assertThat(missing()).containsExactly("nohzFull");
        // Told of isolated processors, it keeps off them.
        fake.write("/proc/9/comm", "irqbalance");
        assertThat(finding("irqbalance").ok()).isTrue();
        fake.write(CPU + "isolated", "");
        assertThat(missing()).containsExactlyInAnyOrder("nohzFull", "isolatedCores", "irqbalance");
        assertThat(finding("irqbalance").found()).isEqualTo("running");
    }

    @Test
    void shouldMissRoomForStreamsAndJournal()
    {
        fake.freeBytes(512 << 20);
        assertThat(missing()).containsExactly("freeSpace");
        assertThat(finding("freeSpace").found()).isEqualTo("512 MiB, needed 768 MiB");
        // In memory the two need room beside each other.
        fake.freeBytes(900 << 20).journal("/dev/shm/node");
        assertThat(missing()).containsExactly("sharedMemory");
        assertThat(finding("sharedMemory").found()).isEqualTo("900 MiB free at /dev/shm, needed 960 MiB");
        fake.freeBytes(960 << 20);
        assertThat(missing()).isEmpty();
        fake.write("/proc/sys/vm/dirty_background_bytes", "0").write("/proc/sys/vm/dirty_background_ratio", "90");
        assertThat(finding("writeback").found()).isEqualTo("the journal is in memory");
    }

    @Test
    void shouldLookAtAllProcessorsWhereNoneIsPinnedTo()
    {
        fake.cores();
        assertThat(finding("governor").found()).isEqualTo("powersave");
        assertThat(finding("cStates").found()).isEqualTo("C6, 133 us");
        assertThat(finding("irqAffinity").ok()).isTrue();
        assertThat(finding("smtSiblings").ok()).isTrue();
        fake.write(CPU + "smt/active", "1");
        assertThat(finding("smtSiblings").found()).isEqualTo("active");
        assertThat(finding("isolatedCores").ok()).isTrue();
        fake.write(CPU + "isolated", "");
        assertThat(finding("isolatedCores").found()).isEqualTo("none");
    }

    @Test
    void shouldFindNothingWhereTheKernelSaysNothing(@TempDir final Path empty)
    {
        final Host host = new Host(new HostFiles(empty), HostNeeds.unconfigured(), (path) -> 0, List.of(), 8);
        for (final HostCheck check : HostChecks.ALL)
        {
            assertThat(check.run(host).found()).as(check.name()).isNotBlank();
            assertThat(List.of(check.wanted(), check.cost(), check.remedy())).as(check.name()).doesNotContain("");
        }
        assertThat(HostChecks.ALL).extracting(HostCheck::name).doesNotHaveDuplicates();
    }

    @Test
    void shouldWriteSetsOfProcessorsAsTheKernelDoes()
    {
        for (final String list : List.of("0", "0-3", "1,3", "0-1,3,5-7"))
        {
            assertThat(Cores.text(Cores.parse(list))).isEqualTo(list);
        }
        assertThat(Cores.text(Cores.parse(""))).isEqualTo("none");
        assertThat(Cores.text(Cores.parse("managed_irq,domain,2-3"))).isEqualTo("2-3");
    }
}
