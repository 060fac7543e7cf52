package io.lockstep.gateways.orders;

import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import static io.lockstep.gateways.orders.RequestLogDescriptor.HEADER_LENGTH;
import static io.lockstep.gateways.orders.RequestLogDescriptor.RECORD_LENGTH;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

/**
 * Reads one file of a log when it is opened, and tells apart what a killed writer leaves and what is damage.
 */
final class RequestLogScan
{
    /** What the beginning of a file says about it. */
    enum Header
    {
        /** The file is in use, or was until the next one took its place. */
        VALID,
        /** The file is cleaned, being cleaned, or was being filled: nothing in it counts. */
        NONE, DAMAGED
    }

    private final Path path;
    private final UnsafeBuffer buffer;
    private final int length;
    private int records;
    private boolean isTorn;

    private RequestLogScan(final Path path, final ByteBuffer content)
    {
        this.path = path;
        buffer = new UnsafeBuffer(content);
        length = content.limit();
    }

    static RequestLogScan read(final Path path) throws IOException
    {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ))
        {
            if (channel.size() > RequestLogOptions.FILE_LENGTH_MAX || channel.size() < HEADER_LENGTH)
            {
                throw new RequestLogException("order gateway's log damaged: file=" + path + " offset=0: expected " +
                    HEADER_LENGTH + " to " + RequestLogOptions.FILE_LENGTH_MAX + " bytes, found " + channel.size());
            }
            final ByteBuffer content = ByteBuffer.allocateDirect((int)channel.size());
            while (content.hasRemaining() && channel.read(content, content.position()) >= 0)
            {
                // Until all of it is here.
            }
            return new RequestLogScan(path, content.flip());
        }
    }

    Header header()
    {
        if (!RequestLogDescriptor.isCommitted(buffer, 0, HEADER_LENGTH))
        {
            return 0 == buffer.getByte(HEADER_LENGTH - 1) ? Header.NONE : Header.DAMAGED;
        }
        return RequestLogDescriptor.isChecksumRight(buffer, 0, HEADER_LENGTH) ? Header.VALID : Header.DAMAGED;
    }

    /** Whether it is the file that a log begins with, and the log has never moved to the other. */
    boolean isFirst()
    {
        return Header.VALID == header() && 1 == generation();
    }

    int generation()
    {
        return buffer.getInt(RequestLogDescriptor.HEADER_GENERATION_OFFSET, LITTLE_ENDIAN);
    }

    long firstNumber()
    {
        return buffer.getLong(RequestLogDescriptor.FIRST_NUMBER_OFFSET, LITTLE_ENDIAN);
    }

    UnsafeBuffer buffer()
    {
        return buffer;
    }

    int length()
    {
        return length;
    }

    Path path()
    {
        return path;
    }

    int records()
    {
        return records;
    }

    /** Whether the writer died while it wrote the record behind the last. */
    boolean isTorn()
    {
        return isTorn;
    }

    /**
     * Of a valid header.
     *
     * @throws RequestLogException when the log is another's, or of a format that this version does not read.
     */
    void requireIdentity(final RequestLogIdentity expected)
    {
        if (buffer.getLong(RequestLogDescriptor.MAGIC_OFFSET, LITTLE_ENDIAN) != RequestLogDescriptor.MAGIC ||
            buffer.getInt(RequestLogDescriptor.FORMAT_OFFSET, LITTLE_ENDIAN) != RequestLogDescriptor.FORMAT)
        {
            throw damaged(RequestLogDescriptor.MAGIC_OFFSET, "an order gateway's log of format " +
                RequestLogDescriptor.FORMAT,
                "format " +
                    buffer.getInt(RequestLogDescriptor.FORMAT_OFFSET, LITTLE_ENDIAN));
        }
        final RequestLogIdentity found = new RequestLogIdentity(text(RequestLogDescriptor.VENUE_OFFSET),
            text(RequestLogDescriptor.ACCOUNT_OFFSET),
            buffer.getInt(RequestLogDescriptor.SHARD_OFFSET, LITTLE_ENDIAN));
        if (!found.equals(expected))
        {
            throw new RequestLogException("order gateway's log is another's: file=" + path + " offset=" +
                RequestLogDescriptor.SHARD_OFFSET + ": expected " + expected + ", found " + found);
        }
        final int recordsMax = buffer.getInt(RequestLogDescriptor.RECORDS_MAX_OFFSET, LITTLE_ENDIAN);
        if (recordsMax != RequestLogFile.recordsMax(length))
        {
            throw damaged(length, "a file of " + RequestLogFile.offset(recordsMax) + " bytes", length + " bytes");
        }
    }

    private String text(final int offset)
    {
        final int textLength = Math.min(Math.max(0, buffer.getInt(offset, LITTLE_ENDIAN)),
            RequestLogIdentity.NAME_LENGTH_MAX);
        final byte[] bytes = new byte[textLength];
        buffer.getBytes(offset + Integer.BYTES, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * Finds the end.
     *
     * @throws RequestLogException when something before it is damaged.
     */
    void requireWhole()
    {
        final int recordsMax = RequestLogFile.recordsMax(length);
        while (records < recordsMax && isWhole(records))
        {
            records++;
        }
        if (records < recordsMax)
        {
            isTorn = !RequestLogDescriptor.isZero(buffer, offset(records), RECORD_LENGTH);
            requireNothingBehind(records + 1, recordsMax);
        }
    }

    private boolean isWhole(final int record)
    {
        final int offset = offset(record);
        if (!RequestLogDescriptor.isCommitted(buffer, offset, RECORD_LENGTH))
        {
            final byte mark = buffer.getByte(offset + RECORD_LENGTH - 1);
            if (0 != mark)
            {
                throw damaged(offset + RECORD_LENGTH - 1, "a commit mark or 0",
                    "0x" + Integer.toHexString(mark & 0xFF));
            }
            return false;
        }
        if (!RequestLogDescriptor.isChecksumRight(buffer, offset, RECORD_LENGTH))
        {
            throw damaged(offset, "checksum " +
                Long.toHexString(RequestLogDescriptor.checksum(buffer, offset, RECORD_LENGTH)),
                Long.toHexString(buffer.getLong(offset, LITTLE_ENDIAN)));
        }
        requirePlace(record, offset);
        return true;
    }

    private void requirePlace(final int record, final int offset)
    {
        final int generation = buffer.getInt(offset + RequestLogDescriptor.GENERATION_OFFSET, LITTLE_ENDIAN);
        final long number = buffer.getLong(offset + RequestLogDescriptor.NUMBER_OFFSET, LITTLE_ENDIAN);
        if (generation != generation() || number != firstNumber() + record)
        {
            throw damaged(offset, "record " + (firstNumber() + record) + " of generation " + generation(),
                "record " + number + " of generation " + generation);
        }
    }

    /** A writer that was killed leaves nothing behind the record that it was writing. */
    private void requireNothingBehind(final int first, final int recordsMax)
    {
        for (int record = first; record < recordsMax; record++)
        {
            if (!RequestLogDescriptor.isZero(buffer, offset(record), RECORD_LENGTH))
            {
                throw damaged(offset(records),
                    "record " + (firstNumber() + records) + ", for there are records behind it",
                    "none, and one at offset " + offset(record));
            }
        }
    }

    private static int offset(final int record)
    {
        return (int)RequestLogFile.offset(record);
    }

    int recordOffset(final int record)
    {
        return offset(record);
    }

    private RequestLogException damaged(final int offset, final String expected, final String found)
    {
        return new RequestLogException("order gateway's log damaged: file=" + path + " offset=" + offset +
            ": expected " + expected + ", found " + found + advice());
    }

    static String advice()
    {
        return "; nothing was sent. Look at the venue's open orders first; then move the log's directory away and start "
            +
            "once with --accept-new-log";
    }
}
