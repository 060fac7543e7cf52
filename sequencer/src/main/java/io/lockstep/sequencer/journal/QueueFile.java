package io.lockstep.sequencer.journal;

import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The file of a Chronicle Queue, read without Chronicle: nothing that stands in it is trusted further than it was checked, no
 * lock of its writer is looked at, its index is not used, and nothing beyond the file's length is ever mapped, so that no damage
 * makes a reader wait or takes the process down. The documents are the same that Chronicle's own tailer reads.
 * <p>
 * The writer keeps room behind its last document, so a file that ends with a document has been cut.
 */
final class QueueFile implements DocumentSource
{
    /** The largest part of a file mapped at a time; a document must fit. */
    static final int WINDOW_LENGTH = 64 << 20;

    private static final int PAGE_LENGTH = 4096;

    private final Path file;
    private final FileChannel channel;
    private final UnsafeBuffer window = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer document = new UnsafeBuffer(0, 0);

    private MappedByteBuffer mapped;
    private long fileLength;
    private long windowPosition;
    private long position;
    private long index;
    private int length;

    private QueueFile(final Path file, final FileChannel channel)
    {
        this.file = file;
        this.channel = channel;
    }

    /**
     * @param segment directory of the queue.
     * @return null when its writer has not come so far as to make the file.
     * @throws SegmentDamagedException when it cannot be a queue of ours.
     */
    static QueueFile open(final Path segment)
    {
        try
        {
            final List<Path> entries;
            try (Stream<Path> list = Files.list(segment))
            {
                entries = list.sorted().toList();
            }
            final List<Path> files = entries.stream()
                .filter((path) -> path.toString().endsWith(QueueFileDescriptor.FILE_SUFFIX)).toList();
            check(segment, entries, files);
            return files.isEmpty()
                ? null
                : new QueueFile(files.get(0), FileChannel.open(files.get(0), StandardOpenOption.READ));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private static void check(final Path segment, final List<Path> entries, final List<Path> files)
    {
        for (final Path entry : entries)
        {
            if (entry.toString().endsWith(QueueFileDescriptor.DISCARD_SUFFIX))
            {
                throw new SegmentDamagedException("file=" + entry + ": Chronicle has set it aside with its records");
            }
        }
        final boolean isLost = files.isEmpty() &&
            entries.stream().anyMatch((entry) -> entry.endsWith(NodeDirectory.QUEUE_METADATA));
        if (isLost || files.size() > 1)
        {
            throw new SegmentDamagedException(
                "segment=" + segment + ": expected one " + QueueFileDescriptor.FILE_SUFFIX + " file, found " + files);
        }
    }

    @Override
    public boolean next()
    {
        while (true)
        {
            map(QueueFileDescriptor.HEADER_LENGTH);
            final int header = window.getIntVolatile((int)(position - windowPosition));
            if (QueueFileDescriptor.isUnfinished(header))
            {
                return false;
            }
            final int documentLength = documentLength(header);
            map(QueueFileDescriptor.HEADER_LENGTH + documentLength);
            final int start = (int)(position - windowPosition) + QueueFileDescriptor.HEADER_LENGTH;
            final long documentPosition = position;
            final boolean isMetaData = QueueFileDescriptor.isMetaData(header);
            checkKind(isMetaData, window.getByte(start), header);
            position = BitUtil.align(position + QueueFileDescriptor.HEADER_LENGTH + documentLength,
                QueueFileDescriptor.ALIGNMENT);
            if (!isMetaData)
            {
                index = documentPosition;
                length = documentLength;
                document.wrap(window, start, documentLength);
                return true;
            }
        }
    }

    private int documentLength(final int header)
    {
        final int documentLength = QueueFileDescriptor.length(header);
        final long end = position + QueueFileDescriptor.HEADER_LENGTH + documentLength;
        if (!QueueFileDescriptor.isComplete(header) || documentLength > WINDOW_LENGTH - PAGE_LENGTH ||
            end + QueueFileDescriptor.HEADER_LENGTH > fileLength())
        {
            throw damaged("document header: expected a document that ends before the file, found " +
                String.format(Locale.ROOT, "%08x", header));
        }
        return documentLength;
    }

    private void checkKind(final boolean isMetaData, final byte first, final int header)
    {
        if (isMetaData != QueueFileDescriptor.isMetaDataStart(first) || position == 0 && !isMetaData ||
            isMetaData && !QueueFileDescriptor.isMetaDataLength(position, QueueFileDescriptor.length(header)))
        {
            throw damaged("document header: expected " + (position == 0 ? "the queue's own" : "that of its content") +
                ", found " + String.format(Locale.ROOT, "%08x", header));
        }
    }

    /** Sees to it that so many bytes from the position on are in the window. */
    private void map(final int bytes)
    {
        final long end = position + bytes;
        if (mapped == null || position < windowPosition || end > windowPosition + window.capacity())
        {
            if (end > fileLength())
            {
                throw damaged("expected room behind the last document, the file has been cut");
            }
            remap();
        }
    }

    private void remap()
    {
        unmap();
        windowPosition = position & -PAGE_LENGTH;
        try
        {
            mapped = channel.map(FileChannel.MapMode.READ_ONLY, windowPosition,
                Math.min(fileLength - windowPosition, WINDOW_LENGTH));
            window.wrap(mapped);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private long fileLength()
    {
        try
        {
            fileLength = channel.size();
            return fileLength;
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private SegmentDamagedException damaged(final String problem)
    {
        return new SegmentDamagedException(
            "file=" + file + " position=" + position + " fileLength=" + fileLength() + ": " + problem);
    }

    @Override
    public boolean seek(final long newIndex)
    {
        if (newIndex < 0 || newIndex % QueueFileDescriptor.ALIGNMENT != 0 ||
            newIndex + QueueFileDescriptor.HEADER_LENGTH > fileLength())
        {
            return false;
        }
        position = newIndex;
        return true;
    }

    @Override
    public long checkEnd()
    {
        final QueueFileTail tail = new QueueFileTail(file, channel, position, fileLength());
        final long tornLength = tail.length();
        final long document = tornLength == 0 ? QueueFileTail.NONE : tail.findDocument();
        if (!isUnfinished())
        {
            // A live writer has gone on in between.
            return 0;
        }
        if (document != QueueFileTail.NONE)
        {
            throw damaged("no complete document here, but one behind it at position=" + document);
        }
        return tornLength;
    }

    private boolean isUnfinished()
    {
        map(QueueFileDescriptor.HEADER_LENGTH);
        return QueueFileDescriptor.isUnfinished(window.getIntVolatile((int)(position - windowPosition)));
    }

    @Override
    public DirectBuffer buffer()
    {
        return document;
    }

    @Override
    public int length()
    {
        return length;
    }

    @Override
    public long index()
    {
        return index;
    }

    /** Where the next document stands when there is one. */
    long end()
    {
        return position;
    }

    private void unmap()
    {
        window.wrap(0, 0);
        document.wrap(0, 0);
        BufferUtil.free(mapped);
        mapped = null;
    }

    @Override
    public void close()
    {
        unmap();
        CloseHelper.close(channel);
    }
}
