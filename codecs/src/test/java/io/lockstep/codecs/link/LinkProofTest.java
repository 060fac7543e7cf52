package io.lockstep.codecs.link;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.SplittableRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import static org.assertj.core.api.Assertions.assertThat;

class LinkProofTest
{
    private static final byte[] NONCE = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEY = key(1);

    private final byte[] proof = new byte[LinkProof.LENGTH];

    private static byte[] key(final long seed)
    {
        final byte[] key = new byte[LinkProof.KEY_LENGTH_MIN];
        new SplittableRandom(seed).nextBytes(key);
        return key;
    }

    /** Against the JDK's own, for keys shorter and longer than a block. */
    @Test
    void shouldBeHmacSha256() throws Exception
    {
        for (final int length : new int[]{1, 32, 63, 64, 65, 200})
        {
            final byte[] key = new byte[length];
            new SplittableRandom(length).nextBytes(key);
            final Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            final byte[] message = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN)
                .put(NONCE).putInt(7).putInt(70).array();

            new LinkProof(key).make(NONCE, 7, 70, proof);

            assertThat(new String(proof, StandardCharsets.US_ASCII))
                .isEqualTo(HexFormat.of().formatHex(mac.doFinal(message)));
        }
    }

    @Test
    void shouldServeNoOtherKeyNonceSourceOrSession()
    {
        new LinkProof(KEY).make(NONCE, 7, 70, proof);
        final LinkProof checked = new LinkProof(KEY);

        assertThat(checked.isMadeOf(proof, NONCE, 7, 70)).isTrue();
        assertThat(checked.isMadeOf(proof, NONCE, 8, 70)).isFalse();
        assertThat(checked.isMadeOf(proof, NONCE, 7, 71)).isFalse();
        assertThat(new LinkProof(key(2)).isMadeOf(proof, NONCE, 7, 70)).isFalse();
        final byte[] otherNonce = NONCE.clone();
        otherNonce[31]++;
        assertThat(checked.isMadeOf(proof, otherNonce, 7, 70)).isFalse();
        proof[63] ^= 1;
        assertThat(checked.isMadeOf(proof, NONCE, 7, 70)).isFalse();
    }

    @Test
    void shouldMakeAnotherNonceForEachSessionStreamAndRun()
    {
        assertThat(nonce(1, 7, 70, 5)).isEqualTo(nonce(1, 7, 70, 5)).hasSize(LinkProof.NONCE_LENGTH)
            .isNotEqualTo(nonce(1, 7, 71, 5)).isNotEqualTo(nonce(1, 8, 70, 5)).isNotEqualTo(nonce(1, 7, 70, 6))
            .isNotEqualTo(nonce(2, 7, 70, 5));
    }

    private static String nonce(final long secret, final int sourceId, final int session, final int streamId)
    {
        final byte[] nonce = new byte[LinkProof.NONCE_LENGTH];
        new LinkNonces(key(secret)).write(sourceId, session, streamId, nonce);
        return new String(nonce, StandardCharsets.US_ASCII);
    }
}
