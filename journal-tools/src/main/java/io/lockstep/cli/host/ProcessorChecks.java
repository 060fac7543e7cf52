package io.lockstep.cli.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Whether the processors that threads are pinned to are theirs alone.
 */
final class ProcessorChecks
{
    static final List<HostCheck> ALL = List.of(
        new HostCheck("coresAllowed", "every configured processor, and one more for everything else",
            "a pinned thread cannot start, or shares its processor with collector, compilers and kernel",
            "CPUAffinity= of the unit, cpuset of the container, more processors", ProcessorChecks::coresAllowed),
        new HostCheck("isolatedCores", "the pinned processors, or any where none is configured",
            "the scheduler puts other work on the loop's processor: pauses of milliseconds",
            "kernel command line isolcpus=managed_irq,domain,LIST", ProcessorChecks::isolatedCores),
        new HostCheck("nohzFull", "the pinned processors, or any where none is configured",
            "a timer interrupt of some microseconds, 100 to 1,000 times a second",
            "kernel command line nohz_full=LIST", ProcessorChecks::nohzFull),
        new HostCheck("rcuNocbs", "the pinned processors, or any where none is configured",
            "the kernel's deferred frees run on the loop's processor",
            "kernel command line rcu_nocbs=LIST; nohz_full implies it", ProcessorChecks::rcuNocbs),
        new HostCheck("irqAffinity", "no interrupt on the pinned processors",
            "devices' interrupts of 2 to 20 microseconds each in the middle of the loop",
            "write the other processors to /proc/irq/*/smp_affinity_list", ProcessorChecks::irqAffinity),
        new HostCheck("irqbalance", "not running, or the pinned processors isolated",
            "interrupts are moved back to the loop's processor",
            "systemctl disable --now irqbalance, or IRQBALANCE_BANNED_CPULIST", ProcessorChecks::irqbalance),
        new HostCheck("governor", "performance", "a lower clock, and microseconds to raise it, after each idle moment",
            "cpupower frequency-set -g performance, or tuned-adm profile latency-performance",
            ProcessorChecks::governor),
        new HostCheck("turbo", "off, for equal times; on is faster in the median: measure both",
            "the clock changes with what other cores do", "BIOS, or 1 to intel_pstate/no_turbo, 0 to cpufreq/boost",
            ProcessorChecks::turbo),
        new HostCheck("cStates", "none that takes longer than 10 us to leave",
            "up to 200 microseconds to wake a processor that slept",
            "BIOS, or kernel command line processor.max_cstate=1 intel_idle.max_cstate=1, or tuned",
            ProcessorChecks::cStates),
        new HostCheck("smtSiblings", "none beside the pinned processors",
            "half of a core's execution units and caches, whenever the sibling works",
            "BIOS, or off to /sys/devices/system/cpu/smt/control", ProcessorChecks::smtSiblings),
        new HostCheck("cgroupQuota", "none", "the loop stands still for the rest of each period once the quota is used",
            "no CPUQuota= in the unit, no CPU limit of the container", ProcessorChecks::cgroupQuota),
        new HostCheck("virtualisation", "a machine of one's own, nothing stolen",
            "the hypervisor takes the processor away without a sign; interrupts and timers cost exits",
            "bare metal, or dedicated processors", ProcessorChecks::virtualisation),
        new HostCheck("nmiWatchdog", "off", "an interrupt that cannot be held off, on every processor",
            "sysctl kernel.nmi_watchdog=0", ProcessorChecks::nmiWatchdog));

    private static final String CPU = "/sys/devices/system/cpu/";
    private static final long EXIT_LATENCY_MAX_US = 10;
    private static final int STEAL_FIELD = 8;
    private static final double STEAL_MAX_PERCENT = 0.1;

    private ProcessorChecks()
    {
    }

