package io.lockstep.sequencer.journal;

import io.lockstep.codecs.RecordBatch;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.CleanEndEncoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.RunMetadataEncoder;
import io.lockstep.sequencer.OfflineNode;
import io.lockstep.sequencer.RecordText;
import io.lockstep.sequencer.WireRecords;
import net.openhft.chronicle.core.time.SetTimeProvider;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeAll;
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
import java.util.SplittableRandom;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What was written is read back over all incarnations, and nothing else is. */
class JournalReaderTest
{
    private static final int TRADES = 12;
    private static final int TORN_LENGTH = 500;

    /** Two incarnations that ended cleanly and a third that was left. */
    @TempDir
    private static Path good;

    @TempDir
    private Path directory;

    @BeforeAll
    static void writeAGoodJournal()
    {
        final WireRecords feed = new WireRecords(7, 70);
        final OfflineNode node = new OfflineNode(good, "timerMs: 2");
        node.run(true, OfflineNode.trades(feed, TRADES));
        node.run(true, OfflineNode.trades(feed, TRADES));
        node.run(false, OfflineNode.trades(feed, TRADES));
    }

    private static List<String> read(final Path node)
    {
        final List<String> records = new ArrayList<>();
        try (JournalReader reader = new JournalReader(new NodeDirectory(node)))
        {
            while (reader.next())
            {
                records.add(RecordText.of(reader.buffer(), reader.offset()));
            }
            assertThat(reader.records()).isEqualTo(records.size());
        }
        return records;
    }

    private void assertCorrupt(final JournalCopy copy, final long sequence, final String problem)
    {
        final Path node = directory.resolve("copy");
        copy.write(node);
        assertThatThrownBy(() -> read(node))
            .isInstanceOfSatisfying(JournalCorruptException.class,
                (ex) -> assertThat(ex.sequence()).as(ex.getMessage()).isEqualTo(sequence))
            .hasMessageContaining("sequence=" + sequence + ": incarnation=").hasMessageContaining(problem);
    }

    private static long sequence(final JournalCopy copy, final int index)
    {
        return RecordDescriptor.sequence(copy.records().get(index), 0);
    }

    @Test
    void shouldReadBackWhatWasWrittenDocumentByDocument()
    {
        final Path node = directory.resolve("node");
        final NodeDirectory nodeDirectory = new NodeDirectory(node);
        JournalCopy.read(good).write(node);

        final JournalCopy read = JournalCopy.read(node);
        final JournalCopy original = JournalCopy.read(good);
        assertThat(read.records()).isEqualTo(original.records());
        for (int i = 0; i < read.records().size(); i++)
        {
            assertThat(read.document(i)).isEqualTo(original.document(i));
        }
        assertThat(nodeDirectory.incarnations()).containsExactly(1, 2, 3);
        assertThat(nodeDirectory.hasJournal()).isTrue();
    }

    @Test
    void shouldChainIncarnationsAndSayHowEachBeganAndEnded()
    {
        try (JournalReader reader = new JournalReader(new NodeDirectory(good)))
        {
            final List<String> marks = new ArrayList<>();
            while (reader.next())
            {
                if (reader.kind() == RecordKind.RUN_METADATA || reader.kind() == RecordKind.CLEAN_END)
                {
                    marks.add(reader.incarnation() + " " + reader.kind() + " " + reader.cleanEnd());
                }
            }

            assertThat(marks).containsExactly("1 RUN_METADATA false", "1 CLEAN_END true", "2 RUN_METADATA false",
                "2 CLEAN_END true", "3 RUN_METADATA false");
            assertThat(reader.cleanEnd()).isFalse();
            assertThat(reader.incarnation()).isEqualTo(3);
        }
    }

    /** A tailer of a live node. */
    @Test
    void shouldGoOnWhenMoreIsWritten()
    {
        final RecordBatch batch = new RecordBatch();
        final List<UnsafeBuffer> records = JournalCopy.read(good).records();
        try (QueueJournal journal = new QueueJournal(new NodeDirectory(directory).incarnation(1)))
        {
            try (JournalReader reader = new JournalReader(new NodeDirectory(directory)))
            {
                assertThat(reader.next()).isFalse();
                for (int i = 0; i < 10; i++)
                {
                    batch.addRecord(records.get(i), 0, records.get(i).capacity());
                    journal.append(batch);
                    batch.clear();

                    assertThat(reader.next()).isTrue();
                    assertThat(reader.next()).isFalse();
                    assertThat(reader.length()).isEqualTo(records.get(i).capacity());
                }
                assertThat(reader.records()).isEqualTo(10);
            }
        }
    }

