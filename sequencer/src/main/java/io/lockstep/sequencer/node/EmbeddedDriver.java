package io.lockstep.sequencer.node;

import io.aeron.CommonContext;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
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

    private EmbeddedDriver()
    {
    }

    /**
     * @param directory of the driver. One that a dead driver has left is replaced, one that a live driver uses is refused.
     * @throws NodeException when a live driver uses the directory.
     */
    public static MediaDriver launch(final Path directory, final ErrorHandler errorHandler)
    {
        // Not the method of a context, which looks into the directory only once it is concluded.
        if (CommonContext.isDriverActive(directory.toFile(), ALIVE_WITHIN_MS, (message) ->
        {
        }))
        {
            throw new NodeException(NodeException.CANNOT_RUN,
                "a live media driver uses the directory: aeron.directory=" + directory);
        }
        return launchOwned(directory, errorHandler);
    }

    /**
     * The same where the caller's own lock proves that no live driver can be there: nothing is waited for.
     */
    public static MediaDriver launchOwned(final Path directory, final ErrorHandler errorHandler)
    {
        return MediaDriver.launch(context(directory, errorHandler).dirDeleteOnStart(true));
    }

    private static MediaDriver.Context context(final Path directory, final ErrorHandler errorHandler)
    {
        return new MediaDriver.Context()
            .aeronDirectoryName(directory.toString())
            .dirDeleteOnShutdown(true)
            .threadingMode(ThreadingMode.SHARED)
            .clientLivenessTimeoutNs(TimeUnit.SECONDS.toNanos(1))
            .timerIntervalNs(TimeUnit.MILLISECONDS.toNanos(100))
            .publicationUnblockTimeoutNs(TimeUnit.SECONDS.toNanos(3))
            .ipcTermBufferLength(IPC_TERM_LENGTH)
            .publicationTermBufferLength(IPC_TERM_LENGTH)
            .spiesSimulateConnection(false)
            .errorHandler(errorHandler);
    }
}
