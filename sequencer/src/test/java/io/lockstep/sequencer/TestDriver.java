package io.lockstep.sequencer;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.driver.MediaDriver;
import io.lockstep.sequencer.aeron.DriverClient;
import io.lockstep.sequencer.aeron.EmbeddedDriver;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.BooleanSupplier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A media driver and a client of it, for as long as it is open.
 */
public final class TestDriver implements AutoCloseable
{
    private static final long TIMEOUT_NS = 20_000_000_000L;

    private final Path directory = newDirectory();
    private final MediaDriver driver = EmbeddedDriver.launch(directory, TestDriver::onError);
    private final Aeron aeron = DriverClient.connect(new Aeron.Context()
        .aeronDirectoryName(directory.toString())
        .errorHandler(TestDriver::onError));

    /** Clients and drivers come and go while a test runs; what matters is what it finds at the other end. */
    public static void onError(final Throwable error)
    {
        // The default would end the process.
    }

    /** In memory where there is any; nothing is there yet. */
    public static Path newDirectory()
    {
        final Path sharedMemory = Path.of("/dev/shm");
        final Path parent = Files.isWritable(sharedMemory)
            ? sharedMemory
            : Path.of(System.getProperty("java.io.tmpdir"));
        return parent.resolve("lockstep-test-" + UUID.randomUUID());
    }

    public Path directory()
    {
        return directory;
    }

    public Aeron aeron()
    {
        return aeron;
    }

    /** Connected to a subscriber. */
    public ExclusivePublication publication(final String channel, final int streamId)
    {
        final ExclusivePublication publication = aeron.addExclusivePublication(channel, streamId);
        await(publication::isConnected);
        return publication;
    }

    /** Offers until it is taken. */
    public static void send(final ExclusivePublication publication, final DirectBuffer record)
    {
        send(publication, record, Thread::yield);
    }

    /** As {@link #send(ExclusivePublication, DirectBuffer)}, while something polls at the other end. */
    public static void send(final ExclusivePublication publication, final DirectBuffer record, final Runnable poll)
    {
        await(() ->
        {
            poll.run();
            return publication.offer(record, 0, record.capacity()) > 0;
        });
    }

    public static void await(final BooleanSupplier condition)
    {
        final long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!condition.getAsBoolean())
        {
            assertThat(System.nanoTime() - deadlineNs).as("in time").isNegative();
            Thread.yield();
        }
    }

    @Override
    public void close()
    {
        CloseHelper.closeAll(aeron, driver);
    }
}
