package io.lockstep.sequencer.aeron;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.lockstep.sequencer.NodeException;
import org.agrona.ErrorHandler;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A media driver within this process, with the timeouts that a restart at once needs.
 */
public final class EmbeddedDriver
{
    private static final int IPC_TERM_LENGTH = 8 << 20;
    private static final long ALIVE_WITHIN_MS = 2_000;
    private static final long SHORT_CLIENT_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int UNBLOCK_AFTER_TIMEOUTS = 3;

    private EmbeddedDriver()
    {
    }

    /** As {@link #launch(Path, long, ErrorHandler)}, for clients that may be killed and must not be missed for long. */
    public static MediaDriver launch(final Path directory, final ErrorHandler errorHandler)
    {
        return launch(directory, SHORT_CLIENT_TIMEOUT_NS, errorHandler);
    }

    /**
     * @param directory       of the driver. One that a dead driver has left is replaced, one that a live driver uses is refused.
     * @param clientTimeoutNs after which a client that says nothing is dead.
     * @throws NodeException when a live driver uses the directory, or it is not ours, or there is no room.
     */
    public static MediaDriver launch(
        final Path directory, final long clientTimeoutNs, final ErrorHandler errorHandler)
    {
        DriverDirectory.requireOurs(directory);
        if (DriverFile.isAlive(directory, ALIVE_WITHIN_MS))
        {
            throw new NodeException(NodeException.CANNOT_RUN,
                "a live media driver uses the directory: aeron.directory=" + directory);
        }
        return launchOwned(directory, clientTimeoutNs, errorHandler);
    }

    /**
     * The same where the caller's own lock proves that no live driver can be there: nothing is waited for.
     */
    public static MediaDriver launchOwned(
        final Path directory, final long clientTimeoutNs, final ErrorHandler errorHandler)
    {
        return DriverDirectory.launch(context(directory, clientTimeoutNs, errorHandler));
    }

    private static MediaDriver.Context context(
        final Path directory, final long clientTimeoutNs, final ErrorHandler errorHandler)
    {
        return new MediaDriver.Context()
            .aeronDirectoryName(directory.toString())
            .dirDeleteOnStart(true)
            .dirDeleteOnShutdown(true)
            .epochClock(SteadyEpochClock.INSTANCE)
            .threadingMode(ThreadingMode.SHARED)
            .clientLivenessTimeoutNs(clientTimeoutNs)
            .timerIntervalNs(TimeUnit.MILLISECONDS.toNanos(100))
            .publicationUnblockTimeoutNs(clientTimeoutNs * UNBLOCK_AFTER_TIMEOUTS)
            .ipcTermBufferLength(IPC_TERM_LENGTH)
            .publicationTermBufferLength(IPC_TERM_LENGTH)
            // Each page has its place before anything is written: a full file system must not end a thread in mid-message.
            .termBufferSparseFile(false)
            .spiesSimulateConnection(false)
            .errorHandler(errorHandler);
    }
}
