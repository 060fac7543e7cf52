package io.lockstep.sequencer.recovery;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.AlertType;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.OperationalAlertDecoder;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.NodeText;
import io.lockstep.sequencer.OfflineNode;
import io.lockstep.sequencer.RecordText;
import io.lockstep.sequencer.SnapshotProbe;
import io.lockstep.sequencer.WireRecords;
import io.lockstep.sequencer.journal.JournalCopy;
import io.lockstep.sequencer.journal.JournalCorruptException;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.LostRecords;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.SegmentId;
import io.lockstep.sequencer.journal.TailCut;
import io.lockstep.sequencer.node.Node;
import io.lockstep.sequencer.snapshot.SnapshotDirectory;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a crash of the operating system makes of a journal's end, and how far a start gets once that is cut off. */
class DamagedTailTest
{
    private static final int TRADES = 6;
    private static final int PAGE_LENGTH = 512;

    @TempDir
    private Path path;
    private Path node;
    private final List<String> notices = new ArrayList<>();
    private OfflineNode offline;
    private final WireRecords feed = new WireRecords(7, 70);
    private List<String> whole;

    /** One incarnation that ended cleanly and one that was left. */
    @BeforeEach
    void writeAJournal()
    {
        node = path.resolve("node");
        offline = new OfflineNode(node, "timerMs: 2");
        run(true);
        run(false);
    }

    private void run(final boolean cleanEnd)
    {
        offline.run(cleanEnd, OfflineNode.trades(feed, TRADES));
        whole = records(node);
    }

    private static List<String> records(final Path node)
    {
        final List<String> records = new ArrayList<>();
        try (JournalReader reader = new JournalReader(new NodeDirectory(node)))
        {
            while (reader.next())
            {
                records.add(RecordText.of(reader.buffer(), reader.offset()) + " " + reader.chain());
            }
            reader.checkEnd();
        }
        return records;
    }

    /** Addresses of the documents of the last segment. */
    private List<Long> documents()
    {
        final NodeDirectory directory = new NodeDirectory(node);
        final SegmentId last = directory.segments().get(directory.segments().size() - 1);
        final List<Long> documents = new ArrayList<>();
        try (JournalReader reader = new JournalReader(directory))
        {
            while (reader.next())
            {
                if (reader.isDocumentEnd() && reader.position().segmentId().equals(last))
                {
                    documents.add(reader.position().documentIndex());
                }
            }
        }
        return documents;
    }

    private Path file(final int incarnation)
    {
        return file(new NodeDirectory(node).incarnation(incarnation));
    }

    private static Path file(final Path segment)
    {
        try (Stream<Path> files = Files.list(segment))
        {
            return files.filter((file) -> file.toString().endsWith(".cq4")).findFirst().orElseThrow();
        }
        catch (final IOException ex)
        {
            throw new java.io.UncheckedIOException(ex);
        }
    }

