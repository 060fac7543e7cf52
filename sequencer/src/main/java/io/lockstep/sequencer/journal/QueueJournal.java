package io.lockstep.sequencer.journal;

import io.lockstep.codecs.RecordBatch;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.core.time.SetTimeProvider;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.ExcerptContext;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueStore;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.BitUtil;
import org.agrona.UnsafeApi;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The Chronicle Queue of one segment, written by one thread at a time. A directory is written by the process that made it and by
 * no other: a dead process's queue is only ever read, so that none of its locks is waited for.
 * <p>
 * Chronicle makes the queue and maps its file, once and as a whole, here. The documents are put into that mapping by its
 * published format, the header last: Chronicle's own appender takes a lock, keeps an index and swaps three words for each
 * document, against other writers, which do not exist, and each swap waits until the document's bytes have left the processor.
 * Chronicle's tailers read what is written; they walk from the first document, for that alone is in the index.
 * <p>
 * Its first space is reserved before Chronicle sees the files, and the directory gets its name when they are complete. Further
 * space is the caller's to reserve.
 * <p>
 * A document whose length would be a power of two ends with 8 more bytes of zeros: its header would be one flipped bit away from
 * that of a document which was never completed.
 */
public final class QueueJournal implements Journal
{
    /** Of the largest batch: readers map four times as much at a time. */
    static final long BATCH_LENGTH_MAX = 16L << 20;
    /** Space to be reserved at first: the queue's own header and index take the beginning. */
    static final long FIRST_LENGTH = 512L << 10;
    /** Kept free behind the last document: a file that ends with one has been cut. */
    static final long SLACK_LENGTH = 192L << 10;
    /** How a segment's directory is called until its file is there. */
    public static final String NEW_SUFFIX = ".new";

    private static final String FILE_NAME = "19700101" + QueueFileDescriptor.FILE_SUFFIX;
    /** Of the first index page; the page before it stands right behind the file's header. */
    private static final long INDEX_POSITION = 65_776;
    private static final long METADATA_LENGTH = 128L << 10;
    /** A page on every system, and no less than Chronicle maps. */
    private static final long BLOCK_ALIGNMENT = 256L << 10;
    private static final long TIMEOUT_MS = 1000;
    private static final long LENGTH_MAX = 256L << 20;
    /** Chronicle maps a quarter more than it is told to, this at least. */
    private static final long OVERLAP_LENGTH_MIN = 256L << 10;

    private final Path file;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final SingleChronicleQueueStore store;
    private final FileChannel channel;
    private final long address;
    private final long start;
    private long limit;
    private long position;
    private boolean isIndexed;

    /**
     * @param directory does not exist or is empty.
     * @throws JournalException when it cannot be made.
     */
    public QueueJournal(final Path directory)
    {
        this(directory, LENGTH_MAX, FIRST_LENGTH, new PosixReserver());
    }

    /**
     * @param lengthMax   of what is written. So much is mapped; it takes addresses, and memory only where it is written.
     * @param firstLength is reserved.
     */
    QueueJournal(
        final Path directory, final long lengthMax, final long firstLength, final SpaceReserver reserver)
    {
        final Path unfinished = directory.resolveSibling(directory.getFileName() + NEW_SUFFIX);
        final long blockLength = BitUtil.align(lengthMax, BLOCK_ALIGNMENT);
        file = directory.resolve(FILE_NAME);
        limit = blockLength;
        try
        {
            // Chronicle would make a shorter file longer, by what it has seen its length to be.
            prepare(unfinished, blockLength + Math.max(blockLength / 4, OVERLAP_LENGTH_MIN), firstLength, reserver);
            queue = SingleChronicleQueueBuilder.binary(unfinished)
                .rollCycle(LegacyRollCycles.DAILY)
                .blockSize(blockLength)
                .timeProvider(new SetTimeProvider(0))
                .timeoutMS(TIMEOUT_MS)
                .build();
            appender = queue.createAppender();
            start = firstDocument();
            position = start;
            address = address();
            // Chronicle would look for it where it was when the queue was built.
            store = queue.storeForCycle(queue.cycle(), queue.epoch(), false, null);
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

    /** What a queue makes at its first document is made now. Returns where that will stand. */
    private long firstDocument()
    {
        appender.singleThreadedCheckDisabled(true);
        try (DocumentContext document = appender.writingDocument())
        {
            final long first = document.wire().bytes().writePosition();
            document.rollbackOnClose();
            return first - QueueFileDescriptor.HEADER_LENGTH;
        }
    }

    /** Where the file's beginning is in memory. */
    private long address()
    {
        final BytesStore<?, ?> mapped = appender.wire().bytes().bytesStore();
        if (mapped.start() != 0 || mapped.capacity() < limit)
        {
            throw new JournalException("file=" + file + ": expected a mapping of " + limit + " bytes, found " +
                mapped.capacity() + " from " + mapped.start());
        }
        return mapped.addressForWrite(0);
    }

    @Override
    public void append(final RecordBatch batch)
    {
        final int length = batch.length();
        final boolean isPadded = Integer.bitCount(length) == 1;
        final int documentLength = isPadded ? length + Long.BYTES : length;
        final long end = position + QueueFileDescriptor.HEADER_LENGTH + documentLength;
        if (end > limit)
        {
            throw new JournalException("file=" + file + ": no room for a document of " + documentLength +
                " bytes at position=" + position + ": expected it to end before " + limit);
        }
        final long header = address + position;
        final long document = header + QueueFileDescriptor.HEADER_LENGTH;
        UnsafeApi.copyMemory(batch.buffer().addressOffset(), document, length);
        if (isPadded)
        {
            UnsafeApi.putLong(document + length, 0);
        }
        UnsafeApi.putIntRelease(null, header, documentLength);
        position = end;
    }

    /**
     * Puts the first document into the queue's index and header, where Chronicle's tailers look for a place to walk from; when there
     * is one. By one thread, which may be another than the writer's.
     */
    void index()
    {
        if (isIndexed)
        {
            return;
        }
        isIndexed = true;
        try
        {
            store.writePosition(start);
            store.setPositionForSequenceNumber((ExcerptContext)appender, 0, start);
        }
        catch (final StreamCorruptedException ex)
        {
            throw new JournalException("file=" + file + ": the first document cannot be put into the index: " + ex, ex);
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

    /**
     * Waits until all that was appended to a segment is on the disk, whoever writes it.
     *
     * @param directory of the segment.
     */
    static void sync(final Path directory)
    {
        final Path file = directory.resolve(FILE_NAME);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ))
        {
            channel.force(false);
        }
        catch (final NoSuchFileException ex)
        {
            // Removed meanwhile: nothing needs it any more.
            return;
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

    /** Where the first document stands in the file. */
    long start()
    {
        return start;
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

    /** Where the file's beginning is in memory, and stays until this is closed. */
    long addressOffset()
    {
        return address;
    }

    @Override
    public void close()
    {
        limit = 0;
        if (position > start)
        {
            index();
        }
        queue.closeStore(store);
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
