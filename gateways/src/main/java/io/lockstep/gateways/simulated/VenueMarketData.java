package io.lockstep.gateways.simulated;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.transport.MessageHandler;
import io.lockstep.codecs.transport.MessageReceiver;
import io.lockstep.sbe.RecordKind;
import org.agrona.DirectBuffer;

/**
 * The market that a simulated venue sees: what the feed publishes for the node, each message once. One thread; no allocation.
 */
public final class VenueMarketData
{
    private static final int POLL_LIMIT = 64;

    private final MessageReceiver stream;
    private final MessageHandler handler = this::onMessage;
    private final int sourceId;
    private final SimulatedVenue venue;
    private int session;
    private long sequence;

    /**
     * @param stream   that the feed publishes on.
     * @param sourceId the feed's; other records of the stream are left.
     */
    public VenueMarketData(final MessageReceiver stream, final int sourceId, final SimulatedVenue venue)
    {
        this.stream = stream;
        this.sourceId = sourceId;
        this.venue = venue;
    }

    /** Returns how many messages there were. */
    public int poll()
    {
        return stream.poll(handler, POLL_LIMIT);
    }

    private void onMessage(final DirectBuffer buffer, final int offset, final int length, final int sessionId)
    {
        if (RecordDescriptor.isLengthValid(buffer, offset, length) &&
            RecordDescriptor.kind(buffer, offset) == RecordKind.INPUT.value() &&
            RecordDescriptor.sourceId(buffer, offset) == sourceId && isNew(buffer, offset))
        {
            venue.onMarketData(buffer, offset + RecordDescriptor.HEADER_LENGTH,
                length - RecordDescriptor.HEADER_LENGTH, RecordDescriptor.gatewayTimeNs(buffer, offset));
        }
    }

    /** The feed repeats itself when the node has come back; one that was started again counts from 1. */
    private boolean isNew(final DirectBuffer buffer, final int offset)
    {
        final int newSession = RecordDescriptor.sourceSession(buffer, offset);
        final long newSequence = RecordDescriptor.sourceSequence(buffer, offset);
        if (newSession == session && newSequence <= sequence)
        {
            return false;
        }
        session = newSession;
        sequence = newSequence;
        return true;
    }
}
