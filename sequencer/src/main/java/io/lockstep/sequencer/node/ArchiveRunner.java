package io.lockstep.sequencer.node;

import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.archive.ArchivedDirectory;
import io.lockstep.sequencer.archive.JournalArchive;
import io.lockstep.sequencer.config.ArchiveContext;
import io.lockstep.sequencer.counters.CounterType;
import io.lockstep.sequencer.counters.NodeCounters;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.SegmentedJournal;
import org.agrona.CloseHelper;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.SystemNanoClock;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Runs a node's archive on a thread of its own, where one is configured, and keeps others out of its directory.
 */
final class ArchiveRunner implements AutoCloseable
{
    private static final long IDLE_MS = 1;
    private static final int CLOSE_TIMEOUT_MS = 30_000;

    private final NodeCounters counters;
    private final NodeDirectory.Lock lock;
    private final JournalArchive archive;
    private AgentRunner runner;

    private ArchiveRunner(final NodeCounters counters, final NodeDirectory.Lock lock, final JournalArchive archive)
    {
        this.counters = counters;
        this.lock = lock;
        this.archive = archive;
    }

    /**
     * Holds the archive's directory; nothing is copied before {@link #start()}.
     *
     * @throws NodeException when the node must not go on beside what is in it, or it cannot be had.
     */
    static ArchiveRunner open(final ArchiveContext context, final NodeDirectory node, final NodeCounters counters)
    {
        if (!context.isEnabled())
        {
            return new ArchiveRunner(counters, null, null);
        }
        final NodeDirectory directory = new NodeDirectory(context.directory());
        NodeDirectory.Lock lock = null;
        try
        {
            lock = directory.tryLock();
            if (lock == null)
            {
                throw new NodeException(NodeException.CANNOT_RUN,
                    "archive.directory=" + directory.path() + ": in use by another live process");
            }
            requireNoConflict(directory, node);
            return new ArchiveRunner(counters, lock,
                new JournalArchive(node, directory, context.intervalNs(), SystemNanoClock.INSTANCE, counters));
        }
        catch (final IOException ex)
        {
            CloseHelper.close(lock);
            throw new NodeException(NodeException.CANNOT_RUN,
                "archive.directory=" + directory.path() + ": expected a directory that can be written: " + ex, ex);
        }
        catch (final NodeException ex)
        {
            CloseHelper.close(lock);
            throw ex;
        }
    }

    private static void requireNoConflict(final NodeDirectory directory, final NodeDirectory node) throws IOException
    {
        final String conflict = new ArchivedDirectory(directory.path()).conflict(node);
        if (conflict != null)
        {
            throw new NodeException(NodeException.CHECK_FAILED, "archive.directory=" + directory.path() + ": " +
                conflict + ". To go on with the copy, leave node.directory without a journal and run " +
                "'lockstep restore --config FILE'; to begin anew, name another archive.directory");
        }
    }

    /**
     * @param journal that is copied.
     */
    void start(final SegmentedJournal journal)
    {
        if (archive != null)
        {
            // Both only grow, so that none of their changes is hidden by the other's.
            archive.watch(journal::published,
                () -> journal.generation() + counters.counter(CounterType.SNAPSHOTS).get());
            runner = new AgentRunner(new SleepingMillisIdleStrategy(IDLE_MS), counters, null, archive);
            AgentRunner.startOnThread(runner, (task) ->
            {
                final Thread thread = new Thread(task, archive.roleName());
                thread.setDaemon(true);
                return thread;
            });
        }
    }

    /** Sets the counters; by the thread that has them, for the archive's own may be waiting for its disk. */
    void count(final long nowNs)
    {
        if (archive != null)
        {
            counters.set(CounterType.ARCHIVE_LAG_BYTES, archive.lagBytes());
            counters.set(CounterType.ARCHIVE_LAG_MS, TimeUnit.NANOSECONDS.toMillis(nowNs - archive.currentAsOfNs()));
            counters.set(CounterType.ARCHIVE_FAILURES, archive.failures());
        }
    }

    /** Copies what is left, as far as it can be. */
    @Override
    public void close()
    {
        if (runner != null)
        {
            runner.close(CLOSE_TIMEOUT_MS, null);
        }
        CloseHelper.close(lock);
        count(System.nanoTime());
    }
}
