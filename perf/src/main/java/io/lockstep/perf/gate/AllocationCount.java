package io.lockstep.perf.gate;

import com.sun.management.ThreadMXBean;
import io.lockstep.perf.work.HotPart;
import io.lockstep.perf.work.Work;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the bytes that the steps of each part allocate, to the byte: the least of several equal runs, because the virtual machine
 * resolves constants on the thread that has a method compiled, once.
 */
final class AllocationCount
{
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private static final int WARM_UP_STEPS = 60_000;
    private static final int STEPS = 10_000;
    private static final int RUNS_MAX = 10;

    private AllocationCount()
    {
    }

    static Map<String, Double> of(final List<HotPart> parts)
    {
        final Map<String, Double> bytesByPart = new LinkedHashMap<>();
        for (final HotPart part : parts)
        {
            bytesByPart.put(part.name(), bytes(part.make().get()));
        }
        return bytesByPart;
    }

    private static double bytes(final Work work)
    {
        steps(work, WARM_UP_STEPS);
        long least = Long.MAX_VALUE;
        for (int i = 0; i < RUNS_MAX && least > 0; i++)
        {
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            steps(work, STEPS);
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return (double)least / STEPS;
    }

    private static void steps(final Work work, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            work.step();
        }
    }
}
