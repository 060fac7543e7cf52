package io.lockstep.sequencer.journal;

import net.openhft.chronicle.wire.Wires;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Where a node keeps what it must not lose.
 * <pre>
 *  node.lock            an operating-system file lock, held as long as the node lives
 *  journal/000001/ ...  a Chronicle Queue for each incarnation
 *  counters.dat         Agrona counters, read by other processes
 *  errors.dat           distinct error log
 *  config.yaml          the configuration the newest incarnation runs with
 * </pre>
 * The lock is the operating system's, so a dead process never holds it, whatever its process id was.
 */
public final class NodeDirectory
{
    private static final String INCARNATION_FORMAT = "%06d";
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

    public Path configuration()
    {
        return path.resolve("config.yaml");
    }

    public Path incarnation(final int incarnation)
    {
        return journal().resolve(String.format(INCARNATION_FORMAT, incarnation));
    }

    /** Numbers of the incarnations there are, ascending. */
    public List<Integer> incarnations()
    {
        if (!Files.isDirectory(journal()))
        {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(journal()))
        {
            final List<Integer> numbers = new ArrayList<>(entries
                .map((entry) -> entry.getFileName().toString())
                .filter((name) -> name.matches("\\d{6}"))
                .map(Integer::valueOf)
                .sorted()
                .toList());
            return numbers;
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * Whether the queue of an incarnation was made completely, so that there can be a record in it. A process killed while it
     * made the file leaves its first header unmarked, and Chronicle would wait many seconds for the dead to finish it.
     */
    public boolean isStarted(final int incarnation)
    {
        try (Stream<Path> files = Files.list(incarnation(incarnation)))
        {
            final Path file = files.filter((path) -> path.toString().endsWith(".cq4")).findFirst().orElse(null);
            return file != null && isHeaderComplete(file);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private static boolean isHeaderComplete(final Path file) throws IOException
    {
        final ByteBuffer header = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ))
        {
            return channel.read(header) == Integer.BYTES && header.getInt(0) != 0 && Wires.isReady(header.getInt(0));
        }
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
        boolean locked = false;
        try
        {
            final FileChannel channel = FileChannel.open(held.resolve("node.lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
            locked = channel.tryLock() != null;
            if (!locked)
            {
                channel.close();
            }
            return locked ? new Lock(channel, held) : null;
        }
        finally
        {
            if (!locked)
            {
                HELD.remove(held);
            }
        }
    }

    /** Held as long as it is open. */
    public static final class Lock implements AutoCloseable
    {
        private final FileChannel channel;
        private final Path held;

        private Lock(final FileChannel channel, final Path held)
        {
            this.channel = channel;
            this.held = held;
        }

        @Override
        public void close()
        {
            try
            {
                if (channel.isOpen())
                {
                    channel.close();
                    HELD.remove(held);
                }
            }
            catch (final IOException ex)
            {
                throw new UncheckedIOException(ex);
            }
        }
    }
}
