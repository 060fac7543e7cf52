package io.lockstep.verification.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockstep.cli.ChildCommand;
import io.lockstep.cli.CommandRun;
import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.TradingCore;
import io.lockstep.core.host.CoreHost;
import io.lockstep.core.host.UnacknowledgedDecisions;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.order.Order;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportEncoder;
import io.lockstep.sbe.LiquidityIndicator;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.Side;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.YamlSection;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.QueueStore;
import io.lockstep.sequencer.journal.RunHead;
import io.lockstep.sequencer.node.Strategies;
import io.lockstep.sequencer.snapshot.Snapshot;
import io.lockstep.sequencer.snapshot.SnapshotDirectory;
import io.lockstep.verification.golden.GoldenArchive;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Directories of nodes that earlier logic versions ran and ended cleanly, with positions, orders that were kept open, a timer and
 * limits of an operator: this version takes each up and goes on. How they were made, says {@code upgrade/README.md}.
 */
class UpgradeTakenUpTest
{
    private static final Path ROOT = Path.of(
        System.getProperty("lockstep.root"), "verification/src/test/resources/io/lockstep/verification/upgrade");
    private static final int VENUE_SOURCE = 2;
    private static final int ORDERS = 2;
    private static final int CHECK_FAILED = 1;

    @TempDir
    private Path directory;

    private Path unpack(final String name)
    {
        return GoldenArchive.unpack(ROOT.resolve(name + ".zip"), directory.resolve("node"));
    }

    private static int logicVersion(final String name)
    {
        return Integer.parseInt(name.split("-")[1]);
    }

    private static String configuration(final Path node)
    {
        return RunHead.newest(new QueueStore(new NodeDirectory(node))).configuration();
    }

    /** What ran, in this directory and on a market that is faster. */
    private Path configure(final Path node) throws IOException
    {
        return Files.writeString(directory.resolve("node.yaml"),
            configuration(node).replace("directory: node\n", "directory: " + node + "\n")
                .replace("eventsPerSecond: 200}", "eventsPerSecond: 2000}"));
    }

    private static Snapshot newest(final Path node)
    {
        return Snapshot.read(new SnapshotDirectory(node.resolve("snapshots")).newestFirst().get(0));
    }

    private static CoreHost newHost(final Path node)
    {
        final String text = configuration(node);
        return new CoreHost(Strategies.load(NodeContext.read(YamlSection.parse(node, text), text).strategies()),
            new UnacknowledgedDecisions());
    }

    private static CoreHost restore(final Path node)
    {
        final CoreHost host = newHost(node);
        newest(node).restore(host);
        return host;
    }

