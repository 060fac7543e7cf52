package io.lockstep.perf.work;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That what is measured is the work it says it is.
 */
class WorkTest
{
    private static final int STEPS = 5_000;

    private static long steps(final Work work, final int count)
    {
        long sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += work.step();
        }
        return sum;
    }

    @TestFactory
    Stream<DynamicTest> shouldDoTheSameEachTimeItIsMade()
    {
        return HotPart.all().stream().map((part) -> DynamicTest.dynamicTest(part.name(),
            () -> assertThat(steps(part.make().get(), STEPS)).isEqualTo(steps(part.make().get(), STEPS)).isNotZero()));
    }

    @TestFactory
    Stream<DynamicTest> shouldNotDoTheSameInEachStep()
    {
        return HotPart.all().stream().map((part) -> DynamicTest.dynamicTest(part.name(), () ->
        {
            final Work work = part.make().get();
            final Set<Long> outcomes = new HashSet<>();
            for (int i = 0; i < STEPS; i++)
            {
                outcomes.add(work.step());
            }
            assertThat(outcomes).hasSizeGreaterThan(2);
        }));
    }

    @Test
    void shouldNameEachPartOnce()
    {
        assertThat(HotPart.all()).extracting(HotPart::name).doesNotHaveDuplicates();
    }

    @Test
    void shouldLeaveABookAsItWasWhenItsChangesComeRound()
    {
        for (final BookWork.Place place : BookWork.Place.values())
        {
            final BookWork work = new BookWork(1_000, place);
            final Set<Integer> depths = new HashSet<>();
            for (int i = 0; i < BookWork.changes(); i++)
            {
                work.step();
                depths.add(work.depth());
            }
            assertThat(work.depth()).isEqualTo(2_000);
            assertThat(depths).as("levels went and came").hasSizeGreaterThan(3);
        }
    }

    @Test
    void shouldFillEachOrderOfACycle()
    {
        final OrderCycleWork work = new OrderCycleWork();
        final long before = work.orders();

        steps(work, STEPS);

        assertThat(work.orders() - before).isEqualTo(STEPS);
    }

    @Test
    void shouldTakeEachReportForAFillOfAnOpenOrder()
    {
        final ExecutionWork work = new ExecutionWork();
        final long before = work.sound();

        steps(work, STEPS);

        assertThat(work.sound() - before).isEqualTo(STEPS);
    }

    @Test
    void shouldSetEachTimerAgain()
    {
        final TimerWork work = new TimerWork();
        work.step();
        final long before = work.deadlineNs();

        steps(work, 3);

        assertThat(work.deadlineNs() - before).isEqualTo(3 * 1_000_000L);
    }

    @Test
    void shouldSequenceABatchATurn()
    {
        final LoopWork work = new LoopWork(16);
        final long before = work.inputs();

        steps(work, 100);

        assertThat(work.inputs() - before).isEqualTo(1_600);
    }
}
