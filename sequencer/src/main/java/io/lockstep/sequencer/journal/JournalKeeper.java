package io.lockstep.sequencer.journal;

import io.lockstep.sequencer.config.Durability;
import io.lockstep.sequencer.config.JournalContext;
import org.agrona.concurrent.Agent;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Does for the journal what the loop must not wait for: reserves space and touches pages ahead, makes and maps the next segment,
 * syncs at intervals, closes what the loop has left, removes what is no longer needed, and looks how much room the disk has. What
 * fails is tried again; the loop sees it when it needs what is missing.
 */
final class JournalKeeper implements Agent, JournalAlerts
{
    private static final long RETRY_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long WATCH_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(250);

    private final NodeDirectory directory;
    private final FreeSpace space;
    private final JournalContext context;
    private final SpaceReserver reserver;
    private final SegmentPreparation preparation;
    private final AtomicReference<JournalSegment> next = new AtomicReference<>();
    private final AtomicReference<JournalPosition> oldestNeeded = new AtomicReference<>();
    private final Queue<JournalSegment> left = new ConcurrentLinkedQueue<>();

    private volatile JournalSegment current;
    private volatile boolean isNextWanted;
    private volatile String problem;
    private volatile JournalException syncFailure;
    private volatile long failures;
    private volatile long freeSpaceBytes = Long.MAX_VALUE;
    private long retryNs;
    private long syncNs;
    private long watchNs;

    JournalKeeper(
        final NodeDirectory directory,
        final int incarnation,
        final JournalContext context,
        final SpaceReserver reserver,
        final PageToucher toucher,
        final FreeSpace space)
    {
        this.directory = directory;
        this.space = space;
        this.context = context;
        this.reserver = reserver;
        preparation = new SegmentPreparation(context, reserver, toucher);
        final long nowNs = System.nanoTime();
        retryNs = nowNs;
        syncNs = nowNs;
        watchNs = nowNs;
        deleteUnfinished();
        current = make(SegmentId.first(incarnation));
        prepare(current);
    }

    /** All that is to be ahead of the writer of the first segment, for which the loop has not begun. */
    private void prepare(final JournalSegment segment)
    {
        try
        {
            while (preparation.advance(segment) > 0)
            {
                // A step at a time.
            }
        }
        catch (final IOException ex)
        {
            segment.queue().close();
            throw new JournalException(ex.getMessage() + ": freeBytes=" + FreeSpace.text(space.usableBytes()), ex);
        }
    }

    private void deleteUnfinished()
    {
        try
        {
            Retention.deleteUnfinished(directory);
        }
        catch (final IOException ex)
        {
            throw new JournalException("segment that was never finished cannot be deleted: " + ex, ex);
        }
    }

    private JournalSegment make(final SegmentId id)
    {
        final QueueJournal queue = new QueueJournal(
            directory.segment(id), context.segmentSizeBytes(), QueueJournal.FIRST_LENGTH, reserver);
        if (context.durability() != Durability.MAPPED)
        {
            queue.syncDirectory();
        }
        return new JournalSegment(id, queue, QueueJournal.FIRST_LENGTH);
    }

    @Override
    public int doWork()
    {
        final long nowNs = System.nanoTime();
        return tend(nowNs) + closeLeft() + sync(nowNs) + watch(nowNs) + retain();
    }

    private int tend(final long nowNs)
    {
        final JournalSegment segment = current;
        final boolean isWaitedFor = segment.wantedLengthAcquire() > segment.reservedLengthAcquire();
        if (problem != null && nowNs - retryNs < 0 && !isWaitedFor)
        {
            return 0;
        }
        try
        {
            if (segment.positionAcquire() > segment.queue().start())
            {
                segment.queue().index();
            }
            final int work = preparation.advance(segment);
            final int done = work > 0 ? work : prepareNext(segment);
            problem = null;
            return done;
        }
        catch (final IOException | JournalException ex)
        {
            retryNs = nowNs + RETRY_INTERVAL_NS;
            problem = ex.getMessage() + ": freeBytes=" + FreeSpace.text(space.usableBytes());
            failures = failures + 1;
            return 0;
        }
    }

