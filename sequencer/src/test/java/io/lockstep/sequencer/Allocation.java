package io.lockstep.sequencer;

import com.sun.management.ThreadMXBean;

import java.lang.management.ManagementFactory;

/**
 * Counts the bytes that the calling thread allocates, to the byte.
 */
public final class Allocation
{
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();

    private Allocation()
    {
    }

    /**
     * The least of several equal runs: the VM resolves constants on the thread that has a method compiled, once, which counts as
     * that thread's allocation; what the code allocates itself is there in every run.
     */
    public static long leastBytes(final int runs, final Runnable action)
    {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < runs && least > 0; i++)
        {
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            action.run();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
