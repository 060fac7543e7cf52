package io.lockstep.core;

import com.sun.management.ThreadMXBean;

import java.lang.management.ManagementFactory;

/**
 * Counts the bytes that the calling thread allocates, to the byte. Stateless, any thread; each thread sees its own count.
 */
public final class AllocationProbe
{
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();

    private AllocationProbe()
    {
    }

    /**
     * Bytes allocated by one run of the action, the smaller of two, after some that are not counted: those load classes, grow what
     * grows up to a capacity, and let the compiler do its work.
     * <p>
     * The action is to do the same work in each run, thousands of times over: code that allocates then does so in every run. The virtual
     * machine also allocates on the thread's account by itself, once, as when it throws away a compiled method whose frame is on the
     * stack; that does not come twice in a row. What grows by more and more seldom steps is seen only where it grows in both runs.
     *
     * @param warmUpRuns runs before the two that count.
     * @throws UnsupportedOperationException when the virtual machine does not count.
     */
    public static long allocatedBytes(final int warmUpRuns, final Runnable action)
    {
        if (!THREADS.isThreadAllocatedMemorySupported())
        {
            throw new UnsupportedOperationException("this virtual machine does not count what a thread allocates");
        }
        THREADS.setThreadAllocatedMemoryEnabled(true);
        for (int i = 0; i < warmUpRuns; i++)
        {
            action.run();
        }
        final long first = allocatedByOne(action);
        return Math.min(first, allocatedByOne(action));
    }

    private static long allocatedByOne(final Runnable action)
    {
        final long before = THREADS.getCurrentThreadAllocatedBytes();
        action.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
