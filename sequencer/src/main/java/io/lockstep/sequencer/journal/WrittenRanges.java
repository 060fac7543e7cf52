package io.lockstep.sequencer.journal;

import net.openhft.posix.OpenFlag;
import net.openhft.posix.PosixAPI;

import java.nio.file.Path;

/**
 * Where a file may hold anything but zeros, by the word of its file system. Most of a segment's file was never written when its
 * writer dies: reading those zeros takes longer than replaying what stands before them. A file system that cannot tell says that
 * all was written.
 */
final class WrittenRanges implements AutoCloseable
{
    /** Of lseek(2). The values of the library's {@code WhenceFlag} are too high by one. */
    private static final int SEEK_DATA = 3;

    private final PosixAPI posix = PosixAPI.posix();
    private final int descriptor;
    private final boolean isKnown;

    /**
     * @param file whose first byte is not zero.
     */
    WrittenRanges(final Path file)
    {
        descriptor = posix.open(file.toString(), OpenFlag.O_RDONLY.value(), 0);
        isKnown = descriptor >= 0 && seekData(0) == 0;
    }

    /**
     * @return where the next byte may be that is not zero, from the position on; the limit when there is none before it.
     */
    long next(final long position, final long limit)
    {
        if (!isKnown || position >= limit)
        {
            return Math.min(position, limit);
        }
        final long data = seekData(position);
        return data < 0 ? limit : Math.min(data, limit);
    }

    /** Negative where there is nothing behind the position. */
    private long seekData(final long position)
    {
        return posix.lseek(descriptor, position, SEEK_DATA);
    }

    boolean isKnown()
    {
        return isKnown;
    }

    @Override
    public void close()
    {
        if (descriptor >= 0)
        {
            posix.close(descriptor);
        }
    }
}
