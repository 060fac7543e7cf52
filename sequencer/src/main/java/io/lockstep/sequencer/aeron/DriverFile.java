package io.lockstep.sequencer.aeron;

import io.aeron.CncFileDescriptor;
import org.agrona.BufferUtil;
import org.agrona.IoUtil;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

import java.io.File;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What a media driver's file says of it at one moment. A driver of ours goes by {@link SteadyEpochClock}, the C driver by the wall
 * clock; the time at which it started tells which, for a host is not up for decades.
 *
 * @param startMs     when the driver started, by its clock.
 * @param heartbeatMs when it was last alive, by its clock; {@link #ENDED} when it has ended in order.
 */
public record DriverFile(long startMs, long heartbeatMs)
{
    /** What a driver leaves as its last heartbeat. */
    public static final long ENDED = -1;

    private static final long STEADY_MAX_MS = TimeUnit.DAYS.toMillis(365 * 30);
    private static final long LOOK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(20);

    /**
     * Reads it; needs no permission to write.
     *
     * @param directory of the driver.
     * @return null where there is none, or one that is being made.
     */
    public static DriverFile read(final Path directory)
    {
        final File file = directory.resolve(CncFileDescriptor.CNC_FILE).toFile();
        if (file.length() <= CncFileDescriptor.META_DATA_LENGTH)
        {
            return null;
        }
        final MappedByteBuffer mapped = IoUtil.mapExistingFile(file, FileChannel.MapMode.READ_ONLY, "media driver");
        try
        {
            return read(mapped);
        }
        finally
        {
            BufferUtil.free(mapped);
        }
    }

    private static DriverFile read(final MappedByteBuffer mapped)
    {
        final UnsafeBuffer metadata = CncFileDescriptor.createMetaDataBuffer(mapped);
        if (metadata.getIntVolatile(CncFileDescriptor.cncVersionOffset(0)) == 0 ||
            !CncFileDescriptor.isCncFileLengthSufficient(metadata, mapped.capacity()))
        {
            return null;
        }
        final ManyToOneRingBuffer toDriver = new ManyToOneRingBuffer(
            CncFileDescriptor.createToDriverBuffer(mapped, metadata));
        return new DriverFile(CncFileDescriptor.startTimestampMs(metadata), toDriver.consumerHeartbeatTime());
    }

    /** Whether the driver goes by a clock that does not step. */
    public boolean isSteady()
    {
        return startMs < STEADY_MAX_MS;
    }

    /** The clock that the driver goes by, and its clients must. */
    public EpochClock clock()
    {
        return isSteady() ? SteadyEpochClock.INSTANCE : SystemEpochClock.INSTANCE;
    }

    /** How long ago the driver was last alive; negative where its clock has gone back. */
    public long silentMs()
    {
        return clock().time() - heartbeatMs;
    }

    /**
     * Whether a driver in the directory has been alive lately. The age of a heartbeat is proof where the clock is steady; where it
     * is the wall clock, or the file is of before the host was started, the heartbeat is watched for so long whether it goes on.
     */
    public static boolean isAlive(final Path directory, final long withinMs)
    {
        final DriverFile first = read(directory);
        if (first == null || first.heartbeatMs == ENDED || first.heartbeatMs == 0)
        {
            return false;
        }
        final long silentMs = first.silentMs();
        return first.isSteady() && silentMs >= 0
            ? silentMs <= withinMs
            : isBeating(directory, first, withinMs);
    }

    private static boolean isBeating(final Path directory, final DriverFile first, final long withinMs)
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(withinMs);
        while (System.nanoTime() - deadlineNs < 0)
        {
            LockSupport.parkNanos(LOOK_INTERVAL_NS);
            final DriverFile next = read(directory);
            if (next == null || next.heartbeatMs == ENDED)
            {
                return false;
            }
            if (!next.equals(first))
            {
                return true;
            }
        }
        return false;
    }
}
