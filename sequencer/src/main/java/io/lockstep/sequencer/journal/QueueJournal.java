package io.lockstep.sequencer.journal;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.PointerBytesStore;
import net.openhft.chronicle.core.time.SetTimeProvider;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.BitUtil;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The Chronicle Queue of one segment, written by one thread at a time. A directory is written by the process that made it and by
 * no other: a dead process's queue is only ever read, so that none of its locks is waited for.
 * <p>
 * The queue is given a clock that stands still: reading the wall clock at each append costs more than the append, and a queue
 * that rolls by wall clock would make its next file on the hot thread.
 * <p>
 * Its first space is reserved before Chronicle sees the files, and the directory gets its name when they are complete. Further
 * space is the caller's to reserve.
 * <p>
 * A document whose length would be a power of two ends with 8 more bytes of zeros: its header would be one flipped bit away from
 * that of a document which was never completed.
 */
public final class QueueJournal implements Journal
{
    /** Mapped at a time; a batch must fit in a quarter of it. */
    static final long BLOCK_LENGTH = 64L << 20;
    /** Space to be reserved at first: the queue's own header and index take the beginning. */
    static final long FIRST_LENGTH = 512L << 10;
    /** What the queue itself may write behind a document, an index page, with room to spare. */
    static final long SLACK_LENGTH = 192L << 10;
    /** How a segment's directory is called until its file is there. */
    public static final String NEW_SUFFIX = ".new";

    private static final String FILE_NAME = "19700101" + QueueFileDescriptor.FILE_SUFFIX;
    /** Of the first index page; the page before it stands right behind the file's header. */
    private static final long INDEX_POSITION = 65_776;
    private static final long METADATA_LENGTH = 128L << 10;
    private static final long TIMEOUT_MS = 1000;

    private final Path file;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final FileChannel channel;
    private final PointerBytesStore batchBytes = new PointerBytesStore();
    private long position;

    /**
     * @param directory does not exist or is empty.
     * @throws JournalException when it cannot be made.
     */
    public QueueJournal(final Path directory)
    {
        this(directory, BLOCK_LENGTH, FIRST_LENGTH, FIRST_LENGTH, new PosixReserver());
    }

    /**
     * @param lengthMax of the file. Chronicle makes a file longer that is too short for what it maps, by what it has seen its
     *                  length to be, so it must not be short while somebody else reserves space.
     */
    QueueJournal(
        final Path directory,
        final long blockLength,
        final long lengthMax,
        final long firstLength,
        final SpaceReserver reserver)
    {
        final Path unfinished = directory.resolveSibling(directory.getFileName() + NEW_SUFFIX);
        file = directory.resolve(FILE_NAME);
        try
        {
            prepare(unfinished, BitUtil.align(lengthMax, blockLength) + blockLength, firstLength, reserver);
            queue = SingleChronicleQueueBuilder.binary(unfinished)
                .rollCycle(LegacyRollCycles.DAILY)
                .blockSize(blockLength)
                .timeProvider(new SetTimeProvider(0))
                .timeoutMS(TIMEOUT_MS)
                .build();
            appender = queue.createAppender();
            position = start();
            Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
            channel = FileChannel.open(file, StandardOpenOption.READ);
        }
        catch (final IOException ex)
        {
            throw new JournalException("segment=" + directory + ": cannot be made: wantedBytes=" + firstLength +
                ": " + ex, ex);
        }
    }

    /**
     * Chronicle waits for somebody else to complete a file that is there and empty, and one that it makes itself has no space
     * reserved. So the files are given what Chronicle begins them with.
     */
    private static void prepare(
        final Path directory, final long fileLength, final long firstLength, final SpaceReserver reserver)
        throws IOException
    {
        Retention.delete(directory);
        Files.createDirectories(directory);
        final Path queueFile = Files.createFile(directory.resolve(FILE_NAME));
        reserver.reserve(queueFile, 0, firstLength);
        write(queueFile, 0, "header");
        write(queueFile, INDEX_POSITION, "index");
        final Path metadata = Files.createFile(directory.resolve(NodeDirectory.QUEUE_METADATA));
        reserver.reserve(metadata, 0, METADATA_LENGTH);
        write(metadata, 0, "metadata");
        try (RandomAccessFile access = new RandomAccessFile(directory.resolve(FILE_NAME).toFile(), "rw"))
        {
            access.setLength(fileLength);
        }
    }

    private static void write(final Path file, final long position, final String resource) throws IOException
    {
        try (InputStream beginning = QueueJournal.class.getResourceAsStream(resource);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE))
        {
            final ByteBuffer bytes = ByteBuffer.wrap(beginning.readAllBytes());
            while (bytes.hasRemaining())
            {
                channel.write(bytes, position + bytes.position());
            }
        }
    }

    /** What a queue makes at its first document is made now. Returns where that will be. */
    private long start()
    {
        appender.singleThreadedCheckDisabled(true);
        try (DocumentContext document = appender.writingDocument())
        {
            final long start = document.wire().bytes().writePosition();
            document.rollbackOnClose();
            return start;
        }
    }

    @Override
    public void append(final RecordBatch batch)
    {
        batchBytes.set(batch.buffer().addressOffset(), batch.length());
        try (DocumentContext document = appender.writingDocument())
        {
            final Bytes<?> bytes = document.wire().bytes();
            bytes.write(batchBytes, 0L, batch.length());
            if (Integer.bitCount(batch.length()) == 1)
            {
                bytes.writeLong(0);
            }
            position = bytes.writePosition();
        }
    }

    /** Waits until all that was appended is on the disk; may be called by another thread. */
    @Override
    public void sync()
    {
        try
        {
            // Chronicle's own sync covers the block that is mapped now, and no more.
            channel.force(false);
        }
        catch (final IOException ex)
        {
            throw new JournalException("file=" + file + ": sync failed: " + ex, ex);
        }
    }

    /** Waits until the segment's files can be found after an outage. */
    void syncDirectory()
    {
        try (FileChannel segment = FileChannel.open(file.getParent(), StandardOpenOption.READ);
            FileChannel journal = FileChannel.open(file.getParent().resolveSibling("."), StandardOpenOption.READ))
        {
            channel.force(true);
            segment.force(true);
            journal.force(true);
        }
        catch (final IOException ex)
        {
            throw new JournalException("file=" + file + ": sync of the directory failed: " + ex, ex);
        }
    }

    /** Where the last document ends in the file. */
    long position()
    {
        return position;
    }

    Path file()
    {
        return file;
    }

    @Override
    public void close()
    {
        appender.close();
        queue.close();
        try
        {
            channel.close();
        }
        catch (final IOException ex)
        {
            throw new JournalException("file=" + file + ": cannot be closed: " + ex, ex);
        }
    }
}
