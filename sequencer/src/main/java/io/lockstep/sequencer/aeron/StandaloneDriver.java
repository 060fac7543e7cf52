package io.lockstep.sequencer.aeron;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.config.DriverContext;
import io.lockstep.sequencer.config.IdleKind;
import io.lockstep.sequencer.loop.Pinning;
import org.agrona.ErrorHandler;

import java.io.File;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A media driver that is all a process does, as configured.
 */
public final class StandaloneDriver
{
    private static final String CORES_KEY = "driver.cores";
    private static final long ALIVE_WITHIN_MS = 2_000;
    private static final long LOOK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int TIMER_INTERVALS_IN_TIMEOUT = 10;
    private static final int UNBLOCK_AFTER_TIMEOUTS = 3;

    private StandaloneDriver()
    {
    }

    /**
     * Takes the directory that a dead driver has left. A driver killed a moment ago still looks alive, so one that does is
     * watched until it has said nothing for 2 s.
     *
     * @throws NodeException when a live driver uses the directory, or the host does not allow what is configured.
     */
    public static MediaDriver launch(
        final DriverContext configuration, final DriverFaults faults, final ErrorHandler errorHandler)
    {
        DriverDirectory.requireOurs(configuration.directory());
        requireDead(configuration.directory().toFile());
        // Here, for the driver's own threads have no one to tell.
        configuration.cores().forEach((core) -> new Pinning(CORES_KEY, core).close());
        try
        {
            final MediaDriver.Context context = context(configuration, errorHandler);
            faults.apply(context);
            return DriverDirectory.launch(context);
        }
        catch (final io.aeron.exceptions.ConfigurationException ex)
        {
            throw new NodeException(NodeException.CANNOT_RUN,
                "driver: this host does not allow it: " + ex.getMessage());
        }
    }

    /** Whether a driver in the directory has shown itself lately. */
    public static boolean isAlive(final File directory)
    {
        return DriverFile.isAlive(directory.toPath(), ALIVE_WITHIN_MS);
    }

    private static void requireDead(final File directory)
    {
        final long deadlineNs = System.nanoTime() + 2 * TimeUnit.MILLISECONDS.toNanos(ALIVE_WITHIN_MS);
        while (isAlive(directory))
        {
            if (System.nanoTime() - deadlineNs > 0)
            {
                throw new NodeException(NodeException.CANNOT_RUN,
                    "a live media driver uses the directory: aeron.directory=" + directory);
            }
            LockSupport.parkNanos(LOOK_INTERVAL_NS);
        }
    }

    private static MediaDriver.Context context(final DriverContext configuration, final ErrorHandler errorHandler)
    {
        final MediaDriver.Context context = new MediaDriver.Context()
            .aeronDirectoryName(configuration.directory().toString())
            .dirDeleteOnStart(true)
            .dirDeleteOnShutdown(true)
            .epochClock(SteadyEpochClock.INSTANCE)
            .clientLivenessTimeoutNs(configuration.clientTimeoutNs())
            .timerIntervalNs(configuration.clientTimeoutNs() / TIMER_INTERVALS_IN_TIMEOUT)
            .publicationUnblockTimeoutNs(configuration.clientTimeoutNs() * UNBLOCK_AFTER_TIMEOUTS)
            .imageLivenessTimeoutNs(configuration.imageTimeoutNs())
            .ipcTermBufferLength(configuration.ipcTermLength())
            .publicationTermBufferLength(configuration.termLength())
            .mtuLength(configuration.mtuLength())
            .ipcMtuLength(configuration.mtuLength())
            .socketRcvbufLength(configuration.socketBufferLength())
            .socketSndbufLength(configuration.socketBufferLength())
            .initialWindowLength(configuration.windowLength())
            .termBufferSparseFile(!configuration.preTouch())
            .errorHandler(errorHandler);
        // Where it has a thread of its own, the conductor is not in any message's way.
        final IdleKind conductor = configuration.threads() == DriverContext.Threads.SHARED
            ? configuration.idle()
            : IdleKind.BACKOFF;
        context.conductorIdleStrategy(conductor.create())
            .sharedIdleStrategy(conductor.create())
            .sharedNetworkIdleStrategy(configuration.idle().create())
            .senderIdleStrategy(configuration.idle().create())
            .receiverIdleStrategy(configuration.idle().create());
        return threads(context, configuration);
    }

    private static MediaDriver.Context threads(
        final MediaDriver.Context context, final DriverContext configuration)
    {
        final List<ThreadFactory> threads = configuration.cores().stream()
            .map((core) -> (ThreadFactory)new PinnedThreads(CORES_KEY, core))
            .toList();
        return switch (configuration.threads())
        {
            case SHARED -> context.threadingMode(ThreadingMode.SHARED)
                .sharedThreadFactory(factory(threads, 0));
            case SHARED_NETWORK -> context.threadingMode(ThreadingMode.SHARED_NETWORK)
                .conductorThreadFactory(factory(threads, 0))
                .sharedNetworkThreadFactory(factory(threads, 1));
            case DEDICATED -> context.threadingMode(ThreadingMode.DEDICATED)
                .conductorThreadFactory(factory(threads, 0))
                .senderThreadFactory(factory(threads, 1))
                .receiverThreadFactory(factory(threads, 2));
        };
    }

    private static ThreadFactory factory(final List<ThreadFactory> threads, final int index)
    {
        return threads.isEmpty() ? Thread::new : threads.get(index);
    }
}
