package io.lockstep.verification.simulation.plant;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.transport.MessageSender;
import io.lockstep.sbe.RecordKind;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteOrder;

/**
 * Takes a decision that was pressed back for sent, or sends it twice when it is taken at last, or does not say whose it is.
 */
final class PlantedSender implements MessageSender
{
    private final MessageSender real;
    private final Plant plant;
    private boolean pressed;

    PlantedSender(final MessageSender real, final Plant plant)
    {
        this.real = real;
        this.plant = plant;
    }

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length)
    {
        if (plant == Plant.VENUE_NOT_SAID)
        {
            return real.offer(unaddressed(buffer, offset, length), 0, length);
        }
        final long result = real.offer(buffer, offset, length);
        if (RecordDescriptor.kind(buffer, offset) != RecordKind.DECISION.value())
        {
            return result;
        }
        if (result == BACK_PRESSURED && plant == Plant.EGRESS_DROPS_UNDER_PRESSURE)
        {
            return length;
        }
        if (result > 0 && pressed && plant == Plant.EGRESS_REPEATS_AFTER_PRESSURE)
        {
            real.offer(buffer, offset, length);
        }
        pressed = result < 0;
        return result;
    }

    private static DirectBuffer unaddressed(final DirectBuffer buffer, final int offset, final int length)
    {
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
        copy.putBytes(0, buffer, offset, length);
        if (RecordDescriptor.kind(copy, 0) == RecordKind.DECISION.value())
        {
            copy.putInt(RecordDescriptor.SOURCE_ID_OFFSET, 0, ByteOrder.LITTLE_ENDIAN);
        }
        return copy;
    }
}
