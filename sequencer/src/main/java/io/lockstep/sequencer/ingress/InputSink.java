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
     * Time has come this far without an input: timers due by then are inputs now. Only where time is the recording's.
     */
    void onTime(long timeNs);

    /**
     * The source has skipped sequences and they will not come: a journaled FeedStatus on all its instruments.
     */
    void onSourceStatus(int sourceId, int sourceSession, FeedReason reason, long expected, long actual);
}
