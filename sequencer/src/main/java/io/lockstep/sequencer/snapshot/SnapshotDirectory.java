package io.lockstep.sequencer.snapshot;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The snapshots of a node, one file each, named for the sequence of the input they were taken behind. A file under its name is
 * whole: it is written aside, synced and then renamed.
 */
public final class SnapshotDirectory implements SnapshotStore
{
    /** How a snapshot is called. */
    public static final String SUFFIX = ".snapshot";
    /** What it has behind its name until it is whole. */
    public static final String ASIDE_SUFFIX = ".writing";
    private static final String NAME_FORMAT = "%020d" + SUFFIX;
    private static final int OUTPUT_BUFFER_LENGTH = 1 << 20;
    private static final String NAME_MAX = String.format(Locale.ROOT, NAME_FORMAT, Long.MAX_VALUE);

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
        return path.resolve(name(sequence));
    }

    /** How the snapshot behind this input is called. */
    public static String name(final long sequence)
    {
        return String.format(Locale.ROOT, NAME_FORMAT, sequence);
    }

    @Override
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

    @Override
    public byte[] read(final Path file) throws IOException
    {
        return Files.readAllBytes(file);
    }

    @Override
    public Path write(final long sequence, final Contents contents) throws IOException
    {
        final Path file = file(sequence);
        final Path aside = path.resolve(file.getFileName() + ASIDE_SUFFIX);
        Files.createDirectories(path);
        try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING))
        {
            final OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), OUTPUT_BUFFER_LENGTH);
            contents.writeTo(out);
            out.flush();
            channel.force(true);
        }
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync();
        return file;
    }

    private void sync() throws IOException
    {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ))
        {
            channel.force(true);
        }
    }

    @Override
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
