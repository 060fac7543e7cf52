package io.lockstep.sequencer.node;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.TradingCore;
import io.lockstep.sbe.InstrumentDefinitionDecoder;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.NodeStartedDecoder;
import io.lockstep.sbe.NodeStartedEncoder;
import io.lockstep.sbe.SetLimitDecoder;
import io.lockstep.sequencer.ChildJvm;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.NodeText;
import io.lockstep.sequencer.OfflineNode;
import io.lockstep.sequencer.RecordText;
import io.lockstep.sequencer.TestDriver;
import io.lockstep.sequencer.TestGateway;
import io.lockstep.sequencer.aeron.DriverFile;
import io.lockstep.sequencer.aeron.EmbeddedDriver;
import io.lockstep.sequencer.counters.NodeCounters;
import io.lockstep.sequencer.journal.JournalCopy;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.replay.Replayer;
import net.openhft.affinity.Affinity;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

/** A node's life: start, stop, restart, crash, and the reasons for which it does not start. */
class NodeTest
{
    private static final int FEED = 7;
    private static final int ORDERS = 2;
    /** No gateway here answers a cancel. */
    private static final String KEYS = ", idle: yield, stateHashInterval: 5, onStop: keep, stopTimeout: 0";

    @TempDir
    private Path path;
    private Path node;
    private String configuration;

    @BeforeEach
    void configure()
    {
        node = path.resolve("node");
        configuration = NodeText.of(node, KEYS, "embedded: true", "timerMs: 0");
    }

    private static TestGateway gateway(final String configuration, final int sourceId, final int session)
    {
        return new TestGateway(NodeText.context(configuration).driverDirectory(), sourceId, session);
    }

    /** One incarnation: a quote and so many trades, each of which decides an order; then a clean end. */
    private Node.Result trade(final int session, final int trades)
    {
        try (NodeRun run = new NodeRun(configuration).awaitReady();
            TestGateway feed = gateway(configuration, FEED, session).link(false))
        {
            feed.send(OfflineNode.trades(feed.records(), trades));
            return run.stop();
        }
    }

    private List<UnsafeBuffer> journal(final int templateId)
    {
        return JournalCopy.read(node).records().stream()
            .filter((record) -> RecordDescriptor.templateId(record, 0) == templateId).toList();
    }

    private void assertVerifies()
    {
        final Replayer replayer = OfflineNode.replay(node, true);
        assertThat(replayer.divergence()).isNull();
        assertThat(replayer.cutOff().isEmpty()).isTrue();
    }

    private static List<String> orderIds(final List<UnsafeBuffer> orders)
    {
        return orders.stream().map((order) -> ClOrdIds.text(order, RecordDescriptor.BODY_OFFSET)).toList();
    }

    private void assertRefused(final int exitStatus, final String message)
    {
        assertThatThrownBy(() ->
        {
            try (NodeRun run = new NodeRun(configuration))
            {
                run.result();
            }
        }).isInstanceOfSatisfying(NodeException.class,
            (ex) -> assertThat(ex.exitStatus()).as(ex.getMessage()).isEqualTo(exitStatus))
            .hasMessageContaining(message);
    }

    @Test
    void shouldStartFreshAndEndCleanly()
    {
        final Node.Result result = trade(70, 3);

        final List<UnsafeBuffer> records = JournalCopy.read(node).records();
        assertThat(result.cleanEnd()).isTrue();
        assertThat(result.inputs()).isEqualTo(result.lastSequence()).isEqualTo(5 + 4 + 2);
        assertThat(result.decisions()).isEqualTo(records.stream().filter(JournalCopy::isDecision).count());
        assertThat(result.recoveredInputs()).isZero();
        assertThat(RecordText.of(records.get(0), 0)).isEqualTo("RUN_METADATA");
        assertThat(RecordText.of(records.get(records.size() - 2), 0)).isEqualTo("I11:NodeStopped");
        assertThat(RecordText.of(records.get(records.size() - 1), 0)).isEqualTo("CLEAN_END");
        assertThat(NodeText.context(configuration).driverDirectory()).doesNotExist();
        assertVerifies();
    }

