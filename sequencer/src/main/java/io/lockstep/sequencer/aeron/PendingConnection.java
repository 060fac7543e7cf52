package io.lockstep.sequencer.aeron;

import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.config.NodeContext;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/**
 * A connection in the making, on a thread of its own: it needs the directory's lock and nothing of what recovery finds, so media
 * driver and client start while the journal is replayed. Nothing is sent or heard before the node takes it.
 */
public final class PendingConnection implements AutoCloseable
{
    private final FutureTask<Connection> task;

    public PendingConnection(final NodeContext context, final ErrorHandler errorHandler, final Consumer<String> notices)
    {
        task = new FutureTask<>(() -> new Connection(context, errorHandler, notices));
        final Thread thread = new Thread(task, "lockstep-connect");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Returns when it is there; it is closed with this.
     *
     * @throws NodeException as {@link Connection#Connection} does.
     */
    public Connection await()
    {
        boolean isInterrupted = false;
        try
        {
            while (true)
            {
                try
                {
                    return task.get();
                }
                catch (final InterruptedException ex)
                {
                    isInterrupted = true;
                }
            }
        }
        catch (final ExecutionException ex)
        {
            throw ex.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(ex.getCause());
        }
        finally
        {
            if (isInterrupted)
            {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Takes a driver along that nobody has waited for, because the journal was refused meanwhile. */
    @Override
    public void close()
    {
        final Connection connection;
        try
        {
            connection = await();
        }
        catch (final RuntimeException ex)
        {
            // There is none to close; who needed it has been told.
            return;
        }
        CloseHelper.close(connection);
    }
}
