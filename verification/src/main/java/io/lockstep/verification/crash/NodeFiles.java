package io.lockstep.verification.crash;

import io.lockstep.sequencer.journal.DocumentSource;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.QueueJournal;
import io.lockstep.sequencer.journal.QueueStore;
import io.lockstep.sequencer.journal.SegmentId;
import io.lockstep.sequencer.snapshot.SnapshotDirectory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells from the names in a node's directory what the node is doing, or was doing when it died: those that were not there when
 * it was looked at last.
 */
public final class NodeFiles
{
    private final NodeDirectory directory;
    private Set<String> snapshots = Set.of();
    private Set<String> segments = Set.of();

    public NodeFiles(final NodeDirectory directory)
    {
        this.directory = directory;
    }

    /** From now on only what appears counts. */
    public void look()
    {
        snapshots = names(directory.snapshots());
        segments = names(directory.journal());
    }

    /** A snapshot is being written, or has got its name. */
    public boolean hasNewSnapshot()
    {
        return names(directory.snapshots()).stream().anyMatch((name) -> !snapshots.contains(name));
    }

    /** A further segment of an incarnation is being made, or has got its name. */
    public boolean hasNewSegment()
    {
        return names(directory.journal()).stream()
            .anyMatch((name) -> !segments.contains(name) && isFurtherSegment(withoutSuffix(name)));
    }

    /** Of a dead node: a snapshot was begun and not finished. */
    public boolean hasUnfinishedSnapshot()
    {
        return names(directory.snapshots()).stream()
            .anyMatch((name) -> name.endsWith(SnapshotDirectory.ASIDE_SUFFIX) && !snapshots.contains(name));
    }

    /** Of a dead node: a further segment was being made, or was there and had no record yet. */
    public boolean hasUnfinishedSegment()
    {
        final boolean isInTheMaking = names(directory.journal()).stream()
            .anyMatch((name) -> name.endsWith(QueueJournal.NEW_SUFFIX) && !segments.contains(name) &&
                isFurtherSegment(withoutSuffix(name)));
        return isInTheMaking || isNewestEmpty();
    }

    private boolean isNewestEmpty()
    {
        final List<SegmentId> all = directory.segments();
        final SegmentId newest = all.isEmpty() ? null : all.get(all.size() - 1);
        if (newest == null || newest.segment() == 1 || segments.contains(newest.name()))
        {
            return false;
        }
        try (DocumentSource documents = new QueueStore(directory).open(newest))
        {
            return documents != null && !documents.next();
        }
    }

    /** Sequence of the newest whole snapshot, 0 for none. */
    public long newestSnapshotSequence()
    {
        final List<Path> newestFirst = new SnapshotDirectory(directory.snapshots()).newestFirst();
        return newestFirst.isEmpty() ? 0 : SnapshotDirectory.sequence(newestFirst.get(0));
    }

    private static String withoutSuffix(final String name)
    {
        return name.endsWith(QueueJournal.NEW_SUFFIX)
            ? name.substring(0, name.length() - QueueJournal.NEW_SUFFIX.length())
            : name;
    }

    private static boolean isFurtherSegment(final String name)
    {
        final SegmentId segment = SegmentId.parse(name);
        return segment != null && segment.segment() > 1;
    }

    private static Set<String> names(final Path path)
    {
        final Set<String> names = new HashSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path))
        {
            entries.forEach((entry) -> names.add(entry.getFileName().toString()));
        }
        catch (final NoSuchFileException ex)
        {
            // Not made yet.
            return names;
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        return names;
    }
}