    @Test
    void shouldGoOnAfterARestartWithTheSameInstrumentsAndTheNextIncarnation()
    {
        final Node.Result first = trade(70, 3);
        final Node.Result second = trade(71, 3);

        assertThat(second.snapshotSequence()).as("of the clean end").isEqualTo(first.lastSequence());
        assertThat(second.recoveredInputs()).isZero();
        assertThat(second.lastSequence()).as("the configuration is not applied again")
            .isEqualTo(first.lastSequence() + 1 + 4 + 2);
        assertThat(new NodeDirectory(node).incarnations()).containsExactly(1, 2);
        assertThat(journal(InstrumentDefinitionDecoder.TEMPLATE_ID)).hasSize(1);
        assertThat(orderIds(journal(NewOrderSingleDecoder.TEMPLATE_ID))).doesNotHaveDuplicates().hasSize(6)
            .last().asString().startsWith("000002");
        assertVerifies();
    }

    @Test
    void shouldKeepWhatAnOperatorSetUntilTheConfigurationChanges()
    {
        try (NodeRun run = new NodeRun(configuration).awaitReady();
            TestGateway operator = gateway(configuration, 3, 30).link(false))
        {
            operator.send(operator.records().limit(LimitType.MAX_OPEN_ORDERS, 2));
            run.stop();
        }
        // Another text, and the same values.
        configuration = "# a comment\n" + configuration;
        trade(70, 4);
        assertThat(journal(NewOrderSingleDecoder.TEMPLATE_ID)).as("the operator's limit").hasSize(2);
        assertThat(journal(SetLimitDecoder.TEMPLATE_ID)).hasSize(2);

        configuration = configuration.replace("maxOpenOrders: 10000", "maxOpenOrders: 5");
        trade(71, 4);
        assertThat(journal(NewOrderSingleDecoder.TEMPLATE_ID)).as("the configuration's limit").hasSize(5);
        assertThat(journal(SetLimitDecoder.TEMPLATE_ID)).hasSize(3);
        assertThat(journal(InstrumentDefinitionDecoder.TEMPLATE_ID)).as("what is the same is no input").hasSize(1);
        assertVerifies();
    }

    private static int instrumentId(final UnsafeBuffer record)
    {
        final InstrumentDefinitionDecoder definition = new InstrumentDefinitionDecoder();
        definition.wrapAndApplyHeader(record, RecordDescriptor.HEADER_LENGTH, new MessageHeaderDecoder());
        return definition.instrumentId();
    }

    @Test
    void shouldGiveANewInstrumentTheNextIdWhereverItStands()
    {
        trade(70, 1);
        configuration = configuration.replace("instruments:\n", "instruments:\n  - {symbol: NEW, venue: TEST, " +
            "tickSize: 1, lotSize: 1, baseCurrency: N, quoteCurrency: USD}\n");
        trade(71, 1);

        assertThat(journal(InstrumentDefinitionDecoder.TEMPLATE_ID)).extracting(NodeTest::instrumentId)
            .containsExactly(0, 1);
        assertVerifies();
    }