    /** The segment that is written comes first: the next one gets a step when that has all it needs. */
    private int prepareNext(final JournalSegment segment) throws IOException
    {
        final JournalSegment prepared = next.get();
        return prepared == null ? makeNext(segment) : preparation.advance(prepared);
    }

    private int makeNext(final JournalSegment segment)
    {
        if (!isNextWanted || next.get() != null)
        {
            return 0;
        }
        next.set(make(segment.id().next()));
        return 1;
    }

    private int closeLeft()
    {
        final JournalSegment segment = left.peek();
        if (segment == null)
        {
            return 0;
        }
        if (context.durability() != Durability.MAPPED)
        {
            sync(segment);
        }
        segment.queue().close();
        left.remove();
        return 1;
    }

    private int sync(final long nowNs)
    {
        if (context.durability() != Durability.SYNC_INTERVAL || nowNs - syncNs < 0)
        {
            return 0;
        }
        syncNs = nowNs + context.syncIntervalNs();
        sync(current);
        return 1;
    }

    private void sync(final JournalSegment segment)
    {
        try
        {
            segment.queue().sync();
        }
        catch (final JournalException ex)
        {
            // The operating system says it once and then forgets what was lost; so the journal must not.
            syncFailure = ex;
        }
    }

    private int watch(final long nowNs)
    {
        if (nowNs - watchNs >= 0)
        {
            watchNs = nowNs + WATCH_INTERVAL_NS;
            freeSpaceBytes = space.usableBytes();
            preparation.touchNear(current);
        }
        return 0;
    }

    private int retain()
    {
        final JournalPosition position = oldestNeeded.getAndSet(null);
        if (position == null || context.retainSegments() == JournalContext.RETAIN_ALL)
        {
            return 0;
        }
        try
        {
            return Retention.apply(directory, position, context.retainSegments());
        }
        catch (final IOException ex)
        {
            problem = "retention: " + ex;
            return 0;
        }
    }

    /** The segment that is appended to. */
    JournalSegment current()
    {
        return current;
    }

    /** By the loop: half of the segment is gone. */
    void wantNext()
    {
        isNextWanted = true;
    }

    boolean isNextReady()
    {
        return next.get() != null;
    }

    /** By the loop, when the next segment is ready: takes it and leaves the current one to be closed. */
    JournalSegment moveToNext()
    {
        final JournalSegment segment = next.get();
        left.add(current);
        current = segment;
        isNextWanted = false;
        next.set(null);
        return segment;
    }

    void removeBefore(final JournalPosition position)
    {
        oldestNeeded.set(position);
    }

    /** Attempts that failed; with it a loop that waits sees that one failed since. */
    long failures()
    {
        return failures;
    }

    /** Why a sync failed, or null. */
    JournalException syncFailure()
    {
        return syncFailure;
    }

    @Override
    public boolean isDiskNearlyFull()
    {
        return !isFreeSpaceUnknown() && freeSpaceBytes < context.minFreeSpaceBytes();
    }

    @Override
    public boolean isFreeSpaceUnknown()
    {
        return freeSpaceBytes == FreeSpace.UNKNOWN_BYTES;
    }

    @Override
    public long freeSpaceBytes()
    {
        return freeSpaceBytes;
    }

    @Override
    public long minFreeSpaceBytes()
    {
        return context.minFreeSpaceBytes();
    }

    @Override
    public String problem()
    {
        return problem;
    }

    @Override
    public String roleName()
    {
        return "lockstep-journal";
    }

    /** When neither thread uses it any more. */
    void close()
    {
        while (closeLeft() > 0)
        {
            // One at a time.
        }
        if (context.durability() != Durability.MAPPED)
        {
            sync(current);
        }
        current.queue().close();
        final JournalSegment unused = next.get();
        if (unused != null)
        {
            unused.queue().close();
            deleteUnused(unused);
        }
    }

    private void deleteUnused(final JournalSegment unused)
    {
        try
        {
            Retention.delete(directory.segment(unused.id()));
        }
        catch (final IOException ex)
        {
            // A segment without a document is no fault of a journal.
            problem = "segment=" + unused.id() + " was not used and cannot be deleted: " + ex;
        }
    }
}