    @Test
    void shouldFindNothingWhereThereIsNothing()
    {
        assertThat(read(directory.resolve("none"))).isEmpty();
        assertThat(new NodeDirectory(directory).hasJournal()).isFalse();
    }

    /** What a node leaves that was killed while it made its queue, and then ran again. */
    @Test
    void shouldPassOverAnIncarnationThatNeverWrote() throws IOException
    {
        final JournalCopy copy = JournalCopy.read(good);
        copy.truncate(copy.indexOf(1, (record) -> JournalCopy.is(record, RecordKind.RUN_METADATA)));
        final Path node = directory.resolve("node");
        copy.write(node);
        Files.createDirectories(new NodeDirectory(node).incarnation(2));
        new QueueJournal(new NodeDirectory(node).incarnation(3)).close();

        assertThat(read(node)).hasSize(copy.records().size());
    }

    @Test
    void shouldNoticeEveryFlippedBitOfARecord()
    {
        final SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 25; i++)
        {
            final JournalCopy copy = JournalCopy.read(good);
            final int index = random.nextInt(copy.records().size());
            final UnsafeBuffer record = copy.records().get(index);
            final int bit = random.nextInt(record.capacity() * 8);
            record.putByte(bit / 8, (byte)(record.getByte(bit / 8) ^ 1 << bit % 8));
            final Path node = directory.resolve("flipped" + i);
            copy.write(node);

            assertThatThrownBy(() -> read(node)).as("record=%d bit=%d", index, bit)
                .isInstanceOf(JournalCorruptException.class)
                .hasMessageContaining("record=");
        }
    }

    @Test
    void shouldNameTheChecksumExpectedAndFound()
    {
        final JournalCopy copy = JournalCopy.read(good);
        final int index = copy.indexOf(20, JournalCopy::isInput);
        final UnsafeBuffer record = copy.records().get(index);
        final long sequence = sequence(copy, index);
        record.putByte(record.capacity() - 20, (byte)(record.getByte(record.capacity() - 20) + 1));
        final String found = String.format("%016x", RecordDescriptor.checksum(record, 0));
        final String expected = String.format("%016x", RecordDescriptor.computeChecksum(record, 0));

        assertCorrupt(copy, sequence, "checksum: expected " + expected + ", found " + found);
    }

    @Test
    void shouldNoticeARemovedRecord()
    {
        final JournalCopy copy = JournalCopy.read(good);
        final int index = copy.indexOf(20, JournalCopy::isInput);
        copy.drop(index);

        assertCorrupt(copy, sequence(copy, index), "a record before it was removed, swapped or repeated");
    }

    @Test
    void shouldNoticeSwappedRecords()
    {
        final JournalCopy copy = JournalCopy.read(good);
        final int index = copy.indexOf(20, JournalCopy::isInput);
        copy.swap(index, copy.indexOf(index + 1, JournalCopy::isInput));

        assertCorrupt(copy, sequence(copy, index), "chain: expected");
    }

    @Test
    void shouldNoticeARepeatedRecord()
    {
        final JournalCopy copy = JournalCopy.read(good);
        final int index = copy.indexOf(20, JournalCopy::isInput);
        copy.repeat(index);

        assertCorrupt(copy, sequence(copy, index), "chain: expected");
    }

    @Test
    void shouldNoticeARemovedInputThoughEverythingIsResealed()
    {
        final JournalCopy copy = JournalCopy.read(good);
        final int index = copy.indexOf(20, JournalCopy::isInput);
        final long sequence = sequence(copy, index);
        copy.drop(index).reseal();

        assertCorrupt(copy, sequence, "decision: expected the one after sequence=" + (sequence - 1));
    }

    @Test
    void shouldNoticeASkippedInputThoughEverythingIsResealed()
    {
        final JournalCopy copy = JournalCopy.read(good);
        final int index = copy.indexOf(20, JournalCopy::isInput);
        final long sequence = sequence(copy, index);
        copy.drop((record) -> RecordDescriptor.sequence(record, 0) == sequence).reseal();

        assertCorrupt(copy, sequence + 1, "input sequence: expected " + sequence + ", found " + (sequence + 1));
    }

    @Test
    void shouldNoticeARemovedDecisionThoughEverythingIsResealed()
    {
        final JournalCopy copy = JournalCopy.read(good);
        final int index = copy.indexOf(20, (record) -> JournalCopy.isDecision(record) &&
            RecordDescriptor.ordinal(record, 0) == 1);
        final long sequence = sequence(copy, index);
        copy.drop(index).reseal();

        assertCorrupt(copy, sequence, "found sequence=" + sequence + " ordinal=2");
    }

    @Test
    void shouldNoticeADecisionBeforeItsInputThoughEverythingIsResealed()
    {
        final JournalCopy copy = JournalCopy.read(good);
        final int index = copy.indexOf(20, (record) -> JournalCopy.isDecision(record) &&
            RecordDescriptor.ordinal(record, 0) == 1);
        final long sequence = sequence(copy, index);
        copy.swap(index, index - 1).reseal();

        assertCorrupt(copy, sequence, "decision: expected the one after");
    }

    @Test
    void shouldNoticeAnAlteredCleanEnd()
    {
        final JournalCopy copy = JournalCopy.read(good);
        final int index = copy.indexOf(0, (record) -> JournalCopy.is(record, RecordKind.CLEAN_END));
        new CleanEndEncoder().wrap(copy.records().get(index), RecordDescriptor.BODY_OFFSET).records(7);
        copy.resealChecksums();

        assertCorrupt(copy, sequence(copy, index), "chain: expected");
    }

    @ParameterizedTest
    @ValueSource(booleans =
    {true, false})
    void shouldNoticeACleanEndThatCountsOtherwise(final boolean records)
    {
        final JournalCopy copy = JournalCopy.read(good);
        final int index = copy.indexOf(0, (record) -> JournalCopy.is(record, RecordKind.CLEAN_END));
        copy.truncate(index + 1);
        final UnsafeBuffer record = copy.records().get(index);
        final CleanEndEncoder end = new CleanEndEncoder().wrap(record, RecordDescriptor.BODY_OFFSET);
        if (records)
        {
            end.records(7);
        }
        else
        {
            end.lastSequence(7);
        }
        RecordDescriptor.seal(record, 0, RecordDescriptor.chain(copy.records().get(index - 1), 0));

        assertCorrupt(copy, sequence(copy, index),
            records ? "clean end: says records=7" : "lastSequence=7, read records=");
    }

    @Test
    void shouldNoticeARecordBehindTheCleanEnd()
    {
        final JournalCopy copy = JournalCopy.read(good);
        final int index = copy.indexOf(0, (record) -> JournalCopy.is(record, RecordKind.CLEAN_END));
        copy.repeat(index).reseal();

        assertCorrupt(copy, sequence(copy, index), "a record behind the clean end");
    }

    @Test
    void shouldNoticeThatAnIncarnationLostItsEnd()
    {
        final JournalCopy copy = JournalCopy.read(good);
        final int second = copy.indexOf(1, (record) -> JournalCopy.is(record, RecordKind.RUN_METADATA));
        copy.drop(second - 1);

        assertCorrupt(copy, sequence(copy, second - 1), "incarnation 2 continues after sequence=");
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"sequence", "records", "chain"})
    void shouldNoticeASeamThatDoesNotFit(final String field)
    {
        final JournalCopy copy = JournalCopy.read(good);
        final int index = copy.indexOf(1, (record) -> JournalCopy.is(record, RecordKind.RUN_METADATA));
        final UnsafeBuffer record = copy.records().get(index);
        final RunMetadataEncoder metadata = new RunMetadataEncoder().wrap(record, RecordDescriptor.BODY_OFFSET);
        switch (field)
        {
            case "sequence" -> metadata.predecessorLastSequence(3);
            case "records" -> metadata.predecessorRecords(3);
            default -> metadata.predecessorChain(3);
        }
        RecordDescriptor.seal(record, 0, RecordDescriptor.chain(copy.records().get(index - 1), 0));

        assertCorrupt(copy, sequence(copy, index), "incarnation 2 continues after");
    }

    @Test
    void shouldNoticeAMissingIncarnation()
    {
        final JournalCopy copy = JournalCopy.read(good);
        final int second = copy.indexOf(1, (record) -> JournalCopy.is(record, RecordKind.RUN_METADATA));
        final long sequence = sequence(copy, second);
        for (int i = 0; i < second; i++)
        {
            copy.drop(0);
        }

        copy.write(directory.resolve("copy"));
        assertThatThrownBy(() -> read(directory.resolve("copy")))
            .isInstanceOfSatisfying(JournalTruncatedException.class,
                (ex) -> assertThat(ex.sequence()).isEqualTo(sequence + 1))
            .hasMessageContaining("what comes before has been removed: expected a snapshot to start from");
    }

    @Test
    void shouldNoticeAnIncarnationWithoutMetadataThoughEverythingIsResealed()
    {
        final JournalCopy copy = JournalCopy.read(good);
        final int second = copy.indexOf(1, (record) -> JournalCopy.is(record, RecordKind.RUN_METADATA));
        copy.drop(second).reseal();

        assertCorrupt(copy, sequence(copy, second), "expected the run metadata that an incarnation begins with");
    }

    @Test
    void shouldNoticeMetadataWithinAnIncarnationThoughEverythingIsResealed()
    {
        final JournalCopy copy = JournalCopy.read(good).repeat(0).reseal();

        assertCorrupt(copy, 0, "run metadata within an incarnation");
    }

    @Test
    void shouldNoticeAKindThatIsNotTheJournals()
    {
        final JournalCopy copy = JournalCopy.read(good);
        final int index = copy.indexOf(20, JournalCopy::isInput);
        copy.records().get(index).putByte(RecordDescriptor.KIND_OFFSET, (byte)RecordKind.LINK.value());
        copy.reseal();

        assertCorrupt(copy, sequence(copy, index), "record kind: expected one of the journal's, found 6");
    }

    @ParameterizedTest
    @ValueSource(ints =
    {0, -8, 8, 1 << 20, Integer.MAX_VALUE, 97})
    void shouldNoticeALengthThatLeavesTheDocument(final int length)
    {
        final JournalCopy copy = JournalCopy.read(good);
        final int index = copy.indexOf(20, JournalCopy::isInput);
        copy.records().get(index).putInt(RecordDescriptor.LENGTH_OFFSET, length);

        final Path node = directory.resolve("copy");
        copy.write(node);
        assertThatThrownBy(() -> read(node)).isInstanceOf(JournalCorruptException.class)
            .hasMessageContaining("record length: expected one that ends within the document of");
    }

    /** The process died while it wrote its last document: it is not there, and nobody waits for it. */
    @Test
    void shouldDropATornTail() throws IOException
    {
        final JournalCopy copy = JournalCopy.read(good);
        copy.truncate(copy.indexOf(1, (record) -> JournalCopy.is(record, RecordKind.RUN_METADATA)) - 1);
        final Path written = directory.resolve("written");
        copy.write(written);
        final Path torn = directory.resolve("torn");
        tear(new NodeDirectory(written), new NodeDirectory(torn));

        assertThat(read(torn)).hasSize(copy.records().size()).isEqualTo(read(written));
        assertThat(tornLength(written)).isZero();
        assertThat(tornLength(torn)).isEqualTo(TORN_LENGTH);
    }

    private static long tornLength(final Path node)
    {
        try (JournalReader reader = new JournalReader(new NodeDirectory(node)))
        {
            while (reader.next())
            {
                assertThat(reader.length()).isPositive();
            }
            return reader.checkEnd();
        }
    }

    /** Copies the queue while a document is open. */
    private static void tear(final NodeDirectory written, final NodeDirectory torn) throws IOException
    {
        try (SingleChronicleQueue queue = SingleChronicleQueueBuilder.binary(written.incarnation(1))
            .rollCycle(LegacyRollCycles.DAILY)
            .blockSize(64L << 20)
            .timeProvider(new SetTimeProvider(0))
            .build(); ExcerptAppender appender = queue.createAppender())
        {
            final DocumentContext document = appender.writingDocument();
            final byte[] content = new byte[TORN_LENGTH];
            Arrays.fill(content, (byte)7);
            document.wire().bytes().write(content);
            Files.createDirectories(torn.incarnation(1));
            try (Stream<Path> files = Files.list(written.incarnation(1)))
            {
                for (final Path file : files.toList())
                {
                    Files.copy(file, torn.incarnation(1).resolve(file.getFileName()));
                }
            }
            document.rollbackOnClose();
            document.close();
        }
    }
}