    /** The gateway has them all, in both incarnations under the same ClOrdIDs. */
    @Test
    void shouldCompleteDecisionsThatACrashHasCutOff()
    {
        trade(70, 6);
        final List<String> ids = orderIds(journal(NewOrderSingleDecoder.TEMPLATE_ID));
        final JournalCopy copy = JournalCopy.read(node);
        copy.truncate(copy.lastIndexOf(
            (record) -> RecordDescriptor.templateId(record, 0) == NewOrderSingleDecoder.TEMPLATE_ID));
        node = path.resolve("crashed");
        copy.write(node);
        configuration = NodeText.of(node, KEYS, "embedded: true", "timerMs: 0");

        try (NodeRun run = new NodeRun(configuration).awaitReady();
            TestGateway orders = gateway(configuration, ORDERS, 20).link(true))
        {
            orders.awaitDecisions(6);
            assertThat(orders.incarnation()).isEqualTo(2);
            assertThat(orderIds(orders.decisions())).isEqualTo(ids);
            run.stop();
        }

        assertThat(orderIds(journal(NewOrderSingleDecoder.TEMPLATE_ID))).isEqualTo(ids);
        assertVerifies();
        trade(71, 1);
        assertVerifies();
    }

    /** Orders of a journal that the gateway never acknowledged go out after the restart, those it did do not. */
    @Test
    void shouldSendAgainWhatWasNotAcknowledged()
    {
        try (NodeRun run = new NodeRun(configuration).awaitReady();
            TestGateway feed = gateway(configuration, FEED, 70).link(false);
            TestGateway orders = gateway(configuration, ORDERS, 20).link(true))
        {
            feed.send(OfflineNode.trades(feed.records(), 5));
            orders.awaitDecisions(5);
            TestDriver.await(
                () -> NodeCounters.read(new NodeDirectory(node).counters()).get("openOrders") == 5);
            orders.send(orders.records().acknowledgement(3));
            run.stop();
        }
        try (NodeRun run = new NodeRun(configuration).awaitReady();
            TestGateway orders = gateway(configuration, ORDERS, 21))
        {
            orders.link(true);
            TestDriver.await(() ->
            {
                orders.poll();
                return NodeCounters.read(new NodeDirectory(node).counters()).get("unacknowledgedDecisions") == 2;
            });
            run.stop();
        }
        assertVerifies();
    }

    @Test
    void shouldRefuseAJournalOfAnotherLogicVersion()
    {
        trade(70, 3);
        final JournalCopy copy = JournalCopy.read(node);
        for (final UnsafeBuffer record : copy.records())
        {
            if (RecordDescriptor.templateId(record, 0) == NodeStartedDecoder.TEMPLATE_ID)
            {
                new NodeStartedEncoder().wrap(record, RecordDescriptor.BODY_OFFSET)
                    .logicVersion(TradingCore.LOGIC_VERSION + 1);
            }
            else if (RecordDescriptor.templateId(record, 0) == NewOrderSingleDecoder.TEMPLATE_ID)
            {
                // Another version decides otherwise: that is not what is wrong with the journal.
                record.putByte(record.capacity() - 20, (byte)99);
            }
        }
        rewrite(copy.reseal());

        assertRefused(NodeException.CHECK_FAILED, new NodeDirectory(node).journal() + ": sequence=1 logicVersion=" +
            (TradingCore.LOGIC_VERSION + 1) + ": expected logicVersion=" + TradingCore.LOGIC_VERSION +
            ", for equality is demanded of the version that wrote a journal; an upgrade starts from a clean end and its "
            +
            "snapshot: with the build that wrote it run 'lockstep recover --config FILE', then start this one");
    }

    private void rewrite(final JournalCopy copy)
    {
        node = path.resolve("rewritten");
        copy.write(node);
        configuration = NodeText.of(node, KEYS, "embedded: true", "timerMs: 0");
    }

    @Test
    void shouldRefuseADamagedJournal()
    {
        trade(70, 3);
        final JournalCopy copy = JournalCopy.read(node);
        final int index = copy.indexOf(8, JournalCopy::isInput);
        copy.records().get(index).putByte(RecordDescriptor.VENUE_TIME_OFFSET, (byte)1);
        rewrite(copy);

        assertRefused(NodeException.CHECK_FAILED, "journal damaged: " + new NodeDirectory(node).journal() +
            ": sequence=" + RecordDescriptor.sequence(copy.records().get(index), 0) + ": incarnation=1 record=");
        assertThat(new NodeDirectory(node).incarnations()).as("nothing is added to it").containsExactly(1);
        assertThat(NodeText.context(configuration).driverDirectory()).as("the driver is closed").doesNotExist();
    }

