package io.lockstep.peers;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;

/**
 * Which Java threads have taken how much of the processors between two moments. Threads of the JVM itself are not in it.
 */
final class ThreadLoad
{
    private static final double WORTH_MENTIONING = 0.02;
    private static final double PERCENT = 100;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Map<Long, Long> startNsById = cpuTimes();
    private final long startNs = System.nanoTime();
    private long threads;
    private double processors;

    private static Map<Long, Long> cpuTimes()
    {
        final Map<Long, Long> cpuTimeNsById = new HashMap<>();
        for (final long id : THREADS.getAllThreadIds())
        {
            cpuTimeNsById.put(id, THREADS.getThreadCpuTime(id));
        }
        return cpuTimeNsById;
    }

    /** From the construction to now. */
    ThreadLoad end()
    {
        final double durationNs = System.nanoTime() - startNs;
        cpuTimes().forEach((id, cpuTimeNs) ->
        {
            final double share = (cpuTimeNs - startNsById.getOrDefault(id, 0L)) / durationNs;
            threads += share >= WORTH_MENTIONING ? 1 : 0;
            processors += share;
        });
        return this;
    }

    long threads()
    {
        return threads;
    }

    long processorsPercent()
    {
        return Math.round(PERCENT * processors);
    }
}
