package io.lockstep.gateways.link;

import io.lockstep.codecs.link.LinkProof;
import io.lockstep.sbe.ChallengeDecoder;
import io.lockstep.sbe.HelloEncoder;

/**
 * A session's proof to the node that it has the key of its source; none until the node has asked for one.
 */
final class SessionProof
{
    private final LinkProof maker;
    private final byte[] nonce = new byte[LinkProof.NONCE_LENGTH];
    private final byte[] proof = new byte[LinkProof.LENGTH];
    private boolean made;

    /**
     * @param key of the source; null for none.
     */
    SessionProof(final byte[] key)
    {
        maker = key == null ? null : new LinkProof(key);
    }

    boolean hasKey()
    {
        return maker != null;
    }

    /** Makes it over what the node asks; false for a nonce that is none. */
    boolean make(final ChallengeDecoder challenge, final int sourceId, final int session)
    {
        if (challenge.nonceLength() != LinkProof.NONCE_LENGTH)
        {
            return false;
        }
        challenge.getNonce(nonce, 0, LinkProof.NONCE_LENGTH);
        maker.make(nonce, sourceId, session, proof);
        made = true;
        return true;
    }

    /** The node has refused it, or is another: it asks anew. */
    void forget()
    {
        made = false;
    }

    void put(final HelloEncoder hello)
    {
        hello.putProof(proof, 0, made ? LinkProof.LENGTH : 0);
    }
}
