package io.lockstep.sequencer.archive;

import io.lockstep.codecs.Xxh64;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.SegmentId;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

/**
 * How far a copy is on its disk for certain: all segments before this one, and this one up to a document's end. What the copy's
 * files hold behind it may be anything after an outage. It is written in turns to two places, each with a checksum, so that one
 * is always whole.
 * <pre>
 *  0  generation   8 incarnation  12 segment  16 position  24 checksum of what is before it
 * </pre>
 *
 * @param segment  null when nothing was copied.
 * @param position in the segment's file.
 */
record ArchiveMark(long generation, SegmentId segment, long position)
{
    static final ArchiveMark NONE = new ArchiveMark(0, null, 0);

    private static final String FILE_NAME = "copied.dat";
    private static final int PLACE_LENGTH = 4096;
    private static final int CHECKSUM_OFFSET = 24;
    private static final int LENGTH = CHECKSUM_OFFSET + Long.BYTES;

    static Path file(final NodeDirectory archive)
    {
        return archive.path().resolve(FILE_NAME);
    }

    /** The newest that is whole. */
    static ArchiveMark read(final NodeDirectory archive) throws IOException
    {
        ArchiveMark newest = NONE;
        if (Files.exists(file(archive)))
        {
            final byte[] bytes = Files.readAllBytes(file(archive));
            for (int offset = 0; offset + LENGTH <= bytes.length; offset += PLACE_LENGTH)
            {
                final ArchiveMark mark = decode(new UnsafeBuffer(bytes, offset, LENGTH));
                newest = mark != null && mark.generation > newest.generation ? mark : newest;
            }
        }
        return newest;
    }

    private static ArchiveMark decode(final UnsafeBuffer buffer)
    {
        final long generation = buffer.getLong(0, LITTLE_ENDIAN);
        return generation == 0 || buffer.getLong(CHECKSUM_OFFSET, LITTLE_ENDIAN) != checksum(buffer)
            ? null
            : new ArchiveMark(generation,
                new SegmentId(buffer.getInt(8, LITTLE_ENDIAN), buffer.getInt(12, LITTLE_ENDIAN)),
                buffer.getLong(16, LITTLE_ENDIAN));
    }

    private static long checksum(final UnsafeBuffer buffer)
    {
        return Xxh64.hash(buffer, 0, CHECKSUM_OFFSET, 0);
    }

    ArchiveMark next(final SegmentId newSegment, final long newPosition)
    {
        return new ArchiveMark(generation + 1, newSegment, newPosition);
    }

    /** Returns when it is on the disk. */
    void write(final NodeDirectory archive, final ArchiveFiles files) throws IOException
    {
        final ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        buffer.putLong(0, generation, LITTLE_ENDIAN);
        buffer.putInt(8, segment.incarnation(), LITTLE_ENDIAN);
        buffer.putInt(12, segment.segment(), LITTLE_ENDIAN);
        buffer.putLong(16, position, LITTLE_ENDIAN);
        buffer.putLong(CHECKSUM_OFFSET, checksum(buffer), LITTLE_ENDIAN);
        final FileChannel channel = files.open(file(archive));
        try
        {
            files.write(channel, bytes, generation % 2 * PLACE_LENGTH);
            files.force(channel, true);
        }
        finally
        {
            CloseHelper.close(channel);
        }
    }
}
