package io.lockstep.cli.output;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGTERM and SIGINT as something a process looks at. The process ends with status 0 when its command has said in time that it
 * stopped as it was told; otherwise with what the signal or the command says.
 */
public final class StopSignal implements AutoCloseable
{
    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean clean;

    /**
     * @param timeoutNs that a stop may take.
     */
    public StopSignal(final long timeoutNs)
    {
        hook = new Thread(() ->
        {
            requested.countDown();
            if (awaitEnd(timeoutNs) && clean)
            {
                // The JVM would end with 128 + the signal, but what stops as it was told has done its work.
                Runtime.getRuntime().halt(ExitStatus.DONE);
            }
        }, "lockstep-shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private boolean awaitEnd(final long timeoutNs)
    {
        try
        {
            return ended.await(timeoutNs, TimeUnit.NANOSECONDS);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public boolean isRequested()
    {
        return requested.getCount() == 0;
    }

    /** Waits for the signal, no longer than given; returns whether it has come. */
    public boolean await(final long timeoutNs) throws InterruptedException
    {
        return requested.await(timeoutNs, TimeUnit.NANOSECONDS);
    }

    /** Everything is closed and printed: this was a stop as it should be. */
    public void stoppedClean()
    {
        clean = true;
    }

    @Override
    public void close()
    {
        ended.countDown();
        try
        {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
        catch (final IllegalStateException ex)
        {
            // The process is ending: the hook runs.
        }
    }
}
