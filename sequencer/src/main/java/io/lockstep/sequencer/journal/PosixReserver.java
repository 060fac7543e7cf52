package io.lockstep.sequencer.journal;

import net.openhft.posix.OpenFlag;
import net.openhft.posix.PosixAPI;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reserves with {@code fallocate}; on a file system that has none, by writing zeros, which nobody else writes meanwhile.
 */
public final class PosixReserver implements SpaceReserver
{
    private static final int ZEROS_LENGTH = 1 << 16;

    @Override
    public void reserve(final Path file, final long offset, final long length) throws IOException
    {
        final PosixAPI posix = PosixAPI.posix();
        final int descriptor = posix.open(file.toString(), OpenFlag.O_RDWR.value(), 0);
        if (descriptor < 0)
        {
            throw new IOException(file + ": cannot be opened for writing");
        }
        final boolean isReserved;
        try
        {
            isReserved = posix.fallocate(descriptor, 0, offset, length) == 0;
        }
        finally
        {
            posix.close(descriptor);
        }
        if (!isReserved)
        {
            // The number of the error is not to be had reliably. Writing either works or says what is wrong.
            if (Files.getFileStore(file).getUsableSpace() < length)
            {
                throw new IOException("No space left on device");
            }
            writeZeros(file, offset, length);
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
