package io.lockstep.sequencer.node;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.TradingCore;
import io.lockstep.core.host.CoreHost;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.NodeStartedDecoder;
import io.lockstep.sbe.NodeStartedEncoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.SnapshotBeginEncoder;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.NodeText;
import io.lockstep.sequencer.OfflineNode;
import io.lockstep.sequencer.SnapshotProbe;
import io.lockstep.sequencer.WireRecords;
import io.lockstep.sequencer.journal.JournalCopy;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.replay.Replayer;
import io.lockstep.sequencer.snapshot.Restored;
import io.lockstep.sequencer.snapshot.SnapshotDirectory;
import io.lockstep.sequencer.snapshot.SnapshotWriter;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A journal of another logic version: it is gone on with from a clean end and the snapshot of that, and from nothing else. */
class UpgradeTest
{
    private static final int OTHER_VERSION = TradingCore.LOGIC_VERSION - 1;
    private static final int TRADES = 3;

    @TempDir
    private Path path;
    private final List<String> notices = new ArrayList<>();

    /** So many incarnations of the other version, which decided otherwise, each ended cleanly or left. */
    private Path written(final String name, final boolean... cleanEnds)
    {
        final Path source = path.resolve(name + "-source");
        final OfflineNode offline = new OfflineNode(source, "timerMs: 0");
        final WireRecords feed = new WireRecords(7, 70);
        for (final boolean cleanEnd : cleanEnds)
        {
            offline.run(cleanEnd, OfflineNode.trades(feed, TRADES));
        }
        final JournalCopy copy = JournalCopy.read(source);
        for (final UnsafeBuffer record : copy.records())
        {
            if (RecordDescriptor.templateId(record, 0) == NodeStartedDecoder.TEMPLATE_ID)
            {
                new NodeStartedEncoder().wrap(record, RecordDescriptor.BODY_OFFSET).logicVersion(OTHER_VERSION);
            }
            else if (RecordDescriptor.templateId(record, 0) == NewOrderSingleDecoder.TEMPLATE_ID)
            {
                record.putByte(record.capacity() - 20, (byte)99);
            }
        }
        final Path node = path.resolve(name);
        copy.reseal().write(node);
        return node;
    }

    /** The state behind a journal's last record, as the other version saved it. */
    private static Path snapshot(final Path node) throws IOException
    {
        return snapshot(node, OTHER_VERSION);
    }

    private static Path snapshot(final Path node, final int logicVersion) throws IOException
    {
        final NodeDirectory directory = new NodeDirectory(node);
        final CoreHost host = SnapshotProbe.host();
        final Path file;
        try (JournalReader reader = new JournalReader(directory))
        {
            new Replayer(reader, host, false).run(Long.MAX_VALUE);
            host.decisions().clear();
            file = new SnapshotWriter(new SnapshotDirectory(directory.snapshots()), "other", "")
                .write(reader.position(), host);
        }
        final UnsafeBuffer bytes = new UnsafeBuffer(Files.readAllBytes(file));
        new SnapshotBeginEncoder().wrap(bytes, RecordDescriptor.BODY_OFFSET).logicVersion(logicVersion);
        long chain = 0;
        for (int offset = 0; offset < bytes.capacity(); offset += RecordDescriptor.recordLength(bytes, offset))
        {
            chain = RecordDescriptor.seal(bytes, offset, chain);
        }
        return Files.write(file, bytes.byteArray());
    }

    private Node.Result recover(final Path node)
    {
        return new Node(NodeText.context(NodeText.of(node, "", "embedded: true", "timerMs: 0")), new Node.Listener()
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

    private void assertRefused(final Path node)
    {
        assertThatThrownBy(() -> recover(node)).isInstanceOfSatisfying(NodeException.class,
            (ex) -> assertThat(ex.exitStatus()).isEqualTo(NodeException.CHECK_FAILED))
            .hasMessageContaining("logicVersion=" + OTHER_VERSION + ": expected logicVersion=" +
                TradingCore.LOGIC_VERSION)
            .hasMessageContaining("with the build that wrote it run 'lockstep recover --config FILE'");
    }

    private static List<Integer> versions(final Path node)
    {
        final NodeStartedDecoder started = new NodeStartedDecoder();
        return JournalCopy.read(node).records().stream()
            .filter((record) -> RecordDescriptor.templateId(record, 0) == NodeStartedDecoder.TEMPLATE_ID)
            .map((record) ->
            {
                started.wrapAndApplyHeader(record, RecordDescriptor.HEADER_LENGTH, new MessageHeaderDecoder());
                return started.logicVersion();
            }).toList();
    }

    @Test
    void shouldGoOnFromACleanEndAndTheSnapshotOfIt() throws IOException
    {
        final Path node = written("clean", true);
        snapshot(node);
        final Node.Result result = recover(node);

        assertThat(notices).as("it has kept a record of what an operator had set").isEmpty();
        assertThat(result.recoveredInputs()).as("nothing is replayed that it did not write").isZero();
        assertThat(versions(node)).containsExactly(OTHER_VERSION, TradingCore.LOGIC_VERSION);
        final CoreHost host = Restored
            .newest(new SnapshotDirectory(new NodeDirectory(node).snapshots()), Long.MAX_VALUE,
                SnapshotProbe::host, notices::add)
            .host();
        assertThat(host.core().openOrderCount()).as("what was open stays so").isEqualTo(TRADES);
        assertThat(recover(node).recoveredInputs()).as("from its own snapshot").isZero();
    }

    @Test
    void shouldRefuseAJournalThatDoesNotEndCleanly() throws IOException
    {
        final Path node = written("dirty", false);
        assertRefused(node);
        snapshot(node);

        assertRefused(node);
        assertThat(notices).last().asString().contains("or one taken at a clean end");
        assertThat(new NodeDirectory(node).incarnations()).containsExactly(1);
    }

    @Test
    void shouldNotGoBackBehindANewerVersion() throws IOException
    {
        final Path node = written("newer", true);
        snapshot(node, TradingCore.LOGIC_VERSION + 1);

        assertRefused(node);
        assertThat(notices).singleElement().asString()
            .contains(
                "logicVersion=" + (TradingCore.LOGIC_VERSION + 1) + ": expected at most " + TradingCore.LOGIC_VERSION);
        assertThat(new NodeDirectory(node).incarnations()).containsExactly(1);
    }

    /** Its snapshot is good, and what follows it is not this version's to replay. */
    @Test
    void shouldRefuseADirtyTailBehindACleanEnd() throws IOException
    {
        final Path node = written("behind", true, false);
        final Path clean = path.resolve("clean-part");
        final JournalCopy copy = JournalCopy.read(node);
        copy.truncate(copy.lastIndexOf((record) -> JournalCopy.is(record, RecordKind.RUN_METADATA))).write(clean);
        final Path snapshot = snapshot(clean);
        Files.createDirectories(node.resolve("snapshots"));
        Files.copy(snapshot, node.resolve("snapshots").resolve(snapshot.getFileName()));

        assertRefused(node);
        assertThat(notices).isEmpty();
    }

    @Test
    void shouldRefuseACleanEndWithoutItsSnapshot()
    {
        assertRefused(written("without", true));
    }
}
