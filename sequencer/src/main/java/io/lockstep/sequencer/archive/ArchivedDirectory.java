package io.lockstep.sequencer.archive;

import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.SegmentDamagedException;
import io.lockstep.sequencer.journal.SegmentId;
import io.lockstep.sequencer.journal.SegmentWalk;
import io.lockstep.sequencer.snapshot.SnapshotDirectory;
import org.agrona.IoUtil;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A copy that {@link JournalArchive} has made, seen from a node that starts: whether the node has all that is in it, and the way
 * back when it has not.
 */
public final class ArchivedDirectory
{
    private static final String RESTORING_SUFFIX = ".restoring";
    private static final int COMPARED_LENGTH = 4096;

    private final ArchiveFiles files;
    private final NodeDirectory archive;
    private final ArchiveMark mark;

    /**
     * @throws IOException when it cannot be read.
     */
    public ArchivedDirectory(final Path path) throws IOException
    {
        this(path, ArchiveFiles.DISK);
    }

    ArchivedDirectory(final Path path, final ArchiveFiles files) throws IOException
    {
        this.files = files;
        archive = new NodeDirectory(path);
        mark = ArchiveMark.read(archive);
    }

    /** Whether there is a journal in it. */
    public boolean hasJournal()
    {
        return mark.segment() != null;
    }

    /**
     * Why a node must not go on in this directory: it would begin a journal anew, or go on with one that has less than the copy, and
     * the copy would be lost or mixed.
     *
     * @return null when it may.
     */
    public String conflict(final NodeDirectory node)
    {
        if (!hasJournal())
        {
            return null;
        }
        if (!node.hasJournal())
        {
            return "holds a journal up to segment=" + mark.segment() + ", and node.directory=" + node.path() +
                " holds none";
        }
        final Path segment = node.segment(mark.segment());
        if (!Files.isDirectory(segment) || end(segment) < mark.position())
        {
            return "holds more of the journal, up to segment=" + mark.segment() + " position=" + mark.position() +
                ", than node.directory=" + node.path();
        }
        return isSame(segment)
            ? null
            : "holds another journal: what stands before position=" + mark.position() + " of segment=" +
                mark.segment() + " differs from node.directory=" + node.path();
    }

    private static long end(final Path segment)
    {
        try (SegmentWalk walk = SegmentWalk.open(segment, 0))
        {
            return walk == null ? 0 : walk.advance();
        }
        catch (final SegmentDamagedException ex)
        {
            // Recovery says it better.
            return Long.MAX_VALUE;
        }
    }

    /** By the last bytes that were copied: they hold the chain of all that is before them. */
    private boolean isSame(final Path segment)
    {
        try
        {
            return Arrays.equals(bytesBeforeMark(segment), bytesBeforeMark(archive.segment(mark.segment())));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private byte[] bytesBeforeMark(final Path segment) throws IOException
    {
        final ByteBuffer bytes = ByteBuffer.allocate((int)Math.min(COMPARED_LENGTH, mark.position()));
        try (FileChannel channel = FileChannel.open(SegmentWalk.file(segment), StandardOpenOption.READ))
        {
            final long start = mark.position() - bytes.capacity();
            while (bytes.hasRemaining() && channel.read(bytes, start + bytes.position()) > 0)
            {
                // Until all is there, or the file's end.
            }
        }
        return bytes.array();
    }

    /**
     * Makes the node's directory what was copied of it, up to the mark. The journal appears when it is whole, so an attempt that was
     * cut off can be made again.
     *
     * @param node a directory without a journal; held by the caller.
     * @throws ArchiveException when it has one, or the archive has none.
     */
    public void restore(final NodeDirectory node) throws IOException
    {
        if (!hasJournal())
        {
            throw new ArchiveException(
                "archive=" + archive.path() + ": expected a directory that a node was copied to");
        }
        if (node.hasJournal())
        {
            throw new ArchiveException("node.directory=" + node.path() + ": expected a directory without a journal");
        }
        final Path restoring = node.path().resolve("journal" + RESTORING_SUFFIX);
        IoUtil.delete(restoring.toFile(), true);
        files.createDirectories(restoring);
        for (final SegmentId segment : archive.segments())
        {
            if (segment.compareTo(mark.segment()) <= 0)
            {
                restore(segment, restoring.resolve(segment.name()));
            }
        }
        files.createDirectories(node.snapshots());
        for (final Path snapshot : new SnapshotDirectory(archive.snapshots()).newestFirst())
        {
            files.copyWhole(snapshot, node.snapshots().resolve(snapshot.getFileName()));
        }
        if (Files.exists(archive.configuration()))
        {
            files.copyWhole(archive.configuration(), node.configuration());
        }
        files.move(restoring, node.journal());
        files.sync(node.path());
    }

    private void restore(final SegmentId segment, final Path target) throws IOException
    {
        final Path source = archive.segment(segment);
        final Path documents = SegmentWalk.file(source);
        if (documents == null)
        {
            throw new ArchiveException("archive=" + archive.path() + ": segment=" + segment + " has no file");
        }
        files.createDirectories(target);
        try (Stream<Path> entries = Files.list(source))
        {
            final List<Path> others = entries.filter((entry) -> !entry.equals(documents)).toList();
            for (final Path other : others)
            {
                files.copyWhole(other, target.resolve(other.getFileName()));
            }
        }
        final long end = segment.equals(mark.segment()) ? mark.position() : end(source);
        try (FileChannel from = FileChannel.open(documents, StandardOpenOption.READ);
            FileChannel to = files.open(target.resolve(documents.getFileName())))
        {
            files.copy(from, to, 0, Math.min(end, from.size()));
            files.extend(to, from.size());
            files.force(to, true);
        }
        files.sync(target);
    }
}
