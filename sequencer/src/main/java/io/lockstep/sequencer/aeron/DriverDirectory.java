package io.lockstep.sequencer.aeron;

import com.sun.security.auth.module.UnixSystem;
import io.aeron.CncFileDescriptor;
import io.aeron.driver.MediaDriver;
import io.lockstep.sequencer.NodeException;
import org.agrona.CloseHelper;
import org.agrona.concurrent.status.CountersReader;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The directory of a media driver. Its name can be foretold and it mostly lies where everybody may make files, so it is looked at
 * before it is deleted or used: a real directory, of the user that this process runs as, that not everybody may write into. What
 * is deleted is deleted without following a link.
 */
final class DriverDirectory
{
    private static final int OTHERS_WRITE = 0002;
    private static final int ROUNDING_BYTES = 1 << 20;

    private DriverDirectory()
    {
    }

    /**
     * @throws NodeException when something is there that is not ours.
     */
    static void requireOurs(final Path directory)
    {
        final String problem;
        try
        {
            if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS))
            {
                return;
            }
            problem = problem(directory);
        }
        catch (final IOException ex)
        {
            throw new NodeException(NodeException.CANNOT_RUN,
                "aeron.directory=" + directory + ": cannot be looked at: " + ex.getMessage(), ex);
        }
        if (problem != null)
        {
            throw new NodeException(NodeException.CANNOT_RUN, "aeron.directory=" + directory +
                ": expected a directory of this user's own, which only he may write into, found " + problem +
                "; nothing in it was touched: remove it, or name another aeron.directory");
        }
    }

    private static String problem(final Path directory) throws IOException
    {
        if (Files.isSymbolicLink(directory))
        {
            return "a symbolic link to " + Files.readSymbolicLink(directory);
        }
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS))
        {
            return "a file that is no directory";
        }
        final int owner = (Integer)Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        final long self = new UnixSystem().getUid();
        if (owner != self)
        {
            return "one of user id " + owner + ", this process runs as " + self;
        }
        final int mode = (Integer)Files.getAttribute(directory, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return (mode & OTHERS_WRITE) != 0 ? "one that everybody may write into" : null;
    }

    /**
     * Clears the directory and launches the driver in it.
     *
     * @throws NodeException when it is not ours, or has no room.
     */
    static MediaDriver launch(final MediaDriver.Context context)
    {
        final Path directory = Path.of(context.aeronDirectoryName());
        requireOurs(directory);
        try
        {
            clear(directory);
            requireRoom(directory, lengthBytes(context));
        }
        catch (final IOException ex)
        {
            throw new NodeException(NodeException.CANNOT_RUN,
                "aeron.directory=" + directory + ": expected a directory that can be written: " + ex, ex);
        }
        final MediaDriver driver;
        try
        {
            driver = MediaDriver.launch(context);
        }
        catch (final InternalError | IllegalStateException | java.io.UncheckedIOException ex)
        {
            throw new NodeException(NodeException.CANNOT_RUN,
                "aeron.directory=" + directory + ": the media driver could not make its files: " + ex, ex);
        }
        try
        {
            // Somebody may have been there between the look and the making.
            requireOurs(directory);
        }
        catch (final NodeException ex)
        {
            context.dirDeleteOnShutdown(false);
            CloseHelper.quietClose(driver);
            throw ex;
        }
        return driver;
    }

    /** The driver finds an empty directory, so that it follows no link when it deletes. */
    private static void clear(final Path directory) throws IOException
    {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS))
        {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>()
        {
            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException
            {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(final Path visited, final IOException failure) throws IOException
            {
                if (failure != null)
                {
                    throw failure;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Mapped files on a full file system are a fault of memory when they are written. */
    private static void requireRoom(final Path directory, final long wantedBytes) throws IOException
    {
        Path existing = directory.toAbsolutePath();
        while (!Files.exists(existing))
        {
            existing = existing.getParent();
        }
        final long usableBytes = Files.getFileStore(existing).getUsableSpace();
        if (usableBytes < wantedBytes)
        {
            throw new NodeException(NodeException.CANNOT_RUN, "no space: aeron.directory=" + directory +
                ": usableBytes=" + usableBytes + ", expected at least " + wantedBytes + " for " +
                CncFileDescriptor.CNC_FILE + ", and three terms for each stream");
        }
    }

    private static long lengthBytes(final MediaDriver.Context context)
    {
        final int valuesLength = context.counterValuesBufferLength();
        return (long)context.conductorBufferLength() + context.toClientsBufferLength() + valuesLength +
            (long)valuesLength * (CountersReader.METADATA_LENGTH / CountersReader.COUNTER_LENGTH) +
            context.errorBufferLength() + context.lossReportBufferLength() + ROUNDING_BYTES;
    }
}
