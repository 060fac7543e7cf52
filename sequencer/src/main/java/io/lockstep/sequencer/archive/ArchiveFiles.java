package io.lockstep.sequencer.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * All that an archive writes goes through here, and all that it waits for until it is on the disk, so that a test sees in which
 * order both happen.
 */
class ArchiveFiles
{
    /** The real ones. */
    static final ArchiveFiles DISK = new ArchiveFiles();

    private static final String ASIDE_SUFFIX = ".writing";

    /** A file to be written, which is made when there is none. */
    FileChannel open(final Path file) throws IOException
    {
        return FileChannel.open(file, writing());
    }

    private static OpenOption[] writing()
    {
        return new OpenOption[]{StandardOpenOption.CREATE, StandardOpenOption.WRITE};
    }

    void write(final FileChannel channel, final ByteBuffer bytes, final long position) throws IOException
    {
        channel.write(bytes, position);
    }

    void truncate(final FileChannel channel, final long length) throws IOException
    {
        channel.truncate(length);
    }

    /** So many bytes of one file into the same place of another. */
    void copy(final FileChannel source, final FileChannel target, final long from, final long to) throws IOException
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
    final void extend(final FileChannel channel, final long length) throws IOException
    {
        if (channel.size() < length)
        {
            write(channel, ByteBuffer.allocate(1), length - 1);
        }
    }

    /** Returns when what was written to the file is on the disk; its length too, when the metadata is asked for. */
    void force(final FileChannel channel, final boolean metaData) throws IOException
    {
        channel.force(metaData);
    }

    /** A file's content, or a directory's names. */
    void sync(final Path path) throws IOException
    {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ))
        {
            channel.force(true);
        }
    }

    /** The whole content of a file into another, in place of what that had. */
    void copy(final Path source, final Path target) throws IOException
    {
        Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
    }

    void move(final Path source, final Path target) throws IOException
    {
        Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
    }

    void createDirectory(final Path directory) throws IOException
    {
        Files.createDirectory(directory);
    }

    /** A directory, and those above it; where one is made its name is on the disk when this returns. */
    final void createDirectories(final Path directory) throws IOException
    {
        if (!Files.isDirectory(directory))
        {
            createDirectories(directory.getParent());
            createDirectory(directory);
            sync(directory.getParent());
        }
    }

    /** A whole file, which appears under its name when it is whole and on the disk. */
    final void copyWhole(final Path source, final Path target) throws IOException
    {
        final Path aside = target.resolveSibling(target.getFileName() + ASIDE_SUFFIX);
        copy(source, aside);
        sync(aside);
        move(aside, target);
        sync(target.getParent());
    }
}
