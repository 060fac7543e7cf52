package io.lockstep.codecs;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Against what makes each id anew. */
class ClOrdIdEncoderTest
{
    private static final int OFFSET = 3;
    private static final long LOW = 36 * 36 * 36 * 36;

    private final ClOrdIdEncoder encoder = new ClOrdIdEncoder();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[ClOrdIds.LENGTH + 2 * OFFSET]);
    private final UnsafeBuffer expected = new UnsafeBuffer(new byte[ClOrdIds.LENGTH + 2 * OFFSET]);

    private void check(final int shard, final int incarnation, final long sequence, final int ordinal)
    {
        encoder.encode(buffer, OFFSET, shard, incarnation, sequence, ordinal);
        ClOrdIds.encode(expected, OFFSET, shard, incarnation, sequence, ordinal);

        assertThat(buffer).as("shard=%d incarnation=%d sequence=%d ordinal=%d", shard, incarnation, sequence, ordinal)
            .isEqualTo(expected);
    }

    @Test
    void shouldWriteWhatFollowsAcrossEveryCarry()
    {
        for (final long around : new long[]{1, LOW, 2 * LOW, 36 * LOW, 36 * 36 * LOW, 35 * 36L * 36 * 36 * LOW})
        {
            for (long sequence = Math.max(0, around - 40); sequence < around + 40; sequence++)
            {
                check(1, 2, sequence, (int)(sequence % 3));
            }
        }
    }

    @Test
    void shouldWriteWhateverComesAfterWhatever()
    {
        final SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 100_000; i++)
        {
            check(random.nextInt(2), random.nextInt(3), random.nextLong(1L << random.nextInt(1, 46)),
                random.nextInt(random.nextBoolean() ? 4 : ClOrdIds.ORDINAL_MAX + 1));
        }
        check(ClOrdIds.SHARD_MAX, ClOrdIds.INCARNATION_MAX, ClOrdIds.SEQUENCE_MAX, ClOrdIds.ORDINAL_MAX);
    }

    @ParameterizedTest
    @CsvSource(
    {"-1, 5, 6, 7", "1, -1, 6, 7", "1, 5, -1, 7", "1, 5, -9223372036854775808, 7", "1, 5, 6, -1", "1296, 5, 6, 7",
        "1, 1679616, 6, 7", "1, 5, 101559956668416, 7", "1, 5, 6, 46656"})
    void shouldRefuseWhatDoesNotFitAndGoOn(
        final int shard, final int incarnation, final long sequence, final int ordinal)
    {
        check(1, 5, 6, 7);

        for (int i = 0; i < 2; i++)
        {
            assertThatThrownBy(() -> encoder.encode(buffer, OFFSET, shard, incarnation, sequence, ordinal))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("base-36 digits");
        }
        check(1, 5, 6, 7);
    }
}
