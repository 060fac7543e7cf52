package io.lockstep.sequencer.journal;

import net.openhft.posix.OpenFlag;
import net.openhft.posix.PosixAPI;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reserves with {@code fallocate}; on a file system that has none, by writing zeros, which nobody else writes meanwhile.
 */
public final class PosixReserver implements SpaceReserver
{
    private static final int KEEP_SIZE = 1;
    private static final int NO_SUCH_CALL = 38;
    private static final int NOT_SUPPORTED = 95;
    private static final int ZEROS_LENGTH = 1 << 16;

    @Override
    public void reserve(final Path file, final long offset, final long length, final boolean keepLength)
        throws IOException
    {
        final PosixAPI posix = PosixAPI.posix();
        final int descriptor = posix.open(file.toString(), OpenFlag.O_RDWR.value(), 0);
        if (descriptor < 0)
        {
            throw new IOException(file + ": cannot be opened: " + posix.strerror(posix.lastError()));
        }
        final int error;
        try
        {
            error = posix.fallocate(descriptor, keepLength ? KEEP_SIZE : 0, offset, length) == 0
                ? 0
                : posix.lastError();
        }
        finally
        {
            posix.close(descriptor);
        }
        if (error == NOT_SUPPORTED || error == NO_SUCH_CALL)
        {
            writeZeros(file, offset, length);
        }
        else if (error != 0)
        {
            throw new IOException(posix.strerror(error));
        }
    }

    static void writeZeros(final Path file, final long offset, final long length) throws IOException
    {
        final ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS_LENGTH);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE))
        {
            long position = offset;
            while (position < offset + length)
            {
                zeros.clear().limit((int)Math.min(ZEROS_LENGTH, offset + length - position));
                position += channel.write(zeros, position);
            }
        }
    }
}
