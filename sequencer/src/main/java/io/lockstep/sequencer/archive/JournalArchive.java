package io.lockstep.sequencer.archive;

import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.Retention;
import io.lockstep.sequencer.journal.SegmentDamagedException;
import io.lockstep.sequencer.journal.SegmentId;
import io.lockstep.sequencer.snapshot.SnapshotDirectory;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Copies a node's directory to another file system while the node runs: what the loop has published of the journal, snapshots and
 * the configuration. It reads files and nothing of the loop's, so the loop does not wait for it, however slow its disk is.
 * <p>
 * What stands before its mark ({@code copied.dat}) is on the disk, and always a journal that a node can go on from: a snapshot is
 * copied when the journal has been up to it. The copy keeps what the node's directory keeps: what retention has removed there is
 * removed here, when all that is newer has been copied.
 * <p>
 * What fails is recorded and tried again at the next interval.
 */
public final class JournalArchive implements Agent
{
    /** Bytes between two syncs of a copy that is behind. */
    private static final long STEP_LENGTH = 64L << 20;
    private static final long NOT_SEEN = Long.MIN_VALUE;

    private final NodeDirectory source;
    private final NodeDirectory archive;
    private final ArchiveFiles files;
    private final long intervalNs;
    private final NanoClock clock;
    private final ErrorHandler errorHandler;
    private final Deque<SegmentCopy> pending = new ArrayDeque<>();
    private final SnapshotDirectory sourceSnapshots;
    private final SnapshotDirectory snapshots;

    private ArchiveMark mark;
    private SegmentId newest;
    private long dueNs;
    private LongSupplier published = () -> NOT_SEEN;
    private LongSupplier listed = () -> NOT_SEEN;
    private long copiedPosition = NOT_SEEN;
    private long seenListing = NOT_SEEN;
    private boolean isComplete;
    private boolean isMarkNamed;
    private volatile long currentAsOfNs;
    private volatile long lagBytes;
    private volatile long failures;

    private interface Copying
    {
        void run() throws IOException;
    }

    /**
     * @param archive      the copy's directory, laid out like the node's own; held by the caller.
     * @param errorHandler told of each failure.
     * @throws IOException when the archive's mark cannot be read.
     */
    public JournalArchive(
        final NodeDirectory source,
        final NodeDirectory archive,
        final long intervalNs,
        final NanoClock clock,
        final ErrorHandler errorHandler) throws IOException
    {
        this(source, archive, intervalNs, clock, errorHandler, ArchiveFiles.DISK);
    }

    JournalArchive(
        final NodeDirectory source,
        final NodeDirectory archive,
        final long intervalNs,
        final NanoClock clock,
        final ErrorHandler errorHandler,
        final ArchiveFiles files) throws IOException
    {
        this.files = files;
        this.source = source;
        this.archive = archive;
        this.intervalNs = intervalNs;
        this.clock = clock;
        this.errorHandler = errorHandler;
        sourceSnapshots = new SnapshotDirectory(source.snapshots());
        snapshots = new SnapshotDirectory(archive.snapshots());
        mark = ArchiveMark.read(archive);
        dueNs = clock.nanoTime();
        currentAsOfNs = dueNs;
    }

    /**
     * To be called before the first turn, where the writer is in this process: what has not changed is not looked at, so that an
     * archive of an idle node does nothing.
     *
     * @param newPublished another number after each document that the loop has appended.
     * @param newListed    another number when there may be another segment or snapshot.
     */
    public void watch(final LongSupplier newPublished, final LongSupplier newListed)
    {
        published = newPublished;
        listed = newListed;
    }

    @Override
    public int doWork()
    {
        if (clock.nanoTime() - dueNs < 0)
        {
            return 0;
        }
        copyChanged();
        dueNs = clock.nanoTime() + intervalNs;
        return 1;
    }

    /** The numbers are read before the files are: what comes meanwhile makes them others. */
    private void copyChanged()
    {
        final long position = published.getAsLong();
        final long listing = listed.getAsLong();
        final boolean isListed = listing != NOT_SEEN && listing == seenListing;
        if (isListed && position == copiedPosition)
        {
            currentAsOfNs = clock.nanoTime();
        }
        else if (isListed ? copyKnown() : copyAll())
        {
            copiedPosition = position;
            seenListing = isComplete ? listing : NOT_SEEN;
        }
    }

    /** Copies what has come to the segments that are known. */
    private boolean copyKnown()
    {
        return copying(this::copyPending);
    }

    /**
     * Copies all there is now.
     *
     * @return whether that was done.
     */
    public boolean copyAll()
    {
        return copying(() ->
        {
            // Looked at before the journal: what a snapshot goes on from was in the journal before it.
            final List<Path> wanted = sourceSnapshots.newestFirst();
            isComplete = openNew();
            copyPending();
            copySnapshots(wanted);
            copyConfiguration();
            prune(wanted);
        });
    }

