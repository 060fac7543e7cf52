package io.lockstep.cli.output;

import io.lockstep.cli.argument.Directories;
import io.lockstep.sequencer.NodeException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * An output directory that is filled whole or not at all: written in a hidden directory within it, and moved to its place by
 * {@link #commit()}. Closed without that, it leaves the target as it was: absent or empty. An {@link Interruption} closes it.
 */
public final class AsideDirectory implements AutoCloseable
{
    private final Path target;
    private final Path aside;
    private final boolean isOwn;

    /**
     * @param directory new or empty; null for a temporary one.
     * @throws NodeException when there is something in it, or it cannot be made.
     */
    public AsideDirectory(final Path directory, final String prefix)
    {
        isOwn = directory == null || !Files.exists(directory);
        target = Directories.newOrEmpty(directory, prefix);
        aside = target.resolve("." + ProcessHandle.current().pid() + ".tmp");
        try
        {
            Files.createDirectory(aside);
        }
        catch (final IOException ex)
        {
            close();
            throw new NodeException(NodeException.CANNOT_RUN, target + ": cannot be written: " + ex);
        }
    }

    /** Where it is to be. */
    public Path target()
    {
        return target;
    }

    /** Where it is written. */
    public Path aside()
    {
        return aside;
    }

    public void commit()
    {
        try (Stream<Path> entries = Files.list(aside))
        {
            for (final Path entry : entries.toList())
            {
                Files.move(entry, target.resolve(entry.getFileName()));
            }
            Files.delete(aside);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("cannot write " + target + ": " + ex, ex);
        }
    }

    /** Any thread: nothing happens twice. */
    @Override
    public void close()
    {
        if (Files.exists(aside))
        {
            Directories.delete(aside, true);
        }
        if (isOwn && isEmpty())
        {
            Directories.delete(target, true);
        }
    }

    private boolean isEmpty()
    {
        final String[] entries = target.toFile().list();
        return entries != null && entries.length == 0;
    }
}
