package io.lockstep.core.signal;

import io.lockstep.sbe.RiskReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

/** The window compared with a set of all that was answered, over long random runs. */
class SignalWindowTest
{
    private static final int STEPS = 200_000;

    private record Id(long epoch, long counter)
    {
    }

    /** What is said of an id, from the set of all ids that were ever answered. */
    private static RiskReason expected(final Set<Id> answered, final Id id, final Id newest)
    {
        final boolean isOld = id.epoch < newest.epoch ||
            id.epoch == newest.epoch && newest.counter - id.counter >= SignalWindow.COUNTERS;
        if (isOld)
        {
            return RiskReason.SIGNAL_TOO_OLD;
        }
        return answered.contains(id) ? RiskReason.SIGNAL_REPEATED : RiskReason.NONE;
    }

    @ParameterizedTest
    @ValueSource(longs =
    {1, 2, 3})
    void shouldSayWhatASetOfAllWouldSay(final long seed)
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final Set<Id> answered = new HashSet<>();
        final SignalWindow window = new SignalWindow(new byte[]{'c'}, 5, 1_000);
        Id newest = new Id(5, 1_000);
        long taken = 0;
        for (int step = 0; step < STEPS; step++)
        {
            final Id id = next(random, newest);
            final RiskReason expected = expected(answered, id, newest);
            assertThat(window.take(id.epoch, id.counter)).as("seed=%s step=%s %s newest %s", seed, step, id, newest)
                .isEqualTo(expected);
            if (expected == RiskReason.NONE)
            {
                answered.add(id);
                taken++;
                newest = id.epoch > newest.epoch || id.counter > newest.counter ? id : newest;
            }
        }
        assertThat(window.answered()).isEqualTo(taken).isGreaterThan(STEPS / 10);
        assertThat(window.refusedAgain()).isEqualTo(STEPS - taken).isGreaterThan(STEPS / 10);
    }

    private static Id next(final SplittableRandom random, final Id newest)
    {
        final int chance = random.nextInt(1_000);
        if (chance == 0)
        {
            return new Id(newest.epoch + random.nextInt(-1, 2), random.nextInt(2_000));
        }
        final long step = chance < 5 ? random.nextInt(5_000) : random.nextInt(-1_100, 40);
        return new Id(newest.epoch, Math.max(0, newest.counter + step));
    }

    /** A counter may be as high as it will. */
    @ParameterizedTest
    @ValueSource(longs =
    {1_024, 1L << 40, Long.MAX_VALUE})
    void shouldGoOnBehindALeap(final long counter)
    {
        final SignalWindow window = new SignalWindow(new byte[]{'c'}, 0, 0);

        assertThat(window.take(0, 0)).isEqualTo(RiskReason.NONE);
        assertThat(window.take(0, counter)).isEqualTo(RiskReason.NONE);
        assertThat(window.take(0, counter)).isEqualTo(RiskReason.SIGNAL_REPEATED);
        assertThat(window.take(0, counter - 1_023)).isEqualTo(RiskReason.NONE);
        assertThat(window.take(0, counter - 1_024)).isEqualTo(RiskReason.SIGNAL_TOO_OLD);
        assertThat(window.take(1, 0)).isEqualTo(RiskReason.NONE);
    }
}
