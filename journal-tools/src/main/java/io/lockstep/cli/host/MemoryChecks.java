package io.lockstep.cli.host;

import java.util.List;
import java.util.OptionalLong;

/**
 * Whether memory is where it is needed, and stays there.
 */
final class MemoryChecks
{
    static final List<HostCheck> ALL = List.of(
        new HostCheck("transparentHugePages", "madvise or never",
            "the kernel merges pages in the background: stalls of up to milliseconds",
            "madvise to /sys/kernel/mm/transparent_hugepage/enabled", MemoryChecks::transparentHugePages),
        new HostCheck("sharedMemoryHugePages", "huge=within_size, always or advise on the file system of Aeron's files",
            "a page fault for each 4 KiB of terms that is touched first, and more misses of the TLB",
            "mount -o remount,huge=within_size /dev/shm", MemoryChecks::sharedMemoryHugePages),
        new HostCheck("hugePages", "free ones where the JVM is to use them, none where it is not",
            "more misses of the TLB in the heap; reserved pages that no one uses are lost",
            "sysctl vm.nr_hugepages=N and -XX:+UseLargePages", MemoryChecks::hugePages),
        new HostCheck("swap", "none, or swappiness of 10 or less",
            "a page of heap or buffers comes back from a disk: milliseconds", "swapoff -a, or sysctl vm.swappiness=1",
            MemoryChecks::swap),
        new HostCheck("numaBalancing", "off", "pages are unmapped to see who uses them: a fault each",
            "sysctl kernel.numa_balancing=0", MemoryChecks::numaBalancing),
        new HostCheck("memlock", "unlimited", "large pages and locked memory are refused",
            "LimitMEMLOCK=infinity in the unit, or limits.conf", MemoryChecks::memlock),
        new HostCheck("openFiles", "65536 or more", "a journal of many segments, or many streams, cannot be opened",
            "LimitNOFILE=1048576 in the unit, or limits.conf", MemoryChecks::openFiles),
        new HostCheck("sharedMemory", "room for Aeron's files, and for the journal where that is in memory",
            "streams cannot be made, or the process is killed when it touches a page that is not there",
            "mount -o remount,size=SIZE /dev/shm", MemoryChecks::sharedMemory));

    private static final long SWAPPINESS_MAX = 10;
    private static final long OPEN_FILES_MIN = 65_536;
    private static final List<String> HUGE_MOUNTS = List.of("within_size", "always", "advise");

    private MemoryChecks()
    {
    }

    private static String chosen(final String choices)
    {
        final int from = choices.indexOf('[');
        return from < 0 ? choices : choices.substring(from + 1, choices.indexOf(']'));
    }

    private static String transparent(final Host host)
    {
        return chosen(host.files().text("/sys/kernel/mm/transparent_hugepage/enabled"));
    }

    private static HostFinding transparentHugePages(final Host host)
    {
        final String mode = transparent(host);
        return new HostFinding(!mode.equals("always"), mode.isEmpty() ? "not in this kernel" : mode);
    }

    private static HostFinding sharedMemoryHugePages(final Host host)
    {
        final Mount mount = host.mount(host.needs().aeron());
        if (!mount.isMemory())
        {
            return HostFinding.missing(mount.type() + " at " + mount.point());
        }
        final String forAll = chosen(host.files().text("/sys/kernel/mm/transparent_hugepage/shmem_enabled"));
        if (forAll.equals("force") || forAll.equals("deny"))
        {
            return new HostFinding(forAll.equals("force"), forAll);
        }
        final String huge = mount.option("huge");
        return new HostFinding(HUGE_MOUNTS.contains(String.valueOf(huge)), huge == null ? "never" : huge);
    }

    private static HostFinding hugePages(final Host host)
    {
        final long total = meminfo(host, "HugePages_Total:");
        final long free = meminfo(host, "HugePages_Free:");
        final boolean isUsed = host.hasOption("-XX:+UseLargePages");
        final boolean isTransparent = host.hasOption("-XX:+UseTransparentHugePages") &&
            !transparent(host).equals("never");
        final String found = free + " of " + total + " free, JVM " + (isUsed
            ? "uses them"
            : isTransparent ? "uses transparent ones" : "uses none");
        return new HostFinding(isUsed ? free > 0 : isTransparent && total == 0, found);
    }

    static long meminfo(final Host host, final String key)
    {
        return host.files().lines("/proc/meminfo").stream()
            .filter((line) -> line.startsWith(key))
            .mapToLong((line) -> Long.parseLong(line.substring(key.length()).strip().split(" ")[0]))
            .findFirst().orElse(0);
    }

    private static HostFinding swap(final Host host)
    {
        final boolean isOn = host.files().lines("/proc/swaps").size() > 1;
        final OptionalLong swappiness = host.files().number("/proc/sys/vm/swappiness");
        return new HostFinding(!isOn || swappiness.orElse(Long.MAX_VALUE) <= SWAPPINESS_MAX,
            (isOn ? "on" : "off") + ", swappiness " + (swappiness.isPresent() ? swappiness.getAsLong() : "unknown"));
    }

    private static HostFinding numaBalancing(final Host host)
    {
        final boolean isOn = host.files().number("/proc/sys/kernel/numa_balancing").orElse(0) != 0;
        return new HostFinding(!isOn, isOn ? "on" : "off");
    }

    /** The soft limit, by the kernel's name of it. */
    private static String limit(final Host host, final String name)
    {
        return host.files().lines("/proc/self/limits").stream()
            .filter((line) -> line.startsWith(name))
            .map((line) -> line.substring(name.length()).strip().split("\\s+")[0])
            .findFirst().orElse("unknown");
    }

    private static HostFinding memlock(final Host host)
    {
        final String limit = limit(host, "Max locked memory");
        return new HostFinding(limit.equals("unlimited"), limit);
    }

    private static HostFinding openFiles(final Host host)
    {
        final String limit = limit(host, "Max open files");
        return new HostFinding(limit.equals("unlimited") ||
            limit.matches("[0-9]{1,18}") && Long.parseLong(limit) >= OPEN_FILES_MIN, limit);
    }

    private static HostFinding sharedMemory(final Host host)
    {
        final HostNeeds needs = host.needs();
        final Mount aeron = host.mount(needs.aeron());
        final boolean holdsJournal = aeron.isMemory() && aeron.equals(host.mount(needs.journal()));
        final long wanted = needs.aeronBytes() + (holdsJournal ? needs.journalBytes() : 0);
        final long free = host.freeBytes().applyAsLong(needs.aeron());
        return new HostFinding(aeron.isMemory() && free >= wanted, Sizes.text(free) + " free at " + aeron.point() +
            (aeron.isMemory() ? "" : ", which is no memory") + ", needed " + Sizes.text(wanted));
    }
}
