package io.lockstep.sequencer.apply;

import io.lockstep.sbe.MessageHeaderEncoder;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

import java.util.ArrayList;
import java.util.List;

/**
 * Encodes inputs one after the other and keeps each with what it changes.
 */
final class ChangeList
{
    private final List<ConfigurationChange> changes = new ArrayList<>();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final String user;

    /**
     * @param user who gives the inputs, as they say it; empty for the node itself.
     */
    ChangeList(final String user)
    {
        this.user = user;
    }

    String user()
    {
        return user;
    }

    /** Where the next message is encoded, at offset 0. */
    ExpandableArrayBuffer buffer()
    {
        return buffer;
    }

    MessageHeaderEncoder header()
    {
        return header;
    }

    /** Takes over the message that has been encoded. */
    void add(
        final ConfigurationChange.Kind kind,
        final String subject,
        final String before,
        final String after,
        final MessageEncoderFlyweight encoded)
    {
        final byte[] message = new byte[MessageHeaderEncoder.ENCODED_LENGTH + encoded.encodedLength()];
        buffer.getBytes(0, message);
        changes.add(new ConfigurationChange(kind, subject, before, after, new UnsafeBuffer(message)));
    }

    List<ConfigurationChange> list()
    {
        return List.copyOf(changes);
    }
}
