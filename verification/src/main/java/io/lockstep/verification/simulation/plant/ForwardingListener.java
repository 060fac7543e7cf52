package io.lockstep.verification.simulation.plant;

import io.lockstep.codecs.Instrument;
import io.lockstep.gateways.link.LinkListener;
import io.lockstep.sbe.CommandOutcomeDecoder;
import org.agrona.DirectBuffer;

/**
 * Passes everything on, for those who want to see or change one thing of it.
 */
public class ForwardingListener implements LinkListener
{
    private final LinkListener next;

    public ForwardingListener(final LinkListener next)
    {
        this.next = next;
    }

    @Override
    public void onLinked(final int incarnation)
    {
        next.onLinked(incarnation);
    }

    @Override
    public void onUnlinked()
    {
        next.onUnlinked();
    }

    @Override
    public void onInstrument(final Instrument instrument)
    {
        next.onInstrument(instrument);
    }

    @Override
    public void onDecision(final DirectBuffer buffer, final int offset, final int length, final long egressSequence)
    {
        next.onDecision(buffer, offset, length, egressSequence);
    }

    @Override
    public void onMassStatusRequest(final int incarnation, final int massStatusReqId, final long lastExecId)
    {
        next.onMassStatusRequest(incarnation, massStatusReqId, lastExecId);
    }

    @Override
    public void onOutcome(final CommandOutcomeDecoder outcome)
    {
        next.onOutcome(outcome);
    }
}