    @Test
    void shouldRefuseAJournalThatItWouldHaveDecidedOtherwise()
    {
        trade(70, 3);
        final JournalCopy copy = JournalCopy.read(node);
        final int index = copy.indexOf(12, JournalCopy::isDecision);
        final UnsafeBuffer record = copy.records().get(index);
        record.putByte(record.capacity() - 9, (byte)7);
        rewrite(copy.reseal());

        assertRefused(NodeException.CHECK_FAILED, "replay diverges from the journal: " +
            new NodeDirectory(node).journal() + ": sequence=" + RecordDescriptor.sequence(record, 0) + " ordinal=1");
    }

    @Test
    void shouldRefuseADirectoryThatIsInUse()
    {
        try (NodeRun run = new NodeRun(configuration).awaitReady();
            TestGateway feed = gateway(configuration, FEED, 70).link(false))
        {
            assertRefused(NodeException.CANNOT_RUN, "node.directory=" + node + ": in use by another live process");

            feed.send(OfflineNode.trades(feed.records(), 2));
            assertThat(run.stop().cleanEnd()).isTrue();
        }
    }

    @Test
    void shouldRefuseADirectoryThatCannotBeWritten() throws IOException
    {
        final Path file = Files.createFile(path.resolve("file"));
        configuration = NodeText.of(file.resolve("node"), "", "embedded: true", "timerMs: 0");

        assertRefused(NodeException.CANNOT_RUN,
            "node.directory=" + file.resolve("node") + ": expected a directory that can be written: ");
    }

    @Test
    void shouldRefuseTheDirectoryOfALiveDriverAndDoItNoHarm()
    {
        try (TestDriver driver = new TestDriver())
        {
            configuration = NodeText.of(node, "", "embedded: true, directory: \"" + driver.directory() + "\"",
                "timerMs: 0");

            assertRefused(NodeException.CANNOT_RUN,
                "a live media driver uses the directory: aeron.directory=" + driver.directory());

            driver.aeron().addSubscription("aeron:ipc", 5);
            assertThat(driver.publication("aeron:ipc", 5).isConnected()).isTrue();
        }
    }

    /** One node's driver is in the other's way, and the other way round nothing is. */
    @Test
    void shouldRefuseTheDriverDirectoryOfALiveNodeAndDoItNoHarm()
    {
        final Path driver = TestDriver.newDirectory();
        final String aeron = "embedded: true, directory: \"" + driver + "\"";
        configuration = NodeText.of(node, KEYS, aeron, "timerMs: 0");
        final String first = configuration;
        try (NodeRun run = new NodeRun(first).awaitReady(); TestGateway feed = gateway(first, FEED, 70).link(false))
        {
            configuration = NodeText.of(path.resolve("other"), KEYS, aeron, "timerMs: 0");
            assertRefused(NodeException.CANNOT_RUN,
                "a live media driver uses the directory: aeron.directory=" + driver);

            feed.send(OfflineNode.trades(feed.records(), 2));
            assertThat(run.stop().cleanEnd()).isTrue();
        }
        assertThat(journal(NewOrderSingleDecoder.TEMPLATE_ID)).hasSize(2);
        assertThat(new NodeDirectory(path.resolve("other")).incarnations()).as("nothing is left behind").isEmpty();
    }

