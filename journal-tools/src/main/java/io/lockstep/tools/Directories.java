package io.lockstep.tools;

import io.lockstep.sequencer.node.NodeException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Directories that commands write: new or empty ones only, a temporary one where none is named.
 */
final class Directories
{
    private Directories()
    {
    }

    /**
     * @param directory null for a temporary one.
     * @throws NodeException when there is something in it, or it cannot be made.
     */
    static Path newOrEmpty(final Path directory, final String prefix)
    {
        try
        {
            if (directory == null)
            {
                return Files.createTempDirectory(prefix);
            }
            if (Files.exists(directory) && !isEmpty(directory))
            {
                throw new NodeException(NodeException.CANNOT_RUN,
                    directory + ": expected a directory that does not exist or is empty");
            }
            return Files.createDirectories(directory);
        }
        catch (final IOException ex)
        {
            throw new NodeException(NodeException.CANNOT_RUN, directory + ": cannot be made: " + ex);
        }
    }

    private static boolean isEmpty(final Path directory) throws IOException
    {
        if (!Files.isDirectory(directory))
        {
            return false;
        }
        try (Stream<Path> entries = Files.list(directory))
        {
            return entries.findAny().isEmpty();
        }
    }

    /** Of a journal that must be there. */
    static void requireJournal(final io.lockstep.sequencer.journal.NodeDirectory directory)
    {
        if (!directory.hasJournal())
        {
            throw new UsageException(directory.path() + ": expected a node's directory with a journal in it");
        }
    }

    static String read(final Path file)
    {
        try
        {
            return Files.readString(file);
        }
        catch (final java.nio.file.NoSuchFileException ex)
        {
            throw new UsageException(file + ": expected a file that exists");
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
