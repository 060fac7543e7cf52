package io.lockstep.codecs;

import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.RecordKind;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

/**
 * Layout of a record, the unit of the journal and of every Aeron message. {@code sbe/journal.xml} is its document.
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |                        record length                          |   0
 *  +---------------+---------------+-------------------------------+
 *  |     kind      |    format     |             shard             |   4
 *  +---------------+---------------+-------------------------------+
 *  |                           checksum                            |   8
 *  |                  (of all bytes from 24 to the end)            |
 *  +---------------------------------------------------------------+
 *  |                             chain                             |  16
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                            sequence                           |  24
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                            ordinal                            |  32
 *  +---------------------------------------------------------------+
 *  |                          incarnation                          |  36
 *  +---------------------------------------------------------------+
 *  |                        source sequence                        |  40
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                           source id                           |  48
 *  +---------------------------------------------------------------+
 *  |                         source session                        |  52
 *  +---------------------------------------------------------------+
 *  |                           venue time                          |  56
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                          gateway time                         |  64
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                         sequencer time                        |  72
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                           wall time                           |  80
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |               SBE messageHeader and message ...               |  88
 *  +---------------------------------------------------------------+
 *  |                  zeros up to a multiple of 8                  |
 *  +---------------------------------------------------------------+
 * </pre>
 * The record length covers the alignment, and so does the checksum: there is no byte of a record that may change unseen.
 */
public final class RecordDescriptor
{
    public static final int ALIGNMENT = 8;
    public static final int FORMAT = 1;

    public static final int LENGTH_OFFSET = 0;
    public static final int KIND_OFFSET = 4;
    public static final int FORMAT_OFFSET = 5;
    public static final int SHARD_OFFSET = 6;
    public static final int CHECKSUM_OFFSET = 8;
    public static final int CHAIN_OFFSET = 16;
    public static final int SEQUENCE_OFFSET = 24;
    public static final int ORDINAL_OFFSET = 32;
    public static final int INCARNATION_OFFSET = 36;
    public static final int SOURCE_SEQUENCE_OFFSET = 40;
    public static final int SOURCE_ID_OFFSET = 48;
    public static final int SOURCE_SESSION_OFFSET = 52;
    public static final int VENUE_TIME_OFFSET = 56;
    public static final int GATEWAY_TIME_OFFSET = 64;
    public static final int SEQUENCER_TIME_OFFSET = 72;
    public static final int WALL_TIME_OFFSET = 80;
    public static final int HEADER_LENGTH = 88;

    /** Offset of the first field of the message itself. */
    public static final int BODY_OFFSET = HEADER_LENGTH + MessageHeaderDecoder.ENCODED_LENGTH;

    private RecordDescriptor()
    {
    }

    /** Length of a record that carries so many bytes of SBE, messageHeader included. */
    public static int recordLength(final int messageLength)
    {
        return BitUtil.align(HEADER_LENGTH + messageLength, ALIGNMENT);
    }

    /**
     * Zeroes the header, writes length and kind, and zeroes the bytes up to the alignment.
     *
     * @param messageLength bytes of SBE after the header, messageHeader included.
     * @return the record's length.
     */
    public static int begin(
        final MutableDirectBuffer buffer, final int offset, final RecordKind kind, final int messageLength)
    {
        final int length = recordLength(messageLength);
        buffer.setMemory(offset, HEADER_LENGTH, (byte)0);
        final int messageEnd = HEADER_LENGTH + messageLength;
        if (length > messageEnd)
        {
            buffer.setMemory(offset + messageEnd, length - messageEnd, (byte)0);
        }
        buffer.putInt(offset + LENGTH_OFFSET, length, LITTLE_ENDIAN);
        buffer.putByte(offset + KIND_OFFSET, (byte)kind.value());
        buffer.putByte(offset + FORMAT_OFFSET, (byte)FORMAT);
        return length;
    }

