package io.lockstep.gateways.orders;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Xxh64;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

/**
 * Layout of the write-ahead log's files: a header of 512 bytes, then records of 128 bytes, then zeros to the end.
 * <pre>
 *   header                               record
 *     0  checksum                          0  checksum
 *     8  magic number                      8  generation of the file
 *    16  format                           12  type
 *    20  generation, +1 each compaction   13  answered, of a request
 *    24  shard                            14  template id of the request
 *    28  records that fit                 16  number, +1 each over all files of a log
 *    32  number of the first record       24  egress sequence of the decision
 *    40  egress sequence handled          32  sequence of the decision's input
 *    48  sequence of that decision        40  incarnation that decided
 *    56  its incarnation                  44  ordinal of the decision
 *    60  its ordinal                      48  hash of the request's content
 *    64  newest ExecID the node has       56  newest ExecID the node has
 *    72  venue: length, text              64  ClOrdID
 *   204  account: length, text            82  OrigClOrdID
 *                                        100  instrument id
 *                                        104  side
 *   511  commit mark                     127  commit mark
 * </pre>
 * The commit mark is the last byte that is written: where it is missing and nothing follows, the writer died while it wrote
 * (a torn tail, which was never relied on); where it is there and the checksum is wrong, the file was damaged afterwards. A
 * record lies within one sector, so that a sector is written with all of it or none.
 */
final class RequestLogDescriptor
{
    static final int HEADER_LENGTH = 512;
    static final int RECORD_LENGTH = 128;
    static final long MAGIC = 0x474F_4C51_4552_4B4CL;
    static final int FORMAT = 1;
    static final byte COMMITTED = (byte)0xA5;

    static final int CHECKSUM_OFFSET = 0;

    static final int MAGIC_OFFSET = 8;
    static final int FORMAT_OFFSET = 16;
    static final int HEADER_GENERATION_OFFSET = 20;
    static final int SHARD_OFFSET = 24;
    static final int RECORDS_MAX_OFFSET = 28;
    static final int FIRST_NUMBER_OFFSET = 32;
    static final int HANDLED_EGRESS_OFFSET = 40;
    static final int HANDLED_SEQUENCE_OFFSET = 48;
    static final int HANDLED_INCARNATION_OFFSET = 56;
    static final int HANDLED_ORDINAL_OFFSET = 60;
    static final int HEADER_EXEC_ID_OFFSET = 64;
    static final int VENUE_OFFSET = 72;
    static final int ACCOUNT_OFFSET = VENUE_OFFSET + Integer.BYTES + RequestLogIdentity.NAME_LENGTH_MAX;

    static final int GENERATION_OFFSET = 8;
    static final int TYPE_OFFSET = 12;
    static final int ANSWERED_OFFSET = 13;
    static final int TEMPLATE_OFFSET = 14;
    static final int NUMBER_OFFSET = 16;
    static final int EGRESS_OFFSET = 24;
    static final int SEQUENCE_OFFSET = 32;
    static final int INCARNATION_OFFSET = 40;
    static final int ORDINAL_OFFSET = 44;
    static final int CONTENT_HASH_OFFSET = 48;
    static final int EXEC_ID_OFFSET = 56;
    static final int CL_ORD_ID_OFFSET = 64;
    static final int ORIG_CL_ORD_ID_OFFSET = CL_ORD_ID_OFFSET + ClOrdIds.LENGTH;
    static final int INSTRUMENT_OFFSET = 100;
    static final int SIDE_OFFSET = 104;

    /** A request that is about to be handed to the venue. */
    static final byte TYPE_REQUEST = 1;
    /** The answer to the request with this ClOrdID is in the node's journal. */
    static final byte TYPE_ANSWERED = 2;
    /** Decisions up to this one are handled; none of them since the record before is a request. */
    static final byte TYPE_HANDLED = 3;

    private RequestLogDescriptor()
    {
    }

    /** Writes checksum and commit mark into the last fields of a header or record of this length. */
    static void seal(final MutableDirectBuffer buffer, final int offset, final int length)
    {
        buffer.putByte(offset + length - 1, COMMITTED);
        buffer.putLong(offset + CHECKSUM_OFFSET, checksum(buffer, offset, length), LITTLE_ENDIAN);
    }

    static boolean isCommitted(final DirectBuffer buffer, final int offset, final int length)
    {
        return COMMITTED == buffer.getByte(offset + length - 1);
    }

    static boolean isChecksumRight(final DirectBuffer buffer, final int offset, final int length)
    {
        return buffer.getLong(offset + CHECKSUM_OFFSET, LITTLE_ENDIAN) == checksum(buffer, offset, length);
    }

    static long checksum(final DirectBuffer buffer, final int offset, final int length)
    {
        return Xxh64.hash(buffer, offset + Long.BYTES, length - Long.BYTES, FORMAT);
    }

    static boolean isZero(final DirectBuffer buffer, final int offset, final int length)
    {
        for (int i = 0; i < length; i += Long.BYTES)
        {
            if (0 != buffer.getLong(offset + i))
            {
                return false;
            }
        }
        return true;
    }
}
