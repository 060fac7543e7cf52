package io.lockstep.sequencer;

import io.lockstep.codecs.RecordBatch;
import io.lockstep.core.host.CoreHost;
import io.lockstep.core.host.Outbox;
import io.lockstep.core.strategy.StrategyFactory;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.SequencedTime;
import io.lockstep.sequencer.journal.Journal;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.QueueStore;
import io.lockstep.sequencer.journal.SegmentedJournal;
import io.lockstep.sequencer.loop.LoopRecorder;
import io.lockstep.sequencer.loop.Sequencer;
import io.lockstep.sequencer.loop.SequencerMonitor;
import io.lockstep.sequencer.node.Incarnation;
import io.lockstep.sequencer.node.Strategies;
import io.lockstep.sequencer.recovery.Predecessor;
import io.lockstep.sequencer.replay.Replayer;
import io.lockstep.sequencer.replay.SkippedInputs;
import org.agrona.DirectBuffer;

import java.nio.file.Path;
import java.util.List;

/**
 * A node without Aeron, threads and clock: incarnation after incarnation over a real journal, each doing what a test says.
 * The time is the test's, a millisecond more with each turn.
 */
public final class OfflineNode
{
    public static final long START_NS = 1_700_000_000_000_000_000L;
    private static final long TURN_NS = 1_000_000L;

    private final NodeDirectory directory;
    private final NodeContext context;
    private List<StrategyFactory> strategies;
    private long wallNs;

    public OfflineNode(final Path path, final String parameters)
    {
        this(path, parameters, START_NS);
    }

    public OfflineNode(final Path path, final String parameters, final long startNs)
    {
        wallNs = startNs;
        directory = new NodeDirectory(path);
        context = NodeText.context(
            NodeText.of(path, ", stateHashInterval: 10", "embedded: true", parameters));
        strategies = Strategies.load(context.strategies());
    }

    /** With other strategies under the names that are configured. */
    public OfflineNode(final Path path, final String parameters, final List<StrategyFactory> strategies)
    {
        this(path, parameters, START_NS);
        this.strategies = strategies;
    }

    /** Replays what is there, runs one incarnation over the inputs, one a turn, and ends it cleanly or leaves it. */
    public void run(final boolean cleanEnd, final DirectBuffer... inputs)
    {
        final LoopRecorder ends = new LoopRecorder();
        final CoreHost host = new CoreHost(strategies, ends);
        final int number = directory.incarnations().size() + 1;
        final Predecessor predecessor;
        final RecordBatch cutOff;
        try (JournalReader reader = new JournalReader(directory))
        {
            final Replayer replayer = new Replayer(reader, host, true);
            replayer.run(Long.MAX_VALUE);
            cutOff = replayer.cutOff();
            predecessor = new Predecessor(
                reader.lastSequence(), reader.chain(), reader.incarnationRecords());
        }
        host.decisions().clear();
        try (Journal journal = SegmentedJournal.openInvoked(directory, number, context.journal()))
        {
            final Sequencer sequencer = new Sequencer(host, ends, journal, ends, () -> wallNs, SequencedTime.WALL,
                SequencerMonitor.NONE, 0, number, predecessor.chain());
            final Incarnation incarnation = new Incarnation(host, sequencer);
            incarnation.begin(context, number, predecessor);
            if (!cutOff.isEmpty())
            {
                host.decisions().addAll(cutOff);
                sequencer.commitDecisions();
            }
            incarnation.configure(context);
            for (final DirectBuffer input : inputs)
            {
                ends.turn(input);
                wallNs += TURN_NS;
                sequencer.doWork();
            }
            if (cleanEnd)
            {
                incarnation.stop();
                incarnation.end();
            }
        }
    }

    /** A quote and so many trades, each of which decides an order. */
    public static DirectBuffer[] trades(final WireRecords feed, final int count)
    {
        final DirectBuffer[] inputs = new DirectBuffer[count + 1];
        inputs[0] = feed.quote(0, 99, 101);
        for (int i = 1; i <= count; i++)
        {
            inputs[i] = feed.trade(0, 100, i);
        }
        return inputs;
    }

    /** Replays the journal of a directory. */
    public static Replayer replay(final Path path, final boolean verify)
    {
        return replay(path, verify, Long.MAX_VALUE);
    }

    public static Replayer replay(final Path path, final boolean verify, final long... toSequences)
    {
        final CoreHost host = new CoreHost(List.of(new TickStrategy.Factory()), Outbox.MUTED);
        try (JournalReader reader = new JournalReader(new NodeDirectory(path)))
        {
            final Replayer replayer = new Replayer(
                reader, host, verify, SkippedInputs.read(new QueueStore(new NodeDirectory(path))));
            for (final long toSequence : toSequences)
            {
                replayer.run(toSequence);
            }
            return replayer;
        }
    }
}
