package io.lockstep.sequencer.ingress;

/**
 * What the ingress says back to its sources. All of it may be repeated and may be lost: the sources ask again.
 */
public interface LinkSender
{
    /** Go on after this source sequence. */
    void resume(int sourceId, int sourceSession, long lastSourceSequence);

    /** Everything up to this source sequence is in the journal; false when the link did not take it now. */
    boolean acknowledge(int sourceId, int sourceSession, long sourceSequence);

    /** The order gateway has handled the decisions up to this egress sequence and waits for the next. */
    void onReceiverReady(long decisionsReceived);
}