    /** Another host in the state of the first, by the sections that it saves. */
    private static CoreHost copy(final Path node, final CoreHost host)
    {
        final CoreHost copy = newHost(node);
        host.save(copy::restore);
        copy.completeRestore();
        return copy;
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"logic-3", "logic-4", "logic-4-recovered", "logic-5"})
    void shouldTakeUpAllThatTheSnapshotSays(final String name)
    {
        final Path node = unpack(name);
        final SnapshotLines earlier = SnapshotLines.of(newest(node));
        final CoreHost host = restore(node);
        final SnapshotLines now = SnapshotLines.of(host);

        assertThat(now.lines()).containsExactlyInAnyOrderElementsOf(earlier.lines());
        assertThat(earlier.lines()).as("what is worth it").anyMatch((line) -> line.startsWith("order on 0"))
            .anyMatch((line) -> line.startsWith("order on 1"))
            .anyMatch((line) -> line.startsWith("leg on 1 state=IN_TRADE"))
            .anyMatch((line) -> line.startsWith("executions of source=2"))
            .anyMatch((line) -> line.startsWith(name.endsWith("recovered") ? "unacknowledged" : "scheduled"));
        for (int id = 0; id < host.core().instrumentCount(); id++)
        {
            assertThat(now.values().get(id)).as("indicators and more of instrument %d; orders name their run since", id)
                .containsSubsequence(earlier.values().get(id));
            assertThat(host.core().slot(id).netLots()).as("of all legs").isEqualTo(
                host.core().instances().find(id + 1).leg(0).netLots());
        }
        assertThat(copy(node, host).core().stateHash()).as("in this version's own sections")
            .isEqualTo(host.core().stateHash());
    }

    /** A venue that goes on by the same numbers, and the legs that the fills belong to. */
    @ParameterizedTest
    @ValueSource(strings =
    {"logic-3", "logic-4"})
    void shouldBookTheFillsOfWhatWasOpen(final String name)
    {
        final Path node = unpack(name);
        final CoreHost host = restore(node);
        final long repeated = host.core().repeatedExecutions();
        final long execId = host.core().lastExecId(VENUE_SOURCE);
        for (int id = 0; id < ORDERS; id++)
        {
            final Leg leg = host.core().instances().find(id + 1).leg(0);
            final Order order = leg.openOrders().first();
            final long lots = leg.netLots() +
                (order.side() == Side.BUY ? order.leavesQtyLots() : -order.leavesQtyLots());
            host.apply(fill(host, order, execId), 0);
            assertThat(host.core().repeatedExecutions()).as("that it had before").isEqualTo(repeated + id + 1);
            host.apply(fill(host, order, execId + 1 + id), 0);

            assertThat(leg.netLots()).isEqualTo(lots);
            assertThat(host.core().position(id).netLots()).isEqualTo(lots);
            host.decisions().clear();
        }
        assertThat(host.core().unknownOrders()).isEqualTo(restore(node).core().unknownOrders());
        assertThat(copy(node, host).core().stateHash()).isEqualTo(host.core().stateHash());
    }

    private static UnsafeBuffer fill(final CoreHost host, final Order order, final long execId)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final ExecutionReportEncoder report = new ExecutionReportEncoder().wrapAndApplyHeader(
            buffer, RecordDescriptor.HEADER_LENGTH, new MessageHeaderEncoder());
        ClOrdIds.encode(buffer, report.offset(), 0, order.incarnation(), order.sequence(), order.ordinal());
        report.execType(ExecType.TRADE).ordStatus(OrdStatus.FILLED).side(order.side())
            .ordRejReason(OrdRejReason.NONE).liquidity(LiquidityIndicator.MAKER).instrumentId(order.instrumentId())
            .orderId(1).execId(execId).lastPxTicks(order.priceTicks()).lastQtyLots(order.leavesQtyLots())
            .leavesQtyLots(0).cumQtyLots(order.orderQtyLots()).commission(1)
            .commissionHigh(ExecutionReportEncoder.commissionHighNullValue())
            .commissionExponent(ExecutionReportEncoder.commissionExponentNullValue())
            .execRefId(Nulls.NULL_LONG).refPxTicks(Nulls.NULL_PRICE_TICKS).refQtyLots(Nulls.NULL_LONG)
            .orderQtyLots(Nulls.NULL_LONG).priceTicks(Nulls.NULL_PRICE_TICKS)
            .venueExecId("").commissionAsset("").venueExecRefId("");
        final int length = RecordDescriptor.begin(buffer, 0, RecordKind.INPUT,
            MessageHeaderEncoder.ENCODED_LENGTH + report.encodedLength());
        RecordDescriptor.sequence(buffer, 0, host.core().lastSequence() + 1);
        RecordDescriptor.incarnation(buffer, 0, order.incarnation());
        RecordDescriptor.sourceId(buffer, 0, VENUE_SOURCE);
        RecordDescriptor.sourceSession(buffer, 0, host.sources().source(VENUE_SOURCE).session());
        RecordDescriptor.sourceSequence(buffer, 0, host.sources().source(VENUE_SOURCE).lastSequence() + 1);
        RecordDescriptor.sequencerTimeNs(buffer, 0, host.lastTimeNs() + 1);
        return new UnsafeBuffer(buffer, 0, length);
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"logic-3", "logic-4", "logic-4-recovered", "logic-5"})
    void shouldSayWhatBecameOfTheLimits(final String name) throws IOException
    {
        final Path node = unpack(name);
        final CommandRun recovered = CommandRun.of("recover", "--config", configure(node), "--json").exits(0);

        assertThat(recovered.json().get("recoveredInputs").asLong()).as("none that it did not write").isZero();
        assertThat(newest(node).logicVersion()).isEqualTo(TradingCore.LOGIC_VERSION);
        final List<String> lines = SnapshotLines.of(newest(node)).lines();
        assertThat(lines).contains("limit of 0 MAX_POSITION_QUANTITY 500000")
            .anyMatch((line) -> line.matches("limit of all MAX_OPEN_ORDERS by operator=FALSE 4 0 at=\\d+"));
        if (logicVersion(name) == 3)
        {
            assertThat(recovered.err()).contains("limits are as configured: the version before kept no record");
            assertThat(lines).contains("limit of all MAX_ORDER_NOTIONAL 5 4", "limit of 1 MAX_OPEN_ORDERS 4")
                .noneMatch((line) -> line.contains("operator=TRUE") || line.contains("MAX_ORDERS_PER_SECOND"));
        }
        else
        {
            assertThat(recovered.err())
                .contains("limit maxOrderNotional of all: an operator's 40000 USDT (sequence ",
                    "stays, configured is 50000 USDT; 'control unset maxOrderNotional' takes it back",
                    "limit maxOpenOrders of ETHUSDT.SIMULATED: an operator's 3 orders (sequence ")
                .doesNotContain("as configured");
            assertThat(lines).contains("limit of all MAX_ORDER_NOTIONAL 4 4", "limit of all MAX_ORDERS_PER_SECOND 3 1",
                "limit of 1 MAX_OPEN_ORDERS 3");
        }
        assertThat(CommandRun.of("recover", "--config", directory.resolve("node.yaml"), "--json").exits(0).json()
            .get("snapshotSequence").asLong()).as("from its own").isEqualTo(
                recovered.json().get("lastSequence").asLong());
    }

    /**
     * With a market and a venue of its own, which has none of the orders: they are closed. The positions are left by an order that
     * is filled before either leg can have sent its third.
     */
    @ParameterizedTest
    @ValueSource(strings =
    {"logic-3", "logic-4", "logic-4-recovered", "logic-5"})
    void shouldGoOnTrading(final String name) throws IOException
    {
        final Path node = unpack(name);
        final long lastSequence = newest(node).position().lastSequence();
        final long ordersBefore = restore(node).ordersSent();
        final long fillsBefore = fills(restore(node));
        final Path configuration = configure(node);
        try (ChildCommand run = ChildCommand.start(directory, "run", "--config", configuration, "--json"))
        {
            run.await(() -> counter(node, "venueReady") == 1 && counter(node, "orders") > ordersBefore + 2 * ORDERS);
            run.signal("TERM");
            run.run().exits(0);
        }
        CommandRun.of("journal", "verify", node).exits(0);
        final JsonNode replay = CommandRun.of(
            "replay", "--verify", "--from", "snapshot", "--journal", node, "--json").exits(0).json();
        assertThat(replay.get("lastSequence").asLong()).isGreaterThan(lastSequence);
        final CoreHost host = restore(node);
        assertThat(host.core().lastSequence()).isEqualTo(replay.get("lastSequence").asLong());
        assertThat(Long.toHexString(host.core().stateHash())).isEqualTo(
            replay.get("stateHash").asText().replaceFirst("^0+", ""));
        assertThat(fills(host)).isGreaterThan(fillsBefore);
        assertThat(host.core().executionsOutOfPlace()).isZero();
        final List<String> names = new ArrayList<>();
        for (int id = 1; id < host.core().instances().count(); id++)
        {
            names.add(host.core().instances().find(id).name());
        }
        assertThat(names).containsExactly(
            "moving-average-crossover@BTCUSDT.SIMULATED", "moving-average-crossover@ETHUSDT.SIMULATED");
    }

    /** 0 before there are counters. */
    private static long counter(final Path node, final String counterName)
    {
        final CommandRun stat = CommandRun.of("stat", "--dir", node, "--json");
        return stat.exitCode() == 0 ? stat.json().path(counterName).asLong() : 0;
    }

    private static long fills(final CoreHost host)
    {
        return host.core().position(0).fills() + host.core().position(1).fills();
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"logic-3", "logic-4", "logic-4-recovered", "logic-5", "logic-5-venues"})
    void shouldSayWhatToDoWithoutTheSnapshotOfTheEnd(final String name) throws IOException
    {
        final Path node = unpack(name);
        final Path configuration = configure(node);
        try (Stream<Path> snapshots = Files.list(node.resolve("snapshots")))
        {
            for (final Path snapshot : snapshots.toList())
            {
                Files.delete(snapshot);
            }
        }
        final List<Integer> incarnations = new NodeDirectory(node).incarnations();

        assertThat(CommandRun.of("recover", "--config", configuration).exits(CHECK_FAILED).err())
            .contains("logicVersion=" + logicVersion(name) + ": expected logicVersion=" + TradingCore.LOGIC_VERSION)
            .contains("with the build that wrote it run 'lockstep recover --config FILE'");
        assertThat(new NodeDirectory(node).incarnations()).as("nothing is begun").isEqualTo(incarnations);
    }
}
