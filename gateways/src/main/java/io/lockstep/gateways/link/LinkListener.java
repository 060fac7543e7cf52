package io.lockstep.gateways.link;

import io.lockstep.codecs.Instrument;
import io.lockstep.sbe.CommandOutcomeDecoder;
import org.agrona.DirectBuffer;

/**
 * What a gateway hears over its link. Called on the thread that polls the {@link LinkClient}.
 */
public interface LinkListener
{
    /** The node, in this incarnation, takes messages from now on. */
    default void onLinked(final int incarnation)
    {
    }

    /** The node is gone; messages offered now are kept for it. */
    default void onUnlinked()
    {
    }

    /** An instrument the node has defined, when it is first heard of or has changed. */
    default void onInstrument(final Instrument instrument)
    {
    }

    /**
     * A decision for the venue; each once and in order.
     *
     * @param offset of the messageHeader.
     */
    default void onDecision(
        final DirectBuffer buffer, final int offset, final int length, final long egressSequence)
    {
    }

    /**
     * The node wants to know how its orders stand. Once for each request, however often the node repeats it; the answer goes
     * the way of all messages.
     *
     * @param lastExecId the newest execution that the node has; 0 for none.
     */
    default void onMassStatusRequest(final int incarnation, final int massStatusReqId, final long lastExecId)
    {
    }

    /**
     * The node's book of an instrument is not to be relied on: a feed sends the whole book at once, where it has it.
     *
     * @param sequence of the input that showed it.
     */
    default void onSnapshotWanted(final int instrumentId, final long sequence)
    {
    }

    /**
     * What became of a command.
     *
     * @param outcome of this gateway's session; for this call only.
     */
    default void onOutcome(final CommandOutcomeDecoder outcome)
    {
    }
}