    private boolean copying(final Copying work)
    {
        final long startNs = clock.nanoTime();
        try
        {
            work.run();
            currentAsOfNs = startNs;
            return true;
        }
        catch (final IOException | UncheckedIOException | SegmentDamagedException ex)
        {
            failures = failures + 1;
            errorHandler.onError(new ArchiveException("archive=" + archive.path() + ": not copied: " + ex, ex));
            return false;
        }
        finally
        {
            lagBytes = pending.stream().mapToLong(SegmentCopy::lagBytes).sum();
        }
    }

    private void copyPending() throws IOException
    {
        boolean isBehind = true;
        while (isBehind && !pending.isEmpty())
        {
            final SegmentCopy copy = pending.peek();
            // In this order: the loop begins a segment when it has done with the one before it.
            final boolean hasSuccessor = hasSuccessor();
            copy.advance();
            while (copy.isBehind())
            {
                copy.copy(STEP_LENGTH);
                mark = mark.next(copy.id(), copy.copied());
                writeMark();
            }
            isBehind = hasSuccessor;
            if (hasSuccessor)
            {
                pending.remove().close();
            }
        }
    }

    /** The file's name must not be lost either, whichever process has made it. */
    private void writeMark() throws IOException
    {
        mark.write(archive, files);
        if (!isMarkNamed)
        {
            files.sync(archive.path());
            isMarkNamed = true;
        }
    }

    /** Whether a segment behind the first pending one has been begun. */
    private boolean hasSuccessor()
    {
        boolean isFirst = true;
        boolean hasSuccessor = false;
        for (final SegmentCopy copy : pending)
        {
            hasSuccessor |= copy.advance() && !isFirst;
            isFirst = false;
        }
        return hasSuccessor;
    }

    /** Returns false when one has no file yet, so that it is to be looked for again. */
    private boolean openNew() throws IOException
    {
        for (final SegmentId segment : source.segments())
        {
            if (isNew(segment))
            {
                final SegmentCopy copy = SegmentCopy.open(
                    segment, source.segment(segment), archive.segment(segment), copied(segment), files);
                if (copy == null)
                {
                    return false;
                }
                pending.add(copy);
                newest = segment;
            }
        }
        return true;
    }

    private boolean isNew(final SegmentId segment)
    {
        if (newest != null)
        {
            return segment.compareTo(newest) > 0;
        }
        return mark.segment() == null || segment.compareTo(mark.segment()) >= 0;
    }

    /** How much of a segment was copied before this process. */
    private long copied(final SegmentId segment)
    {
        return segment.equals(mark.segment()) ? mark.position() : 0;
    }

    private void copySnapshots(final List<Path> wanted) throws IOException
    {
        if (!wanted.isEmpty())
        {
            files.createDirectories(archive.snapshots());
        }
        for (final Path snapshot : wanted)
        {
            final Path copy = archive.snapshots().resolve(snapshot.getFileName());
            if (Files.notExists(copy) && Files.exists(snapshot))
            {
                files.copyWhole(snapshot, copy);
            }
        }
    }

    private void copyConfiguration() throws IOException
    {
        if (Files.exists(source.configuration()) && (Files.notExists(archive.configuration()) ||
            Files.mismatch(source.configuration(), archive.configuration()) >= 0))
        {
            files.copyWhole(source.configuration(), archive.configuration());
        }
    }

    /** Only what is older than all that the source has: a source that is empty says nothing of what is needed. */
    private void prune(final List<Path> wanted) throws IOException
    {
        final List<SegmentId> segments = source.segments();
        if (!segments.isEmpty())
        {
            for (final SegmentId segment : archive.segments())
            {
                if (segment.compareTo(segments.get(0)) < 0)
                {
                    Retention.delete(archive.segment(segment));
                }
            }
        }
        if (!wanted.isEmpty())
        {
            final Set<Path> names = new HashSet<>();
            wanted.forEach((snapshot) -> names.add(snapshot.getFileName()));
            for (final Path copy : snapshots.newestFirst())
            {
                if (!names.contains(copy.getFileName()))
                {
                    Files.deleteIfExists(copy);
                }
            }
        }
    }

    /** When the look was taken up to which all has been copied, by the clock given; any thread. */
    public long currentAsOfNs()
    {
        return currentAsOfNs;
    }

    /** Bytes of the journal that were there at the last look and are not in the copy; any thread. */
    public long lagBytes()
    {
        return lagBytes;
    }

    /** Attempts that failed; any thread. */
    public long failures()
    {
        return failures;
    }

    @Override
    public String roleName()
    {
        return "lockstep-archive";
    }

    /** When its thread has ended. */
    @Override
    public void onClose()
    {
        // What the loop has written since the last interval, the clean end with it.
        copyAll();
        CloseHelper.closeAll(pending);
        pending.clear();
    }
}
