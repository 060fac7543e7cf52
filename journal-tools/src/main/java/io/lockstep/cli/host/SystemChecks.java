package io.lockstep.cli.host;

import java.util.List;
import java.util.OptionalLong;

/**
 * Network, disk, clock and virtual machine.
 */
final class SystemChecks
{
    static final List<HostCheck> ALL = List.of(
        new HostCheck("socketReceiveBuffer", "net.core.rmem_max of driver.socketBuffer or more",
            "bursts overflow the socket: packets are lost and sent again, or the driver does not start",
            "sysctl net.core.rmem_max=BYTES", (host) -> socketBuffer(host, "rmem_max")),
        new HostCheck("socketSendBuffer", "net.core.wmem_max of driver.socketBuffer or more",
            "the sender waits for the socket", "sysctl net.core.wmem_max=BYTES",
            (host) -> socketBuffer(host, "wmem_max")),
        new HostCheck("clockSource", "tsc, or arch_sys_counter",
            "each look at the clock is a system call or a device's register: up to a microsecond, several times a turn",
            "kernel command line clocksource=tsc tsc=reliable, where the processor's is", SystemChecks::clockSource),
        new HostCheck("timeSync", "a daemon that keeps the clock: chronyd, ntpd, ptp4l, phc2sys or systemd-timesyncd",
            "times of journal and venue drift apart; a later correction can be a step, which halts the node",
            "chrony, or linuxptp where the network card has a clock", SystemChecks::timeSync),
        new HostCheck("journalFileSystem", "ext4, xfs or tmpfs",
            "copy on write, layers or a network in the way of each page of the journal",
            "node.directory on a local file system of its own", SystemChecks::journalFileSystem),
        new HostCheck("writeback", "dirty_background_bytes of 256 MiB or less, where the journal is on a disk",
            "the kernel gathers gigabytes, writes them at once and holds up whoever touches a page",
            "sysctl vm.dirty_background_bytes=67108864 vm.dirty_bytes=1073741824", SystemChecks::writeback),
        new HostCheck("freeSpace", "two segments and journal.minFreeSpace",
            "the node halts when the disk is nearly full", "room at node.directory, or journal.retainSegments",
            SystemChecks::freeSpace),
        new HostCheck("jdk", "17, 21 or 25", "a version that Lockstep is not tested with", "JAVA_HOME",
            SystemChecks::jdk),
        new HostCheck("heap", "-Xms as -Xmx, and -XX:+AlwaysPreTouch",
            "the heap grows and its pages are touched first while the node trades",
            "LOCKSTEP_JVM_OPTIONS='-Xms2g -Xmx2g -XX:+AlwaysPreTouch'", SystemChecks::heap),
        new HostCheck("perfData", "-XX:+PerfDisableSharedMem",
            "the JVM's statistics are a mapped file in /tmp: each stop of the threads may wait for that disk",
            "LOCKSTEP_JVM_OPTIONS=-XX:+PerfDisableSharedMem", SystemChecks::perfData));

    private static final List<String> CLOCKS = List.of("tsc", "arch_sys_counter");
    /** As the kernel keeps names: 15 characters. */
    private static final List<String> TIME_DAEMONS = List.of("chronyd", "ntpd", "ptp4l", "phc2sys", "systemd-timesyn");
    private static final List<String> FILE_SYSTEMS = List.of("ext4", "xfs", "tmpfs");
    private static final List<Integer> JAVA_VERSIONS = List.of(17, 21, 25);
    private static final long BACKGROUND_BYTES_MAX = 256L << 20;

    private SystemChecks()
    {
    }

    private static HostFinding socketBuffer(final Host host, final String name)
    {
        final OptionalLong bytes = host.files().number("/proc/sys/net/core/" + name);
        return bytes.isEmpty()
            ? HostFinding.missing("unknown")
            : new HostFinding(bytes.getAsLong() >= host.needs().socketBufferBytes(),
                Sizes.text(bytes.getAsLong()) + ", needed " + Sizes.text(host.needs().socketBufferBytes()));
    }

    private static HostFinding clockSource(final Host host)
    {
        final String clock = host.files().text("/sys/devices/system/clocksource/clocksource0/current_clocksource");
        return new HostFinding(CLOCKS.contains(clock), clock.isEmpty() ? "unknown" : clock);
    }

    private static HostFinding timeSync(final Host host)
    {
        final List<String> running = host.files().running(TIME_DAEMONS);
        return new HostFinding(!running.isEmpty(), running.isEmpty() ? "none running" : String.join(",", running));
    }

    private static HostFinding journalFileSystem(final Host host)
    {
        final Mount mount = host.mount(host.needs().journal());
        return new HostFinding(FILE_SYSTEMS.contains(mount.type()), mount.type() + " at " + mount.point());
    }

    private static HostFinding writeback(final Host host)
    {
        if (host.mount(host.needs().journal()).isMemory())
        {
            return HostFinding.ok("the journal is in memory");
        }
        final long configured = host.files().number("/proc/sys/vm/dirty_background_bytes").orElse(0);
        final long percent = host.files().number("/proc/sys/vm/dirty_background_ratio").orElse(0);
        final long bytes = configured > 0 ? configured : percent * memoryBytes(host) / 100;
        return new HostFinding(bytes <= BACKGROUND_BYTES_MAX, Sizes.text(bytes));
    }

    private static long memoryBytes(final Host host)
    {
        return MemoryChecks.meminfo(host, "MemTotal:") << 10;
    }

    private static HostFinding freeSpace(final Host host)
    {
        final long free = host.freeBytes().applyAsLong(host.needs().journal());
        return new HostFinding(free >= host.needs().journalBytes(),
            Sizes.text(free) + ", needed " + Sizes.text(host.needs().journalBytes()));
    }

    private static HostFinding jdk(final Host host)
    {
        return new HostFinding(JAVA_VERSIONS.contains(host.javaMajor()), String.valueOf(host.javaMajor()));
    }

    private static HostFinding heap(final Host host)
    {
        final String first = option(host, "-Xms");
        final String most = option(host, "-Xmx");
        final boolean isTouched = host.hasOption("-XX:+AlwaysPreTouch");
        return new HostFinding(!first.equals("unset") && first.equals(most) && isTouched,
            "-Xms " + first + ", -Xmx " + most + (isTouched ? "" : ", not") + " touched ahead");
    }

    /** Of an option that comes again the last counts. */
    private static String option(final Host host, final String prefix)
    {
        return host.jvm().stream()
            .filter((option) -> option.startsWith(prefix))
            .map((option) -> option.substring(prefix.length()))
            .reduce((earlier, later) -> later)
            .orElse("unset");
    }

    private static HostFinding perfData(final Host host)
    {
        final boolean isOff = host.hasOption("-XX:+PerfDisableSharedMem") || host.hasOption("-XX:-UsePerfData");
        return new HostFinding(isOff, isOff ? "not in a file" : "in a file");
    }
}
