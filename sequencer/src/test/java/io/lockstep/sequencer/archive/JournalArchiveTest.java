package io.lockstep.sequencer.archive;

import io.lockstep.codecs.RecordBatch;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.RunMetadataEncoder;
import io.lockstep.sbe.SegmentStartedEncoder;
import io.lockstep.sequencer.Allocation;
import io.lockstep.sequencer.config.Durability;
import io.lockstep.sequencer.config.JournalContext;
import io.lockstep.sequencer.journal.Journal;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.Retention;
import io.lockstep.sequencer.journal.SegmentId;
import io.lockstep.sequencer.journal.SegmentWalk;
import io.lockstep.sequencer.journal.SegmentedJournal;
import org.agrona.IoUtil;
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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

/** A copy that is made while the journal is written, what is left of it after an outage, and the way back. */
class JournalArchiveTest
{
    private static final JournalContext SMALL = new JournalContext(
        1 << 20, 0, 512 << 10, 0, 0, Durability.MAPPED, 1_000_000, JournalContext.RETAIN_ALL);
    private static final int MESSAGE_LENGTH_MAX = 20_000;
    private static final long SEED = 20_261_128;

    @TempDir
    private Path path;
    private NodeDirectory node;
    private NodeDirectory copy;

    private final RecordBatch batch = new RecordBatch();
    private final List<Throwable> errors = new ArrayList<>();
    private final Random random = new Random(SEED);
    private int incarnation = 1;
    private long predecessorSequence;
    private long predecessorRecords;
    private long predecessorChain;
    private long chain;
    private long sequence;
    private long records;

    @BeforeEach
    void makeDirectories() throws IOException
    {
        node = new NodeDirectory(Files.createDirectories(path.resolve("node")));
        copy = new NodeDirectory(Files.createDirectories(path.resolve("archive")));
    }

    private JournalArchive archive() throws IOException
    {
        return new JournalArchive(node, copy, 0, System::nanoTime, errors::add);
    }

    private SegmentedJournal begin()
    {
        final SegmentedJournal journal = SegmentedJournal.openInvoked(node, incarnation, SMALL);
        records = 0;
        final RunMetadataEncoder metadata = new RunMetadataEncoder();
        metadata.wrapAndApplyHeader(batch.buffer(), batch.nextMessageOffset(), new MessageHeaderEncoder())
            .incarnation(incarnation).predecessorLastSequence(predecessorSequence).predecessorChain(predecessorChain)
            .predecessorRecords(predecessorRecords).build("").runtime("").configuration("");
        batch.addEncoded(RecordKind.RUN_METADATA, metadata.encodedLength());
        append(journal);
        return journal;
    }

    private void append(final Journal journal)
    {
        chain = RecordDescriptor.seal(batch.buffer(), 0, chain);
        journal.append(batch);
        batch.clear();
        records++;
    }

    /** The next incarnation continues what was read, not what was written. */
    private void continueFrom(final JournalReader reader)
    {
        incarnation++;
        sequence = reader.lastSequence();
        chain = reader.chain();
        predecessorSequence = sequence;
        predecessorChain = chain;
        predecessorRecords = reader.incarnationRecords();
    }

    private void input(final Journal journal)
    {
        final int length = 8 + random.nextInt(MESSAGE_LENGTH_MAX);
        if (journal.isSegmentDue(RecordDescriptor.recordLength(length), 0))
        {
            final SegmentStartedEncoder started = new SegmentStartedEncoder();
            started.wrapAndApplyHeader(batch.buffer(), batch.nextMessageOffset(), new MessageHeaderEncoder())
                .incarnation(incarnation).segment(journal.startSegment()).predecessorLastSequence(sequence)
                .predecessorChain(chain).predecessorRecords(records);
            batch.addEncoded(RecordKind.SEGMENT, started.encodedLength());
            append(journal);
        }
        final byte[] message = new byte[length];
        random.nextBytes(message);
        batch.addMessage(RecordKind.INPUT, new UnsafeBuffer(message), 0, length);
        RecordDescriptor.sequence(batch.buffer(), 0, ++sequence);
        append(journal);
    }