    /** What it leaves is removed, not waited for. */
    @Test
    void shouldReplaceTheDirectoryOfADeadDriver() throws IOException, InterruptedException
    {
        final Path directory = TestDriver.newDirectory();
        try (ChildJvm child = ChildJvm.start(path.resolve("driver.log"), LiveDriver.class, directory.toString()))
        {
            TestDriver.await(() -> isActive(directory));
            assertThatThrownBy(() -> EmbeddedDriver.launch(directory, Throwable::printStackTrace))
                .hasMessage("a live media driver uses the directory: aeron.directory=" + directory);
            child.kill();
        }
        assertThat(directory).exists();
        // Its heartbeat was new when it died.
        TestDriver.await(() -> !isActive(directory));

        EmbeddedDriver.launch(directory, Throwable::printStackTrace).close();

        assertThat(directory).doesNotExist();
    }

    private static boolean isActive(final Path directory)
    {
        return DriverFile.isAlive(directory, 2_000);
    }

    /** A driver that lives until it is killed. */
    static final class LiveDriver
    {
        private LiveDriver()
        {
        }

        public static void main(final String[] args) throws InterruptedException
        {
            EmbeddedDriver.launch(Path.of(args[0]), Throwable::printStackTrace);
            Thread.currentThread().join();
        }
    }

    @Test
    void shouldSayThatTheDriverIsMissing()
    {
        final Path none = path.resolve("none");
        configuration = NodeText.of(node, "", "embedded: false, directory: \"" + none + "\"", "timerMs: 0");

        assertRefused(NodeException.CANNOT_RUN, "aeron.directory=" + none + ": expected a live media driver: ");
        assertThat(new NodeDirectory(node).incarnations()).as("nothing is left behind").isEmpty();
    }

    @Test
    void shouldEndWhenTheDriverGoes()
    {
        final TestDriver driver = new TestDriver();
        configuration = NodeText.of(node, "", "embedded: false, directory: \"" + driver.directory() + "\"",
            "timerMs: 0");
        try (NodeRun run = new NodeRun(configuration).awaitReady())
        {
            driver.close();

            assertThatThrownBy(run::result).isInstanceOf(NodeException.class)
                .hasMessageStartingWith("aeron.directory=" + driver.directory() + ": the media driver is gone: ")
                .hasMessageEndingWith("has been shutdown");
        }
    }

    /** And leaves no trace of it, where only its counter tells that it did. */
    @Test
    void shouldRehearseWhileNothingHappens()
    {
        final NodeDirectory directory = new NodeDirectory(node);
        try (NodeRun run = new NodeRun(configuration.replace("clockStepMax: 1h", "clockStepMax: 1h, rehearse: 5us"))
            .awaitReady())
        {
            TestDriver.await(() -> NodeCounters.read(directory.counters()).get("rehearsals") > 1_000);
            run.stop();
        }
        assertThat(NodeCounters.read(directory.counters())).containsEntry("errors", 0L).containsEntry("orders", 0L);
        assertThat(JournalCopy.read(node).records().stream().map((record) -> RecordText.of(record, 0)))
            .isNotEmpty().noneMatch((text) -> text.matches(".*(Book|Order|Execution).*"));
    }

    @Test
    void shouldCountWhatItRefusesAndNameIt()
    {
        final NodeDirectory directory = new NodeDirectory(node);
        try (NodeRun run = new NodeRun(configuration).awaitReady();
            TestGateway feed = gateway(configuration, FEED, 70).link(false))
        {
            final UnsafeBuffer wrong = feed.records().sequence(1).quote(0, 1, 2);
            wrong.putByte(RecordDescriptor.FORMAT_OFFSET, (byte)9);
            feed.add(wrong);
            feed.add(feed.records().sequence(1).quote(0, 1, 2));
            feed.add(feed.records().sequence(1).quote(0, 1, 2));
            feed.add(feed.records().sequence(5).quote(0, 1, 2));
            TestDriver.await(() ->
            {
                feed.poll();
                return feed.acknowledged() == 5;
            });
            final Map<String, Long> counters = NodeCounters.read(directory.counters());
            assertThat(counters).containsEntry("rejectedMessages", 1L).containsEntry("repeatedMessages", 1L)
                .containsEntry("sourceGaps", 1L).containsEntry("incarnation", 1L);
            // Their texts are made on another thread, a moment later.
            TestDriver.await(() -> NodeCounters.read(directory.counters()).get("errors") == 2);
            run.stop();
        }
        final List<String> errors = new ArrayList<>();
        assertThat(NodeCounters.printErrors(directory.errors(), new Lines(errors))).isEqualTo(2);
        assertThat(errors).anyMatch((text) -> text.contains("message refused: unknown record format: session=") &&
            text.contains("sourceId=7 schemaId=7001 version=" + MessageHeaderDecoder.SCHEMA_VERSION + " templateId=4"))
            .anyMatch((text) -> text.contains("source gap: sourceId=7 expectedSequence=2 actualSequence=5"));
        assertThat(JournalCopy.read(node).records().stream()
            .filter((record) -> RecordDescriptor.sourceId(record, 0) == FEED).map((record) -> RecordText.of(record, 0)))
            .containsExactly("I6:BestBidOffer", "I7:FeedStatus", "I8:BestBidOffer");
    }

