package io.lockstep.codecs;

import io.lockstep.sbe.GroupSizeEncodingDecoder;
import org.agrona.DirectBuffer;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

/**
 * How the bytes of one message are laid out: the block of fixed length, the repeating groups and the texts behind it, each with
 * the schema version that it came with. What {@link #end} has measured, a decoder can read without leaving the message.
 * <p>
 * Immutable; no allocation once made. {@link MessageShapes} has one for each message that a node takes over its links.
 */
public final class MessageShape
{
    /** In place of an end: the block is shorter than the fields of its version, or leaves the message. */
    public static final int BLOCK_TOO_SHORT = -1;
    /** In place of an end: a group or a text leaves the message, or the entries of a group are shorter than their fields. */
    public static final int GROUPS_TOO_SHORT = -2;

    private final int templateId;
    private final String name;
    private final Kind kind;
    private final int sinceVersion;
    private final Block block;

    /** What a node does with a message that arrives over a link. */
    public enum Kind
    {
        /** It is journaled and decided upon; of a gateway. */
        INPUT,
        /** It is an input that an operator gives, or whoever steers the node. */
        COMMAND,
        /** It is about the link and is not journaled. */
        LINK,
        /** It is an input that only the node itself may say. */
        NODE_INPUT
    }

    /**
     * Fields of fixed length and what follows them: a message's, or those of a group's entry.
     *
     * @param lengthByVersion least length of the fixed fields, by schema version.
     * @param groups          in their order.
     * @param texts           behind the groups, in their order.
     */
    record Block(int[] lengthByVersion, Group[] groups, Text[] texts)
    {
        private boolean isFixed()
        {
            return groups.length == 0 && texts.length == 0;
        }

        private int lengthMin(final int version)
        {
            return lengthByVersion[Math.min(version, lengthByVersion.length - 1)];
        }

        /** Where what begins behind the fixed fields ends. */
        private int endOfRest(final DirectBuffer buffer, final int offset, final int end, final int version)
        {
            int limit = offset;
            for (final Group group : groups)
            {
                if (version >= group.sinceVersion)
                {
                    limit = group.end(buffer, limit, end, version);
                    if (limit < 0)
                    {
                        return limit;
                    }
                }
            }
            for (final Text text : texts)
            {
                if (version >= text.sinceVersion)
                {
                    limit = text.end(buffer, limit, end);
                    if (limit < 0)
                    {
                        return limit;
                    }
                }
            }
            return limit;
        }
    }

    /**
     * Text or bytes of variable length.
     *
     * @param sinceVersion schema version that it came with.
     * @param isLong       whether its length takes 4 bytes, not 2.
     */
    record Text(int sinceVersion, boolean isLong)
    {
        private int end(final DirectBuffer buffer, final int offset, final int end)
        {
            final int first = offset + (isLong ? Integer.BYTES : Short.BYTES);
            if (first > end)
            {
                return GROUPS_TOO_SHORT;
            }
            final long length = isLong
                ? buffer.getInt(offset, LITTLE_ENDIAN) & 0xFFFF_FFFFL
                : buffer.getShort(offset, LITTLE_ENDIAN) & 0xFFFF;
            return length > end - first ? GROUPS_TOO_SHORT : first + (int)length;
        }
    }

    /**
     * A repeating group.
     *
     * @param sinceVersion schema version that it came with.
     * @param entry        each entry.
     */
    record Group(int sinceVersion, Block entry)
    {
        private int end(final DirectBuffer buffer, final int offset, final int end, final int version)
        {
            if (end - offset < GroupSizeEncodingDecoder.ENCODED_LENGTH)
            {
                return GROUPS_TOO_SHORT;
            }
            final int entryLength = buffer.getShort(offset, LITTLE_ENDIAN) & 0xFFFF;
            final int count = buffer.getShort(
                offset + GroupSizeEncodingDecoder.numInGroupEncodingOffset(), LITTLE_ENDIAN) & 0xFFFF;
            final int first = offset + GroupSizeEncodingDecoder.ENCODED_LENGTH;
            // As a long: the product of two such counts does not fit in an int.
            if (count > 0 && entryLength < entry.lengthMin(version) || (long)entryLength * count > end - first)
            {
                return GROUPS_TOO_SHORT;
            }
            return entry.isFixed()
                ? first + entryLength * count
                : endOfEntries(buffer, first, end, version, entryLength, count);
        }

        private int endOfEntries(
            final DirectBuffer buffer, final int first, final int end, final int version, final int entryLength,
            final int count)
        {
            int limit = first;
            for (int i = 0; i < count && limit >= 0; i++)
            {
                limit = entryLength > end - limit
                    ? GROUPS_TOO_SHORT
                    : entry.endOfRest(buffer, limit + entryLength, end, version);
            }
            return limit;
        }
    }

    MessageShape(
        final int templateId, final String name, final Kind kind, final int sinceVersion, final Block block)
    {
        this.templateId = templateId;
        this.name = name;
        this.kind = kind;
        this.sinceVersion = sinceVersion;
        this.block = block;
    }

    public int templateId()
    {
        return templateId;
    }

    /** As the schema has it. */
    public String name()
    {
        return name;
    }

    public Kind kind()
    {
        return kind;
    }

    @Override
    public String toString()
    {
        return name;
    }

    /** Schema version that the message came with: an earlier one has none. */
    public int sinceVersion()
    {
        return sinceVersion;
    }

    /**
     * Measures a message.
     *
     * @param offset      of its block.
     * @param end         where its bytes end.
     * @param version     schema version it was written with, not above this build's.
     * @param blockLength as its header says.
     * @return where its last field ends, not behind {@code end}; {@link #BLOCK_TOO_SHORT} or {@link #GROUPS_TOO_SHORT} for one that
     *         a decoder could not read within its bytes.
     */
    public int end(
        final DirectBuffer buffer, final int offset, final int end, final int version, final int blockLength)
    {
        if (blockLength < block.lengthMin(version) || blockLength > end - offset)
        {
            return BLOCK_TOO_SHORT;
        }
        return block.endOfRest(buffer, offset + blockLength, end, version);
    }
}
