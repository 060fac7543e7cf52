package io.lockstep.sequencer.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The snapshots of a node, one file each, named for the sequence of the input they were taken behind. A file under its name is
 * whole: it is written aside, synced and then renamed.
 */
public final class SnapshotDirectory
{
    /** How a snapshot is called. */
    public static final String SUFFIX = ".snapshot";
    /** What it has behind its name until it is whole. */
    public static final String ASIDE_SUFFIX = ".writing";
    private static final String NAME_FORMAT = "%020d" + SUFFIX;
    private static final String NAME_MAX = String.format(NAME_FORMAT, Long.MAX_VALUE);

    private final Path path;

    public SnapshotDirectory(final Path path)
    {
        this.path = path;
    }

    public Path path()
    {
        return path;
    }

    Path file(final long sequence)
    {
        return path.resolve(String.format(NAME_FORMAT, sequence));
    }

    /** The newest first; empty when there are none. */
    public List<Path> newestFirst()
    {
        if (!Files.isDirectory(path))
        {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path))
        {
            return files.filter((file) -> isName(file.getFileName().toString()))
                .sorted(Comparator.comparing((final Path file) -> file.getFileName().toString()).reversed())
                .toList();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private static boolean isName(final String name)
    {
        return name.matches("\\d{20}\\" + SUFFIX) && name.compareTo(NAME_MAX) <= 0;
    }

    /** Sequence that a file's name says. */
    public static long sequence(final Path file)
    {
        final String name = file.getFileName().toString();
        return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    }

    /** Removes all but the newest so many, and what a crash has left half written. */
    public void prune(final int keep)
    {
        newestFirst().stream().skip(keep).forEach(SnapshotDirectory::delete);
        if (Files.isDirectory(path))
        {
            try (Stream<Path> files = Files.list(path))
            {
                files.filter((file) -> file.getFileName().toString().endsWith(ASIDE_SUFFIX))
                    .forEach(SnapshotDirectory::delete);
            }
            catch (final IOException ex)
            {
                throw new UncheckedIOException(ex);
            }
        }
    }

    private static void delete(final Path file)
    {
        try
        {
            Files.deleteIfExists(file);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