    /**
     * Computes checksum and chain; the last thing done to a record before it is committed.
     *
     * @return the record's chain.
     */
    public static long seal(final MutableDirectBuffer buffer, final int offset, final long previousChain)
    {
        return sealChain(buffer, offset, sealChecksum(buffer, offset), previousChain);
    }

    /** The first half of {@link #seal}: what depends on the record alone. Returns the checksum. */
    public static long sealChecksum(final MutableDirectBuffer buffer, final int offset)
    {
        final long checksum = computeChecksum(buffer, offset);
        buffer.putLong(offset + CHECKSUM_OFFSET, checksum, LITTLE_ENDIAN);
        return checksum;
    }

    /** The second half of {@link #seal}: what depends on the record's place in the journal. Returns the chain. */
    public static long sealChain(final MutableDirectBuffer buffer, final int offset, final long previousChain)
    {
        return sealChain(buffer, offset, checksum(buffer, offset), previousChain);
    }

    private static long sealChain(
        final MutableDirectBuffer buffer, final int offset, final long checksum, final long previousChain)
    {
        final long chain = Xxh64.chain(previousChain, checksum);
        buffer.putLong(offset + CHAIN_OFFSET, chain, LITTLE_ENDIAN);
        return chain;
    }

    public static long computeChecksum(final DirectBuffer buffer, final int offset)
    {
        // Length, kind, format and shard in one word; the length is its lower half.
        final long beginning = buffer.getLong(offset + LENGTH_OFFSET, LITTLE_ENDIAN);
        final int length = (int)beginning;
        return Xxh64.hash(buffer, offset + SEQUENCE_OFFSET, length - SEQUENCE_OFFSET, beginning);
    }

    /**
     * Whether the length at the offset can be that of a record that ends within the bytes available.
     */
    public static boolean isLengthValid(final DirectBuffer buffer, final int offset, final int available)
    {
        if (available < BODY_OFFSET)
        {
            return false;
        }
        final int length = recordLength(buffer, offset);
        return length >= BODY_OFFSET && length <= available && (length & (ALIGNMENT - 1)) == 0;
    }

    public static int recordLength(final DirectBuffer buffer, final int offset)
    {
        return buffer.getInt(offset + LENGTH_OFFSET, LITTLE_ENDIAN);
    }

    public static int kind(final DirectBuffer buffer, final int offset)
    {
        return buffer.getByte(offset + KIND_OFFSET) & 0xFF;
    }

    public static int format(final DirectBuffer buffer, final int offset)
    {
        return buffer.getByte(offset + FORMAT_OFFSET) & 0xFF;
    }

    public static int shard(final DirectBuffer buffer, final int offset)
    {
        return buffer.getShort(offset + SHARD_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }

    public static void shard(final MutableDirectBuffer buffer, final int offset, final int shard)
    {
        buffer.putShort(offset + SHARD_OFFSET, (short)shard, LITTLE_ENDIAN);
    }

    public static long checksum(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset + CHECKSUM_OFFSET, LITTLE_ENDIAN);
    }

