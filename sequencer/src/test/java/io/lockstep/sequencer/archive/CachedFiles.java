package io.lockstep.sequencer.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes as the real ones do, and knows what a loss of power would take: files written and directories with new names since they
 * were last waited for.
 */
final class CachedFiles extends ArchiveFiles
{
    private final Map<FileChannel, Path> pathByChannel = new HashMap<>();
    private final Set<Path> unsynced = new TreeSet<>();
    private final List<String> faults = new ArrayList<>();
    private final Path mark;
    private int marks;
    private int moves;

    /**
     * @param mark before which is written all that is copied must be on the disk.
     */
    CachedFiles(final Path mark)
    {
        this.mark = mark;
    }

    @Override
    FileChannel open(final Path file) throws IOException
    {
        if (Files.notExists(file))
        {
            unsynced.add(file.getParent());
        }
        final FileChannel channel = super.open(file);
        pathByChannel.put(channel, file);
        return channel;
    }

    @Override
    void write(final FileChannel channel, final ByteBuffer bytes, final long position) throws IOException
    {
        final Path file = pathByChannel.get(channel);
        if (file.equals(mark))
        {
            marks++;
            requireSynced("the mark is written", mark.getParent());
        }
        unsynced.add(file);
        if (position > channel.size())
        {
            // A hole is in the metadata alone.
            unsynced.add(length(file));
        }
        super.write(channel, bytes, position);
    }

    @Override
    void truncate(final FileChannel channel, final long length) throws IOException
    {
        unsynced.add(pathByChannel.get(channel));
        super.truncate(channel, length);
    }

    @Override
    void copy(final FileChannel source, final FileChannel target, final long from, final long to) throws IOException
    {
        unsynced.add(pathByChannel.get(target));
        super.copy(source, target, from, to);
    }

    @Override
    void force(final FileChannel channel, final boolean metaData) throws IOException
    {
        unsynced.remove(pathByChannel.get(channel));
        if (metaData)
        {
            unsynced.remove(length(pathByChannel.get(channel)));
        }
        super.force(channel, metaData);
    }

    private static Path length(final Path file)
    {
        return file.resolveSibling(file.getFileName() + " length");
    }

    @Override
    void sync(final Path path) throws IOException
    {
        unsynced.remove(path);
        super.sync(path);
    }

    @Override
    void copy(final Path source, final Path target) throws IOException
    {
        unsynced.add(target);
        super.copy(source, target);
    }

    @Override
    void move(final Path source, final Path target) throws IOException
    {
        moves++;
        final Set<Path> within = new TreeSet<>(unsynced);
        within.removeIf((path) -> !path.startsWith(source));
        if (!within.isEmpty())
        {
            faults.add("named before it is on the disk: " + target + ": " + within);
        }
        super.move(source, target);
        unsynced.add(target.getParent());
    }

    @Override
    void createDirectory(final Path directory) throws IOException
    {
        super.createDirectory(directory);
        unsynced.add(directory.getParent());
    }

    /** The first mark's own name may still be in the cache when the mark is written. */
    private void requireSynced(final String when, final Path exempt)
    {
        final Set<Path> missing = new TreeSet<>(unsynced);
        missing.remove(exempt);
        if (!missing.isEmpty())
        {
            faults.add(when + ": " + missing);
        }
    }

    /** What a loss of power would take now. */
    Set<Path> unsynced()
    {
        return unsynced;
    }

    /** What was done before what it needs was on the disk. */
    List<String> faults()
    {
        return faults;
    }

    int marks()
    {
        return marks;
    }

    int moves()
    {
        return moves;
    }
}
