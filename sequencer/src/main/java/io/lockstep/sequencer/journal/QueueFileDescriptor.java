package io.lockstep.sequencer.journal;

/**
 * Layout of a Chronicle Queue file as far as documents go; Chronicle publishes it as the wire format of its documents.
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------+-+-+
 *  |                   length                          |M|I|   M: for the queue itself, I: not complete
 *  +---------------------------------------------------+-+-+
 *  |                   length bytes ...                          |
 *  +-------------------------------------------------------------+
 *  |              zeros up to a multiple of 4                    |
 *  +-------------------------------------------------------------+
 * </pre>
 * The header is written when the document is complete: while one is being written it is zero, or the incomplete mark with no
 * length. The first document is the queue's own header, and its index pages stand between the others. What the queue itself
 * writes begins with an event's name, which no record can begin with: a record's length is a multiple of 8.
 */
final class QueueFileDescriptor
{
    static final int HEADER_LENGTH = 4;
    static final int META_DATA = 0x4000_0000;
    static final int LENGTH_MASK = 0x3FFF_FFFF;
    static final int ALIGNMENT = 4;
    static final String FILE_SUFFIX = ".cq4";
    /** Behind the name of a file that Chronicle could not make sense of and has renamed. */
    static final String DISCARD_SUFFIX = ".discard";

    private static final int QUEUE_HEADER_LENGTH_MAX = 4096;
    /** 8192 entries behind the name of the event. */
    private static final int INDEX_PAGE_LENGTH_MAX = 8192 * 8 + 36;
    private static final int NOT_COMPLETE = 0x8000_0000;
    private static final byte EVENT_NAME = (byte)0xB9;

    private QueueFileDescriptor()
    {
    }

    /** Whether it is the header of a document that is yet to be written or completed. */
    static boolean isUnfinished(final int header)
    {
        return (header & LENGTH_MASK) == 0 && header != META_DATA;
    }

    /** Whether it can only be the header of a complete document. */
    static boolean isComplete(final int header)
    {
        return (header & NOT_COMPLETE) == 0 && (header & LENGTH_MASK) != 0;
    }

    static boolean isMetaData(final int header)
    {
        return (header & META_DATA) != 0;
    }

    static int length(final int header)
    {
        return header & LENGTH_MASK;
    }

    /**
     * Whether what the queue itself writes there can be so long: its header at the file's beginning, an index page elsewhere. A
     * longer one would hide what lies behind.
     */
    static boolean isMetaDataLength(final long position, final int length)
    {
        return position == 0 ? length <= QUEUE_HEADER_LENGTH_MAX : length <= INDEX_PAGE_LENGTH_MAX;
    }

    /** Whether what the queue itself writes can begin so. */
    static boolean isMetaDataStart(final byte first)
    {
        return first == EVENT_NAME;
    }
}