    public static long chain(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset + CHAIN_OFFSET, LITTLE_ENDIAN);
    }

    public static long sequence(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset + SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }

    public static void sequence(final MutableDirectBuffer buffer, final int offset, final long sequence)
    {
        buffer.putLong(offset + SEQUENCE_OFFSET, sequence, LITTLE_ENDIAN);
    }

    public static int ordinal(final DirectBuffer buffer, final int offset)
    {
        return buffer.getInt(offset + ORDINAL_OFFSET, LITTLE_ENDIAN);
    }

    public static void ordinal(final MutableDirectBuffer buffer, final int offset, final int ordinal)
    {
        buffer.putInt(offset + ORDINAL_OFFSET, ordinal, LITTLE_ENDIAN);
    }

    public static int incarnation(final DirectBuffer buffer, final int offset)
    {
        return buffer.getInt(offset + INCARNATION_OFFSET, LITTLE_ENDIAN);
    }

    public static void incarnation(final MutableDirectBuffer buffer, final int offset, final int incarnation)
    {
        buffer.putInt(offset + INCARNATION_OFFSET, incarnation, LITTLE_ENDIAN);
    }

    public static long sourceSequence(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset + SOURCE_SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }

    public static void sourceSequence(final MutableDirectBuffer buffer, final int offset, final long sourceSequence)
    {
        buffer.putLong(offset + SOURCE_SEQUENCE_OFFSET, sourceSequence, LITTLE_ENDIAN);
    }

    public static int sourceId(final DirectBuffer buffer, final int offset)
    {
        return buffer.getInt(offset + SOURCE_ID_OFFSET, LITTLE_ENDIAN);
    }

    public static void sourceId(final MutableDirectBuffer buffer, final int offset, final int sourceId)
    {
        buffer.putInt(offset + SOURCE_ID_OFFSET, sourceId, LITTLE_ENDIAN);
    }

    public static int sourceSession(final DirectBuffer buffer, final int offset)
    {
        return buffer.getInt(offset + SOURCE_SESSION_OFFSET, LITTLE_ENDIAN);
    }

    public static void sourceSession(final MutableDirectBuffer buffer, final int offset, final int sourceSession)
    {
        buffer.putInt(offset + SOURCE_SESSION_OFFSET, sourceSession, LITTLE_ENDIAN);
    }

    public static long venueTimeNs(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset + VENUE_TIME_OFFSET, LITTLE_ENDIAN);
    }

    public static void venueTimeNs(final MutableDirectBuffer buffer, final int offset, final long timeNs)
    {
        buffer.putLong(offset + VENUE_TIME_OFFSET, timeNs, LITTLE_ENDIAN);
    }

    public static long gatewayTimeNs(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset + GATEWAY_TIME_OFFSET, LITTLE_ENDIAN);
    }

    public static void gatewayTimeNs(final MutableDirectBuffer buffer, final int offset, final long timeNs)
    {
        buffer.putLong(offset + GATEWAY_TIME_OFFSET, timeNs, LITTLE_ENDIAN);
    }

    public static long sequencerTimeNs(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset + SEQUENCER_TIME_OFFSET, LITTLE_ENDIAN);
    }

    public static void sequencerTimeNs(final MutableDirectBuffer buffer, final int offset, final long timeNs)
    {
        buffer.putLong(offset + SEQUENCER_TIME_OFFSET, timeNs, LITTLE_ENDIAN);
    }

    public static long wallTimeNs(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset + WALL_TIME_OFFSET, LITTLE_ENDIAN);
    }

    public static void wallTimeNs(final MutableDirectBuffer buffer, final int offset, final long timeNs)
    {
        buffer.putLong(offset + WALL_TIME_OFFSET, timeNs, LITTLE_ENDIAN);
    }

    public static int templateId(final DirectBuffer buffer, final int offset)
    {
        return buffer.getShort(offset + HEADER_LENGTH + MessageHeaderDecoder.templateIdEncodingOffset(),
            LITTLE_ENDIAN) & 0xFFFF;
    }

    public static int schemaId(final DirectBuffer buffer, final int offset)
    {
        return buffer.getShort(offset + HEADER_LENGTH + MessageHeaderDecoder.schemaIdEncodingOffset(),
            LITTLE_ENDIAN) & 0xFFFF;
    }

    public static int blockLength(final DirectBuffer buffer, final int offset)
    {
        return buffer.getShort(offset + HEADER_LENGTH + MessageHeaderDecoder.blockLengthEncodingOffset(),
            LITTLE_ENDIAN) & 0xFFFF;
    }

    public static int version(final DirectBuffer buffer, final int offset)
    {
        return buffer.getShort(offset + HEADER_LENGTH + MessageHeaderDecoder.versionEncodingOffset(),
            LITTLE_ENDIAN) & 0xFFFF;
    }
}
