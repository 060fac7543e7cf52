package io.lockstep.sequencer.node;

import io.lockstep.sequencer.counters.NodeCounters;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.log.JournalLog;
import io.lockstep.sequencer.log.JournalLogReader;
import org.agrona.CloseHelper;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

/**
 * Runs the reader that makes a log's lines of the journal, on a thread of its own, in a node without a follower.
 */
final class LogReaderRunner implements AutoCloseable
{
    private static final long IDLE_MS = 50;

    private final NodeCounters counters;
    private JournalLogReader reader;
    private AgentRunner runner;

    LogReaderRunner(final NodeCounters counters)
    {
        this.counters = counters;
    }

    void start(final JournalReader journal, final JournalLog log)
    {
        reader = new JournalLogReader(journal, log);
        runner = new AgentRunner(new SleepingMillisIdleStrategy(IDLE_MS), counters, null, reader);
        AgentRunner.startOnThread(runner, (task) ->
        {
            final Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void close()
    {
        CloseHelper.close(runner);
    }
}
