package io.lockstep.sequencer.node;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.host.CoreHost;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.NodeText;
import io.lockstep.sequencer.OfflineNode;
import io.lockstep.sequencer.SnapshotProbe;
import io.lockstep.sequencer.TestGateway;
import io.lockstep.sequencer.WireRecords;
import io.lockstep.sequencer.config.ConfigurationException;
import io.lockstep.sequencer.journal.JournalCopy;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.recovery.Recovery;
import io.lockstep.sequencer.snapshot.SnapshotDirectory;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Where a start goes on: the same place from a snapshot as from the journal's start, and no place at all when there is none. */
class RecoveryTest
{
    private static final String KEYS = ", idle: yield, stateHashInterval: 5, onStop: keep, stopTimeout: 0";

    @TempDir
    private Path path;
    private final List<String> notices = new ArrayList<>();

    private Path crashed(final String name, final int trades)
    {
        final Path node = path.resolve(name);
        final OfflineNode offline = new OfflineNode(node, "timerMs: 2");
        final WireRecords feed = new WireRecords(7, 70);
        offline.run(true, OfflineNode.trades(feed, trades));
        offline.run(false, OfflineNode.trades(feed, trades));
        offline.run(false, OfflineNode.trades(feed, trades));
        return node;
    }

    private Recovery recover(final Path node)
    {
        return recover(node, SnapshotProbe::host);
    }

    private Recovery recover(final Path node, final Supplier<CoreHost> hosts)
    {
        return Recovery.recover(new NodeDirectory(node), hosts, notices::add);
    }

    private static SnapshotDirectory snapshots(final Path node)
    {
        return new SnapshotDirectory(new NodeDirectory(node).snapshots());
    }

    @Test
    void shouldComeToTheSameFromEachSnapshotAsFromTheStart()
    {
        final Path node = crashed("node", 10);
        final Recovery start = recover(node);
        assertThat(start.snapshotSequence()).isZero();
        SnapshotProbe.writeSnapshots(node, 3);
        final SnapshotDirectory snapshots = snapshots(node);
        for (int keep = snapshots.newestFirst().size(); keep > 0; keep--)
        {
            final Path newest = snapshots.newestFirst().get(0);
            final Recovery recovery = recover(node);

            assertThat(recovery.snapshotSequence()).isEqualTo(SnapshotDirectory.sequence(newest));
            assertThat(recovery.inputs() + recovery.snapshotSequence()).isEqualTo(start.inputs());
            assertThat(SnapshotProbe.state(recovery.host())).isEqualTo(SnapshotProbe.state(start.host()));
            assertThat(recovery.predecessor()).isEqualTo(start.predecessor());
            assertThat(recovery.incarnation()).isEqualTo(start.incarnation()).isEqualTo(4);
            delete(newest);
        }
        assertThat(notices).isEmpty();
    }

    /** What a gateway acknowledges is known by its number, which a snapshot must not move. */
    @Test
    void shouldReleaseBehindASnapshotWhatIsReleasedBehindTheStart()
    {
        final Path node = crashed("node", 10);
        final CoreHost start = recover(node).host();
        SnapshotProbe.writeSnapshots(node, 3);
        final Recovery recovery = recover(node);
        assertThat(recovery.snapshotSequence()).isPositive();
        final long last = start.egressSequence(0);
        assertThat(unacknowledged(start)).endsWith(last).hasSizeGreaterThan(3);
        for (long number = unacknowledged(start).get(0); number <= last; number++)
        {
            start.outbox().release(0, number);
            recovery.host().outbox().release(0, number);

            assertThat(unacknowledged(recovery.host())).isEqualTo(unacknowledged(start)).doesNotContain(number)
                .hasSize((int)(last - number));
        }
    }

    /** With nothing left to be sent there is no record in the snapshot that says where the count stands. */
    @Test
    void shouldCountOnBehindASnapshotWithoutUnacknowledgedDecisions()
    {
        final Path node = crashed("node", 10);
        final long sent = recover(node).host().egressSequence(0);
        new OfflineNode(node, "timerMs: 2").run(true, new WireRecords(2, 20).acknowledgement(sent));
        SnapshotProbe.writeSnapshots(node, 3);
        final Recovery recovery = recover(node);
        final CoreHost host = recovery.host();
        assertThat(recovery.inputs()).as("behind the snapshot").isZero();
        assertThat(unacknowledged(host)).isEmpty();
        assertThat(host.egressSequence(0)).isEqualTo(sent).isPositive();
        final JournalCopy journal = JournalCopy.read(node);
        final UnsafeBuffer next = journal.records().get(journal.lastIndexOf(
            (record) -> RecordDescriptor.templateId(record, 0) == NewOrderSingleDecoder.TEMPLATE_ID));
        RecordDescriptor.sourceSequence(next, 0, sent + 1);

        host.outbox().add(0, next, 0);
        host.outbox().release(0, sent);

        assertThat(unacknowledged(host)).containsExactly(sent + 1);
        host.outbox().release(0, sent + 1);
        assertThat(unacknowledged(host)).isEmpty();
    }

    private static List<Long> unacknowledged(final CoreHost host)
    {
        final List<Long> numbers = new ArrayList<>();
        host.outbox().forEachUnacknowledged(
            (venueId, buffer, offset) -> numbers.add(RecordDescriptor.sourceSequence(buffer, offset)));
        return numbers;
    }

