package io.lockstep.core.host;

import io.lockstep.core.AllocationProbe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

class TimerQueueTest
{
    private static final int OPERATIONS = 200_000;

    private final TimerQueue timers = new TimerQueue();

    /** A timer by its id and deadline, in the order they are to fire. */
    private record Timer(long id, long deadlineNs)
    {
        private static final Comparator<Timer> ORDER = Comparator.comparingLong(Timer::deadlineNs)
            .thenComparingLong(Timer::id);
    }

    /** Few ids and few deadlines, so that most operations meet a timer that is there, or one of the same deadline. */
    @ParameterizedTest
    @ValueSource(longs =
    {1, 2, 3, 4, 5})
    void shouldFireInTheOrderOfANaiveSet(final long seed)
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final Map<Long, Timer> timerById = new HashMap<>();
        final TreeSet<Timer> reference = new TreeSet<>(Timer.ORDER);
        final int ids = 1 << random.nextInt(1, 12);
        final int deadlines = 1 << random.nextInt(1, 20);
        for (int i = 0; i < OPERATIONS; i++)
        {
            final long id = random.nextInt(ids) - ids / 2L;
            final int operation = random.nextInt(10);
            if (operation < 6)
            {
                final Timer timer = new Timer(id, random.nextInt(deadlines));
                timers.schedule(timer.id, timer.deadlineNs);
                replace(reference, timerById.put(id, timer), timer);
            }
            else if (operation < 8)
            {
                timers.cancel(id);
                replace(reference, timerById.remove(id), null);
            }
            else if (!reference.isEmpty())
            {
                assertThat(timers.poll()).as("seed=%d operation=%d", seed, i).isEqualTo(reference.first().id);
                timerById.remove(reference.pollFirst().id);
            }
            assertThat(timers.count()).isEqualTo(reference.size());
            assertThat(timers.nextDeadlineNs()).as("seed=%d operation=%d", seed, i)
                .isEqualTo(reference.isEmpty() ? Long.MAX_VALUE : reference.first().deadlineNs);
        }
    }

    private static void replace(final TreeSet<Timer> reference, final Timer old, final Timer timer)
    {
        if (old != null)
        {
            reference.remove(old);
        }
        if (timer != null)
        {
            reference.add(timer);
        }
    }

    @Test
    void shouldFireEqualDeadlinesByIdWhateverTheOrderTheyWereScheduledIn()
    {
        for (final long id : new long[]{5, -3, 9, 0, 7})
        {
            timers.schedule(id, 100);
        }

        assertThat(new long[]{timers.poll(), timers.poll(), timers.poll(), timers.poll(), timers.poll()})
            .containsExactly(-3, 0, 5, 7, 9);
        assertThat(timers.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldFireOnceWhatWasMovedAwayAndBack()
    {
        timers.schedule(1, 10);
        timers.schedule(1, 20);
        timers.schedule(1, 10);
        timers.schedule(2, 15);

        assertThat(timers.poll()).isEqualTo(1);
        assertThat(timers.poll()).isEqualTo(2);
        assertThat(timers.count()).isZero();
        assertThat(timers.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldNotFireWhatWasCancelled()
    {
        timers.schedule(1, 10);
        timers.schedule(2, 20);
        timers.cancel(1);
        timers.cancel(77);

        assertThat(timers.nextDeadlineNs()).isEqualTo(20);
        assertThat(timers.count()).isEqualTo(1);
        assertThat(timers.poll()).isEqualTo(2);
    }

    /** A strategy that moves a timer far ahead with every event must not fill the memory with where it was. */
    @Test
    void shouldNotGrowWithTheTimesATimerIsMoved()
    {
        timers.schedule(1, 1L << 40);
        final long bytes = AllocationProbe.allocatedBytes(0, () ->
        {
            for (int i = 0; i < 1_000_000; i++)
            {
                timers.schedule(2, (1L << 50) + i);
            }
        });

        assertThat(bytes).isLessThan(64 * 1024);
        assertThat(timers.poll()).isEqualTo(1);
        assertThat(timers.poll()).isEqualTo(2);
    }

    @Test
    void shouldAllocateNothingInSteadyState()
    {
        assertThat(AllocationProbe.allocatedBytes(20, this::steadyState)).isZero();
    }

    /** That the test above can fail: the same with a queue that has still to grow. */
    @Test
    void shouldSeeAQueueGrow()
    {
        steadyState();

        assertThat(AllocationProbe.allocatedBytes(20, () ->
        {
            final TimerQueue growing = new TimerQueue();
            for (int i = 0; i < 1_000; i++)
            {
                growing.schedule(i, i);
            }
        })).isGreaterThan(1_000 * 2 * Long.BYTES);
    }

    private void steadyState()
    {
        for (int i = 0; i < 10_000; i++)
        {
            timers.schedule(i % 500, i);
            timers.schedule(i % 700, i + 5_000);
            timers.cancel(i % 300);
            if (timers.count() > 400)
            {
                timers.poll();
            }
        }
    }

    @Test
    void shouldForgetATimerThatHasFiredAndNotOneScheduledAnew()
    {
        timers.schedule(1, 10);
        timers.schedule(2, 10);
        timers.schedule(2, 20);

        timers.onFired(1, 10);
        timers.onFired(2, 10);

        assertThat(timers.count()).isEqualTo(1);
        assertThat(timers.nextDeadlineNs()).isEqualTo(20);
    }
}
