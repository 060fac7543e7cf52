package io.lockstep.sequencer.ingress;

import io.lockstep.codecs.link.LinkNonces;
import io.lockstep.codecs.link.LinkProof;
import io.lockstep.sbe.HelloDecoder;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Who is let in: a source must be one that the node knows, where it knows any; the session of a source that has a key must prove that it has it, once for each stream it comes by. Where the node
 * has keys, a source without one is let in only where the link does not leave the host.
 * <p>
 * On the sequencer's thread; allocates nothing.
 */
public final class LinkGate
{
    /** What becomes of a Hello. */
    enum Verdict
    {
        ADMITTED, CHALLENGED, PROOF_WRONG, SOURCE_UNKNOWN
    }

    private final SourceKeys keys;
    private final IntPredicate isUndefined;
    private final LinkProof[][] proofsBySourceId = new LinkProof[MessageValidator.SOURCE_ID_MAX + 1][];
    private final LinkNonces nonces;
    private final byte[] nonce = new byte[LinkProof.NONCE_LENGTH];
    private final byte[] proof = new byte[LinkProof.LENGTH];
    private int proofLength;

    /**
     * @param secret      random bytes that no other run of the node has.
     * @param isUndefined whether a source is none of those that the node's journal defines.
     */
    public LinkGate(final SourceKeys keys, final byte[] secret, final IntPredicate isUndefined)
    {
        this.keys = keys;
        this.isUndefined = isUndefined;
        nonces = new LinkNonces(secret);
        for (int sourceId = 1; sourceId < proofsBySourceId.length; sourceId++)
        {
            proofsBySourceId[sourceId] = keys.of(sourceId).stream().map(LinkProof::new).toArray(LinkProof[]::new);
        }
    }

    /** Of a node without keys. */
    public static LinkGate open()
    {
        return new LinkGate(SourceKeys.NONE, new byte[1], (sourceId) -> false);
    }

    /** Whether a session of the source must prove itself before anything of it is taken. */
    boolean isGuarded(final int sourceId, final boolean leavesHost)
    {
        return proofsBySourceId[sourceId].length > 0 || leavesHost && !keys.isEmpty();
    }

    /** Whether the node would refuse all that the source sends, proven or not. */
    boolean isUndefined(final int sourceId)
    {
        return isUndefined.test(sourceId);
    }

    /** Takes the proof from a Hello whose process has been read, which lies before it. */
    void readProof(final HelloDecoder hello)
    {
        proofLength = hello.proofLength();
        hello.getProof(proof, 0, LinkProof.LENGTH);
    }

    /**
     * Judges the Hello whose proof was read last.
     *
     * @param streamId that it came by.
     */
    Verdict judge(final int sourceId, final int session, final int streamId)
    {
        final LinkProof[] proofs = proofsBySourceId[sourceId];
        if (proofs.length == 0)
        {
            return Verdict.SOURCE_UNKNOWN;
        }
        nonces.write(sourceId, session, streamId, nonce);
        if (proofLength == 0)
        {
            return Verdict.CHALLENGED;
        }
        boolean isProven = false;
        if (proofLength == LinkProof.LENGTH)
        {
            for (final LinkProof of : proofs)
            {
                isProven |= of.isMadeOf(proof, nonce, sourceId, session);
            }
        }
        Arrays.fill(proof, (byte)0);
        return isProven ? Verdict.ADMITTED : Verdict.PROOF_WRONG;
    }

    /** Of the Hello that was judged last. */
    byte[] nonce()
    {
        return nonce;
    }
}
