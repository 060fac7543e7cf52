package io.lockstep.sequencer.node;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.host.CoreHost;
import io.lockstep.core.host.UnacknowledgedDecisions;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OperationalAlertDecoder;
import io.lockstep.sbe.OrderCancelRequestDecoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.SetTradingModeEncoder;
import io.lockstep.sbe.StrategySuspendedDecoder;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sequencer.FailingStrategy;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.NodeText;
import io.lockstep.sequencer.OfflineNode;
import io.lockstep.sequencer.SnapshotProbe;
import io.lockstep.sequencer.TestDriver;
import io.lockstep.sequencer.TestGateway;
import io.lockstep.sequencer.TickStrategy;
import io.lockstep.sequencer.WireRecords;
import io.lockstep.sequencer.config.SnapshotContext;
import io.lockstep.sequencer.counters.NodeCounters;
import io.lockstep.sequencer.journal.JournalCopy;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.QueueStore;
import io.lockstep.sequencer.recovery.Recovery;
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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** An input that the core fails on ends the node once; every start behind it passes over it, and the first one halts. */
class CoreFailureTest
{
    private static final String KEYS = ", idle: yield, stateHashInterval: 5, onStop: keep, stopTimeout: 0";

    @TempDir
    private Path path;

    private static Recovery recover(final Path node)
    {
        return Recovery.recover(new NodeDirectory(node), CoreFailureTest::failingHost, (notice) ->
        {
        });
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
        final Path node = failing(16);
        final List<UnsafeBuffer> records = JournalCopy.read(node).records();
        final Recovery recovery = recover(node);

        assertThat(recovery.failures()).hasSize(16);
        // The source has sent them: one that goes back would send what fails once more.
        final List<Long> sent = new ArrayList<>();
        recovery.host().sources().forEach((source) -> sent.add(source.lastSequence()));
        assertThat(sent).containsExactly(records.stream()
            .filter((record) -> RecordDescriptor.sourceId(record, 0) == 7)
            .mapToLong((record) -> RecordDescriptor.sourceSequence(record, 0)).max().orElseThrow());
        assertThat(recovery.host().lastTimeNs())
            .isEqualTo(records.stream().mapToLong((record) -> RecordDescriptor.sequencerTimeNs(record, 0)).max()
                .orElseThrow());
        assertThat(recovery.skipped().count()).isEqualTo(16);
        assertThat(recovery.host().core().lastSequence()).isEqualTo(recovery.predecessor().lastSequence());
    }

    @Test
    void shouldRefuseMoreThanSixteenInputsThatTheCoreFailsOn()
    {
        final Path node = failing(17);

        assertThatThrownBy(() -> recover(node)).isInstanceOf(NodeException.class)
            .hasMessageContaining("the core fails on more than 16 inputs, the first of sequence=");
    }

    /** The records that an incarnation begins with say it one after the other, and a crash may come behind each. */
    @Test
    void shouldComeUpHaltedWhereverTheStartThatPassesOverAnInputIsCutOff()
    {
        final Path whole = failing(2);
        recoverAsNode(whole);
        final JournalCopy copy = JournalCopy.read(whole);
        final int begin = copy.lastIndexOf((record) -> JournalCopy.is(record, RecordKind.RUN_METADATA));
        final int end = copy.lastIndexOf((record) -> JournalCopy.is(record, RecordKind.CLEAN_END));
        final List<Integer> alerts = new ArrayList<>();
        for (int index = begin + 1; index <= end; index++)
        {
            if (copy.document(index) != copy.document(index - 1))
            {
                final Path node = path.resolve("cut-" + index);
                JournalCopy.read(whole).truncate(index).write(node);
                alerts.add(records(node, OperationalAlertDecoder.TEMPLATE_ID).size());
                recoverAsNode(node);
                assertSaidOnce(node);
                recoverAsNode(node);
                assertSaidOnce(node);
            }
        }
        assertThat(alerts).as("said before the cut").contains(0, 1, 2).isSorted();
    }

    /** Else a power failure that takes what says it leaves a state that the journal does not lead to. */
    @Test
    void shouldTakeNoSnapshotBetweenAnInputThatIsPassedOverAndWhatSaysSo()
    {
        final Path node = failing(2);
        final long lastPassedOver = JournalCopy.read(node).records().stream()
            .filter((record) -> RecordDescriptor.kind(record, 0) == RecordKind.INPUT.value())
            .mapToLong((record) -> RecordDescriptor.sequence(record, 0)).max().orElseThrow();
        recoverAsNode(node);
        final long lastAlert = records(node, OperationalAlertDecoder.TEMPLATE_ID).stream()
            .mapToLong((record) -> RecordDescriptor.sequence(record, 0)).max().orElseThrow();
        SnapshotProbe.names(new NodeDirectory(node).snapshots())
            .forEach((name) -> delete(new NodeDirectory(node).snapshots().resolve(name)));
        final List<Long> taken;
        try (SnapshotProbe probe = new SnapshotProbe(node, new SnapshotContext(true, 1, Long.MAX_VALUE, 1_000),
            CoreFailureTest::failingHost))
        {
            taken = probe.readAll().sequences();
        }

        assertThat(lastAlert).isGreaterThan(lastPassedOver + 1);
        assertThat(taken).contains(lastPassedOver - 2).anyMatch((sequence) -> sequence >= lastAlert)
            .noneMatch((sequence) -> sequence > lastPassedOver - 2 && sequence < lastAlert);
    }

