package io.lockstep.sequencer.journal;

import io.lockstep.codecs.RecordBatch;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.RunMetadataEncoder;
import io.lockstep.sbe.SegmentStartedEncoder;
import io.lockstep.sequencer.TestDriver;
import io.lockstep.sequencer.config.Durability;
import io.lockstep.sequencer.config.JournalContext;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Segments, the space under them, and what happens when there is none. */
class SegmentedJournalTest
{
    private static final JournalContext SMALL = new JournalContext(
        1 << 20, 0, 512 << 10, 256 << 10, 0, Durability.MAPPED, 1_000_000, JournalContext.RETAIN_ALL);
    private static final int MESSAGE_LENGTH = 20_000;

    @TempDir
    private Path path;

    private final RecordBatch batch = new RecordBatch();
    private long chain;
    private long sequence;
    private long records;

    private void append(final Journal journal)
    {
        journal.append(batch);
        records += batch.recordCount();
        batch.clear();
    }

    private void seal()
    {
        chain = RecordDescriptor.seal(batch.buffer(), 0, chain);
    }

    private void begin(final Journal journal)
    {
        final RunMetadataEncoder metadata = new RunMetadataEncoder();
        metadata.wrapAndApplyHeader(batch.buffer(), batch.nextMessageOffset(), new MessageHeaderEncoder())
            .incarnation(1).predecessorLastSequence(0).predecessorChain(0).predecessorRecords(0)
            .build("").runtime("").configuration("");
        batch.addEncoded(RecordKind.RUN_METADATA, metadata.encodedLength());
        seal();
        append(journal);
    }

    /** As the sequencer does it. */
    private void input(final Journal journal, final long wallTimeNs)
    {
        if (journal.isSegmentDue(RecordDescriptor.recordLength(MESSAGE_LENGTH), wallTimeNs))
        {
            final SegmentStartedEncoder started = new SegmentStartedEncoder();
            started.wrapAndApplyHeader(batch.buffer(), batch.nextMessageOffset(), new MessageHeaderEncoder())
                .incarnation(1).segment(journal.startSegment()).predecessorLastSequence(sequence)
                .predecessorChain(chain).predecessorRecords(records);
            batch.addEncoded(RecordKind.SEGMENT, started.encodedLength());
            seal();
            append(journal);
        }
        final long before = chain;
        batch.addMessage(RecordKind.INPUT, new UnsafeBuffer(new byte[MESSAGE_LENGTH]), 0, MESSAGE_LENGTH);
        RecordDescriptor.sequence(batch.buffer(), 0, sequence + 1);
        seal();
        try
        {
            append(journal);
            sequence++;
        }
        catch (final JournalException ex)
        {
            chain = before;
            batch.clear();
            throw ex;
        }
    }

