package io.lockstep.sequencer.aeron;

import io.aeron.Aeron;
import io.aeron.exceptions.DriverTimeoutException;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Connects to a media driver by the clock that the driver goes by. A client with another would take a live driver for dead.
 */
public final class DriverClient
{
    private static final long LOOK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(2);

    private DriverClient()
    {
    }

    /**
     * @param context with its directory and, where it is not Aeron's, its driver timeout.
     * @throws DriverTimeoutException when no live driver is there in time.
     */
    public static Aeron connect(final Aeron.Context context)
    {
        final Path directory = Path.of(context.aeronDirectoryName());
        return Aeron.connect(context.epochClock(await(directory, context.driverTimeoutMs()).clock()));
    }

    private static DriverFile await(final Path directory, final long timeoutMs)
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (true)
        {
            final DriverFile file = DriverFile.read(directory);
            if (file != null && file.heartbeatMs() > 0 && file.silentMs() <= timeoutMs)
            {
                return file;
            }
            if (System.nanoTime() - deadlineNs >= 0)
            {
                throw new DriverTimeoutException(file == null || file.heartbeatMs() <= 0
                    ? "none was there in " + timeoutMs + " ms"
                    : "the one there has said nothing for " + file.silentMs() + " ms, driverTimeout=" + timeoutMs +
                        " ms");
            }
            LockSupport.parkNanos(LOOK_INTERVAL_NS);
        }
    }
}
