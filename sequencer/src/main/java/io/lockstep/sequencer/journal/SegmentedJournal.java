package io.lockstep.sequencer.journal;

import io.lockstep.codecs.RecordBatch;
import io.lockstep.sequencer.config.Durability;
import io.lockstep.sequencer.config.JournalContext;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SleepingIdleStrategy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The journal of one incarnation: segments, one after the other. The loop appends where space was reserved and moves on to a
 * segment that was made, both by the keeper, ahead of time; only when the keeper is late or the disk full does the loop wait,
 * for {@link #WAIT_MAX_NS} at most. Appending allocates nothing but at a segment's end.
 * <p>
 * Nothing is written to memory without space on the disk behind it: when there is none the append fails before it has begun, and
 * all that was appended is there to be read.
 */
public final class SegmentedJournal implements Journal
{
    /** How long the loop waits for its keeper. */
    public static final long WAIT_MAX_NS = TimeUnit.SECONDS.toNanos(5);

    private static final long KEEPER_IDLE_NS = TimeUnit.MILLISECONDS.toNanos(2);
    /** More than a segment can be long. */
    private static final int POSITION_BITS = 44;
    private static final long WAIT_STEP_NS = TimeUnit.MICROSECONDS.toNanos(50);

    private final JournalContext context;
    private final JournalKeeper keeper;
    private final AgentRunner runner;
    private final AgentInvoker invoker;
    private final long batchLengthMax;
    private JournalSegment segment;
    private long reservedLength;
    private long segmentStartNs;
    private boolean isEmpty = true;
    private boolean isClosed;

    private SegmentedJournal(
        final JournalContext context,
        final JournalKeeper keeper,
        final ErrorHandler errorHandler,
        final boolean isThreaded)
    {
        this.context = context;
        this.keeper = keeper;
        batchLengthMax = Math.min(QueueJournal.BATCH_LENGTH_MAX, Math.min(context.segmentSizeBytes() / 4,
            context.segmentSizeBytes() - QueueJournal.FIRST_LENGTH - QueueJournal.SLACK_LENGTH));
        take(keeper.current());
        runner = isThreaded
            ? new AgentRunner(new SleepingIdleStrategy(KEEPER_IDLE_NS), errorHandler, null, keeper)
            : null;
        invoker = isThreaded ? null : new AgentInvoker(errorHandler, null, keeper);
    }

    /** With a thread of its own for the keeper. */
    public static SegmentedJournal open(
        final NodeDirectory directory, final int incarnation, final JournalContext context,
        final ErrorHandler errorHandler)
    {
        return open(directory, incarnation, context, new PosixReserver(), errorHandler, true);
    }

    /** Without a thread: the keeper's work is done when the caller would have to wait for it. */
    public static SegmentedJournal openInvoked(
        final NodeDirectory directory, final int incarnation, final JournalContext context)
    {
        return open(directory, incarnation, context, new PosixReserver(), SegmentedJournal::fail, false);
    }

    static SegmentedJournal open(
        final NodeDirectory directory,
        final int incarnation,
        final JournalContext context,
        final SpaceReserver reserver,
        final ErrorHandler errorHandler,
        final boolean isThreaded)
    {
        final JournalKeeper keeper = new JournalKeeper(
            directory, incarnation, context, reserver, new PageToucher(true),
            FreeSpace.of(directory.journal().toFile()));
        final SegmentedJournal journal = new SegmentedJournal(context, keeper, errorHandler, isThreaded);
        journal.start();
        return journal;
    }

    private static void fail(final Throwable error)
    {
        throw new JournalException("the keeper failed: " + error, error);
    }

    private void start()
    {
        if (runner != null)
        {
            AgentRunner.startOnThread(runner, (task) ->
            {
                final Thread thread = new Thread(task, keeper.roleName());
                thread.setDaemon(true);
                return thread;
            });
        }
        else
        {
            invoker.start();
        }
    }

    private void take(final JournalSegment newSegment)
    {
        segment = newSegment;
        reservedLength = newSegment.reservedLengthAcquire();
        segmentStartNs = 0;
        isEmpty = true;
    }

    @Override
    public int batchLengthMax()
    {
        return (int)batchLengthMax;
    }

    @Override
    public boolean isSegmentDue(final int length, final long wallTimeNs)
    {
        if (length > batchLengthMax)
        {
            throw new JournalException("batch of " + length + " bytes: expected at most " + batchLengthMax +
                ", journal.segmentSize=" + context.segmentSizeBytes());
        }
        final long position = segment.queue().position();
        final long ageNs = ageNs(wallTimeNs);
        if (position > context.segmentSizeBytes() / 2 || ageNs > context.segmentDurationNs() / 2)
        {
            keeper.wantNext();
        }
        return !isEmpty && (position + length + QueueJournal.SLACK_LENGTH > context.segmentSizeBytes() ||
            ageNs > context.segmentDurationNs());
    }

    /** 0 where age does not matter. */
    private long ageNs(final long wallTimeNs)
    {
        if (context.segmentDurationNs() == 0 || wallTimeNs == 0)
        {
            return 0;
        }
        segmentStartNs = segmentStartNs == 0 ? wallTimeNs : segmentStartNs;
        return wallTimeNs - segmentStartNs;
    }

    @Override
    public int startSegment()
    {
        if (context.durability() == Durability.SYNC_EACH)
        {
            segment.queue().sync();
        }
        keeper.wantNext();
        final long deadlineNs = System.nanoTime() + WAIT_MAX_NS;
        final long failures = keeper.failures();
        while (!keeper.isNextReady())
        {
            await(deadlineNs, failures, "next segment not made: segment=" + segment.id().next());
        }
        take(keeper.moveToNext());
        return segment.id().segment();
    }

    @Override
    public void append(final RecordBatch batch)
    {
        final long wanted = segment.queue().position() + batch.length() + QueueJournal.SLACK_LENGTH;
        if (wanted > reservedLength)
        {
            awaitReserved(wanted);
        }
        segment.append(batch);
        isEmpty = false;
    }

    private void awaitReserved(final long wanted)
    {
        segment.wantedLengthRelease(wanted);
        final long deadlineNs = System.nanoTime() + WAIT_MAX_NS;
        final long failures = keeper.failures();
        reservedLength = segment.reservedLengthAcquire();
        while (wanted > reservedLength)
        {
            await(deadlineNs, failures,
                "no space: file=" + segment.queue().file() + " wantedLength=" + wanted + " reservedLength="
                    + reservedLength);
            reservedLength = segment.reservedLengthAcquire();
        }
    }

    private void await(final long deadlineNs, final long failures, final String what)
    {
        if (keeper.failures() != failures)
        {
            throw new JournalException(what + ": " + keeper.problem());
        }
        if (System.nanoTime() - deadlineNs > 0)
        {
            throw new JournalException(what + ": the keeper did not answer: problem=" + keeper.problem());
        }
        if (invoker != null)
        {
            invoker.invoke();
        }
        else
        {
            LockSupport.unpark(runner.thread());
            LockSupport.parkNanos(WAIT_STEP_NS);
        }
    }

    @Override
    public void sync()
    {
        switch (context.durability())
        {
            case MAPPED -> {
                // The operating system has it.
            }
            case SYNC_INTERVAL -> {
                final JournalException failure = keeper.syncFailure();
                if (failure != null)
                {
                    throw failure;
                }
            }
            case SYNC_EACH -> segment.queue().sync();
        }
    }

    /** Lets the keeper remove, by the configured policy, what lies before the oldest snapshot that is kept; any thread. */
    public void removeBefore(final JournalPosition oldestNeeded)
    {
        keeper.removeBefore(oldestNeeded);
    }

    /**
     * Another number after each document that was appended; any thread. The higher bits are {@link #generation()}'s.
     */
    public long published()
    {
        final JournalSegment current = keeper.current();
        return (long)current.id().segment() << POSITION_BITS | current.positionAcquire();
    }

    /** Another number when the loop has moved on to another segment; any thread. */
    public long generation()
    {
        return keeper.current().id().segment();
    }

    public JournalAlerts alerts()
    {
        return keeper;
    }

    @Override
    public void close()
    {
        if (!isClosed)
        {
            isClosed = true;
            if (runner != null)
            {
                runner.close();
            }
            else
            {
                invoker.close();
            }
            keeper.close();
        }
    }
}
