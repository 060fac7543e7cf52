package io.lockstep.sequencer.node;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OperationalAlertDecoder;
import io.lockstep.sbe.SetTradingModeEncoder;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sequencer.CoreHost;
import io.lockstep.sequencer.FailingStrategy;
import io.lockstep.sequencer.NodeText;
import io.lockstep.sequencer.OfflineNode;
import io.lockstep.sequencer.SnapshotProbe;
import io.lockstep.sequencer.TestDriver;
import io.lockstep.sequencer.TestGateway;
import io.lockstep.sequencer.TickStrategy;
import io.lockstep.sequencer.WireRecords;
import io.lockstep.sequencer.config.ConfigurationException;
import io.lockstep.sequencer.egress.UnacknowledgedDecisions;
import io.lockstep.sequencer.journal.JournalCopy;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.QueueStore;
import io.lockstep.sequencer.replay.Replayer;
import io.lockstep.sequencer.replay.SkippedInputs;
import io.lockstep.sequencer.snapshot.SnapshotDirectory;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
            .hasMessageContaining("move this snapshot out of the directory and run with --accept-lost-tail");
    }

    /** Inputs that were never decided on, all of the last incarnation. */
    private Path failing(final int count)
    {
        final Path node = path.resolve("failing");
        final WireRecords feed = new WireRecords(7, 70);
        final OfflineNode offline = new OfflineNode(node, "timerMs: 0");
        offline.run(true, OfflineNode.trades(feed, 3));
        final UnsafeBuffer[] trades = new UnsafeBuffer[count];
        Arrays.setAll(trades, (i) -> feed.trade(0, FailingStrategy.BEFORE_TICKS, 1));
        final long first = SnapshotProbe.replay(node, Long.MAX_VALUE).core().lastSequence() + 2;
        offline.run(false, trades);
        final JournalCopy copy = JournalCopy.read(node)
            .drop((record) -> JournalCopy.isMadeByCore(record) && RecordDescriptor.sequence(record, 0) >= first);
        copy.reseal().write(path.resolve("undecided"));
        return path.resolve("undecided");
    }

    private static CoreHost failingHost()
    {
        return new CoreHost(List.of(new FailingStrategy.Factory()), new UnacknowledgedDecisions());
    }

    @Test
    void shouldPassOverSixteenInputsThatTheCoreFailsOnAndNoMore()
    {
        final Recovery recovery = recover(failing(16), RecoveryTest::failingHost);

        assertThat(recovery.failures()).hasSize(16);
        assertThat(recovery.skipped().count()).isEqualTo(16);
        assertThat(recovery.host().core().lastSequence()).isEqualTo(recovery.predecessor().lastSequence());
    }

    @Test
    void shouldRefuseMoreThanSixteenInputsThatTheCoreFailsOn()
    {
        final Path node = failing(17);

        assertThatThrownBy(() -> recover(node, RecoveryTest::failingHost)).isInstanceOf(NodeException.class)
            .hasMessageContaining("the core fails on more than 16 inputs, the first of sequence=");
    }

    private String failingConfiguration(final Path node)
    {
        return NodeText.of(node, KEYS, "embedded: true", "timerMs: 0")
            .replace(TickStrategy.FACTORY, FailingStrategy.FACTORY);
    }

    private static TestGateway gateway(final String configuration, final int sourceId, final int session)
    {
        return new TestGateway(NodeText.context(configuration).driverDirectory(), sourceId, session);
    }

    private static UnsafeBuffer mode(final WireRecords records, final TradingMode mode)
    {
        return records.input(records.begin(new SetTradingModeEncoder()).mode(mode));
    }

    private static Replayer verify(final Path node)
    {
        final NodeDirectory directory = new NodeDirectory(node);
        try (JournalReader reader = new JournalReader(directory))
        {
            final Replayer replayer = new Replayer(
                reader, failingHost(), true, SkippedInputs.read(new QueueStore(directory)));
            replayer.run(Long.MAX_VALUE);
            return replayer;
        }
    }

    @ParameterizedTest
    @ValueSource(longs =
    {FailingStrategy.BEFORE_TICKS, FailingStrategy.BETWEEN_TICKS})
    void shouldEndOnAnInputTheCoreFailsOnAndComeUpHaltedWithoutIt(final long priceTicks)
    {
        final Path node = path.resolve("node");
        final String configuration = failingConfiguration(node);
        final long sequence;
        try (NodeRun run = new NodeRun(configuration).awaitReady();
            TestGateway feed = gateway(configuration, 7, 70).link(false))
        {
            feed.send(OfflineNode.trades(feed.records(), 2));
            sequence = SnapshotProbe.replay(node, Long.MAX_VALUE).core().lastSequence() + 1;
            feed.add(feed.records().trade(0, priceTicks, 1));
            feed.poll();

            assertThatThrownBy(run::result).isInstanceOfSatisfying(NodeException.class,
                (ex) -> assertThat(ex.exitStatus()).isEqualTo(NodeException.CHECK_FAILED))
                .hasMessageContaining("the loop failed: stage=DECIDE sequence=" + sequence + ": ")
                .hasMessageContaining("a price of " + priceTicks)
                .hasMessageContaining("the next start passes over it and comes up halted");
        }
        restart(node, configuration, sequence);
        thirdStart(node, configuration);
    }

    private void restart(final Path node, final String configuration, final long sequence)
    {
        try (NodeRun run = new NodeRun(configuration).awaitReady();
            TestGateway feed = gateway(configuration, 7, 71).link(false);
            TestGateway operator = gateway(configuration, 3, 31).link(false))
        {
            assertThat(run.notices()).anyMatch((notice) -> notice.contains(
                "the core fails on the input of sequence=" + sequence) && notice.contains("comes up halted"));
            TestDriver.await(() -> counter(node, "tradingMode") == TradingMode.HALTED.value());
            feed.send(OfflineNode.trades(feed.records(), 2));
            assertThat(orders(node)).as("halted").hasSize(2);
            operator.send(mode(operator.records(), TradingMode.RUNNING));
            feed.send(feed.records().trade(0, 100, 1));
            run.stop();
        }
        assertThat(orders(node)).hasSize(3);
        assertThat(records(node, OperationalAlertDecoder.TEMPLATE_ID)).hasSize(1);
        assertThat(verify(node).divergence()).isNull();
    }

    private void thirdStart(final Path node, final String configuration)
    {
        delete(snapshots(node).newestFirst().get(0));
        try (NodeRun run = new NodeRun(configuration).awaitReady())
        {
            assertThat(counter(node, "tradingMode")).isEqualTo(TradingMode.RUNNING.value());
            run.stop();
        }
        assertThat(records(node, OperationalAlertDecoder.TEMPLATE_ID)).as("said once").hasSize(1);
        assertThat(verify(node).divergence()).isNull();
    }

    private static long counter(final Path node, final String name)
    {
        return NodeCounters.read(new NodeDirectory(node).counters()).get(name);
    }

    private static List<UnsafeBuffer> orders(final Path node)
    {
        return records(node, NewOrderSingleDecoder.TEMPLATE_ID);
    }

    private static List<UnsafeBuffer> records(final Path node, final int templateId)
    {
        return JournalCopy.read(node).records().stream()
            .filter((record) -> RecordDescriptor.templateId(record, 0) == templateId).toList();
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