    private static HostFinding coresAllowed(final Host host)
    {
        final SortedSet<Integer> allowed = new TreeSet<>();
        for (final String line : host.files().lines("/proc/self/status"))
        {
            if (line.startsWith("Cpus_allowed_list:"))
            {
                allowed.addAll(Cores.parse(line.substring(line.indexOf(':') + 1)));
            }
        }
        final SortedSet<Integer> pinned = host.needs().cores();
        return new HostFinding(allowed.containsAll(pinned) && allowed.size() > pinned.size(), Cores.text(allowed));
    }

    private static HostFinding covers(final Host host, final SortedSet<Integer> set)
    {
        return new HostFinding(!set.isEmpty() && set.containsAll(host.needs().cores()), Cores.text(set));
    }

    private static HostFinding isolatedCores(final Host host)
    {
        return covers(host, isolated(host));
    }

    private static SortedSet<Integer> isolated(final Host host)
    {
        return Cores.parse(host.files().text(CPU + "isolated"));
    }

    private static SortedSet<Integer> tickless(final Host host)
    {
        return Cores.parse(host.files().text(CPU + "nohz_full"));
    }

    private static HostFinding nohzFull(final Host host)
    {
        return covers(host, tickless(host));
    }

    private static HostFinding rcuNocbs(final Host host)
    {
        final String option = host.files().bootOption("rcu_nocbs");
        if (option != null && (option.isEmpty() || option.equals("all")))
        {
            return HostFinding.ok("all");
        }
        final SortedSet<Integer> offloaded = new TreeSet<>(tickless(host));
        offloaded.addAll(Cores.parse(option == null ? "" : option));
        return covers(host, offloaded);
    }

    private static HostFinding irqAffinity(final Host host)
    {
        final List<String> disturbing = new ArrayList<>();
        for (final String irq : host.files().names("/proc/irq", "[0-9]+"))
        {
            final String effective = host.files().text("/proc/irq/" + irq + "/effective_affinity_list");
            final SortedSet<Integer> cores = Cores.parse(effective.isEmpty()
                ? host.files().text("/proc/irq/" + irq + "/smp_affinity_list")
                : effective);
            if (cores.stream().anyMatch(host.needs().cores()::contains))
            {
                disturbing.add(irq);
            }
        }
        return disturbing.isEmpty()
            ? HostFinding.ok(host.needs().cores().isEmpty() ? "no processor is pinned to" : "none")
            : HostFinding.missing("interrupts " + String.join(",", disturbing));
    }

    private static HostFinding irqbalance(final Host host)
    {
        final boolean isRunning = !host.files().running(List.of("irqbalance")).isEmpty();
        final SortedSet<Integer> isolated = isolated(host);
        final boolean isKeptOff = !isolated.isEmpty() && isolated.containsAll(host.needs().cores());
        return new HostFinding(!isRunning || isKeptOff, isRunning ? "running" : "not running");
    }

    private static List<String> pinnedOrAll(final Host host)
    {
        final List<String> names = host.files().names(CPU, "cpu[0-9]+");
        final List<String> pinned = names.stream()
            .filter((name) -> host.needs().cores().contains(Integer.parseInt(name.substring(3))))
            .toList();
        return pinned.isEmpty() ? names : pinned;
    }

    private static HostFinding governor(final Host host)
    {
        final SortedSet<String> governors = new TreeSet<>();
        for (final String cpu : pinnedOrAll(host))
        {
            final String governor = host.files().text(CPU + cpu + "/cpufreq/scaling_governor");
            if (!governor.isEmpty())
            {
                governors.add(governor);
            }
        }
        governors.remove("performance");
        return governors.isEmpty()
            ? HostFinding.ok(host.files().exists(CPU + "cpu0/cpufreq") ? "performance" : "no frequency control here")
            : HostFinding.missing(String.join(",", governors));
    }

    private static HostFinding turbo(final Host host)
    {
        final OptionalLong noTurbo = host.files().number(CPU + "intel_pstate/no_turbo");
        final OptionalLong boost = host.files().number(CPU + "cpufreq/boost");
        if (noTurbo.isEmpty() && boost.isEmpty())
        {
            return HostFinding.ok("no turbo control here");
        }
        final boolean isOn = noTurbo.isPresent() ? noTurbo.getAsLong() == 0 : boost.getAsLong() != 0;
        return new HostFinding(!isOn, isOn ? "on" : "off");
    }

