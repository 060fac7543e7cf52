package io.lockstep.verification.golden;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockstep.cli.ChildCommand;
import io.lockstep.cli.TestData;
import io.lockstep.core.TradingCore;
import io.lockstep.core.host.CoreHost;
import io.lockstep.core.host.UnacknowledgedDecisions;
import io.lockstep.gateways.recording.SyntheticRecording.Product;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.SnapshotContext;
import io.lockstep.sequencer.config.YamlSection;
import io.lockstep.sequencer.journal.JournalPosition;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.QueueStore;
import io.lockstep.sequencer.journal.RunHead;
import io.lockstep.sequencer.node.Strategies;
import io.lockstep.sequencer.replay.SkippedInputs;
import io.lockstep.sequencer.snapshot.Follower;
import io.lockstep.sequencer.snapshot.SnapshotDirectory;
import io.lockstep.sequencer.snapshot.SnapshotWriter;
import io.lockstep.verification.replay.ProofBacktest;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Makes the golden journals of the present logic version, under {@code target}. Runs only when it is asked for by name; the
 * README beside the journals says how.
 */
class GoldenJournalWriter
{
    private static final int EVENTS = 180;

    @TempDir
    private Path directory;

    private static GoldenJournal journal(final String name)
    {
        return new GoldenJournal(Path.of(System.getProperty("lockstep.root"), "verification/target/golden",
            "logic-" + TradingCore.LOGIC_VERSION), name);
    }

    @Test
    void writeBacktest()
    {
        final Path node = directory.resolve("node-1");
        ProofBacktest.write(node);
        writeSnapshot(new NodeDirectory(node));
        journal("backtest").write(node);
    }

    /** As a node's follower does it, where an operator asked for the last one. */
    private static void writeSnapshot(final NodeDirectory node)
    {
        final String text = RunHead.newest(new QueueStore(node)).configuration();
        final NodeContext context = NodeContext.read(YamlSection.parse(node.configuration(), text), text);
        final SnapshotDirectory snapshots = new SnapshotDirectory(node.snapshots());
        final Follower follower = new Follower(new QueueStore(node), snapshots,
            new SnapshotWriter(snapshots, "golden", text),
            new SnapshotContext(true, Long.MAX_VALUE, Long.MAX_VALUE, 1),
            () -> new CoreHost(Strategies.load(context.strategies()), new UnacknowledgedDecisions()),
            new SkippedInputs(), SystemNanoClock.INSTANCE, new FailingListener());
        follower.onStart();
        while (follower.doWork() > 0)
        {
            assertThat(follower.hasFailed()).isFalse();
        }
        follower.onClose();
        assertThat(snapshots.newestFirst()).hasSize(1);
    }

    /** Nothing may go wrong. */
    private static final class FailingListener implements Follower.Listener
    {
        @Override
        public void onSnapshot(final Path file, final long sequence, final long durationNs)
        {
        }

        @Override
        public void onOldestPosition(final JournalPosition position)
        {
        }

        @Override
        public void onFailure(final Throwable failure)
        {
            throw new AssertionError(failure);
        }

        @Override
        public void onNotice(final String notice)
        {
            throw new AssertionError(notice);
        }
    }

    /** Two incarnations, the first of which was killed. */
    @Test
    void writeRestart()
    {
        try (ChildCommand demo = ChildCommand.start(directory, "demo", "--seconds", 8, "--dir", "node-1", "--json",
            "--data", TestData.recording(directory, "usdm.gz", Product.USDM, 1, EVENTS),
            TestData.recording(directory, "coinm.gz", Product.COINM, 2, EVENTS)))
        {
            final JsonNode result = demo.run().exits(0).json();
            assertThat(result.get("recoveredAtSequence").asLong()).isPositive();
            assertThat(result.get("orders").asLong()).isPositive();
        }
        journal("restart").write(directory.resolve("node-1"));
    }
}