    /** Keeps what is printed. */
    private static final class Lines extends java.io.PrintStream
    {
        private final List<String> lines;

        private Lines(final List<String> lines)
        {
            super(java.io.OutputStream.nullOutputStream());
            this.lines = lines;
        }

        @Override
        public void println(final String line)
        {
            lines.add(line);
        }
    }

    @Test
    void shouldRunWithEachKindOfIdling()
    {
        for (final String keys : List.of(", idle: spin", ", idle: yield", ", idle: sleep", ", idle: backoff"))
        {
            node = path.resolve("node" + keys.replaceAll("\\W", ""));
            configuration = NodeText.of(node, keys, "embedded: true", "timerMs: 0");
            final Node.Result result = trade(70, 1);
            assertThat(result.cleanEnd()).as(keys).isTrue();
        }
    }

    /** The driver's and the clients' threads, which the node starts, stay off its processor. */
    @ParameterizedTest
    @ValueSource(ints =
    {0, 1})
    @EnabledOnOs(OS.LINUX)
    void shouldPinItsThreadAndNoOther(final int core)
    {
        assumeThat(Runtime.getRuntime().availableProcessors()).isGreaterThan(1);
        final long before = threadsOn(core);
        final AtomicLong pinned = new AtomicLong();
        final AtomicReference<BitSet> affinity = new AtomicReference<>();
        configuration = NodeText.of(node, ", core: " + core, "embedded: true", "timerMs: 0");
        try (NodeRun run = new NodeRun(configuration, () ->
        {
            affinity.set(Affinity.getAffinity());
            pinned.set(threadsOn(core));
        }).awaitReady())
        {
            TestDriver.await(() -> affinity.get() != null);
            assertThat(run.stop().cleanEnd()).isTrue();
        }

        assertThat(affinity.get()).hasToString("{" + core + "}");
        assertThat(pinned.get() - before).isEqualTo(1);
        assertThat(threadsOn(core)).isEqualTo(before);
    }

    /** Threads of this process that may run on this processor alone. */
    private static long threadsOn(final int core)
    {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task")))
        {
            return tasks.filter((task) -> mayRunOn(task).equals(Integer.toString(core))).count();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private static String mayRunOn(final Path task)
    {
        try
        {
            return Files.readAllLines(task.resolve("status")).stream()
                .filter((line) -> line.startsWith("Cpus_allowed_list:"))
                .map((line) -> line.split("\\s+")[1]).findFirst().orElse("");
        }
        catch (final IOException ex)
        {
            // It has ended.
            return "";
        }
    }

    @Test
    void shouldRefuseAProcessorThatIsNotThere()
    {
        configuration = NodeText.of(node, ", core: 4095", "embedded: true", "timerMs: 0");

        assertRefused(NodeException.CANNOT_RUN,
            "node.core=4095: expected a processor that this process may use, one of {");
    }
}