    private static HostFinding cStates(final Host host)
    {
        long longestUs = 0;
        String longest = "";
        for (final String cpu : pinnedOrAll(host))
        {
            final String idle = CPU + cpu + "/cpuidle";
            for (final String state : host.files().names(idle, "state[0-9]+"))
            {
                final long latencyUs = host.files().number(idle + "/" + state + "/latency").orElse(0);
                final boolean isDisabled = host.files().number(idle + "/" + state + "/disable").orElse(0) != 0;
                if (!isDisabled && latencyUs > longestUs)
                {
                    longestUs = latencyUs;
                    longest = host.files().text(idle + "/" + state + "/name") + ", " + latencyUs + " us";
                }
            }
        }
        return new HostFinding(longestUs <= EXIT_LATENCY_MAX_US, longest.isEmpty() ? "no idle states here" : longest);
    }

    private static HostFinding smtSiblings(final Host host)
    {
        if (host.needs().cores().isEmpty())
        {
            final boolean isActive = host.files().number(CPU + "smt/active").orElse(0) != 0;
            return new HostFinding(!isActive, isActive ? "active" : "not active");
        }
        final SortedSet<Integer> siblings = new TreeSet<>();
        for (final Integer core : host.needs().cores())
        {
            final SortedSet<Integer> threads = Cores
                .parse(host.files().text(CPU + "cpu" + core + "/topology/thread_siblings_list"));
            threads.remove(core);
            siblings.addAll(threads);
        }
        return new HostFinding(siblings.isEmpty(), Cores.text(siblings));
    }

    /** A limit anywhere above the process's own group holds for it. */
    private static HostFinding cgroupQuota(final Host host)
    {
        String group = "";
        for (final String line : host.files().lines("/proc/self/cgroup"))
        {
            group = line.startsWith("0::") ? line.substring(3) : group;
        }
        while (true)
        {
            final String quota = host.files().text("/sys/fs/cgroup" + (group.equals("/") ? "" : group) + "/cpu.max");
            if (!quota.isEmpty() && !quota.startsWith("max"))
            {
                return HostFinding.missing(quota.replace(' ', '/') + " us in " + group);
            }
            if (group.lastIndexOf('/') <= 0)
            {
                break;
            }
            group = group.substring(0, group.lastIndexOf('/'));
        }
        final long old = host.files().number("/sys/fs/cgroup/cpu/cpu.cfs_quota_us").orElse(-1);
        return old > 0 ? HostFinding.missing(old + " us") : HostFinding.ok("none");
    }

    private static HostFinding virtualisation(final Host host)
    {
        final boolean isVirtual = host.files().lines("/proc/cpuinfo").stream()
            .anyMatch((line) -> line.startsWith("flags") && line.contains(" hypervisor"));
        final double stolen = stolenPercent(host);
        final String steal = String.format(Locale.ROOT, "%.1f %% stolen since boot", stolen);
        return new HostFinding(
            !isVirtual && stolen < STEAL_MAX_PERCENT, (isVirtual ? "hypervisor, " : "none seen, ") + steal);
    }

    private static double stolenPercent(final Host host)
    {
        final String[] fields = host.files().text("/proc/stat").lines().findFirst().orElse("").split("\\s+");
        long total = 0;
        for (int i = 1; i < Math.min(fields.length, STEAL_FIELD + 1); i++)
        {
            total += Long.parseLong(fields[i]);
        }
        return total == 0 || fields.length <= STEAL_FIELD ? 0 : 100.0 * Long.parseLong(fields[STEAL_FIELD]) / total;
    }

    private static HostFinding nmiWatchdog(final Host host)
    {
        final boolean isOn = host.files().number("/proc/sys/kernel/nmi_watchdog").orElse(0) != 0;
        return new HostFinding(!isOn, isOn ? "on" : "off");
    }
}
