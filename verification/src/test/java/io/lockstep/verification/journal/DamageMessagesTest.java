package io.lockstep.verification.journal;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockstep.cli.CommandRun;
import io.lockstep.cli.TestData;
import io.lockstep.codecs.RecordBatch;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.gateways.recording.SyntheticRecording.Product;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.QueueJournal;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code journal verify} says of each damage, and of a journal that merely has no end. */
class DamageMessagesTest
{
    @TempDir
    private static Path directory;
    private static Path source;
    private static int runs;

    private final List<Entry> entries = new ArrayList<>();
    private int order;

    /** A record and the number of its document. */
    private record Entry(UnsafeBuffer record, int document)
    {
        long sequence()
        {
            return RecordDescriptor.sequence(record, 0);
        }

        boolean is(final RecordKind kind)
        {
            return RecordDescriptor.kind(record, 0) == kind.value();
        }
    }

    @BeforeAll
    static void makeJournal()
    {
        source = directory.resolve("source");
        CommandRun.of("backtest", "--config", TestData.backtestConfig(directory), "--out", source, "--data",
            TestData.recording(directory, "x.gz", Product.USDM, 1, 1_000)).exits(0);
    }

    @BeforeEach
    void read()
    {
        try (JournalReader reader = new JournalReader(new NodeDirectory(source)))
        {
            int document = 0;
            while (reader.next())
            {
                document += reader.isDocumentStart() ? 1 : 0;
                final byte[] bytes = new byte[reader.length()];
                reader.buffer().getBytes(reader.offset(), bytes);
                entries.add(new Entry(new UnsafeBuffer(bytes), document));
            }
        }
        order = entries.size() / 2;
        while (!entries.get(order).is(RecordKind.INPUT))
        {
            order++;
        }
    }

    /** As they are: nothing is sealed anew. */
    private Path write() throws IOException
    {
        final NodeDirectory node = new NodeDirectory(directory.resolve("altered-" + ++runs));
        Files.createDirectories(node.journal());
        final RecordBatch batch = new RecordBatch();
        try (QueueJournal journal = new QueueJournal(node.incarnation(1)))
        {
            for (int i = 0; i < entries.size(); i++)
            {
                batch.addRecord(entries.get(i).record, 0, entries.get(i).record.capacity());
                if (i + 1 == entries.size() || entries.get(i + 1).document != entries.get(i).document)
                {
                    journal.append(batch);
                    batch.clear();
                }
            }
        }
        return node.path();
    }

    private JsonNode verify(final int exitStatus) throws IOException
    {
        return CommandRun.of("journal", "verify", write(), "--json").exits(exitStatus).json();
    }

    private void assertSays(final long firstBadSequence, final String problem) throws IOException
    {
        final JsonNode verified = verify(1);
        assertThat(verified.get("firstBadSequence").asLong()).isEqualTo(firstBadSequence);
        assertThat(verified.get("problem").asText()).contains(problem);
        assertThat(verified.get("cleanEnd").asBoolean()).isFalse();
    }

    private void flip(final int offset)
    {
        final UnsafeBuffer record = entries.get(order).record;
        record.putByte(offset, (byte)(record.getByte(offset) ^ 1));
    }

    @Test
    void nothingOfAWholeOne() throws IOException
    {
        final JsonNode verified = verify(0);
        assertThat(verified.get("problem").isNull()).isTrue();
        assertThat(verified.get("firstBadSequence").isNull()).isTrue();
        assertThat(verified.get("records").asInt()).isEqualTo(entries.size());
        assertThat(verified.get("cleanEnd").asBoolean()).isTrue();
    }

    @Test
    void flippedBitInAMessage() throws IOException
    {
        flip(RecordDescriptor.BODY_OFFSET + 3);
        assertSays(entries.get(order).sequence(), "checksum: expected ");
    }

    @Test
    void flippedBitInAHeader() throws IOException
    {
        flip(RecordDescriptor.WALL_TIME_OFFSET + 2);
        assertSays(entries.get(order).sequence(), "checksum: expected ");
    }

    @Test
    void flippedBitInTheChain() throws IOException
    {
        flip(RecordDescriptor.CHAIN_OFFSET);
        assertSays(entries.get(order).sequence(), "chain: expected ");
    }

    @Test
    void flippedBitInTheLength() throws IOException
    {
        final Entry entry = entries.get(order);
        final UnsafeBuffer longer = new UnsafeBuffer(new byte[entry.record.capacity()]);
        longer.putBytes(0, entry.record, 0, longer.capacity());
        final Path node = write();
        // In the file: a batch is made of records whose lengths are right.
        DamagedFile.of(node).flip(longer, 2);
        final CommandRun run = CommandRun.of("journal", "verify", node, "--json").exits(1);
        assertThat(run.json().get("problem").asText()).contains("record length: expected one that ends within");
    }

    @Test
    void removedRecord() throws IOException
    {
        entries.remove(order);
        assertSays(entries.get(order).sequence(), "a record before it was removed, swapped or repeated");
    }

    @Test
    void swappedRecords() throws IOException
    {
        final Entry second = entries.get(order + 1);
        entries.set(order + 1, entries.get(order));
        entries.set(order, second);
        assertSays(second.sequence(), "a record before it was removed, swapped or repeated");
    }

    @Test
    void repeatedRecord() throws IOException
    {
        entries.add(order, entries.get(order));
        assertSays(entries.get(order).sequence(), "a record before it was removed, swapped or repeated");
    }

    /** What an append behind the end would be. */
    @Test
    void recordBehindTheEnd() throws IOException
    {
        final Entry end = entries.get(entries.size() - 1);
        entries.add(new Entry(end.record, end.document + 1));
        assertSays(end.sequence(), "a record behind the clean end");
    }

    @Test
    void lostEndOfACleanlyClosedOne() throws IOException
    {
        entries.remove(entries.size() - 1);
        final JsonNode verified = verify(0);
        assertThat(verified.get("problem").isNull()).isTrue();
        assertThat(verified.get("cleanEnd").asBoolean()).as("as a crash leaves it").isFalse();
        assertThat(CommandRun.of("journal", "info", write(), "--json").exits(0).json().get("cleanEnd").asBoolean())
            .isFalse();
    }

    @Test
    void truncatedFile() throws IOException
    {
        final Path node = write();
        DamagedFile.of(node).truncateBefore(entries.get(order).record);
        final JsonNode verified = CommandRun.of("journal", "verify", node, "--json").exits(1).json();
        assertThat(verified.get("problem").asText()).contains("fileLength=");
        assertThat(verified.get("firstBadSequence").asLong()).isBetween(
            entries.get(order).sequence() - 1, entries.get(order).sequence());
    }
}
