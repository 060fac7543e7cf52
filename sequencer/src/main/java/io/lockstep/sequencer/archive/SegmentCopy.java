package io.lockstep.sequencer.archive;

import io.lockstep.sequencer.journal.SegmentId;
import io.lockstep.sequencer.journal.SegmentWalk;
import org.agrona.CloseHelper;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * One segment on its way into the archive: whole documents, up to the last that the loop has published. It holds its source open,
 * so that what is removed there before it was copied is copied nevertheless.
 */
final class SegmentCopy implements AutoCloseable
{
    private final SegmentId id;
    private final ArchiveFiles files;
    private final Path segment;
    private final Path target;
    private final SegmentWalk walk;
    private final FileChannel source;
    private FileChannel copy;
    private long copied;

    private SegmentCopy(
        final SegmentId id,
        final Path segment,
        final Path target,
        final SegmentWalk walk,
        final long from,
        final ArchiveFiles files) throws IOException
    {
        this.files = files;
        this.id = id;
        this.segment = segment;
        this.target = target;
        this.walk = walk;
        this.copied = from;
        this.source = FileChannel.open(walk.file(), StandardOpenOption.READ);
    }

    /**
     * @param from how far it was copied before, a document's end.
     * @return null when the segment has no file yet.
     */
    static SegmentCopy open(
        final SegmentId id, final Path segment, final Path target, final long from, final ArchiveFiles files)
        throws IOException
    {
        final SegmentWalk walk = SegmentWalk.open(segment, from);
        return walk == null ? null : new SegmentCopy(id, segment, target, walk, from, files);
    }

    SegmentId id()
    {
        return id;
    }

    /** Looks how far the source's documents reach now. Returns whether there is any. */
    boolean advance()
    {
        return walk.advance() > 0;
    }

    /** Bytes that the source has and the copy has not, as of the last look. */
    long lagBytes()
    {
        return walk.end() - copied;
    }

    /** Up to where the copy is on its disk. */
    long copied()
    {
        return copied;
    }

    /** Whether there is anything to copy, or what is there has not been looked at. */
    boolean isBehind()
    {
        return lagBytes() > 0 || copy == null && walk.end() > 0;
    }

    /** Copies so many bytes of what the last look has found, at most, and waits until they are on the disk. */
    void copy(final long lengthMax) throws IOException
    {
        final long to = Math.min(walk.end(), copied + lengthMax);
        if (copy == null)
        {
            copy = openTarget();
        }
        files.copy(source, copy, copied, to);
        files.force(copy, false);
        copied = to;
    }

    private FileChannel openTarget() throws IOException
    {
        files.createDirectories(target);
        try (Stream<Path> entries = Files.list(segment))
        {
            final List<Path> others = entries.filter((entry) -> !entry.equals(walk.file())).toList();
            for (final Path other : others)
            {
                files.copyWhole(other, target.resolve(other.getFileName()));
            }
        }
        final Path file = target.resolve(walk.file().getFileName());
        final FileChannel channel = files.open(file);
        // What an outage has left behind the mark is not this journal's.
        files.truncate(channel, copied);
        // As long as the source: a file that ends with a document counts as cut.
        files.extend(channel, source.size());
        files.force(channel, true);
        files.sync(target);
        files.sync(target.getParent());
        return channel;
    }

    @Override
    public void close()
    {
        CloseHelper.closeAll(copy, source, walk);
    }
}
