package io.lockstep.verification.simulation;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.transport.MessageSender;
import io.lockstep.sbe.RecordKind;
import org.agrona.DirectBuffer;

/**
 * Takes a decision that was pressed back for sent, or sends it twice when it is taken at last.
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
}
