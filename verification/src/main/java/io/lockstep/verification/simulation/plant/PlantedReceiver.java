package io.lockstep.verification.simulation.plant;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.transport.MessageHandler;
import io.lockstep.codecs.transport.MessageReceiver;
import io.lockstep.sbe.HelloDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Takes one more decision for received than a Hello says, or gives some messages another content.
 */
final class PlantedReceiver implements MessageReceiver
{
    private static final int RECEIVED_OFFSET = RecordDescriptor.HEADER_LENGTH + MessageHeaderDecoder.ENCODED_LENGTH +
        HelloDecoder.decisionsReceivedEncodingOffset();

    private static final int DAMAGED_EVERY = 100;

    private final MessageReceiver real;
    private final Plant plant;
    private int received;

    PlantedReceiver(final MessageReceiver real, final Plant plant)
    {
        this.real = real;
        this.plant = plant;
    }

    @Override
    public int poll(final MessageHandler handler, final int limit)
    {
        return real.poll((buffer, offset, length, sessionId) ->
        {
            received++;
            if (isChanged(buffer, offset))
            {
                handler.onMessage(changed(buffer, offset, length), 0, length, sessionId);
            }
            else
            {
                handler.onMessage(buffer, offset, length, sessionId);
            }
        }, limit);
    }

    private boolean isChanged(final DirectBuffer buffer, final int offset)
    {
        return plant == Plant.MESSAGE_DAMAGED
            ? received % DAMAGED_EVERY == 0
            : RecordDescriptor.templateId(buffer, offset) == HelloDecoder.TEMPLATE_ID;
    }

    private DirectBuffer changed(final DirectBuffer buffer, final int offset, final int length)
    {
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
        copy.putBytes(0, buffer, offset, length);
        if (plant == Plant.MESSAGE_DAMAGED)
        {
            copy.putByte(RecordDescriptor.KIND_OFFSET, (byte)0);
        }
        else
        {
            final long said = copy.getLong(RECEIVED_OFFSET);
            copy.putLong(RECEIVED_OFFSET, said == 0 ? 0 : said + 1);
        }
        return copy;
    }

    @Override
    public boolean isConnected()
    {
        return real.isConnected();
    }
}
