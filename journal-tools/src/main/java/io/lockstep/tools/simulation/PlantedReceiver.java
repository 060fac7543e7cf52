package io.lockstep.tools.simulation;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.transport.MessageHandler;
import io.lockstep.codecs.transport.MessageReceiver;
import io.lockstep.sbe.HelloDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Takes one more decision for received than a Hello says.
 */
final class PlantedReceiver implements MessageReceiver
{
    private static final int RECEIVED_OFFSET = RecordDescriptor.HEADER_LENGTH + MessageHeaderDecoder.ENCODED_LENGTH +
        HelloDecoder.decisionsReceivedEncodingOffset();

    private final MessageReceiver real;

    PlantedReceiver(final MessageReceiver real)
    {
        this.real = real;
    }

    @Override
    public int poll(final MessageHandler handler, final int limit)
    {
        return real.poll((buffer, offset, length, sessionId) -> handler.onMessage(
            RecordDescriptor.templateId(buffer, offset) == HelloDecoder.TEMPLATE_ID
                ? changed(buffer, offset, length)
                : buffer,
            RecordDescriptor.templateId(buffer, offset) == HelloDecoder.TEMPLATE_ID ? 0 : offset, length, sessionId),
            limit);
    }

    private static DirectBuffer changed(final DirectBuffer buffer, final int offset, final int length)
    {
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
        copy.putBytes(0, buffer, offset, length);
        final long received = copy.getLong(RECEIVED_OFFSET);
        copy.putLong(RECEIVED_OFFSET, received == 0 ? 0 : received + 1);
        return copy;
    }

    @Override
    public boolean isConnected()
    {
        return real.isConnected();
    }
}
