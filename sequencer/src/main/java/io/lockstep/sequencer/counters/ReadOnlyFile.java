package io.lockstep.sequencer.counters;

import io.lockstep.sequencer.NodeException;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Files of a process that runs, mapped by another that only looks and so needs no more than to read them.
 */
final class ReadOnlyFile
{
    private ReadOnlyFile()
    {
    }

    /**
     * The whole file; to be unmapped by the caller.
     *
     * @throws NodeException naming the file, when it cannot be read.
     */
    static MappedByteBuffer map(final Path file)
    {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ))
        {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        }
        catch (final AccessDeniedException ex)
        {
            throw new NodeException(NodeException.CANNOT_RUN,
                file + ": expected a file that this user may read: user=" +
                    System.getProperty("user.name", "?"),
                ex);
        }
        catch (final IOException ex)
        {
            throw new NodeException(NodeException.CANNOT_RUN, file + ": expected a file that can be read: " + ex, ex);
        }
    }
}
