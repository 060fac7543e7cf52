package io.lockstep.sequencer.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Removes what nobody needs any more from the beginning of a journal: whole segments, the oldest first, so that what is left is
 * a journal whenever the process ends.
 */
public final class Retention
{
    private static final String REMOVED_SUFFIX = ".removed";

    private Retention()
    {
    }

    /**
     * Removes the segments that lie entirely before the position.
     *
     * @param oldestNeeded   where the oldest snapshot that is kept goes on from; its own segment stays.
     * @param retainSegments how many of the segments before it stay, too.
     * @return how many were removed.
     */
    public static int apply(
        final NodeDirectory directory, final JournalPosition oldestNeeded, final int retainSegments) throws IOException
    {
        deleteEntries(directory, REMOVED_SUFFIX);
        final SegmentId needed = oldestNeeded.segmentId();
        final List<SegmentId> before = directory.segments().stream()
            .filter((segment) -> segment.compareTo(needed) < 0).toList();
        final int count = directory.segments().contains(needed) ? Math.max(0, before.size() - retainSegments) : 0;
        for (final SegmentId segment : before.subList(0, count))
        {
            final Path path = directory.segment(segment);
            final Path removed = path.resolveSibling(path.getFileName() + REMOVED_SUFFIX);
            Files.move(path, removed);
            delete(removed);
        }
        return count;
    }

    /** Deletes the segments that a crash has ended while they were being made: they hold reserved space and no document. */
    static void deleteUnfinished(final NodeDirectory directory) throws IOException
    {
        if (Files.isDirectory(directory.journal()))
        {
            deleteEntries(directory, QueueJournal.NEW_SUFFIX);
        }
    }

    private static void deleteEntries(final NodeDirectory directory, final String suffix) throws IOException
    {
        try (Stream<Path> entries = Files.list(directory.journal()))
        {
            for (final Path entry : entries.filter((path) -> path.toString().endsWith(suffix)).toList())
            {
                delete(entry);
            }
        }
    }

    /** Deletes a segment's directory, where there is one. */
    public static void delete(final Path directory) throws IOException
    {
        if (!Files.isDirectory(directory))
        {
            return;
        }
        try (Stream<Path> files = Files.list(directory))
        {
            for (final Path file : files.toList())
            {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
