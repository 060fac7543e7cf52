package io.lockstep.core;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** That the probe sees an allocation, and nothing where there is none: without this, a zero elsewhere means nothing. */
class AllocationProbeTest
{
    private long counter;
    private Object kept;

    @Test
    void shouldSeeNothingWhereNothingIsAllocated()
    {
        assertThat(AllocationProbe.allocatedBytes(100, () -> counter++)).isZero();
        assertThat(counter).isEqualTo(102);
    }

    @Test
    void shouldSeeTheSmallestAllocation()
    {
        assertThat(AllocationProbe.allocatedBytes(100, () -> kept = new Object())).isBetween(8L, 32L);
        assertThat(kept).isNotNull();
    }

    @Test
    void shouldSeeAllocationsToTheByte()
    {
        final long one = AllocationProbe.allocatedBytes(10, () -> kept = new byte[1_000]);
        final long large = AllocationProbe.allocatedBytes(10, () -> kept = new byte[9_000]);

        assertThat(large - one).isEqualTo(8_000);
        assertThat(kept).isNotNull();
    }

    @Test
    void shouldNotCountTheWarmUp()
    {
        counter = 0;

        assertThat(AllocationProbe.allocatedBytes(3, this::allocateThreeTimes)).isZero();
        assertThat(kept).isNotNull();
    }

    /** In the first of the two runs that count, or in the second. */
    @ParameterizedTest
    @ValueSource(ints =
    {101, 102})
    void shouldNotCountWhatComesOnce(final int run)
    {
        assertThat(AllocationProbe.allocatedBytes(100, () ->
        {
            if (++counter == run)
            {
                kept = new byte[100];
            }
        })).isZero();
        assertThat(kept).isNotNull();
    }

    @Test
    void shouldCountTheLeastOfWhatComesEachTime()
    {
        final long least = AllocationProbe.allocatedBytes(100,
            () -> kept = new byte[++counter == 101 ? 9_000 : 1_000]);

        assertThat(least).isBetween(1_000L, 1_100L);
        assertThat(kept).isNotNull();
    }

    private void allocateThreeTimes()
    {
        if (counter++ < 3)
        {
            kept = new byte[100];
        }
    }
}
