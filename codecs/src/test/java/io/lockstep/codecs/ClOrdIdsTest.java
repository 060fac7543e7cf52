package io.lockstep.codecs;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ClOrdIdsTest
{
    private static final int OFFSET = 3;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[ClOrdIds.LENGTH + 2 * OFFSET]);

    @Test
    void shouldWriteEachPartWhereTheSchemaSays()
    {
        encode(35, 36, 37, 1);

        assertThat(ClOrdIds.text(buffer, OFFSET)).isEqualTo("0Z" + "0010" + "000000011" + "001");
    }

    @Test
    void shouldHoldTheMaximumOfEachPart()
    {
        encode(ClOrdIds.SHARD_MAX, ClOrdIds.INCARNATION_MAX, ClOrdIds.SEQUENCE_MAX, ClOrdIds.ORDINAL_MAX);

        assertThat(ClOrdIds.text(buffer, OFFSET)).isEqualTo("Z".repeat(18));
        assertThat(ClOrdIds.incarnation(buffer, OFFSET)).isEqualTo(ClOrdIds.INCARNATION_MAX);
        assertThat(ClOrdIds.sequence(buffer, OFFSET)).isEqualTo(ClOrdIds.SEQUENCE_MAX);
        assertThat(ClOrdIds.ordinal(buffer, OFFSET)).isEqualTo(ClOrdIds.ORDINAL_MAX);
    }

    @Test
    void shouldHoldZero()
    {
        encode(0, 0, 0, 0);

        assertThat(ClOrdIds.text(buffer, OFFSET)).isEqualTo("0".repeat(18));
    }

    @ParameterizedTest
    @CsvSource(
    {"-1, 0, 0, 0", "0, -1, 0, 0", "0, 0, -1, 0", "0, 0, 0, -1", "0, 0, -9223372036854775808, 0",
        "0, 0, 0, -2147483648"})
    void shouldRefuseNegativeParts(final int shard, final int incarnation, final long sequence, final int ordinal)
    {
        assertThatThrownBy(() -> encode(shard, incarnation, sequence, ordinal))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("value=-");
    }

    @Test
    void shouldRefusePartsAboveTheMaximum()
    {
        assertThatThrownBy(() -> encode(ClOrdIds.SHARD_MAX + 1, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> encode(0, ClOrdIds.INCARNATION_MAX + 1, 0, 0))
            .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> encode(0, 0, ClOrdIds.SEQUENCE_MAX + 1, 0))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("value=" + (ClOrdIds.SEQUENCE_MAX + 1));
        assertThatThrownBy(() -> encode(0, 0, 0, ClOrdIds.ORDINAL_MAX + 1))
            .isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void shouldRoundTrip(
        @ForAll @IntRange(max = ClOrdIds.SHARD_MAX) final int shard,
        @ForAll @IntRange(max = ClOrdIds.INCARNATION_MAX) final int incarnation,
        @ForAll @LongRange(max = ClOrdIds.SEQUENCE_MAX) final long sequence,
        @ForAll @IntRange(max = ClOrdIds.ORDINAL_MAX) final int ordinal)
    {
        encode(shard, incarnation, sequence, ordinal);
        final String text = ClOrdIds.text(buffer, OFFSET);

        assertThat(ClOrdIds.isValid(buffer, OFFSET)).isTrue();
        assertThat(text).hasSize(18).matches("[0-9A-Z]{18}");
        assertThat(Integer.parseInt(text.substring(0, 2), 36)).isEqualTo(shard);
        assertThat(ClOrdIds.incarnation(buffer, OFFSET)).isEqualTo(incarnation);
        assertThat(ClOrdIds.sequence(buffer, OFFSET)).isEqualTo(sequence);
        assertThat(ClOrdIds.ordinal(buffer, OFFSET)).isEqualTo(ordinal);
        assertThat(buffer.getByte(OFFSET - 1)).isZero();
        assertThat(buffer.getByte(OFFSET + ClOrdIds.LENGTH)).isZero();
    }

    /** A venue or a person who sorts the ids of one incarnation sees the order in which they were made. */
    @Property
    void shouldSortAsTextLikeSequenceAndOrdinal(
        @ForAll @LongRange(max = ClOrdIds.SEQUENCE_MAX) final long sequence,
        @ForAll @IntRange(max = ClOrdIds.ORDINAL_MAX) final int ordinal,
        @ForAll @LongRange(max = ClOrdIds.SEQUENCE_MAX) final long otherSequence,
        @ForAll @IntRange(max = ClOrdIds.ORDINAL_MAX) final int otherOrdinal)
    {
        encode(7, 12, sequence, ordinal);
        final String text = ClOrdIds.text(buffer, OFFSET);
        encode(7, 12, otherSequence, otherOrdinal);
        final String otherText = ClOrdIds.text(buffer, OFFSET);

        final int expected = sequence != otherSequence
            ? Long.compare(sequence, otherSequence)
            : Integer.compare(ordinal, otherOrdinal);
        assertThat(Integer.signum(text.compareTo(otherText))).isEqualTo(expected);
        assertThat(Long.compare(ClOrdIds.key(sequence, ordinal), ClOrdIds.key(otherSequence, otherOrdinal)))
            .isEqualTo(expected);
    }

    @Test
    void shouldTellWhatIsNoId()
    {
        for (int at = 0; at < ClOrdIds.LENGTH; at++)
        {
            for (final char c : new char[]{'a', 'z', ' ', '-', '/', ':', '@', '[', '\0', '\u00ff'})
            {
                encode(1, 2, 3, 4);
                buffer.putByte(OFFSET + at, (byte)c);

                assertThat(ClOrdIds.isValid(buffer, OFFSET)).as("at=%d c=%d", at, (int)c).isFalse();
            }
        }
    }

    private void encode(final int shard, final int incarnation, final long sequence, final int ordinal)
    {
        Arrays.fill(buffer.byteArray(), (byte)0);
        ClOrdIds.encode(buffer, OFFSET, shard, incarnation, sequence, ordinal);
    }
}
