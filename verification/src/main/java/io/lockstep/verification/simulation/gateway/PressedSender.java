package io.lockstep.verification.simulation.gateway;

import io.lockstep.codecs.transport.MessageSender;
import io.lockstep.verification.simulation.seed.SimulatedClock;
import io.lockstep.verification.simulation.seed.SimulationRandom;
import org.agrona.DirectBuffer;

/**
 * The node's publication. While it is pressed back it takes one message in many, as one does whose slowest receiver reads on only
 * now and then.
 */
final class PressedSender implements MessageSender
{
    private static final int TAKEN_OF_10000 = 600;

    private final MessageSender real;
    private final SimulatedClock clock;
    private final SimulationRandom random;
    private long pressedUntilNs;
    private long refused;

    PressedSender(final MessageSender real, final SimulatedClock clock, final SimulationRandom random)
    {
        this.real = real;
        this.clock = clock;
        this.random = random;
    }

    void press(final long ns)
    {
        pressedUntilNs = clock.trueNs() + ns;
    }

    void heal()
    {
        pressedUntilNs = 0;
    }

    /** Messages that were not taken. */
    long refused()
    {
        return refused;
    }

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length)
    {
        if (clock.trueNs() < pressedUntilNs && !random.chance(TAKEN_OF_10000))
        {
            refused++;
            return random.flip() ? BACK_PRESSURED : ADMIN_ACTION;
        }
        return real.offer(buffer, offset, length);
    }
}
