package io.lockstep.sequencer.ingress;

import io.lockstep.sbe.HelloDecoder;

/**
 * What the ingress says back to its sources. All of it may be repeated and may be lost: the sources ask again.
 */
public interface LinkSender
{
    /** In place of a source sequence: say Hello first, whatever you take yourself to be. */
    long SAY_HELLO = -1;

    /** Go on after this source sequence. */
    void resume(int sourceId, int sourceSession, long lastSourceSequence);

    /**
     * The session is not taken: another that is heard has its source id.
     *
     * @param holderHeard   another number whenever the holder was heard since.
     * @param holderProcess as it said.
     */
    void refuse(int sourceId, int sourceSession, int holderSession, long holderHeard, String holderProcess);

    /** Everything up to this source sequence is in the journal; false when the link did not take it now. */
    boolean acknowledge(int sourceId, int sourceSession, long sourceSequence);

    /**
     * An order gateway says how many decisions it has handled, and which was the newest, and waits for the next.
     *
     * @param hello of a gateway that receives decisions; for this call only.
     */
    void onReceiverReady(HelloDecoder hello);

    /** The order gateway that is this source is silent. */
    void onReceiverSilent(int sourceId);

    /** The order gateway that is this source is heard again, with nothing missing. */
    void onReceiverHeard(int sourceId);
}
