package io.lockstep.sequencer.journal;

import io.lockstep.codecs.RecordDescriptor;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * What stands in a queue's file behind the last document. A crash leaves the beginning of one more there, whose header was not
 * written; a page that was lost leaves the same, but with whole documents behind it. The two are told apart by looking for
 * such a document.
 */
final class QueueFileTail
{
    static final long NONE = -1;

    private static final int READ_LENGTH = 1 << 20;
    /** A document is looked for in steps of half of it, so a record may have the other half. */
    private static final int WINDOW_LENGTH = QueueFile.WINDOW_LENGTH;
    private static final int STEP_LENGTH = WINDOW_LENGTH / 2;

    private final Path file;
    private final FileChannel channel;
    private final long start;
    private final long fileLength;
    private final UnsafeBuffer window = new UnsafeBuffer(0, 0);
    private long end;

    /**
     * @param position of the header that was not written.
     */
    QueueFileTail(final Path file, final FileChannel channel, final long position, final long fileLength)
    {
        this.file = file;
        this.channel = channel;
        this.start = position + QueueFileDescriptor.HEADER_LENGTH;
        this.fileLength = fileLength;
    }

    /** Bytes up to the last one that is not zero. */
    long length()
    {
        end = start;
        final ByteBuffer bytes = ByteBuffer.allocateDirect(READ_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        try (WrittenRanges written = new WrittenRanges(file))
        {
            long position = written.next(start, fileLength);
            while (position < fileLength && channel.read(bytes.clear(), position) > 0)
            {
                final int last = lastNonZero(bytes.flip());
                end = last < 0 ? end : position + last + 1;
                position = written.next(position + bytes.limit(), fileLength);
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        finally
        {
            BufferUtil.free(bytes);
        }
        return end - start;
    }

    private static int lastNonZero(final ByteBuffer bytes)
    {
        int index = bytes.limit();
        while (index % Long.BYTES != 0)
        {
            if (bytes.get(--index) != 0)
            {
                return index;
            }
        }
        while (index > 0 && bytes.getLong(index - Long.BYTES) == 0)
        {
            index -= Long.BYTES;
        }
        while (index > 0 && bytes.get(index - 1) == 0)
        {
            index--;
        }
        return index - 1;
    }

    /** Position of a complete document that holds a record, or {@link #NONE}; to be called after {@link #length()}. */
    long findDocument()
    {
        for (long position = start; position < end; position += STEP_LENGTH)
        {
            final long found = findDocument(position);
            if (found != NONE)
            {
                return found;
            }
        }
        return NONE;
    }

    private long findDocument(final long windowPosition)
    {
        MappedByteBuffer mapped = null;
        try
        {
            mapped = channel.map(FileChannel.MapMode.READ_ONLY, windowPosition,
                Math.min(fileLength - windowPosition, WINDOW_LENGTH));
            window.wrap(mapped);
            final int limit = Math.min(STEP_LENGTH, window.capacity() - QueueFileDescriptor.HEADER_LENGTH);
            int offset = windowPosition == start ? ownRecordsLength() : 0;
            while (offset < limit && !isDocument(offset))
            {
                offset += QueueFileDescriptor.ALIGNMENT;
            }
            return offset < limit ? windowPosition + offset : NONE;
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        finally
        {
            window.wrap(0, 0);
            BufferUtil.free(mapped);
        }
    }

    /** The records of the document whose header is missing: what looks like a document within them is none. */
    private int ownRecordsLength()
    {
        int offset = 0;
        while (isRecord(window, offset, window.capacity() - offset))
        {
            offset += RecordDescriptor.recordLength(window, offset);
        }
        return offset;
    }

    private boolean isDocument(final int offset)
    {
        final int header = window.getInt(offset);
        final int recordOffset = offset + QueueFileDescriptor.HEADER_LENGTH;
        return QueueFileDescriptor.isComplete(header) && !QueueFileDescriptor.isMetaData(header) &&
            isRecord(window, recordOffset,
                Math.min(QueueFileDescriptor.length(header), window.capacity() - recordOffset));
    }

    /** Whether a record stands there that is whole. */
    static boolean isRecord(final DirectBuffer buffer, final int offset, final int available)
    {
        return RecordDescriptor.isLengthValid(buffer, offset, available) &&
            RecordDescriptor.format(buffer, offset) == RecordDescriptor.FORMAT &&
            RecordDescriptor.computeChecksum(buffer, offset) == RecordDescriptor.checksum(buffer, offset);
    }
}
