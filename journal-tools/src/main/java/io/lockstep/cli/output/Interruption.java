package io.lockstep.cli.output;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C or SIGTERM end a command in order: the thread that made this is interrupted and given a while to close what it
 * has open, and this; then the JVM cleans up and ends with the signal's own exit status.
 */
public final class Interruption implements AutoCloseable
{
    private static final long CLOSE_TIMEOUT_SECONDS = 5;

    private final Thread worker = Thread.currentThread();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean requested;

    /**
     * @param cleanUp run when interrupted, after the worker has closed this or was too slow to.
     */
    public Interruption(final Runnable cleanUp)
    {
        hook = new Thread(() ->
        {
            interrupt();
            cleanUp.run();
        }, "lockstep-interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void interrupt()
    {
        requested = true;
        worker.interrupt();
        try
        {
            closed.await(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }

    public boolean isRequested()
    {
        return requested;
    }

    @Override
    public void close()
    {
        closed.countDown();
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
