package io.lockstep.sequencer.ingress;

import io.lockstep.sbe.HelloDecoder;
import io.lockstep.sbe.LinkRefusal;

/**
 * What the ingress says back to its sources. All of it may be repeated and may be lost: the sources ask again.
 */
public interface LinkSender
{
    /** In place of a source sequence: say Hello first, whatever you take yourself to be. */
    long SAY_HELLO = -1;

    /**
     * The session is taken: it is told what it must know, and then to go on after this source sequence. An order gateway is sent
     * decisions from then on, behind those that its Hello says it has handled.
     *
     * @param hello of the session; for this call only.
     */
    void answer(HelloDecoder hello, long lastSourceSequence);

    /** Go on after this source sequence, or {@link #SAY_HELLO}. */
    void resume(int sourceId, int sourceSession, long lastSourceSequence);

    /**
     * The session is not taken: another that is heard has its source id.
     *
     * @param holderHeard   another number whenever the holder was heard since.
     * @param holderProcess as it said.
     */
    void refuse(int sourceId, int sourceSession, int holderSession, long holderHeard, ProcessName holderProcess);

    /** The session is not taken, for this reason. */
    void refuse(int sourceId, int sourceSession, LinkRefusal reason);

    /**
     * Prove that you have the key of the source id.
     *
     * @param nonce US-ASCII, for this call only.
     */
    void challenge(int sourceId, int sourceSession, byte[] nonce);

    /** Everything up to this source sequence is in the journal; false when the link did not take it now. */
    boolean acknowledge(int sourceId, int sourceSession, long sourceSequence);

    /** The order gateway that is this source is silent. */
    void onReceiverSilent(int sourceId);

    /** The order gateway that is this source is heard again, with nothing missing. */
    void onReceiverHeard(int sourceId);
}
