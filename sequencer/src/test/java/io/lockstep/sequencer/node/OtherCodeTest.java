package io.lockstep.sequencer.node;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.text.Numbers;
import io.lockstep.core.host.CoreHost;
import io.lockstep.core.host.UnacknowledgedDecisions;
import io.lockstep.core.instance.Leg;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.StrategyDefinitionDecoder;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.NodeText;
import io.lockstep.sequencer.OfflineNode;
import io.lockstep.sequencer.TickStrategy;
import io.lockstep.sequencer.WireRecords;
import io.lockstep.sequencer.code.CodeDifference;
import io.lockstep.sequencer.code.CompiledStrategy;
import io.lockstep.sequencer.code.StrategyCode;
import io.lockstep.sequencer.journal.JournalCopy;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.recovery.Recovery;
import io.lockstep.sequencer.replay.Replayer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Builds of one strategy under one name: what a start makes of another one than wrote the journal. */
class OtherCodeTest
{
    private static final String PARAMETERS = "timerMs: 0";
    private static final int TRADES = 3;

    @TempDir
    private Path path;
    private Path node;
    private CompiledStrategy first;
    private CompiledStrategy other;
    private final List<String> notices = new ArrayList<>();

    @BeforeEach
    void compile()
    {
        node = path.resolve("node");
        first = CompiledStrategy.compile(path.resolve("first"), 0);
        other = CompiledStrategy.compile(path.resolve("other"), 1);
    }

    private static String hex(final CompiledStrategy build)
    {
        return Numbers.hex(StrategyCode.hash(build.factory()));
    }

    /** A quote, trades that decide an order each, and a fill of the first: a position, and open orders. */
    private void trade(final CompiledStrategy build, final boolean cleanEnd)
    {
        final OfflineNode offline = new OfflineNode(node, PARAMETERS, List.of(GuardedFactory.of(build.newFactory())));
        offline.run(true, OfflineNode.trades(new WireRecords(7, 70), TRADES));
        final UnsafeBuffer order = JournalCopy.read(node).records().stream()
            .filter((record) -> RecordDescriptor.templateId(record, 0) == NewOrderSingleDecoder.TEMPLATE_ID)
            .findFirst().orElseThrow();
        offline.run(cleanEnd, new WireRecords(2, 20).report(order, ExecType.NEW), fill(order),
            new WireRecords(7, 71).trade(0, 100, 1));
    }

    private static UnsafeBuffer fill(final UnsafeBuffer order)
    {
        return new WireRecords(2, 20).sequence(2).report(order, ExecType.TRADE);
    }