    private static void delete(final Path file)
    {
        assertThat(file.toFile().delete()).as(file.toString()).isTrue();
    }

    private static void recoverAsNode(final Path node)
    {
        final String configuration = failingConfiguration(node);
        new Node(NodeText.context(configuration), new Node.Listener()
        {
            @Override
            public void onReady()
            {
                throw new AssertionError("it connects to nothing");
            }

            @Override
            public void onStopping()
            {
                throw new AssertionError("it connects to nothing");
            }

            @Override
            public void onNotice(final String notice)
            {
                assertThat(notice)
                    .containsPattern(
                        "which the core fails on|the core fails on the input|never completed|^configuration: ");
            }
        }).recover();
    }

    private static void assertSaidOnce(final Path node)
    {
        assertThat(counter(node, "tradingMode")).as(node.toString()).isEqualTo(TradingMode.HALTED.value());
        assertThat(records(node, OperationalAlertDecoder.TEMPLATE_ID)).as(node.toString()).hasSize(2)
            .extracting((record) -> record.getLong(
                RecordDescriptor.BODY_OFFSET + OperationalAlertDecoder.valueEncodingOffset()))
            .doesNotHaveDuplicates();
        assertThat(records(node, OrderCancelRequestDecoder.TEMPLATE_ID)).as(node.toString()).hasSize(3);
        assertThat(verify(node).divergence()).as(node.toString()).isNull();
    }

    private static String failingConfiguration(final Path node)
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
        return records.input(records.begin(new SetTradingModeEncoder()).mode(mode).scope(LimitScope.NODE)
            .flatten(BooleanType.FALSE).scopedId(SetTradingModeEncoder.scopedIdNullValue()).user("operator"));
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
    {FailingStrategy.BEFORE_TICKS, FailingStrategy.BETWEEN_TICKS, FailingStrategy.LINKAGE_TICKS})
    void shouldEndOnAnInputTheCoreFailsOnAndComeUpHaltedWithoutIt(final long priceTicks) throws IOException
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
                .hasMessageContaining("input=Trade instrument=").hasMessageContaining(" strategy=tick@TICK.TEST at=" +
                    FailingStrategy.class.getName() + ".failAt(FailingStrategy.java:")
                .hasMessageContaining("a price of " + priceTicks)
                .hasMessageContaining("the next start passes over it and comes up halted");
        }
        restart(node, configuration, sequence);
        thirdStart(node, configuration);
    }

    /** It is the strategy's own fault, and a decision like any other: the node lives, and a replay repeats it. */
    @Test
    void shouldGoOnWhenAStrategyThrows() throws IOException
    {
        final Path node = path.resolve("node");
        final String configuration = failingConfiguration(node);
        try (NodeRun run = new NodeRun(configuration).awaitReady();
            TestGateway feed = gateway(configuration, 7, 70).link(false))
        {
            feed.send(OfflineNode.trades(feed.records(), 2));
            feed.send(feed.records().trade(0, FailingStrategy.EXCEPTION_TICKS, 1));
            feed.send(OfflineNode.trades(feed.records(), 2));
            run.stop();
        }
        assertThat(records(node, StrategySuspendedDecoder.TEMPLATE_ID)).hasSize(1);
        assertThat(orders(node)).as("what it had decided before stands, and nothing comes after").hasSize(3);
        assertThat(records(node, OperationalAlertDecoder.TEMPLATE_ID)).isEmpty();
        assertThat(verify(node).divergence()).isNull();
    }

    private void restart(final Path node, final String configuration, final long sequence)
    {
        try (NodeRun run = new NodeRun(configuration).awaitReady();
            TestGateway feed = gateway(configuration, 7, 71).link(false);
            TestGateway operator = gateway(configuration, 3, 31).link(false))
        {
            assertThat(run.notices()).anyMatch((notice) -> notice.contains(
                "the core fails on the input of sequence=" + sequence + ": input=Trade instrument=") &&
                notice.contains(" strategy=tick@TICK.TEST at=") && notice.contains("comes up halted"));
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

    private void thirdStart(final Path node, final String configuration) throws IOException
    {
        Files.delete(new SnapshotDirectory(new NodeDirectory(node).snapshots()).newestFirst().get(0));
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
}
