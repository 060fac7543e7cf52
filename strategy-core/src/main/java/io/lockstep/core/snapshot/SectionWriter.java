package io.lockstep.core.snapshot;

import io.lockstep.sbe.MessageHeaderEncoder;
import org.agrona.ExpandableDirectByteBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

/**
 * Encodes one section after the other and gives each to the {@link SectionPort}. One thread.
 */
public final class SectionWriter
{
    /** Entries of a group in one section; what has more is cut into several. */
    public static final int ENTRIES_MAX = 4_096;

    private final SectionPort port;
    private final MutableDirectBuffer buffer = new ExpandableDirectByteBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private MessageEncoderFlyweight section;

    public SectionWriter(final SectionPort port)
    {
        this.port = port;
    }

    /** Writes the header; the caller fills in the message and calls {@link #end()}. */
    public <T extends MessageEncoderFlyweight> T begin(final T encoder)
    {
        header.wrap(buffer, 0).blockLength(encoder.sbeBlockLength()).templateId(encoder.sbeTemplateId())
            .schemaId(encoder.sbeSchemaId()).version(encoder.sbeSchemaVersion());
        encoder.wrap(buffer, MessageHeaderEncoder.ENCODED_LENGTH);
        section = encoder;
        return encoder;
    }

    public void end()
    {
        port.onSection(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + section.encodedLength());
    }
}
