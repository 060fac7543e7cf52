package io.lockstep.sequencer;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.host.CoreHost;
import io.lockstep.core.host.UnacknowledgedDecisions;
import io.lockstep.sequencer.config.SnapshotContext;
import io.lockstep.sequencer.journal.JournalPosition;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.QueueStore;
import io.lockstep.sequencer.replay.Replayer;
import io.lockstep.sequencer.replay.SkippedInputs;
import io.lockstep.sequencer.snapshot.Follower;
import io.lockstep.sequencer.snapshot.SnapshotDirectory;
import io.lockstep.sequencer.snapshot.SnapshotWriter;
import org.agrona.LangUtil;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A follower by hand over a node's journal, and what a host's state is as text, so that two can be compared.
 */
public final class SnapshotProbe implements Follower.Listener, AutoCloseable
{
    private final List<Long> sequences = new ArrayList<>();
    private final List<JournalPosition> due = new ArrayList<>();
    private final List<JournalPosition> oldest = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private final Follower follower;
    private long nowNs;

    public SnapshotProbe(final Path node, final SnapshotContext context)
    {
        this(node, context, SnapshotProbe::host);
    }

    public SnapshotProbe(final Path node, final SnapshotContext context, final Supplier<CoreHost> hosts)
    {
        final NodeDirectory directory = new NodeDirectory(node);
        final SnapshotDirectory snapshots = new SnapshotDirectory(directory.snapshots());
        follower = new Follower(new QueueStore(directory), snapshots,
            new SnapshotWriter(snapshots, "test", "the configuration"),
            context,
            hosts, SkippedInputs.read(new QueueStore(directory)), () -> nowNs, this);
        follower.onStart();
    }

    /** As the follower of {@link TickStrategy}'s journals needs it. */
    public static CoreHost host()
    {
        return new CoreHost(List.of(new TickStrategy.Factory()), new UnacknowledgedDecisions());
    }

    /** A snapshot at least every so many inputs, and all of them kept. */
    public static List<Long> writeSnapshots(final Path node, final long everyInputs)
    {
        try (SnapshotProbe probe = new SnapshotProbe(node,
            new SnapshotContext(true, everyInputs, Long.MAX_VALUE, 1_000)))
        {
            probe.readAll();
            return probe.sequences();
        }
    }

    /** Reads what is there by now. */
    public SnapshotProbe readAll()
    {
        while (follower.doWork() > 0)
        {
            // As much as there is.
        }
        return this;
    }

    public SnapshotProbe pass(final long durationNs)
    {
        nowNs += durationNs;
        return this;
    }

    public Follower follower()
    {
        return follower;
    }

    /** What snapshots were about to be taken behind. */
    public List<JournalPosition> due()
    {
        return due;
    }

    /** Of the snapshots written. */
    public List<Long> sequences()
    {
        return sequences;
    }

    public List<JournalPosition> oldest()
    {
        return oldest;
    }

    public List<String> notices()
    {
        return notices;
    }

    /** The files of a directory by name, ascending. */
    public static List<String> names(final Path directory)
    {
        try (Stream<Path> files = Files.list(directory))
        {
            return files.map((file) -> file.getFileName().toString()).sorted().toList();
        }
        catch (final java.io.IOException ex)
        {
            throw new java.io.UncheckedIOException(ex);
        }
    }

    /** All that a host must remember, by way of none of a snapshot's sections. */
    public static List<String> state(final CoreHost host)
    {
        final List<String> state = new ArrayList<>();
        state.add("sequence=" + host.core().lastSequence() + " timeNs=" + host.lastTimeNs());
        state.add("stateHash=" + Long.toHexString(host.core().stateHash()));
        state.add("decisionHash=" + Long.toHexString(host.decisionHash()) + " count=" + host.decisionCount());
        state.add("egressSequence=" + host.egressSequence(0) + " core=" + host.core().egressSequence());
        state.add("orders=" + host.ordersSent() + " refused=" + host.riskRejects());
        state.add("configuration=" + host.configurationHash() + " logicVersion=" + host.logicVersion());
        host.timers().forEach((timerId, deadlineNs) -> state.add("timer " + timerId + " at " + deadlineNs));
        host.sources().forEach((source) -> state.add(
            "source " + source.id() + " session=" + source.session() + " sequence=" + source.lastSequence()));
        host.outbox().forEachUnacknowledged((venueId, buffer, offset) ->
        {
            final int length = RecordDescriptor.recordLength(buffer, offset);
            final UnsafeBuffer record = new UnsafeBuffer(new byte[length]);
            record.putBytes(0, buffer, offset, length);
            record.putLong(RecordDescriptor.CHAIN_OFFSET, 0);
            state.add("unacknowledged " + java.util.HexFormat.of().formatHex(record.byteArray()));
        });
        return state;
    }

    /** Replays a journal from its start to an input. */
    public static CoreHost replay(final Path node, final long toSequence)
    {
        final NodeDirectory directory = new NodeDirectory(node);
        try (JournalReader reader = new JournalReader(directory))
        {
            return replay(directory, reader, host(), toSequence);
        }
    }

    /** Replays the rest of a journal behind a position. */
    public static CoreHost replay(final Path node, final JournalPosition position, final CoreHost host)
    {
        final NodeDirectory directory = new NodeDirectory(node);
        try (JournalReader reader = new JournalReader(directory, position))
        {
            return replay(directory, reader, host, Long.MAX_VALUE);
        }
    }

    private static CoreHost replay(
        final NodeDirectory directory, final JournalReader reader, final CoreHost host, final long toSequence)
    {
        final Replayer replayer = new Replayer(reader, host, true, SkippedInputs.read(new QueueStore(directory)));
        replayer.run(toSequence);
        if (replayer.divergence() != null)
        {
            throw new IllegalStateException("diverges: " + replayer.divergence());
        }
        return host;
    }

    @Override
    public void onSnapshotDue(final JournalPosition position)
    {
        due.add(position);
        assertThat(sequences).as("it is not there yet").doesNotContain(position.lastSequence());
    }

    @Override
    public void onSnapshot(final Path file, final long sequence, final long durationNs)
    {
        sequences.add(sequence);
    }

    @Override
    public void onOldestPosition(final JournalPosition position)
    {
        oldest.add(position);
    }

    @Override
    public void onFailure(final Throwable failure)
    {
        LangUtil.rethrowUnchecked(failure);
    }

    @Override
    public void onNotice(final String notice)
    {
        notices.add(notice);
    }

    @Override
    public void close()
    {
        follower.onClose();
    }
}
