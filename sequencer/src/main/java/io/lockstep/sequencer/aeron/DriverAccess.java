package io.lockstep.sequencer.aeron;

import io.aeron.CncFileDescriptor;
import io.lockstep.sequencer.NodeException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether this process may use the files of a media driver. A client of Aeron must write what it reads; one that may not would try
 * again and again, on a processor of its own, without an end.
 */
public final class DriverAccess
{
    private DriverAccess()
    {
    }

    /**
     * To be called before a client connects. A directory that is not there is none of its business: the driver may come.
     *
     * @throws NodeException naming what may not be read or written, and whose it is.
     */
    public static void require(final Path directory)
    {
        requireSearchable(directory.toAbsolutePath().normalize());
        final Path file = directory.resolve(CncFileDescriptor.CNC_FILE);
        if (Files.exists(file) && !(Files.isReadable(file) && Files.isWritable(file)))
        {
            throw refused(directory, file, "that this user may read and write, as every client of a media driver must");
        }
    }

    private static void requireSearchable(final Path directory)
    {
        Path ancestor = directory.getRoot();
        for (final Path name : directory)
        {
            ancestor = ancestor.resolve(name);
            if (!Files.isDirectory(ancestor))
            {
                return;
            }
            if (!Files.isExecutable(ancestor))
            {
                throw refused(directory, ancestor, "a directory that this user may look into");
            }
        }
    }

    private static NodeException refused(final Path directory, final Path file, final String expected)
    {
        return new NodeException(NodeException.CANNOT_RUN, "aeron.directory=" + directory + ": " + file +
            " of owner=" + owner(file) + " and user=" + System.getProperty("user.name", "?") + ": expected one "
            + expected);
    }

    private static String owner(final Path file)
    {
        try
        {
            return Files.getOwner(file).getName();
        }
        catch (final IOException ex)
        {
            return "unknown";
        }
    }
}
