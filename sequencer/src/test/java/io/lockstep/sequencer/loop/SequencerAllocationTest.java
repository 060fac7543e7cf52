package io.lockstep.sequencer.loop;

import io.lockstep.codecs.RecordBatch;
import io.lockstep.core.host.CoreHost;
import io.lockstep.sequencer.Allocation;
import io.lockstep.sequencer.NodeText;
import io.lockstep.sequencer.OfflineNode;
import io.lockstep.sequencer.config.JournalContext;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.SequencedTime;
import io.lockstep.sequencer.egress.Egress;
import io.lockstep.sequencer.journal.Journal;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.SegmentedJournal;
import io.lockstep.sequencer.node.Incarnation;
import io.lockstep.sequencer.node.Strategies;
import io.lockstep.sequencer.recovery.Predecessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The loop allocates nothing once it is warm: market data, orders, execution reports, timers and cancels in every turn. The queue
 * maps another block of its file now and then, which does allocate: the least of several runs is one without.
 */
class SequencerAllocationTest
{
    private static final int WARM_UP_TURNS = 8_000;
    private static final int TURNS = 2_000;
    private static final int RUNS_MAX = 10;
    private static final long TURN_NS = 1_000_000L;

    @TempDir
    private Path directory;

    private final EchoVenue venue = new EchoVenue();
    private long wallNs = OfflineNode.START_NS;
    private long journaledBytes;
    private Object leaked;
    private volatile Throwable failure;
    private CoreHost host;
    private Sequencer sequencer;

    private void start(final Journal journal)
    {
        final NodeContext context = NodeText.context(
            NodeText.of(directory, ", stateHashInterval: 100", "embedded: true", "timerMs: 3, ordersMax: 50"));
        host = new CoreHost(Strategies.load(context.strategies()), venue);
        sequencer = new Sequencer(host, venue, journal, Egress.NONE, () -> wallNs, SequencedTime.WALL,
            SequencerMonitor.NONE, 0, 1, 0);
        final Incarnation incarnation = new Incarnation(host, sequencer);
        incarnation.begin(context, 1, Predecessor.NONE);
        incarnation.configure(context);
        turns(WARM_UP_TURNS);
    }

    private void turns(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            wallNs += i % 8 == 7 ? 4 * TURN_NS : TURN_NS / 8;
            sequencer.doWork();
        }
    }

    private void assertBusy()
    {
        assertThat(venue.fills()).isGreaterThan(WARM_UP_TURNS / 2);
        assertThat(venue.cancels()).isGreaterThan(WARM_UP_TURNS / 16);
        // This venue grants a cancel that crosses the fill of its order; that is rare, or the reports are not what they seem.
        assertThat(host.core().unknownOrders()).isLessThan(venue.cancels() / 100);
        assertThat(host.core().impossibleOrderEvents()).isLessThan(venue.cancels() / 100);
        assertThat(host.core().egressSequence()).as("counted by host and core").isEqualTo(host.egressSequence(0));
    }

    @Test
    void shouldAllocateNothingWithAJournalInMemory()
    {
        start(new Journal()
        {
            @Override
            public void append(final RecordBatch batch)
            {
                journaledBytes += batch.length();
            }

            @Override
            public void sync()
            {
                // In memory.
            }

            @Override
            public void close()
            {
                // In memory.
            }
        });

        assertThat(Allocation.leastBytes(RUNS_MAX, () -> turns(TURNS))).isZero();
        assertBusy();
        assertThat(journaledBytes).isPositive();
    }

    @Test
    void shouldAllocateNothingWithAQueue()
    {
        try (SegmentedJournal journal = SegmentedJournal.open(new NodeDirectory(directory), 1, JournalContext.DEFAULT,
            (error) -> failure = error))
        {
            start(journal);

            assertThat(Allocation.leastBytes(RUNS_MAX, () -> turns(TURNS))).isZero();
        }
        assertBusy();
        assertThat(failure).isNull();
    }

    /** That the tests above can fail: one object in so many turns. */
    @Test
    void shouldSeeOneObject()
    {
        start(Journal.NONE);

        assertThat(Allocation.leastBytes(RUNS_MAX, () ->
        {
            turns(TURNS);
            leaked = new Object();
        })).isPositive();
        assertThat(leaked).isNotNull();
    }
}
