package io.lockstep.sequencer.safety;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A wall clock that is set tells itself apart from one that is slewed by how much it moves at once. */
class ClockWatchTest
{
    private static final long STEP_MAX_NS = 1_000;

    private long monotonicNs = 5_000_000;
    private long wallNs = 1_700_000_000_000_000_000L;
    private final ClockWatch watch = new ClockWatch(() -> monotonicNs, () -> wallNs, STEP_MAX_NS);

    private long after(final long monotonicByNs, final long wallByNs)
    {
        monotonicNs += monotonicByNs;
        wallNs += wallByNs;
        return watch.takeStepNs();
    }

    @Test
    void shouldSeeNoStepWhereBothGoOnAlike()
    {
        assertThat(after(100_000, 100_000)).isZero();
        assertThat(after(0, 0)).isZero();
        assertThat(after(3_600_000_000_000L, 3_600_000_000_000L)).as("an hour without a look").isZero();
    }

    @Test
    void shouldSayByHowMuchItWasSetForwardAndBackOnce()
    {
        assertThat(after(100, 100 + STEP_MAX_NS + 1)).isEqualTo(STEP_MAX_NS + 1);
        assertThat(after(100, 100)).as("it stays so").isZero();
        assertThat(after(100, 100 - 60_000)).isEqualTo(-60_000);
        assertThat(after(100, 100)).isZero();
    }

    @Test
    void shouldLetTheLargestStepPassInBothDirections()
    {
        assertThat(after(100, 100 + STEP_MAX_NS)).isZero();
        assertThat(after(100, 100 - STEP_MAX_NS)).isZero();
    }

    /** However far it goes in the end. */
    @Test
    void shouldLetASlewedClockPass()
    {
        for (int i = 0; i < 1_000; i++)
        {
            assertThat(after(100_000, 100_000 + STEP_MAX_NS / 2)).isZero();
        }
    }
}
