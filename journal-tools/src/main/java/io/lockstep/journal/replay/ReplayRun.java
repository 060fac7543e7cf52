package io.lockstep.journal.replay;

import io.lockstep.core.host.CoreHost;
import io.lockstep.core.host.UnacknowledgedDecisions;
import io.lockstep.core.strategy.StrategyFactory;
import io.lockstep.journal.read.JournalStart;
import io.lockstep.sequencer.config.ConfiguredStrategy;
import io.lockstep.sequencer.journal.JournalPosition;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.QueueStore;
import io.lockstep.sequencer.journal.RunHead;
import io.lockstep.sequencer.node.Strategies;
import io.lockstep.sequencer.replay.Replayer;
import io.lockstep.sequencer.replay.SkippedInputs;
import io.lockstep.sequencer.snapshot.Restored;
import io.lockstep.sequencer.snapshot.SnapshotDirectory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * A replay of a journal outside of any node; the node may be running.
 */
public final class ReplayRun
{
    private static final long INPUTS_BETWEEN_UPDATES = 16_384;

    private final NodeDirectory directory;
    private final boolean verify;
    private final Consumer<String> notices;
    private final LongConsumer progress;

    /**
     * @param notices  are told of snapshots that are passed over.
     * @param progress told of the number of inputs replayed, again and again.
     */
    public ReplayRun(
        final NodeDirectory directory,
        final boolean verify,
        final Consumer<String> notices,
        final LongConsumer progress)
    {
        this.directory = directory;
        this.verify = verify;
        this.notices = notices;
        this.progress = progress;
    }

    /** Replays the whole journal; the result says what came of it. */
    public static Replayer whole(final NodeDirectory directory, final boolean verify)
    {
        return new ReplayRun(directory, verify, (notice) ->
        {
        }, (inputs) ->
        {
        }).run(ReplayStart.START, Long.MAX_VALUE);
    }

    /** Brings a host to the journal's end from the newest snapshot. */
    public static CoreHost fromSnapshot(final NodeDirectory directory)
    {
        return new ReplayRun(directory, false, (notice) ->
        {
        }, (inputs) ->
        {
        }).state(Long.MAX_VALUE);
    }

    /**
     * Replays a part of the journal. What lies before a sequence to begin at is replayed as well, from the snapshot before it or
     * the start, and not counted.
     */
    public Replayer run(final ReplayStart start, final long toSequence)
    {
        return start.equals(ReplayStart.START)
            ? replay(oldest(), start, toSequence)
            : replay(nearest(start.isSnapshot() ? toSequence : start.sequence() - 1), start, toSequence);
    }

    /** The start, or the oldest snapshot where retention has removed it. */
    private Restored oldest()
    {
        final JournalPosition position = JournalStart.position(directory);
        if (position.isStart())
        {
            return new Restored(host(), null);
        }
        notices.accept("the journal before sequence=" + position.lastSequence() +
            " has been removed; it is replayed from the snapshot behind that");
        return nearest(position.lastSequence());
    }

    /** Brings a host to the state behind an input by the shortest way; {@link Long#MAX_VALUE} is the journal's end. */
    public CoreHost state(final long sequence)
    {
        return replay(nearest(sequence), ReplayStart.START, sequence).host();
    }

    private Restored nearest(final long toSequence)
    {
        return Restored.newest(new SnapshotDirectory(directory.snapshots()), toSequence, this::host, notices);
    }

    private Replayer replay(final Restored restored, final ReplayStart start, final long toSequence)
    {
        try (JournalReader reader = new JournalReader(directory, restored.position()))
        {
            final Replayer replayer = new Replayer(
                reader, restored.host(), verify, SkippedInputs.read(new QueueStore(directory)));
            if (start.sequence() > 1)
            {
                replayer.run(Math.min(start.sequence() - 1, toSequence));
                replayer.startCounting();
            }
            run(replayer, toSequence);
            return replayer;
        }
    }

    private void run(final Replayer replayer, final long toSequence)
    {
        long before = 0;
        long pause = 0;
        do
        {
            before = replayer.inputs();
            pause = Math.min(toSequence, replayer.host().core().lastSequence() + INPUTS_BETWEEN_UPDATES);
            replayer.run(pause);
            progress.accept(replayer.inputs());
        }
        while (replayer.divergence() == null && replayer.inputs() > before && pause < toSequence);
    }

    private CoreHost host()
    {
        return new CoreHost(strategies(), new UnacknowledgedDecisions());
    }

    /** Those that the configurations of all incarnations name. */
    private List<StrategyFactory> strategies()
    {
        final List<ConfiguredStrategy> assignments = new ArrayList<>();
        for (final RunHead head : RunHead.all(new QueueStore(directory)))
        {
            final String text = head.configuration();
            assignments.addAll(ConfiguredStrategy.recorded(directory.configuration(), text));
        }
        return Strategies.load(assignments);
    }
}