    private void inputs(final Journal journal, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            input(journal, 0);
        }
    }

    private SegmentedJournal open(final JournalContext context, final SpaceReserver reserver, final boolean isThreaded)
    {
        return SegmentedJournal.open(new NodeDirectory(path), 1, context, reserver, (error) ->
        {
            throw new AssertionError(error);
        }, isThreaded);
    }

    private void assertReadable()
    {
        assertReadable(new NodeDirectory(path));
    }

    private void assertReadable(final NodeDirectory directory)
    {
        try (JournalReader reader = new JournalReader(directory))
        {
            while (reader.next())
            {
                assertThat(reader.length()).isPositive();
            }
            assertThat(reader.checkEnd()).isZero();
            assertThat(reader.lastSequence()).isEqualTo(sequence);
            assertThat(reader.records()).isEqualTo(records);
            assertThat(reader.chain()).isEqualTo(chain);
        }
    }

    @Test
    void shouldDeleteWhatACrashLeftInTheMaking() throws IOException
    {
        final NodeDirectory directory = new NodeDirectory(path);
        final Path unfinished = Files.createDirectories(
            directory.journal().resolve("000001-000002" + QueueJournal.NEW_SUFFIX));
        Files.write(unfinished.resolve("19700101.cq4"), new byte[1]);
        try (SegmentedJournal journal = open(SMALL, new PosixReserver(), true))
        {
            begin(journal);
            assertThat(unfinished).doesNotExist();
        }
        assertReadable();
    }

    @ParameterizedTest
    @ValueSource(booleans =
    {true, false})
    void shouldGoOnInFurtherSegments(final boolean isThreaded)
    {
        try (SegmentedJournal journal = open(SMALL, new PosixReserver(), isThreaded);
            JournalReader tail = new JournalReader(new NodeDirectory(path)))
        {
            begin(journal);
            for (int i = 0; i < 200; i++)
            {
                input(journal, 0);
                while (tail.next())
                {
                    assertThat(tail.length()).isPositive();
                }
                assertThat(tail.lastSequence()).as("a live reader").isEqualTo(sequence);
            }
        }

        assertReadable();
        final List<SegmentId> segments = new NodeDirectory(path).segments();
        assertThat(segments).hasSizeGreaterThan(4).startsWith(SegmentId.first(1), new SegmentId(1, 2));
        assertThat(new NodeDirectory(path).incarnations()).containsExactly(1);
    }

    @Test
    void shouldStartASegmentWhenTheLastIsOldEnough()
    {
        final JournalContext context = new JournalContext(
            4 << 20, 1_000, 512 << 10, 256 << 10, 0, Durability.MAPPED, 1_000_000, JournalContext.RETAIN_ALL);
        try (SegmentedJournal journal = open(context, new PosixReserver(), false))
        {
            begin(journal);
            input(journal, 5_000);
            input(journal, 6_000);
            assertThat(new NodeDirectory(path).segments()).hasSize(1);
            input(journal, 6_001);
        }
        assertReadable();
        assertThat(new NodeDirectory(path).segments()).hasSize(2);
    }

    @Test
    void shouldGoOnFromEveryPosition()
    {
        try (SegmentedJournal journal = open(SMALL, new PosixReserver(), false))
        {
            begin(journal);
            inputs(journal, 60);
        }
        final List<JournalPosition> positions = new ArrayList<>();
        try (JournalReader reader = new JournalReader(new NodeDirectory(path)))
        {
            while (reader.next())
            {
                positions.add(reader.position());
            }
        }
        for (int i = 0; i < positions.size(); i++)
        {
            try (JournalReader reader = new JournalReader(new NodeDirectory(path), positions.get(i)))
            {
                assertThat(reader.position()).isEqualTo(positions.get(i));
                for (int j = i + 1; j < positions.size(); j++)
                {
                    assertThat(reader.next()).isTrue();
                    assertThat(reader.position()).isEqualTo(positions.get(j));
                }
                assertThat(reader.next()).isFalse();
            }
        }
        final JournalPosition last = positions.get(positions.size() - 1);
        final JournalPosition other = new JournalPosition(1, last.segment(), last.documentIndex(), last.lastSequence(),
            last.chain() + 1, last.incarnationRecords(), last.lastDecisionSequence(), 0, false);
        assertThatThrownBy(() -> new JournalReader(new NodeDirectory(path), other).close())
            .isInstanceOf(JournalCorruptException.class).hasMessageContaining("differs from the snapshot");
        final JournalPosition behind = new JournalPosition(1, 9, 0, 999, 1, 1, 1, 0, false);
        assertThatThrownBy(() -> new JournalReader(new NodeDirectory(path), behind).close())
            .isInstanceOf(JournalCorruptException.class).hasMessageContaining("ends before the snapshot");
    }

    @Test
    void shouldKeepWhatASnapshotNeeds() throws IOException
    {
        final JournalPosition position;
        try (SegmentedJournal journal = open(SMALL, new PosixReserver(), false))
        {
            begin(journal);
            inputs(journal, 200);
            try (JournalReader reader = new JournalReader(new NodeDirectory(path)))
            {
                while (reader.segment() < 4)
                {
                    assertThat(reader.next()).isTrue();
                }
                position = reader.position();
            }
            assertThat(Retention.apply(new NodeDirectory(path), position, 1)).isEqualTo(2);
        }

        assertThat(new NodeDirectory(path).segments().get(0)).isEqualTo(new SegmentId(1, 3));
        try (JournalReader reader = new JournalReader(new NodeDirectory(path), position))
        {
            while (reader.next())
            {
                assertThat(reader.length()).isPositive();
            }
            assertThat(reader.lastSequence()).isEqualTo(sequence);
        }
        assertThatThrownBy(this::assertReadable).isInstanceOf(JournalTruncatedException.class)
            .hasMessageContaining("expected a snapshot to start from");
    }

    /** A snapshot of what is set aside or lost: all that is there lies before it, and would go. */
    @Test
    void shouldRemoveNothingForASnapshotOfASegmentThatIsNotThere() throws IOException
    {
        final JournalPosition last;
        try (SegmentedJournal journal = open(SMALL, new PosixReserver(), false))
        {
            begin(journal);
            inputs(journal, 200);
            try (JournalReader reader = new JournalReader(new NodeDirectory(path)))
            {
                while (reader.next())
                {
                    assertThat(reader.length()).isPositive();
                }
                last = reader.position();
            }
        }
        final NodeDirectory directory = new NodeDirectory(path);
        Retention.delete(directory.segment(last.segmentId()));
        final List<SegmentId> left = directory.segments();

        assertThat(Retention.apply(directory, last, 0)).isZero();

        assertThat(directory.segments()).isEqualTo(left).hasSizeGreaterThan(2);
    }

    @Test
    void shouldRefuseASegmentThatIsMissing() throws IOException
    {
        try (SegmentedJournal journal = open(SMALL, new PosixReserver(), false))
        {
            begin(journal);
            inputs(journal, 200);
        }
        Retention.delete(new NodeDirectory(path).segment(new SegmentId(1, 3)));

        assertThatThrownBy(this::assertReadable).isInstanceOf(JournalCorruptException.class)
            .hasMessageContaining("segment=000001-000004: expected it to follow segment=000001-000003");
    }

    /** Wherever the space ends, what was appended is there and nothing else. */
    @Test
    void shouldFailAnAppendBeforeItBeginsWhenThereIsNoSpace() throws IOException
    {
        for (long space = 900_000; space < 4_000_000; space += 300_000)
        {
            chain = 0;
            sequence = 0;
            records = 0;
            Retention.delete(new NodeDirectory(path).incarnation(1));
            final long[] left = {space};
            final SpaceReserver reserver = (file, offset, length) ->
            {
                if (left[0] < length)
                {
                    throw new IOException("No space left on device");
                }
                left[0] -= length;
                new PosixReserver().reserve(file, offset, length);
            };
            try (SegmentedJournal journal = open(SMALL, reserver, false))
            {
                begin(journal);
                assertThatThrownBy(() -> inputs(journal, 10_000)).as("space=%d", space)
                    .isInstanceOf(JournalException.class).hasMessageContaining("No space left on device")
                    .hasMessageContaining("freeBytes=");
                assertThat(journal.alerts().problem()).contains("No space left on device");
            }
            assertReadable();
            for (final SegmentId segment : new NodeDirectory(path).segments())
            {
                Retention.delete(new NodeDirectory(path).segment(segment));
            }
        }
    }

    /** The same on a disk that is really full, which a write through a map would answer with a SIGBUS. */
    @Test
    void shouldFailAnAppendOnAFullDisk() throws IOException, InterruptedException
    {
        final Path disk = Files.createDirectories(path.resolve("disk"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=5m", "tmpfs", disk.toString()))
            .as("status of mount: a file system of a few megabytes cannot be had here").isZero();
        try
        {
            final NodeDirectory directory = new NodeDirectory(disk);
            try (SegmentedJournal journal = SegmentedJournal.open(directory, 1, SMALL, new PosixReserver(),
                Throwable::printStackTrace, true))
            {
                begin(journal);
                assertThatThrownBy(() -> inputs(journal, 10_000)).isInstanceOf(JournalException.class)
                    .hasMessageContaining("No space left on device");
            }
            assertReadable(directory);
        }
        finally
        {
            assertThat(run("umount", "-l", disk.toString())).isZero();
        }
    }

    private static int run(final String... command) throws IOException, InterruptedException
    {
        return new ProcessBuilder(command).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }

    @Test
    void shouldRefuseABatchThatFitsInNoSegment()
    {
        try (SegmentedJournal journal = open(SMALL, new PosixReserver(), false))
        {
            assertThatThrownBy(() -> journal.isSegmentDue(1 << 20, 0)).isInstanceOf(JournalException.class)
                .hasMessageContaining("expected at most");
        }
    }

    @Test
    void shouldSayThatTheDiskIsNearlyFull()
    {
        final JournalContext context = new JournalContext(
            1 << 20, 0, 512 << 10, 256 << 10, Long.MAX_VALUE, Durability.MAPPED, 1_000_000, JournalContext.RETAIN_ALL);
        final JournalKeeper keeper = new JournalKeeper(new NodeDirectory(path), 1, context,
            new PosixReserver(), new PageToucher(true), () -> 1L << 40);
        keeper.doWork();
        assertThat(keeper.isDiskNearlyFull()).isTrue();
        assertThat(keeper.freeSpaceBytes()).isPositive();
        keeper.close();
    }

    /** What a queue's files are begun with is what this version of Chronicle begins them with. */
    @Test
    void shouldWriteWhatChroniclesOwnTailerReads()
    {
        try (SegmentedJournal journal = open(SMALL, new PosixReserver(), false))
        {
            begin(journal);
            inputs(journal, 10);
        }
        int documents = 0;
        try (SingleChronicleQueue queue = SingleChronicleQueueBuilder.binary(new NodeDirectory(path).incarnation(1))
            .rollCycle(LegacyRollCycles.DAILY).readOnly(true).build(); ExcerptTailer tailer = queue.createTailer())
        {
            boolean isPresent = true;
            while (isPresent)
            {
                try (DocumentContext document = tailer.readingDocument())
                {
                    isPresent = document.isPresent();
                    documents += isPresent ? 1 : 0;
                }
            }
        }
        assertThat(documents).isEqualTo(11);
    }

    /** Nothing is in the index, so they walk; also while the queue is written. */
    @Test
    void shouldLetChroniclesOwnTailerMoveToAnIndexAndToTheEnd()
    {
        try (SegmentedJournal journal = open(SMALL, new PosixReserver(), false);
            SingleChronicleQueue queue = SingleChronicleQueueBuilder.binary(new NodeDirectory(path).incarnation(1))
                .rollCycle(LegacyRollCycles.DAILY).readOnly(true).build();
            ExcerptTailer tailer = queue.createTailer())
        {
            begin(journal);
            inputs(journal, 10);
            final long first = queue.firstIndex();
            assertThat(tailer.moveToIndex(first + 10)).isTrue();
            assertThat(tailer.moveToIndex(first + 3)).isTrue();
            try (DocumentContext document = tailer.readingDocument())
            {
                assertThat(document.isPresent()).isTrue();
                assertThat(document.index()).isEqualTo(first + 3);
            }
            assertThat(tailer.toEnd().index()).isEqualTo(first + 11);
            inputs(journal, 1);
            try (DocumentContext document = tailer.readingDocument())
            {
                assertThat(document.isPresent()).isTrue();
                assertThat(document.index()).isEqualTo(first + 11);
            }
            assertThat(queue.lastIndex()).isEqualTo(first + 11);
        }
    }

    @Test
    void shouldReserveWithZerosWhereThereIsNoCallForIt() throws IOException
    {
        final Path file = Files.createFile(path.resolve("file"));
        PosixReserver.writeZeros(file, 0, 100_000);
        PosixReserver.writeZeros(file, 100_000, 1);
        assertThat(file).hasSize(100_001).hasBinaryContent(new byte[100_001]);
    }

    private static List<String> lines(final Path file)
    {
        try
        {
            return Files.readAllLines(file);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** Kilobytes of the mapped queue files that the kernel has not written. */
    private static long dirtyKilobytes()
    {
        long dirty = 0;
        boolean isQueue = false;
        for (final String line : lines(Path.of("/proc/self/smaps")))
        {
            if (line.matches("[0-9a-f]+-[0-9a-f]+ .*"))
            {
                isQueue = line.endsWith(".cq4");
            }
            else if (isQueue && line.matches("(Private|Shared)_Dirty:.*"))
            {
                dirty += Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return dirty;
    }

    /** The keeper's thread does it, and nobody asks for it; what was left in earlier segments is synced when they are closed. */
    @Test
    void shouldSyncAllThatWasAppendedWithinTheInterval() throws IOException
    {
        assumeThat(Path.of("/proc/self/smaps")).exists();
        final Path disk = Files.createDirectories(Path.of("target", "sync"));
        assumeThat(Files.getFileStore(disk).type()).as("memory is never written back").isNotEqualTo("tmpfs");
        final JournalContext context = new JournalContext(
            1 << 20, 0, 512 << 10, 256 << 10, 0, Durability.SYNC_INTERVAL, 1_000_000, JournalContext.RETAIN_ALL);
        try (
            SegmentedJournal journal = SegmentedJournal.open(new NodeDirectory(Files.createTempDirectory(disk, "node")),
                1, context, new PosixReserver(), Throwable::printStackTrace, true))
        {
            begin(journal);
            inputs(journal, 40);
            journal.sync();
            TestDriver.await(() -> dirtyKilobytes() == 0);
        }
    }

    /** Over several blocks and segments; the control is the same without. */
    @ParameterizedTest
    @ValueSource(strings =
    {"MAPPED", "SYNC_EACH"})
    void shouldSyncAllThatWasAppended(final Durability durability) throws IOException
    {
        assumeThat(Path.of("/proc/self/smaps")).exists();
        final Path disk = Files.createDirectories(Path.of("target", "sync"));
        assumeThat(Files.getFileStore(disk).type()).as("memory is never written back").isNotEqualTo("tmpfs");
        final Path node = Files.createTempDirectory(disk, "node");
        final JournalContext context = new JournalContext(
            1 << 20, 0, 512 << 10, 256 << 10, 0, durability, 1_000_000, JournalContext.RETAIN_ALL);
        final SegmentedJournal journal = SegmentedJournal.open(new NodeDirectory(node), 1, context,
            new PosixReserver(), Throwable::printStackTrace, false);
        begin(journal);
        inputs(journal, 40);
        journal.sync();
        final long dirty = dirtyKilobytes();
        journal.close();
        try (Stream<SegmentId> segments = new NodeDirectory(node).segments().stream())
        {
            assertThat(segments).hasSizeGreaterThan(1);
        }
        if (durability == Durability.SYNC_EACH)
        {
            assertThat(dirty).isZero();
        }
        else
        {
            assertThat(dirty).isPositive();
        }
    }
}
