package io.lockstep.codecs.link;

import org.agrona.concurrent.UnsafeBuffer;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

/**
 * The nonces of one run of a node: another for each session and each stream that the session comes by. They follow from a secret
 * of the run, so a stranger who says Hello in another's name changes nothing that the node would have to remember.
 * <p>
 * One thread; no allocation once made.
 */
public final class LinkNonces
{
    private static final int SESSION_OFFSET = Integer.BYTES;
    private static final int STREAM_OFFSET = 2 * Integer.BYTES;
    private static final int MESSAGE_LENGTH = 3 * Integer.BYTES;

    private final Hmac hmac;
    private final byte[] message = new byte[MESSAGE_LENGTH];
    private final UnsafeBuffer view = new UnsafeBuffer(message);
    private final byte[] code = new byte[Hmac.LENGTH];

    /**
     * @param secret random bytes that no other run of the node has, and nobody else.
     */
    public LinkNonces(final byte[] secret)
    {
        hmac = new Hmac(secret);
    }

    /**
     * Writes {@link LinkProof#NONCE_LENGTH} bytes.
     *
     * @param streamId tells apart the streams that sessions may come by.
     */
    public void write(final int sourceId, final int session, final int streamId, final byte[] nonce)
    {
        view.putInt(0, sourceId, LITTLE_ENDIAN);
        view.putInt(SESSION_OFFSET, session, LITTLE_ENDIAN);
        view.putInt(STREAM_OFFSET, streamId, LITTLE_ENDIAN);
        hmac.code(message, MESSAGE_LENGTH, code);
        Hexadecimal.write(code, LinkProof.NONCE_LENGTH / 2, nonce);
    }
}