    private static void delete(final Path file)
    {
        try
        {
            Files.delete(file);
        }
        catch (final IOException ex)
        {
            throw new java.io.UncheckedIOException(ex);
        }
    }

    private Path cutOff(final Path node, final String name, final int index)
    {
        final JournalCopy copy = JournalCopy.read(node);
        copy.truncate(index).write(path.resolve(name));
        return path.resolve(name);
    }

    private static void copySnapshots(final Path from, final Path to) throws IOException
    {
        Files.createDirectories(to.resolve("snapshots"));
        for (final Path file : snapshots(from).newestFirst())
        {
            Files.copy(file, to.resolve("snapshots").resolve(file.getFileName()));
        }
    }

    @Test
    void shouldFindBehindASnapshotWhatACrashHasCutOff()
    {
        final Path whole = crashed("whole", 10);
        final Path node = cutOff(whole, "node", JournalCopy.read(whole).lastIndexOf(
            (record) -> RecordDescriptor.templateId(record, 0) == NewOrderSingleDecoder.TEMPLATE_ID));
        final Recovery start = recover(node);
        SnapshotProbe.writeSnapshots(node, 3);
        final Recovery recovery = recover(node);

        assertThat(recovery.snapshotSequence()).isPositive();
        assertThat(recovery.cutOff().length()).isEqualTo(start.cutOff().length()).isPositive();
        assertThat(SnapshotProbe.state(recovery.host())).isEqualTo(SnapshotProbe.state(start.host()));
    }

    @Test
    void shouldRefuseAJournalThatEndsBeforeItsSnapshotAndSayWhatToDo() throws IOException
    {
        final Path whole = crashed("whole", 10);
        SnapshotProbe.writeSnapshots(whole, 3);
        final Path node = cutOff(whole, "node", JournalCopy.read(whole).records().size() / 2);
        copySnapshots(whole, node);
        final Path newest = snapshots(node).newestFirst().get(0);

        assertThatThrownBy(() -> recover(node)).isInstanceOfSatisfying(NodeException.class,
            (ex) -> assertThat(ex.exitStatus()).isEqualTo(NodeException.CHECK_FAILED))
            .hasMessageContaining("the journal does not lead up to snapshot=" + newest)
            .hasMessageContaining("the journal ends before the snapshot")
            .hasMessageContaining("'lockstep journal cut " + node + "' says what going on");
    }

    private static TestGateway gateway(final String configuration, final int sourceId, final int session)
    {
        return new TestGateway(NodeText.context(configuration).driverDirectory(), sourceId, session);
    }

    @Test
    void shouldRefuseOtherTermsBeforeAnythingIsWritten() throws IOException
    {
        final Path node = path.resolve("node");
        final String configuration = NodeText.of(node, KEYS, "embedded: true", "timerMs: 0");
        try (NodeRun run = new NodeRun(configuration).awaitReady())
        {
            run.stop();
        }
        final String other = configuration.replace("tickSize: 1", "tickSize: 0.5");
        assertThatThrownBy(() ->
        {
            try (NodeRun run = new NodeRun(other))
            {
                run.result();
            }
        }).isInstanceOf(ConfigurationException.class).hasMessageContaining("name=TICK.TEST")
            .hasMessageContaining("expected the terms that the journal has");
        assertThat(new NodeDirectory(node).incarnations()).containsExactly(1);
        assertThat(new NodeDirectory(node).configuration()).hasContent(configuration);
    }

    @Test
    void shouldRemoveTheJournalThatNoSnapshotNeedsAndStillStart()
    {
        final Path node = path.resolve("node");
        final String configuration = NodeText.of(node, KEYS, "embedded: true", "timerMs: 0")
            .replace("{segmentSize: 4MiB, reserveAhead: 1MiB}",
                "{segmentSize: 1MiB, reserveAhead: 512KiB, retainSegments: 0}")
            +
            "snapshot: {everyInputs: 20, keep: 2}\n";
        try (NodeRun run = new NodeRun(configuration).awaitReady();
            TestGateway feed = gateway(configuration, 7, 70).link(false))
        {
            while (new NodeDirectory(node).segments().get(0).segment() == 1)
            {
                feed.send(feed.records().bookUpdate(0, 1_000, 1_000), feed.records().trade(0, 100, 1));
            }
            run.stop();
        }
        final NodeDirectory directory = new NodeDirectory(node);
        final SnapshotDirectory snapshots = snapshots(node);
        final Path oldest = snapshots.newestFirst().get(snapshots.newestFirst().size() - 1);
        assertThat(directory.segments()).contains(
            io.lockstep.sequencer.snapshot.Snapshot.read(oldest).position().segmentId());
        delete(snapshots.newestFirst().get(0));
        assertThat(recover(node).snapshotSequence()).isEqualTo(SnapshotDirectory.sequence(oldest));
        try (NodeRun run = new NodeRun(configuration).awaitReady())
        {
            assertThat(run.stop().cleanEnd()).isTrue();
        }
        snapshots.newestFirst().forEach(RecoveryTest::delete);
        assertThatThrownBy(() -> recover(node)).isInstanceOf(NodeException.class)
            .hasMessageContaining("no snapshot to start from: ");
    }
}
