package io.lockstep.codecs.link;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * HMAC-SHA256 (RFC 2104) that allocates nothing once made, for the loop's thread; the JDK's own Mac makes arrays in each call. One
 * thread.
 */
final class Hmac
{
    static final int LENGTH = 32;
    private static final int BLOCK_LENGTH = 64;
    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5C;

    private final MessageDigest digest;
    private final byte[] innerPad = new byte[BLOCK_LENGTH];
    private final byte[] outerPad = new byte[BLOCK_LENGTH];
    private final byte[] inner = new byte[LENGTH];

    Hmac(final byte[] key)
    {
        digest = sha256();
        final byte[] block = Arrays.copyOf(key.length > BLOCK_LENGTH ? digest.digest(key) : key, BLOCK_LENGTH);
        for (int i = 0; i < BLOCK_LENGTH; i++)
        {
            innerPad[i] = (byte)(block[i] ^ INNER);
            outerPad[i] = (byte)(block[i] ^ OUTER);
        }
    }

    private static MessageDigest sha256()
    {
        try
        {
            return MessageDigest.getInstance("SHA-256");
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }

    /** Writes the code of the first so many bytes of the message. */
    void code(final byte[] message, final int length, final byte[] code)
    {
        digest.update(innerPad);
        digest.update(message, 0, length);
        finish(inner);
        digest.update(outerPad);
        digest.update(inner);
        finish(code);
    }

    private void finish(final byte[] to)
    {
        try
        {
            digest.digest(to, 0, LENGTH);
        }
        catch (final DigestException ex)
        {
            throw new IllegalStateException("a buffer of " + to.length + " bytes for " + LENGTH, ex);
        }
    }
}
