package io.lockstep.sequencer.ingress;

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
     * The source has skipped sequences and they will not come: a journaled FeedStatus on all its instruments.
     */
    void onSourceStatus(int sourceId, int sourceSession, FeedReason reason, long expected, long actual);
}
