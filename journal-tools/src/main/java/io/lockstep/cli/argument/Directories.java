package io.lockstep.cli.argument;

import io.lockstep.sequencer.NodeException;
import org.agrona.IoUtil;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Directories that commands write: new or empty ones only, a temporary one where none is named.
 */
public final class Directories
{
    private static final int DELETE_ATTEMPTS = 3;

    private Directories()
    {
    }

    /**
     * @param directory null for a temporary one.
     * @throws NodeException when there is something in it, or it cannot be made.
     */
    public static Path newOrEmpty(final Path directory, final String prefix)
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

    /**
     * Deletes what is in a directory, and the directory itself when asked to. Another thread may still write into it: what
     * comes up meanwhile is deleted as well, as far as a few attempts go.
     */
    public static void delete(final Path directory, final boolean itself)
    {
        for (int attempt = 0; attempt < DELETE_ATTEMPTS; attempt++)
        {
            final File[] entries = directory.toFile().listFiles();
            for (final File entry : entries == null ? new File[0] : entries)
            {
                IoUtil.delete(entry, true);
            }
        }
        if (itself)
        {
            IoUtil.delete(directory.toFile(), true);
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

    private static String utf8(final Path file, final byte[] bytes)
    {
        final CharBuffer text = CharBuffer.allocate(bytes.length);
        final ByteBuffer input = ByteBuffer.wrap(bytes);
        final CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(input, text, true);
        text.flip();
        if (!result.isUnderflow())
        {
            final String before = text.toString();
            throw new UsageException(file + ":" + (before.chars().filter((c) -> c == '\n').count() + 1) + ":" +
                (before.length() - before.lastIndexOf('\n')) + ": expected text in UTF-8, byte " + input.position() +
                " is none");
        }
        return text.toString();
    }

    public static String read(final Path file)
    {
        if (Files.isDirectory(file))
        {
            throw new UsageException(file + ": expected a file, found a directory");
        }
        try
        {
            return utf8(file, Files.readAllBytes(file));
        }
        catch (final java.nio.file.NoSuchFileException ex)
        {
            throw new UsageException(file + ": expected a file that exists");
        }
        catch (final AccessDeniedException ex)
        {
            throw new NodeException(NodeException.CANNOT_RUN,
                file + ": expected a file that this user may read: user=" +
                    System.getProperty("user.name", "?"));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