    private void inputs(final Journal journal, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            input(journal);
        }
    }

    private void assertSameDocuments() throws IOException
    {
        assertThat(copy.segments()).isEqualTo(node.segments());
        for (final SegmentId segment : node.segments())
        {
            assertThat(documents(copy, segment)).as("seed=%d segment=%s", SEED, segment)
                .isEqualTo(documents(node, segment));
        }
    }

    /** From the first document on: what is before it is Chronicle's. */
    private static ByteBuffer documents(final NodeDirectory directory, final SegmentId segment) throws IOException
    {
        final Path queue = directory.segment(segment);
        try (SegmentWalk walk = SegmentWalk.open(queue, 0);
            FileChannel channel = FileChannel.open(walk.file(), StandardOpenOption.READ))
        {
            final int start = 131_344;
            final ByteBuffer bytes = ByteBuffer.allocate((int)Math.max(0, walk.advance() - start));
            while (bytes.hasRemaining())
            {
                channel.read(bytes, start + bytes.position());
            }
            return bytes.flip();
        }
    }

    private static long lastSequence(final NodeDirectory directory)
    {
        try (JournalReader reader = new JournalReader(directory))
        {
            while (reader.next())
            {
                assertThat(reader.length()).isPositive();
            }
            assertThat(reader.checkEnd()).isZero();
            return reader.lastSequence();
        }
    }

    private NodeDirectory restored(final String name) throws IOException
    {
        final NodeDirectory target = new NodeDirectory(Files.createDirectories(path.resolve(name)));
        new ArchivedDirectory(copy.path()).restore(target);
        return target;
    }

    /** An archive of an idle node neither lists nor allocates; what is appended is copied at the next look all the same. */
    @Test
    void shouldLeaveAloneWhatHasNotChanged() throws IOException
    {
        final JournalArchive archive = archive();
        try (SegmentedJournal journal = begin())
        {
            archive.watch(journal::published, journal::generation);
            input(journal);
            archive.doWork();
            assertThat(Allocation.leastBytes(10, () ->
            {
                for (int i = 0; i < 1_000; i++)
                {
                    archive.doWork();
                }
            })).isZero();
            final long before = ArchiveMark.read(copy).position();
            input(journal);
            archive.doWork();
            assertThat(ArchiveMark.read(copy).position()).isGreaterThan(before);
        }
        archive.onClose();
        assertThat(errors).isEmpty();
    }

    @Test
    void shouldCopyWhatWasPublishedSoFar() throws IOException
    {
        final JournalArchive archive = archive();
        try (SegmentedJournal journal = begin())
        {
            for (int i = 0; i < 30; i++)
            {
                inputs(journal, random.nextInt(20));
                assertThat(archive.copyAll()).isTrue();
                assertThat(archive.lagBytes()).isZero();
                assertSameDocuments();
                final NodeDirectory restored = restored("restored");
                assertThat(lastSequence(restored)).as("seed=%d round=%d", SEED, i).isEqualTo(sequence);
                IoUtil.delete(restored.path().toFile(), false);
            }
            assertThat(node.segments()).hasSizeGreaterThan(3);
        }
        archive.onClose();
        assertSameDocuments();
        assertThat(errors).isEmpty();
    }

    /** A mark says what is on the disk, so all that it speaks of is there before it; and nothing is left to chance when it is done. */
    @Test
    void shouldWaitForTheDiskBeforeItSaysThatSomethingIsCopied() throws IOException
    {
        final CachedFiles files = new CachedFiles(ArchiveMark.file(copy));
        final JournalArchive archive = new JournalArchive(node, copy, 0, System::nanoTime, errors::add, files);
        try (SegmentedJournal journal = begin())
        {
            for (int i = 0; i < 30; i++)
            {
                inputs(journal, 1 + random.nextInt(20));
                if (i == 15)
                {
                    // Not before: with its name that of the mark would come to the disk.
                    Files.writeString(node.configuration(), "node: {}");
                }
                if (i >= 15)
                {
                    snapshot(i);
                }
                assertThat(archive.copyAll()).isTrue();
                assertThat(files.unsynced()).as("round=%d", i).isEmpty();
            }
        }
        archive.onClose();
        assertThat(files.faults()).isEmpty();
        assertThat(errors).isEmpty();
        assertThat(node.segments()).hasSizeGreaterThan(3);
        assertThat(files.marks()).isGreaterThan(30);
        assertThat(files.moves()).isGreaterThan(10);
    }

    private void snapshot(final int number) throws IOException
    {
        Files.createDirectories(node.snapshots());
        Files.writeString(node.snapshots().resolve("0000000000000000000%d.snapshot".formatted(1 + number % 9)), "");
    }

    /** The journal has its name when all of it is on the disk, and what has a name then is not lost any more. */
    @Test
    void shouldWaitForTheDiskBeforeARestoredJournalAppears() throws IOException
    {
        final JournalArchive archive = archive();
        Files.writeString(node.configuration(), "node: {}");
        snapshot(1);
        try (SegmentedJournal journal = begin())
        {
            inputs(journal, 300);
            archive.copyAll();
        }
        archive.onClose();
        final NodeDirectory target = new NodeDirectory(Files.createDirectories(path.resolve("restored")));
        final CachedFiles files = new CachedFiles(null);

        new ArchivedDirectory(copy.path(), files).restore(target);

        assertThat(files.faults()).isEmpty();
        assertThat(files.unsynced()).isEmpty();
        assertThat(files.moves()).isGreaterThan(3);
        assertThat(lastSequence(target)).isEqualTo(sequence);
    }

    /** Whatever the two do at the same time, what is in the copy is whole. */
    @Test
    void shouldCopyWhileTheJournalIsWritten() throws IOException, InterruptedException
    {
        final JournalArchive archive = archive();
        final Thread writer = new Thread(() ->
        {
            try (SegmentedJournal journal = begin())
            {
                inputs(journal, 2_000);
            }
        });
        writer.start();
        int rounds = 0;
        while (writer.isAlive())
        {
            archive.copyAll();
            if (rounds++ % 10 == 0 && new ArchivedDirectory(copy.path()).hasJournal())
            {
                final NodeDirectory restored = restored("restored");
                assertThat(lastSequence(restored)).as("seed=%d", SEED).isBetween(0L, 2_000L);
                IoUtil.delete(restored.path().toFile(), false);
            }
        }
        writer.join();
        archive.onClose();
        assertThat(errors).isEmpty();
        assertSameDocuments();
        assertThat(lastSequence(restored("restored"))).isEqualTo(2_000);
    }

    /** An outage leaves anything behind the mark, whole documents too; a node that went on without them is copied as it is. */
    @Test
    void shouldGoOnFromTheMarkAfterAnOutage() throws IOException
    {
        final JournalArchive before = archive();
        final SegmentedJournal journal = begin();
        inputs(journal, 30);
        assertThat(before.copyAll()).isTrue();
        final long copied = sequence;
        final byte[] mark = Files.readAllBytes(ArchiveMark.file(copy));
        inputs(journal, 5);
        assertThat(before.copyAll()).isTrue();
        before.onClose();
        journal.close();
        Files.write(ArchiveMark.file(copy), mark);

        IoUtil.delete(node.path().toFile(), false);
        Files.createDirectories(node.path());
        new ArchivedDirectory(copy.path()).restore(node);
        assertThat(new ArchivedDirectory(copy.path()).conflict(node)).isNull();
        try (JournalReader reader = new JournalReader(node))
        {
            while (reader.next())
            {
                assertThat(reader.lastSequence()).isLessThanOrEqualTo(copied);
            }
            assertThat(reader.lastSequence()).isEqualTo(copied);
            continueFrom(reader);
        }

        final JournalArchive after = archive();
        try (SegmentedJournal next = begin())
        {
            inputs(next, 100);
            assertThat(after.copyAll()).isTrue();
        }
        after.onClose();
        assertSameDocuments();
        assertThat(lastSequence(node)).isEqualTo(copied + 100);
        assertThat(lastSequence(copy)).as("without what was behind the mark").isEqualTo(copied + 100);
        assertThat(errors).isEmpty();
    }

    @Test
    void shouldUseTheMarkBeforeOneThatWasNotWrittenWhole() throws IOException
    {
        final JournalArchive archive = archive();
        try (SegmentedJournal journal = begin())
        {
            inputs(journal, 3);
            archive.copyAll();
            final ArchiveMark first = ArchiveMark.read(copy);
            inputs(journal, 3);
            archive.copyAll();
            final ArchiveMark second = ArchiveMark.read(copy);
            assertThat(second.generation()).isEqualTo(first.generation() + 1);
            assertThat(second.position()).isGreaterThan(first.position());

            final byte[] bytes = Files.readAllBytes(ArchiveMark.file(copy));
            for (int bit = 0; bit < 32 * Byte.SIZE; bit++)
            {
                final int at = (int)(second.generation() % 2) * 4096 + bit / Byte.SIZE;
                bytes[at] ^= (byte)(1 << bit % Byte.SIZE);
                Files.write(ArchiveMark.file(copy), bytes);
                assertThat(ArchiveMark.read(copy)).as("bit=%d", bit).isEqualTo(first);
                bytes[at] ^= (byte)(1 << bit % Byte.SIZE);
            }
        }
        archive.onClose();
        assertThat(ArchiveMark.read(new NodeDirectory(path.resolve("none")))).isEqualTo(ArchiveMark.NONE);
    }

    @Test
    void shouldKeepWhatTheNodeKeeps() throws IOException
    {
        final JournalArchive archive = archive();
        Files.createDirectories(node.snapshots());
        final Path first = Files.writeString(node.snapshots().resolve("00000000000000000001.snapshot"), "one");
        try (SegmentedJournal journal = begin())
        {
            inputs(journal, 400);
            assertThat(archive.copyAll()).isTrue();
            assertThat(copy.snapshots().resolve(first.getFileName())).hasContent("one");

            Retention.delete(node.segment(node.segments().get(0)));
            final Path second = Files.writeString(node.snapshots().resolve("00000000000000000002.snapshot"), "two");
            Files.delete(first);
            Files.writeString(node.configuration(), "node: {}");
            assertThat(archive.copyAll()).isTrue();
            assertSameDocuments();
            assertThat(copy.segments()).doesNotContain(SegmentId.first(1));
            assertThat(copy.snapshots().resolve(second.getFileName())).hasContent("two");
            assertThat(copy.snapshots().resolve(first.getFileName())).doesNotExist();
            assertThat(copy.configuration()).hasContent("node: {}");
        }
        archive.onClose();
        IoUtil.delete(node.path().toFile(), false);
        Files.createDirectories(node.path());
        final List<SegmentId> kept = copy.segments();
        archive().copyAll();
        assertThat(copy.segments()).as("an empty directory says nothing of what is needed").isEqualTo(kept);
    }

    @Test
    void shouldSayWhenANodeHasNotAllThatWasCopied() throws IOException
    {
        assertThat(new ArchivedDirectory(copy.path()).conflict(node)).as("an empty archive").isNull();
        final JournalArchive archive = archive();
        try (SegmentedJournal journal = begin())
        {
            inputs(journal, 10);
            archive.copyAll();
            assertThat(new ArchivedDirectory(copy.path()).conflict(node)).isNull();
            inputs(journal, 10);
            assertThat(new ArchivedDirectory(copy.path()).conflict(node)).as("a node that is ahead").isNull();
        }
        archive.onClose();
        final NodeDirectory complete = node;
        node = new NodeDirectory(Files.createDirectories(path.resolve("other")));
        assertThat(new ArchivedDirectory(copy.path()).conflict(node)).contains("holds none");
        sequence = 0;
        chain = 0;
        try (SegmentedJournal journal = begin())
        {
            inputs(journal, 1);
            assertThat(new ArchivedDirectory(copy.path()).conflict(node)).contains("holds more of the journal");
            inputs(journal, 30);
            assertThat(new ArchivedDirectory(copy.path()).conflict(node)).contains("holds another journal");
        }
        assertThatThrownBy(() -> new ArchivedDirectory(copy.path()).restore(complete))
            .isInstanceOf(ArchiveException.class).hasMessageContaining("without a journal");
        assertThatThrownBy(() -> new ArchivedDirectory(path.resolve("none")).restore(node))
            .isInstanceOf(ArchiveException.class).hasMessageContaining("that a node was copied to");
    }

    /** The journal does not notice, and the copy goes on when there is room. */
    @Test
    void shouldGoOnWhenTheArchivesDiskWasFull() throws IOException, InterruptedException
    {
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", copy.path().toString()))
            .as("status of mount: a file system of a megabyte cannot be had here").isZero();
        try
        {
            final JournalArchive archive = archive();
            try (SegmentedJournal journal = begin())
            {
                inputs(journal, 300);
                assertThat(archive.copyAll()).isFalse();
                assertThat(archive.failures()).isEqualTo(1);
                assertThat(archive.lagBytes()).isPositive();
                assertThat(errors).hasSize(1);
                assertThat(errors.get(0)).hasMessageContaining("No space left on device");
                final long currentAsOfNs = archive.currentAsOfNs();
                inputs(journal, 10);
                assertThat(archive.copyAll()).isFalse();
                assertThat(archive.currentAsOfNs()).isEqualTo(currentAsOfNs);

                assertThat(run("mount", "-o", "remount,size=64m", copy.path().toString())).isZero();
                assertThat(archive.copyAll()).isTrue();
                assertThat(archive.lagBytes()).isZero();
                assertSameDocuments();
            }
            archive.onClose();
            assertThat(lastSequence(restored("restored"))).isEqualTo(310);
        }
        finally
        {
            assertThat(run("umount", "-l", copy.path().toString())).isZero();
        }
    }

    private static int run(final String... command) throws IOException, InterruptedException
    {
        return new ProcessBuilder(command).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }

    @Test
    void shouldRestoreAgainWhenItWasCutOff() throws IOException
    {
        final JournalArchive archive = archive();
        try (SegmentedJournal journal = begin())
        {
            inputs(journal, 10);
        }
        archive.onClose();
        final Path target = Files.createDirectories(path.resolve("restored"));
        Files.createDirectories(target.resolve("journal.restoring").resolve("000001"));
        Files.writeString(target.resolve("journal.restoring").resolve("000001").resolve("19700101.cq4"), "half");
        Files.createDirectories(target.resolve("journal"));
        assertThat(lastSequence(restored("restored"))).isEqualTo(10);
        assertThat(target.resolve("journal.restoring")).doesNotExist();
    }
}