    private static void write(final Path file, final long position, final byte... bytes) throws IOException
    {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE))
        {
            channel.write(ByteBuffer.wrap(bytes), position);
        }
    }

    private DamagedTail find()
    {
        return DamagedTail.find(new NodeDirectory(node), notices::add);
    }

    private static Path cut(final Path node, final DamagedTail tail) throws IOException
    {
        return new TailCut(new NodeDirectory(node), tail.kept()).apply(tail.snapshots(), tail.incarnation());
    }

    private LostRecords lost(final DamagedTail tail) throws IOException
    {
        return new TailCut(new NodeDirectory(node), tail.kept()).lost();
    }

    private Node.Result recover(final Path directory)
    {
        return new Node(NodeText.context(NodeText.of(directory, "", "embedded: true", "timerMs: 2")),
            new Node.Listener()
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

    private void assertRefused()
    {
        assertThatThrownBy(() -> recover(node)).isInstanceOfSatisfying(NodeException.class,
            (ex) -> assertThat(ex.exitStatus()).isEqualTo(NodeException.CHECK_FAILED))
            .hasMessageContaining("lockstep journal cut " + node);
    }

    /** What is kept is what was written, a start goes on behind it in a new incarnation, and says that it halts and why. */
    private void assertGoesOn(final DamagedTail tail, final int incarnation)
    {
        final List<String> kept = records(node);
        assertThat(kept).isEqualTo(whole.subList(0, kept.size())).hasSizeLessThan(whole.size());
        recover(node);

        assertThat(new NodeDirectory(node).incarnations()).last().isEqualTo(incarnation);
        assertThat(OfflineNode.replay(node, true).divergence()).isNull();
        assertThat(alerts()).containsExactly("TAIL_CUT HALTED " + tail.kept().lastSequence());
        assertThat(new NodeDirectory(node).tailCut()).doesNotExist();
        assertThat(SnapshotProbe.replay(node, Long.MAX_VALUE).core().mode()).isEqualTo(TradingMode.HALTED);
        recover(node);
        assertThat(alerts()).as("said once").hasSize(1);
    }

    private List<String> alerts()
    {
        final List<String> alerts = new ArrayList<>();
        final OperationalAlertDecoder alert = new OperationalAlertDecoder();
        for (final UnsafeBuffer record : JournalCopy.read(node).records())
        {
            if (RecordDescriptor.templateId(record, 0) == OperationalAlertDecoder.TEMPLATE_ID)
            {
                alert.wrapAndApplyHeader(record, RecordDescriptor.HEADER_LENGTH, new MessageHeaderDecoder());
                assertThat(alert.alertType()).isEqualTo(AlertType.TAIL_CUT);
                alerts.add(alert.alertType() + " " + alert.mode() + " " + alert.value());
            }
        }
        return alerts;
    }

    @Test
    void shouldFindNothingInAJournalThatACrashOfTheProcessLeft() throws IOException
    {
        assertThat(find()).isNull();
        final List<Long> documents = documents();
        write(file(2), documents.get(documents.size() - 1), new byte[4]);
        assertThat(find()).as("torn").isNull();
        assertThat(notices).isEmpty();
    }

    @Test
    void shouldCutBeforeAZeroedPageAndKeepTheDamagedFile() throws IOException
    {
        final long index = documents().get(4);
        write(file(2), index, new byte[PAGE_LENGTH]);
        assertRefused();

        final DamagedTail tail = find();
        final LostRecords lost = lost(tail);
        final byte[] damaged = Files.readAllBytes(file(2));
        final Path aside = cut(node, tail);

        assertThat(tail.problem()).contains("position=" + index);
        assertThat(lost.records()).isPositive().isLessThan(whole.size());
        assertThat(lost.inputs()).isPositive();
        assertThat(lost.orders()).isPositive().isLessThanOrEqualTo(lost.decisions());
        assertThat(lost.lastSequence()).isGreaterThan(tail.kept().lastSequence());
        assertThat(file(aside.resolve("journal/000002"))).hasBinaryContent(damaged);
        assertGoesOn(tail, 3);
    }

    /** Wherever in the last incarnation it is: no byte of what is kept is another than before. */
    @Test
    void shouldCutBeforeDamageOfEveryKind() throws IOException
    {
        final Path source = node;
        final List<Long> documents = documents();
        final Random random = new Random(5);
        for (int i = 0; i < documents.size() - 2; i += 3)
        {
            for (final String kind : List.of("zeros", "garbage", "bit", "header", "cut"))
            {
                node = copy(source, path.resolve(kind + i));
                damage(kind, documents.get(i), (int)(documents.get(i + 1) - documents.get(i)), random);
                final DamagedTail tail = find();
                assertThat(tail).as(kind + i).isNotNull();
                final int incarnation = tail.kept().incarnation();
                assertThat(incarnation).as(kind + i).isEqualTo(i == 0 ? 1 : 2);
                cut(node, tail);
                assertThat(find()).as(kind + i).isNull();
                final List<String> kept = records(node);
                assertThat(kept).as(kind + i).isEqualTo(whole.subList(0, kept.size()));
                assertThat(new NodeDirectory(node).nextIncarnation()).as(kind + i).isEqualTo(3);
                if (i == 6)
                {
                    assertGoesOn(tail, 3);
                }
            }
        }
    }

    private void damage(final String kind, final long index, final int length, final Random random) throws IOException
    {
        final Path file = file(2);
        switch (kind)
        {
            case "zeros" -> write(file, index, new byte[length]);
            case "garbage" -> {
                final byte[] garbage = new byte[length];
                random.nextBytes(garbage);
                write(file, index, garbage);
            }
            case "bit" -> write(file, index + 4 + RecordDescriptor.WALL_TIME_OFFSET, (byte)0x55);
            case "header" -> write(file, index + 3, (byte)0x3f);
            case "cut" -> {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE))
                {
                    channel.truncate(index + 40);
                }
            }
            default -> throw new AssertionError(kind);
        }
    }

    private static Path copy(final Path source, final Path target) throws IOException
    {
        try (Stream<Path> files = Files.walk(source))
        {
            for (final Path file : files.toList())
            {
                Files.copy(file, target.resolve(source.relativize(file).toString()));
            }
        }
        return target;
    }

    /** Its number is in ClOrdIDs that may have left. */
    @Test
    void shouldCutAnIncarnationOffWhoseBeginningIsDamagedAndNotGiveItsNumberAgain() throws IOException
    {
        write(file(2), documents().get(0), new byte[PAGE_LENGTH]);
        assertRefused();

        final DamagedTail tail = find();
        assertThat(tail.kept().incarnation()).isEqualTo(1);
        assertThat(tail.kept().cleanEnd()).isTrue();
        cut(node, tail);

        assertThat(new NodeDirectory(node).incarnation(2)).isEmptyDirectory();
        assertGoesOn(tail, 3);
    }

    @Test
    void shouldRefuseDamageThatALaterIncarnationGoesOnBehind() throws IOException
    {
        final long index = documents().get(4);
        run(false);
        write(file(2), index, new byte[PAGE_LENGTH]);

        assertThatThrownBy(this::find).isInstanceOf(JournalCorruptException.class)
            .hasMessageContaining("incarnation=3 goes on behind that, so it is not the tail");
        assertRefused();
    }

    @Test
    void shouldRefuseWhenNothingWouldBeLeft() throws IOException
    {
        node = path.resolve("first");
        offline = new OfflineNode(node, "timerMs: 2");
        run(false);
        write(file(1), documents().get(0), new byte[PAGE_LENGTH]);

        assertThatThrownBy(this::find).isInstanceOf(JournalCorruptException.class)
            .hasMessageContaining("nothing before it can be kept");
    }

    @Test
    void shouldRefuseAFileThatWasSetAsideForThatIsNoDamage() throws IOException
    {
        final Path discarded = Files.move(file(2), file(2).resolveSibling("19700101.cq4.discard"));

        assertThatThrownBy(this::find).isInstanceOf(JournalCorruptException.class)
            .hasMessageContaining("file=" + discarded + ": Chronicle has set it aside with its records");
        assertThatThrownBy(() -> recover(node)).isInstanceOf(NodeException.class)
            .hasMessageContaining("file=" + discarded + ": Chronicle has set it aside with its records");
    }

    /** The last pages are gone without a trace in the journal; a snapshot, which is synced, knows better. */
    @Test
    void shouldSetSnapshotsAsideThatTheJournalDoesNotLeadUpToAnyMore() throws IOException
    {
        SnapshotProbe.writeSnapshots(node, 3);
        final List<Path> snapshots = new SnapshotDirectory(new NodeDirectory(node).snapshots()).newestFirst();
        final List<Long> documents = documents();
        final long index = documents.get(documents.size() / 2);
        write(file(2), index, new byte[1 << 16]);
        assertRefused();

        final DamagedTail tail = find();
        assertThat(tail.problem()).contains("the journal ends before the snapshot");
        assertThat(tail.snapshots()).isNotEmpty().isEqualTo(snapshots.subList(0, tail.snapshots().size()))
            .hasSizeLessThan(snapshots.size());
        assertThat(lost(tail)).isEqualTo(LostRecords.NONE);
        final Path aside = cut(node, tail);

        assertThat(SnapshotProbe.names(aside.resolve("snapshots"))).hasSameSizeAs(tail.snapshots());
        assertGoesOn(tail, 3);
    }

    @Test
    void shouldFindNothingThatAStartNeedsBeforeTheNewestSnapshot() throws IOException
    {
        final List<Long> documents = documents();
        SnapshotProbe.writeSnapshots(node, 3);
        write(file(2), documents.get(2), new byte[PAGE_LENGTH]);

        assertThat(find()).isNull();
        recover(node);
    }

    /** A page of the first is lost, and the second is whole. */
    @Test
    void shouldCutFurtherSegmentsOffAsAWhole() throws IOException
    {
        node = path.resolve("segments");
        offline = new OfflineNode(node, "timerMs: 0");
        offline.run(false, OfflineNode.trades(feed, 16_000));
        whole = records(node);
        final NodeDirectory directory = new NodeDirectory(node);
        assertThat(directory.segments()).hasSizeGreaterThan(1);
        write(file(1), 1 << 20, new byte[4096]);
        assertRefused();

        final DamagedTail tail = find();
        final LostRecords lost = lost(tail);
        assertThat(tail.kept().segment()).isEqualTo(1);
        assertThat(tail.kept().incarnationRecords() + lost.records()).isGreaterThan(whole.size() - 100L)
            .isLessThan(whole.size());
        final Path aside = cut(node, tail);

        assertThat(directory.segments()).containsExactly(new SegmentId(1, 1));
        assertThat(SnapshotProbe.names(aside.resolve("journal"))).hasSizeGreaterThan(1).contains("000001-000002");
        assertGoesOn(tail, 2);
    }
}
