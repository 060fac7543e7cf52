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
     * Bytes allocated by one run of the action after some that are not counted: they load classes, grow what grows up to a
     * capacity, and let the compiler do its work.
     *
     * @param warmUpRuns runs before the one that counts.
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
        final long before = THREADS.getCurrentThreadAllocatedBytes();
        action.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
