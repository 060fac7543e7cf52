package io.lockstep.sequencer.journal;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.RecordKind;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What stands behind the good part of a journal: whole records, known by their checksums wherever they lie, and bytes in which
 * there is none. There may have been more.
 *
 * @param records      whole ones, of every kind.
 * @param inputs       among them.
 * @param decisions    among them.
 * @param orders       new orders among the decisions.
 * @param lastSequence of the newest input among them, 0 for none.
 * @param otherBytes   that are not zero and belong to no whole record; the headers of documents are among them.
 */
public record LostRecords(
    long records, long inputs, long decisions, long orders, long lastSequence, long otherBytes)
{
    public static final LostRecords NONE = new LostRecords(0, 0, 0, 0, 0, 0);

    private static final int WINDOW_LENGTH = QueueFile.WINDOW_LENGTH;
    /** A record that begins in the first half of a window ends within it. */
    private static final int STEP_LENGTH = WINDOW_LENGTH / 2;

    /** Looks through a file from a position on. */
    static LostRecords scan(final Path file, final long from)
    {
        LostRecords lost = NONE;
        final UnsafeBuffer window = new UnsafeBuffer(0, 0);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ))
        {
            long position = from;
            while (position + Integer.BYTES <= channel.size())
            {
                final MappedByteBuffer mapped = channel.map(
                    FileChannel.MapMode.READ_ONLY, position, Math.min(channel.size() - position, WINDOW_LENGTH));
                window.wrap(mapped);
                final boolean isLast = position + window.capacity() == channel.size();
                final Scan scan = new Scan(window, isLast ? window.capacity() : STEP_LENGTH);
                lost = lost.plus(scan.found());
                position += scan.offset;
                window.wrap(0, 0);
                BufferUtil.free(mapped);
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        return lost;
    }

    LostRecords plus(final LostRecords other)
    {
        return new LostRecords(records + other.records, inputs + other.inputs, decisions + other.decisions,
            orders + other.orders, Math.max(lastSequence, other.lastSequence), otherBytes + other.otherBytes);
    }

    public boolean isEmpty()
    {
        return records == 0 && otherBytes == 0;
    }

    /** One window, step by step. */
    private static final class Scan
    {
        private final UnsafeBuffer window;
        private int offset;
        private long records;
        private long inputs;
        private long decisions;
        private long orders;
        private long lastSequence;
        private long otherBytes;

        Scan(final UnsafeBuffer window, final int limit)
        {
            this.window = window;
            while (offset < limit && offset + Integer.BYTES <= window.capacity())
            {
                offset += step();
            }
        }

        private int step()
        {
            if (window.getInt(offset) == 0)
            {
                return QueueFileDescriptor.ALIGNMENT;
            }
            if (!QueueFileTail.isRecord(window, offset, window.capacity() - offset))
            {
                otherBytes += QueueFileDescriptor.ALIGNMENT;
                return QueueFileDescriptor.ALIGNMENT;
            }
            count();
            return RecordDescriptor.recordLength(window, offset);
        }

        private void count()
        {
            final int kind = RecordDescriptor.kind(window, offset);
            records++;
            if (kind == RecordKind.INPUT.value())
            {
                inputs++;
                lastSequence = Math.max(lastSequence, RecordDescriptor.sequence(window, offset));
            }
            else if (kind == RecordKind.DECISION.value())
            {
                decisions++;
                orders += RecordDescriptor.templateId(window, offset) == NewOrderSingleDecoder.TEMPLATE_ID ? 1 : 0;
            }
        }

        LostRecords found()
        {
            return new LostRecords(records, inputs, decisions, orders, lastSequence, otherBytes);
        }
    }
}
