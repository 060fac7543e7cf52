package io.lockstep.codecs;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class Xxh64Test
{
    private static final long SANITY_SEED = 2654435761L;
    private static final long SANITY_MULTIPLIER = Long.parseUnsignedLong("11400714785074694797");
    private static final UnsafeBuffer SANITY = sanityBuffer(2_400);

    /** The vectors of the reference implementation's own sanity check. */
    @ParameterizedTest
    @CsvSource(
    {
        "0, 0, ef46db3751d8e999",
        "0, 2654435761, ac75fda2929b17ef",
        "1, 0, e934a84adb052768",
        "1, 2654435761, 5014607643a9b4c3",
        "4, 0, 9136a0dca57457ee",
        "14, 0, 8282dcc4994e35c8",
        "14, 2654435761, c3bd6bf63deb6df0",
        "222, 0, b641ae8cb691c174",
        "222, 2654435761, 20cb8ab7ae10c14a"})
    void shouldGiveThePublishedVectors(final int length, final long seed, final String expected)
    {
        assertThat(Long.toHexString(Xxh64.hash(SANITY, 0, length, seed))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
    {
        "a, d24ec4f1a98c6e5b",
        "abc, 44bc2cf5ad770999",
        "Nobody inspects the spammish repetition, fbcea83c8a378bf1"})
    void shouldGiveThePublishedHashesOfText(final String text, final String expected)
    {
        final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);

        assertThat(Long.toHexString(Xxh64.hash(new UnsafeBuffer(bytes), 0, bytes.length, 0))).isEqualTo(expected);
    }

    @Test
    void shouldEqualTheReferenceImplementationForManyLengthsAndSeeds() throws IOException
    {
        int compared = 0;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
            Xxh64Test.class.getResourceAsStream("xxh64-vectors.csv"), StandardCharsets.US_ASCII)))
        {
            for (String line = lines.readLine(); line != null; line = lines.readLine())
            {
                if (line.startsWith("#") || line.startsWith("length"))
                {
                    continue;
                }
                final String[] cells = line.split(",");
                final int length = Integer.parseInt(cells[0]);
                final long seed = Long.parseUnsignedLong(cells[1], 16);
                final long expected = Long.parseUnsignedLong(cells[2], 16);

                assertThat(Xxh64.hash(SANITY, 0, length, seed)).as(line).isEqualTo(expected);
                compared++;
            }
        }
        assertThat(compared).isEqualTo((201 + 7) * 5);
    }

    @Test
    void shouldHashMemoryOffTheHeapAlike()
    {
        final UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(SANITY.capacity()));
        direct.putBytes(0, SANITY, 0, SANITY.capacity());

        for (int length = 0; length < 70; length++)
        {
            assertThat(Xxh64.hash(direct, 3, length, 7)).as("length=%d", length)
                .isEqualTo(Xxh64.hash(SANITY, 3, length, 7));
        }
    }

    @Test
    void shouldRefuseBytesThatAreNotInTheBuffer()
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64], 0, 40);

        for (final int[] range : new int[][]{{0, 41}, {33, 8}, {-1, 8}, {0, -1}, {41, 0}})
        {
            assertThatThrownBy(() -> Xxh64.hash(buffer, range[0], range[1], 0))
                .as("offset=%d length=%d", range[0], range[1]).isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThat(Xxh64.hash(buffer, 40, 0, 0)).isEqualTo(0xef46db3751d8e999L);
    }

    @Test
    void shouldNotDependOnWhereTheBytesLie()
    {
        final int length = 93;
        final UnsafeBuffer elsewhere = new UnsafeBuffer(new byte[length + 16]);
        final long expected = Xxh64.hash(SANITY, 0, length, 7);
        for (int offset = 0; offset < 16; offset++)
        {
            elsewhere.putBytes(offset, SANITY, 0, length);

            assertThat(Xxh64.hash(elsewhere, offset, length, 7)).as("offset=%d", offset).isEqualTo(expected);
        }
    }

    @Test
    void shouldChainDependingOnOrderAndOnEveryBit()
    {
        final SplittableRandom random = new SplittableRandom(42);
        for (int i = 0; i < 1_000; i++)
        {
            final long state = random.nextLong();
            final long value = random.nextLong();
            final Set<Long> ofStates = new HashSet<>(Set.of(Xxh64.chain(state, value)));
            final Set<Long> ofValues = new HashSet<>(Set.of(Xxh64.chain(state, value), Xxh64.chain(value, state)));
            for (int bit = 0; bit < Long.SIZE; bit++)
            {
                ofStates.add(Xxh64.chain(state ^ 1L << bit, value));
                ofValues.add(Xxh64.chain(state, value ^ 1L << bit));
            }

            assertThat(ofStates).as("state=%d value=%d", state, value).hasSize(1 + Long.SIZE);
            assertThat(ofValues).as("state=%d value=%d", state, value).hasSize(2 + Long.SIZE);
        }
    }

    private static UnsafeBuffer sanityBuffer(final int length)
    {
        final byte[] bytes = new byte[length];
        long generator = SANITY_SEED;
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)(generator >>> 56);
            generator *= SANITY_MULTIPLIER;
        }
        return new UnsafeBuffer(bytes);
    }
}
