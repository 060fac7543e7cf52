package io.lockstep.codecs.link;

import org.agrona.concurrent.UnsafeBuffer;

import java.security.MessageDigest;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

/**
 * Proof that a source has its key: HMAC-SHA256 with the key over the node's nonce, the source id and the session, so that a proof
 * that was heard serves no other session. Nonce and proof are lower-case hexadecimal, in US-ASCII.
 * <p>
 * One thread; no allocation once made.
 */
public final class LinkProof
{
    /** Bytes of the text of a proof. */
    public static final int LENGTH = 2 * Hmac.LENGTH;
    /** Bytes of the text of a nonce. */
    public static final int NONCE_LENGTH = 32;
    /** Bytes of the shortest key that is taken. */
    public static final int KEY_LENGTH_MIN = 32;

    private static final int SOURCE_ID_OFFSET = NONCE_LENGTH;
    private static final int SESSION_OFFSET = SOURCE_ID_OFFSET + Integer.BYTES;
    private static final int MESSAGE_LENGTH = SESSION_OFFSET + Integer.BYTES;

    private final Hmac hmac;
    private final byte[] message = new byte[MESSAGE_LENGTH];
    private final UnsafeBuffer view = new UnsafeBuffer(message);
    private final byte[] code = new byte[Hmac.LENGTH];
    private final byte[] expected = new byte[LENGTH];

    public LinkProof(final byte[] key)
    {
        hmac = new Hmac(key);
    }

    /** Writes the proof's {@link #LENGTH} bytes. */
    public void make(final byte[] nonce, final int sourceId, final int session, final byte[] proof)
    {
        view.putBytes(0, nonce, 0, NONCE_LENGTH);
        view.putInt(SOURCE_ID_OFFSET, sourceId, LITTLE_ENDIAN);
        view.putInt(SESSION_OFFSET, session, LITTLE_ENDIAN);
        hmac.code(message, MESSAGE_LENGTH, code);
        Hexadecimal.write(code, Hmac.LENGTH, proof);
    }

    /** Whether this is the proof; takes the same time wherever the two differ. */
    public boolean isMadeOf(final byte[] proof, final byte[] nonce, final int sourceId, final int session)
    {
        make(nonce, sourceId, session, expected);
        return MessageDigest.isEqual(proof, expected);
    }
}
