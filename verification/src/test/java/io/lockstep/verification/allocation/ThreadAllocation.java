package io.lockstep.verification.allocation;

import com.sun.management.ThreadMXBean;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Map;
import java.util.TreeMap;

/**
 * Bytes allocated so far by each thread that lives, by its name.
 */
final class ThreadAllocation
{
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();

    private ThreadAllocation()
    {
    }

    static Map<String, Long> bytesByThread()
    {
        final Map<String, Long> bytesByThread = new TreeMap<>();
        final long[] ids = THREADS.getAllThreadIds();
        final long[] bytes = THREADS.getThreadAllocatedBytes(ids);
        final ThreadInfo[] infos = THREADS.getThreadInfo(ids);
        for (int i = 0; i < ids.length; i++)
        {
            if (infos[i] != null)
            {
                bytesByThread.merge(infos[i].getThreadName(), bytes[i], Long::sum);
            }
        }
        return bytesByThread;
    }
}
