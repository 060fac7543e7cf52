package io.lockstep.sequencer.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Copies of files that are on the disk when the call returns.
 */
final class ArchiveFiles
{
    private static final String ASIDE_SUFFIX = ".writing";

    private ArchiveFiles()
    {
    }

    /** So many bytes of one file into the same place of another. */
    static void copy(final FileChannel source, final FileChannel target, final long from, final long to)
        throws IOException
    {
        target.position(from);
        long position = from;
        while (position < to)
        {
            final long copied = source.transferTo(position, to - position, target);
            if (copied <= 0)
            {
                throw new IOException("expected " + to + " bytes to copy, found " + position);
            }
            position += copied;
        }
    }

    /** Makes a file so long, with a hole at its end. */
    static void extend(final FileChannel channel, final long length) throws IOException
    {
        if (channel.size() < length)
        {
            channel.write(ByteBuffer.allocate(1), length - 1);
        }
    }

    /** A whole file, which appears under its name when it is whole. */
    static void copyWhole(final Path source, final Path target) throws IOException
    {
        final Path aside = target.resolveSibling(target.getFileName() + ASIDE_SUFFIX);
        Files.copy(source, aside, StandardCopyOption.REPLACE_EXISTING);
        sync(aside);
        Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
        sync(target.getParent());
    }

    /** A file's content, or a directory's names. */
    static void sync(final Path path) throws IOException
    {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ))
        {
            channel.force(true);
        }
    }
}
