package io.lockstep.gateways.orders;

import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

import static io.lockstep.gateways.orders.RequestLogDescriptor.HEADER_LENGTH;
import static io.lockstep.gateways.orders.RequestLogDescriptor.RECORD_LENGTH;

/**
 * One of the two files of a log: allocated whole, written record by record, cleaned piece by piece. One thread; allocates when
 * it is opened only.
 */
final class RequestLogFile
{
    private static final int PIECE_LENGTH = 64 << 10;

    private final Path path;
    private final RequestLogChannel channel;
    private final long length;
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(PIECE_LENGTH);
    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_LENGTH);
    private final UnsafeBuffer pieceBuffer = new UnsafeBuffer(piece);
    private long cleanedTo;
    private int records;

    RequestLogFile(final Path path, final RequestLogChannel channel, final long length)
    {
        this.path = path;
        this.channel = channel;
        this.length = length;
        cleanedTo = length;
    }

    /** Makes a file of zeros with its place on the disk; it has its name only when it is whole. */
    static void create(final Path path, final long length, final ByteBuffer header) throws IOException
    {
        final Path aside = path.resolveSibling(path.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE))
        {
            final ByteBuffer zeros = ByteBuffer.allocateDirect(PIECE_LENGTH);
            for (long at = 0; at < length; at += PIECE_LENGTH)
            {
                writeAll(channel, zeros.clear(), at);
            }
            writeAll(channel, header.duplicate(), 0);
            channel.force(true);
        }
        Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void writeAll(final FileChannel channel, final ByteBuffer buffer, final long position)
        throws IOException
    {
        long at = position;
        while (buffer.hasRemaining())
        {
            at += channel.write(buffer, at);
        }
    }

    static int recordsMax(final long length)
    {
        return (int)((length - HEADER_LENGTH) / RECORD_LENGTH);
    }

    Path path()
    {
        return path;
    }

    long length()
    {
        return length;
    }

    int records()
    {
        return records;
    }

    void records(final int newRecords)
    {
        records = newRecords;
    }

    boolean isFull()
    {
        return records == recordsMax(length);
    }

    void append(final UnsafeBuffer record) throws IOException
    {
        pieceBuffer.putBytes(0, record, 0, RECORD_LENGTH);
        channel.write(piece.clear().limit(RECORD_LENGTH), offset(records));
        records++;
    }

    void header(final UnsafeBuffer header) throws IOException
    {
        pieceBuffer.putBytes(0, header, 0, HEADER_LENGTH);
        channel.write(piece.clear().limit(HEADER_LENGTH), 0);
    }

    static long offset(final int record)
    {
        return HEADER_LENGTH + (long)record * RECORD_LENGTH;
    }

    /** Nothing in it counts any more; it is to be zeros again. */
    void discard() throws IOException
    {
        channel.write(zeros.clear().limit(HEADER_LENGTH), 0);
        records = 0;
        cleanedTo = 0;
    }

    /** What was written behind the last whole record is zeros again. */
    void cutTail() throws IOException
    {
        channel.write(zeros.clear().limit(RECORD_LENGTH), offset(records));
    }

    boolean isClean()
    {
        return cleanedTo == length;
    }

    /** Zeroes the next piece. */
    void clean() throws IOException
    {
        channel.write(zeros.clear(), cleanedTo);
        cleanedTo += PIECE_LENGTH;
    }

    void force() throws IOException
    {
        channel.force();
    }

    void close() throws IOException
    {
        channel.close();
    }
}
