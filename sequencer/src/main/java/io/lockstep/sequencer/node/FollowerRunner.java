package io.lockstep.sequencer.node;

import io.lockstep.sequencer.counters.CounterType;
import io.lockstep.sequencer.counters.NodeCounters;
import io.lockstep.sequencer.journal.JournalPosition;
import io.lockstep.sequencer.log.JournalLog;
import io.lockstep.sequencer.snapshot.Follower;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Runs a node's follower on a thread of its own. When the follower fails, the error is recorded, there are no more snapshots,
 * and the node goes on.
 */
final class FollowerRunner implements Follower.Listener, AutoCloseable
{
    private static final long IDLE_MS = 2;
    private static final int CLOSE_TIMEOUT_MS = 30_000;

    private final NodeCounters counters;
    private final Consumer<JournalPosition> sync;
    private final Consumer<JournalPosition> retention;
    private final Consumer<String> notices;
    private final JournalLog log;
    private Follower follower;
    private AgentRunner runner;

    /**
     * @param sync      makes the journal up to a position as safe as a snapshot is; on the follower's thread.
     * @param retention told of the oldest position that the snapshots kept go on from; on the follower's thread.
     * @param notices   told what is worth a line; on the follower's thread.
     * @param log       told of each record; on the follower's thread.
     */
    FollowerRunner(
        final NodeCounters counters,
        final Consumer<JournalPosition> sync,
        final Consumer<JournalPosition> retention,
        final Consumer<String> notices,
        final JournalLog log)
    {
        this.counters = counters;
        this.sync = sync;
        this.retention = retention;
        this.notices = notices;
        this.log = log;
    }

    void start(final Follower newFollower)
    {
        follower = newFollower;
        runner = new AgentRunner(new SleepingMillisIdleStrategy(IDLE_MS), counters, null, newFollower);
        AgentRunner.startOnThread(runner, (task) ->
        {
            final Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        });
    }

    boolean isStarted()
    {
        return runner != null;
    }

    boolean isFailed()
    {
        return follower.hasFailed();
    }

    /** Waits for a last snapshot behind the clean end; false when there was none in time. */
    boolean finish(final long timeoutNs)
    {
        follower.finish();
        final long deadlineNs = System.nanoTime() + timeoutNs;
        while (!follower.isFinished() && !follower.hasFailed() && System.nanoTime() - deadlineNs < 0)
        {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        return follower.isFinished();
    }

    @Override
    public void onRecord(final DirectBuffer buffer, final int offset)
    {
        log.onRecord(buffer, offset);
    }

    @Override
    public void onSnapshotDue(final JournalPosition position)
    {
        sync.accept(position);
    }

    @Override
    public void onSnapshot(final Path file, final long sequence, final long durationNs)
    {
        counters.add(CounterType.SNAPSHOTS);
        counters.set(CounterType.SNAPSHOT_SEQUENCE, sequence);
    }

    @Override
    public void onFailure(final Throwable failure)
    {
        counters.onError(failure);
        notices.accept(
            "the follower has failed, there are no more snapshots and no more lines of what is journaled until the next start: "
                + failure);
    }

    @Override
    public void onOldestPosition(final JournalPosition position)
    {
        retention.accept(position);
    }

    @Override
    public void onNotice(final String notice)
    {
        notices.accept(notice);
    }

    @Override
    public void close()
    {
        if (runner != null)
        {
            runner.close(CLOSE_TIMEOUT_MS, null);
        }
    }
}