    /** A start of a process that has this build on its class path, and its clean end. */
    private Node.Result start(final CompiledStrategy build) throws IOException
    {
        final Thread thread = Thread.currentThread();
        final ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = build.loader())
        {
            thread.setContextClassLoader(loader);
            notices.clear();
            final String text = NodeText.of(node, "", "embedded: true", PARAMETERS)
                .replace("    class: " + TickStrategy.FACTORY + "\n", "");
            return new Node(NodeText.context(text), new Node.Listener()
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
                    notices.add(notice);
                }
            }).recover();
        }
        finally
        {
            thread.setContextClassLoader(before);
        }
    }

    private CoreHost recovered(final CompiledStrategy build)
    {
        return Recovery.recover(new NodeDirectory(node), () -> host(build), notices::add).host();
    }

    private static CoreHost host(final CompiledStrategy build)
    {
        return new CoreHost(List.of(GuardedFactory.of(build.newFactory())), new UnacknowledgedDecisions());
    }

    private Replayer verify(final CompiledStrategy build)
    {
        try (JournalReader reader = new JournalReader(new NodeDirectory(node)))
        {
            final Replayer replayer = new Replayer(reader, host(build), true);
            replayer.run(Long.MAX_VALUE);
            return replayer;
        }
    }

    private List<String> definedCodes()
    {
        final StrategyDefinitionDecoder definition = new StrategyDefinitionDecoder();
        return JournalCopy.read(node).records().stream()
            .filter((record) -> RecordDescriptor.templateId(record, 0) == StrategyDefinitionDecoder.TEMPLATE_ID)
            .map((record) -> Numbers.hex(definition.wrapAndApplyHeader(
                record, RecordDescriptor.HEADER_LENGTH, new MessageHeaderDecoder()).codeHash()))
            .toList();
    }

    private static List<String> holdings(final CoreHost host)
    {
        final Leg leg = host.core().instances().find(1).leg(0);
        return List.of("position " + leg.netLots(), "open " + leg.openOrderCount(),
            "strategy " + leg.instance().strategyHash(), "code " + Numbers.hex(leg.instance().definition().codeHash()));
    }

    @Test
    void shouldTakeOverWithPositionAndOrdersFromACleanEndAndSayIt() throws IOException
    {
        trade(first, true);
        start(first);
        final List<String> before = holdings(recovered(first));
        assertThat(before).startsWith("position 1").endsWith("code " + hex(first)).doesNotContain("open 0");
        assertThat(notices).noneMatch((notice) -> notice.contains("code"));
        assertThat(definedCodes()).as("once, and not again").containsExactly(hex(first));

        start(other);

        assertThat(notices).contains("configuration: strategy tick@TICK.TEST: other code, " + hex(other) + ", before " +
            hex(first) + "; it goes on with the state, orders, timers and position that it has");
        assertThat(definedCodes()).containsExactly(hex(first), hex(other));
        assertThat(holdings(recovered(other))).startsWith(before.subList(0, 3).toArray(String[]::new))
            .endsWith("code " + hex(other));
        start(other);
        assertThat(notices).noneMatch((notice) -> notice.contains("code"));
        assertThat(definedCodes()).hasSize(2);
    }

    @Test
    void shouldKnowARebuildWithOtherTimestampsForTheSame() throws IOException
    {
        trade(first, true);
        start(first);
        start(CompiledStrategy.compile(path.resolve("again"), 0));
        assertThat(notices).noneMatch((notice) -> notice.contains("code"));
        assertThat(definedCodes()).containsExactly(hex(first));
    }

    @Test
    void shouldNameTheCodeWhereATailOfOtherCodeDoesNotReplay() throws IOException
    {
        trade(first, false);

        assertThatThrownBy(() -> start(other)).isInstanceOfSatisfying(NodeException.class,
            (ex) -> assertThat(ex.exitStatus()).isEqualTo(NodeException.CHECK_FAILED))
            .hasMessageContaining("replay diverges from the journal")
            .hasMessageContaining("the code of strategy tick (instance tick@TICK.TEST) is other: the journal was " +
                "written by code " + hex(first) + ", here is code " + hex(other) +
                ": run 'lockstep recover --config FILE' with the code that wrote the journal");

        start(first);
        start(other);
        assertThat(holdings(recovered(other))).startsWith("position 1").endsWith("code " + hex(other));
    }

    @Test
    void shouldTakeOverBehindACrashWhereTheTailReplays() throws IOException
    {
        trade(first, false);
        final CompiledStrategy alike = CompiledStrategy.alike(path.resolve("alike"));

        start(alike);

        assertThat(notices)
            .anyMatch((notice) -> notice.contains("other code, " + hex(alike) + ", before " + hex(first)));
        assertThat(definedCodes()).containsExactly(hex(first), hex(alike));
        assertThat(holdings(recovered(alike))).startsWith("position 1").endsWith("code " + hex(alike));
    }

    @Test
    void shouldNameTheCodeInAReplayThatDiverges() throws IOException
    {
        trade(first, true);

        final Replayer same = verify(first);
        assertThat(same.divergence()).isNull();
        assertThat(CodeDifference.of(same.host().core())).isEmpty();
        final Replayer differing = verify(other);
        assertThat(differing.divergence()).isNotNull();
        assertThat(CodeDifference.of(differing.host().core())).containsExactly(new CodeDifference("tick@TICK.TEST",
            "tick", StrategyCode.hash(first.factory()), StrategyCode.hash(other.factory())));
    }

    /** At a clean end nothing has to be replayed behind the snapshot. */
    @Test
    void shouldTakeOverAStateThatOtherCodeHashesOtherwise() throws IOException
    {
        trade(first, true);
        start(first);
        final CompiledStrategy hashing = CompiledStrategy.compile(path.resolve("hashing"), 0, 77);

        start(hashing);

        assertThat(notices)
            .anyMatch((notice) -> notice.contains("its state comes out with another hash than it was saved with") &&
                notice.endsWith("the journal was written by code " + hex(first) + ", here is code " + hex(hashing)));
        assertThat(notices).anyMatch((notice) -> notice.contains("other code, " + hex(hashing)));
        assertThat(holdings(recovered(hashing))).startsWith("position 1").endsWith("code " + hex(hashing));
        start(hashing);
        assertThat(notices).noneMatch((notice) -> notice.contains("code"));
    }

    /** What it cannot read it cannot go on with, and it says with which code one can. */
    @Test
    void shouldNameTheCodeWhereTheStateCannotBeRead() throws IOException
    {
        trade(first, true);
        start(first);
        final CompiledStrategy forgetful = CompiledStrategy.forgetful(path.resolve("forgetful"));

        assertThatThrownBy(() -> start(forgetful)).isInstanceOf(NodeException.class)
            .hasMessageContaining("replay diverges from the journal").hasMessageContaining(hex(forgetful));
        assertThat(notices).anyMatch((notice) -> notice.startsWith("snapshot not used") &&
            notice.contains("values that the strategy has not read") &&
            notice.endsWith("the journal was written by code " + hex(first) + ", here is code " + hex(forgetful)));
    }

    /** As behind a snapshot of a logic version that kept no hash. */
    @Test
    void shouldSayNothingOfCodeThatIsKnownForTheFirstTime() throws IOException
    {
        new OfflineNode(node, PARAMETERS, List.of(first.newFactory())).run(
            true, OfflineNode.trades(new WireRecords(7, 70), TRADES));
        assertThat(definedCodes()).containsExactly(Numbers.hex(0L));

        start(first);

        assertThat(notices).noneMatch((notice) -> notice.contains("code"));
        assertThat(definedCodes()).containsExactly(Numbers.hex(0L), hex(first));
    }
}
