package io.lockstep.sequencer.ingress;

import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import org.agrona.DirectBuffer;

/**
 * The sequencer as its ingress sees it.
 */
public interface InputSink
{
    /**
     * One input: a checked record of which the gateway has filled in source and times.
     */
    void onInput(DirectBuffer buffer, int offset, int length);

    /**
     * Time has come this far without an input: timers due by then are inputs now. Only where time is the recording's.
     */
    void onTime(long timeNs);

    /**
     * The source has skipped sequences and they will not come: a journaled FeedStatus on all its instruments.
     */
    void onSourceStatus(int sourceId, int sourceSession, FeedReason reason, long expected, long actual);

    /** Bytes of the longest record that can be taken. */
    default int messageLengthMax()
    {
        return Integer.MAX_VALUE;
    }

    /**
     * The source is silent, or heard again with nothing missing: a journaled FeedStatus on all its instruments.
     *
     * @param sourceSequence how far the source has got.
     * @param timeoutNs      what it was allowed.
     * @param silentNs       how long nothing was heard.
     */
    void onSilence(
        int sourceId, int sourceSession, long sourceSequence, FeedCondition condition, long timeoutNs, long silentNs);

    /** A source that takes decisions is silent, or heard again: a journaled VenueStatus of the venue whose order gateway it is. */
    void onVenueStatus(int sourceId, BooleanType connected, long silentNs);

    /**
     * A request of a venue waits too long to be sent: a journaled RequestExpired.
     *
     * @param record of a NewOrderSingle or OrderCancelReplaceRequest.
     */
    void onRequestExpired(int venueId, DirectBuffer record, int offset, long ageNs);

    /** The order gateway of a venue has decisions that the journal lost, and the operator accepts it: a journaled alert. */
    void onGatewayAhead(int venueId, long gatewayEgressSequence, long journalEgressSequence);
}
