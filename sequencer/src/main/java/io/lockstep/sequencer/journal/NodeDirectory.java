package io.lockstep.sequencer.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Where a node keeps what it must not lose.
 * <pre>
 *  ../NAME.lock         an operating-system file lock, held as long as the node lives, beside the directory: it holds though the
 *                       directory is removed, or another is put in its place
 *  node.lock            the same within the directory, for one that is moved, or where nothing can be made beside it
 *  journal/             a Chronicle Queue for each segment of each incarnation
 *  snapshots/           states to start from, see {@code sequencer.snapshot}
 *  counters.dat         Agrona counters, read by other processes
 *  errors.dat           distinct error log
 *  log/                 what the process has to say, in lines
 *  config.yaml          the configuration the newest incarnation runs with
 *  tail-cut             there from when a damaged tail was cut off until the start that says so in the journal
 * </pre>
 * The lock is the operating system's, so a dead process never holds it, whatever its process id was.
 */
public final class NodeDirectory
{
    /** What Chronicle keeps beside a queue's file. */
    static final String QUEUE_METADATA = "metadata.cq4t";

    private static final String LOCK_SUFFIX = ".lock";

    /** Closing any channel on a file gives up all locks of the process on it, so a second one must not even be opened. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;

    public NodeDirectory(final Path path)
    {
        this.path = path;
    }

    /**
     * From what a user names: the node's directory, or the {@code journal} directory within it.
     */
    public static NodeDirectory of(final Path path)
    {
        return path.endsWith("journal") && !Files.isDirectory(path.resolve("journal")) && path.getParent() != null
            ? new NodeDirectory(path.getParent())
            : new NodeDirectory(path);
    }

    public Path path()
    {
        return path;
    }

    public Path journal()
    {
        return path.resolve("journal");
    }

    public Path counters()
    {
        return path.resolve("counters.dat");
    }

    public Path errors()
    {
        return path.resolve("errors.dat");
    }

    public Path snapshots()
    {
        return path.resolve("snapshots");
    }

    public Path log()
    {
        return path.resolve("log");
    }

    public Path configuration()
    {
        return path.resolve("config.yaml");
    }

    public Path tailCut()
    {
        return path.resolve("tail-cut");
    }

    /** Directory of the first segment of an incarnation. */
    public Path incarnation(final int incarnation)
    {
        return segment(SegmentId.first(incarnation));
    }

    public Path segment(final SegmentId segment)
    {
        return journal().resolve(segment.name());
    }

    /** The segments there are, in their order. */
    public List<SegmentId> segments()
    {
        if (!Files.isDirectory(journal()))
        {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(journal()))
        {
            return entries
                .map((entry) -> SegmentId.parse(entry.getFileName().toString()))
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** Files of queues that Chronicle has set aside, with the records in them. */
    public List<Path> discarded()
    {
        final List<Path> discarded = new ArrayList<>();
        for (final SegmentId segment : segments())
        {
            try (Stream<Path> entries = Files.list(segment(segment)))
            {
                entries.filter((entry) -> entry.toString().endsWith(QueueFileDescriptor.DISCARD_SUFFIX)).sorted()
                    .forEach(discarded::add);
            }
            catch (final IOException ex)
            {
                throw new UncheckedIOException(ex);
            }
        }
        return discarded;
    }

    /**
     * Waits until the journal is on the disk up to a position: its segment, and the one before, which may still be being closed.
     *
     * @throws JournalException when the disk cannot be written.
     */
    public void sync(final JournalPosition position)
    {
        segments().stream()
            .filter((segment) -> segment.incarnation() == position.incarnation() &&
                segment.segment() <= position.segment() && segment.segment() >= position.segment() - 1)
            .forEach((segment) -> QueueJournal.sync(segment(segment)));
    }

    /** Numbers of the incarnations there are, ascending. */
    public List<Integer> incarnations()
    {
        return segments().stream().map(SegmentId::incarnation).distinct().toList();
    }

    /** Number of the incarnation that a start makes now. */
    public int nextIncarnation()
    {
        final List<SegmentId> segments = segments();
        return segments.isEmpty() ? 1 : segments.get(segments.size() - 1).incarnation() + 1;
    }

    /** Whether there is anything to replay. */
    public boolean hasJournal()
    {
        return !incarnations().isEmpty();
    }

    /**
     * Takes the node's lock, making the directory where there is none.
     *
     * @return the lock, to be held while the node lives; or null when a live process holds it.
     * @throws IOException when the directory cannot be made or written.
     */
    public Lock tryLock() throws IOException
    {
        Files.createDirectories(path);
        final Path held = path.toRealPath();
        if (!HELD.add(held))
        {
            return null;
        }
        FileChannel beside = null;
        FileChannel within = null;
        try
        {
            beside = openBeside(held);
            if (beside == null || beside.tryLock() != null)
            {
                within = FileChannel.open(
                    held.resolve("node.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                if (within.tryLock() != null)
                {
                    return new Lock(beside, within, held);
                }
            }
        }
        catch (final IOException ex)
        {
            release(beside, within, held);
            throw ex;
        }
        release(beside, within, held);
        return null;
    }

    /** Null where this user can make nothing beside the directory; then he can neither remove it nor replace it. */
    private static FileChannel openBeside(final Path held) throws IOException
    {
        if (held.getFileName() == null)
        {
            return null;
        }
        try
        {
            return FileChannel.open(held.resolveSibling(held.getFileName() + LOCK_SUFFIX), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        }
        catch (final AccessDeniedException ex)
        {
            return null;
        }
        catch (final FileSystemException ex)
        {
            if (Files.isWritable(held.getParent()))
            {
                throw ex;
            }
            return null;
        }
    }

    private static void release(final FileChannel beside, final FileChannel within, final Path held)
    {
        try
        {
            if (within != null)
            {
                within.close();
            }
            if (beside != null)
            {
                beside.close();
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        finally
        {
            HELD.remove(held);
        }
    }

    /** Held as long as it is open. */
    public static final class Lock implements AutoCloseable
    {
        private final FileChannel beside;
        private final FileChannel within;
        private final Path held;

        private Lock(final FileChannel beside, final FileChannel within, final Path held)
        {
            this.beside = beside;
            this.within = within;
            this.held = held;
        }

        @Override
        public void close()
        {
            if (within.isOpen())
            {
                release(beside, within, held);
            }
        }
    }
}
