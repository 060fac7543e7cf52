package io.lockstep.sequencer.aeron;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.exceptions.ConductorServiceTimeoutException;
import io.aeron.exceptions.DriverTimeoutException;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A client of a media driver with its streams. When the client has ended though the driver lives, because this process stood still
 * or a clock has stepped, it is made anew, and the streams go on with it: meanwhile nobody hears and nobody is heard, as
 * when a gateway is away.
 * <p>
 * One thread makes the streams and calls {@link #check}; each stream may be used by a thread of its own.
 */
public final class DriverConnection implements AutoCloseable
{
    private static final long ALIVE_WITHIN_MS = 2_000;

    private final Path directory;
    private final long driverTimeoutMs;
    private final ErrorHandler errorHandler;
    private final Consumer<String> notices;
    private final List<AeronSender> senders = new ArrayList<>();
    private final List<AeronReceiver> receivers = new ArrayList<>();
    private volatile Aeron aeron;
    private volatile Throwable ending;
    private FutureTask<Aeron> renewal;
    private long lostNs;
    private boolean isClosed;

    /**
     * @param directory       of the driver.
     * @param driverTimeoutNs after which a driver that says nothing is gone.
     * @param errorHandler    for what goes wrong on Aeron's threads.
     * @param notices         of a client that was made anew, with the reason.
     * @throws RuntimeException as {@link DriverClient#connect}.
     */
    public DriverConnection(
        final Path directory,
        final long driverTimeoutNs,
        final ErrorHandler errorHandler,
        final Consumer<String> notices)
    {
        this.directory = directory;
        this.driverTimeoutMs = TimeUnit.NANOSECONDS.toMillis(driverTimeoutNs);
        this.errorHandler = errorHandler;
        this.notices = notices;
        aeron = connect();
    }

    private Aeron connect()
    {
        return DriverClient.connect(new Aeron.Context()
            .aeronDirectoryName(directory.toString())
            .driverTimeoutMs(driverTimeoutMs)
            .errorHandler(this::onError)
            .subscriberErrorHandler((error) ->
            {
                // An exception of a handler must end its loop, not be logged by the poll and forgotten.
                throw error instanceof RuntimeException runtime ? runtime : new IllegalStateException(error);
            }));
    }

    private void onError(final Throwable error)
    {
        if (ending == null)
        {
            ending = error;
        }
        errorHandler.onError(error);
    }

    /** Exclusive: a shared publication would be that of a dead predecessor in the same driver, which nobody can tell from it. */
    public AeronSender sender(final String channel, final int streamId)
    {
        final AeronSender sender = new AeronSender(channel, streamId);
        sender.renew(aeron.addExclusivePublication(channel, streamId));
        senders.add(sender);
        return sender;
    }

    public AeronReceiver receiver(final String channel, final int streamId)
    {
        final AeronReceiver receiver = new AeronReceiver(channel, streamId);
        receiver.renew(aeron.addSubscription(channel, streamId));
        receivers.add(receiver);
        return receiver;
    }

    /**
     * To be called several times a second: begins and ends making the client anew, on a thread of its own.
     *
     * @throws DriverGoneException when the driver is gone.
     */
    public void check()
    {
        if (renewal != null)
        {
            finishRenewal();
        }
        else if (aeron.isClosed())
        {
            lostNs = System.nanoTime();
            renewal = new FutureTask<>(this::renew);
            final Thread thread = new Thread(renewal, "lockstep-reconnect");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void finishRenewal()
    {
        if (!renewal.isDone())
        {
            return;
        }
        try
        {
            aeron = renewal.get();
        }
        catch (final ExecutionException ex)
        {
            throw new DriverGoneException("the media driver is gone: " +
                (ending == null ? ex.getCause() : ending).getMessage(), ex.getCause());
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            return;
        }
        final String reason = reason(ending);
        renewal = null;
        ending = null;
        notices.accept("connected anew to the media driver in " + directory + " after " +
            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lostNs) + " ms without: " + reason);
    }

    /** What stood still, as far as the client can tell. */
    private static String reason(final Throwable ending)
    {
        if (ending instanceof ConductorServiceTimeoutException)
        {
            return "this process stood still for longer than the driver waits for a client: " + ending.getMessage();
        }
        if (ending instanceof DriverTimeoutException)
        {
            return "the driver has said nothing, or the clock has stepped: " + ending.getMessage();
        }
        return ending == null
            ? "the client has ended"
            : "the driver took this client for dead, because it stood still or the clock has stepped: " +
                ending.getMessage();
    }

    private Aeron renew()
    {
        CloseHelper.quietClose(aeron);
        if (!DriverFile.isAlive(directory, ALIVE_WITHIN_MS))
        {
            throw new IllegalStateException("no live driver in " + directory);
        }
        final Aeron renewed = connect();
        try
        {
            final List<ExclusivePublication> publications = new ArrayList<>();
            for (final AeronSender sender : senders)
            {
                publications.add(renewed.addExclusivePublication(sender.channel(), sender.streamId()));
            }
            final List<Subscription> subscriptions = new ArrayList<>();
            for (final AeronReceiver receiver : receivers)
            {
                subscriptions.add(renewed.addSubscription(receiver.channel(), receiver.streamId()));
            }
            for (int i = 0; i < publications.size(); i++)
            {
                senders.get(i).renew(publications.get(i));
            }
            for (int i = 0; i < subscriptions.size(); i++)
            {
                receivers.get(i).renew(subscriptions.get(i));
            }
            return renewed;
        }
        catch (final RuntimeException ex)
        {
            CloseHelper.quietClose(renewed);
            throw ex;
        }
    }

    @Override
    public void close()
    {
        if (isClosed)
        {
            return;
        }
        isClosed = true;
        if (renewal != null)
        {
            try
            {
                CloseHelper.quietClose(renewal.get());
            }
            catch (final ExecutionException ex)
            {
                // There is none to close.
                return;
            }
            catch (final InterruptedException ex)
            {
                Thread.currentThread().interrupt();
            }
        }
        CloseHelper.close(aeron);
    }
}
