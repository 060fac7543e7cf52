package io.lockstep.sequencer.node;

import org.agrona.concurrent.OffsetEpochNanoClock;
import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The order path again and again, beside the node. */
class OrderPathRehearsalTest
{
    private static final int STEPS = 20_000;
    private static final int RUNS = 20;
    private static final long INTERVAL_NS = 1_000;
    /** Start, text, instrument, limits, strategy. */
    private static final int CONFIGURATION_INPUTS = 9;

    private final List<Throwable> errors = new ArrayList<>();
    private final OrderPathRehearsal rehearsal = new OrderPathRehearsal(new OffsetEpochNanoClock(), INTERVAL_NS,
        errors::add);

    @Test
    void shouldMakeAnOrderAndFillItInTurn()
    {
        rehearsal.step();
        rehearsal.step();
        assertThat(rehearsal.orders()).isEqualTo(1);
        assertThat(rehearsal.host().core().openOrders(0).count()).isZero();
        assertThat(rehearsal.host().core().position(0).netLots()).isEqualTo(1);

        rehearsal.step();
        assertThat(rehearsal.orders()).isEqualTo(2);
        assertThat(rehearsal.host().core().openOrders(0).count()).isEqualTo(1);
        rehearsal.step();
        assertThat(rehearsal.host().core().position(0).netLots()).isZero();
    }

    @Test
    void shouldKeepToItsInterval()
    {
        for (long nowNs = 5; nowNs < 5 + 10 * INTERVAL_NS; nowNs += INTERVAL_NS / 4)
        {
            rehearsal.onIdle(nowNs);
        }

        assertThat(rehearsal.host().core().lastSequence() - CONFIGURATION_INPUTS).isEqualTo(10);
    }

    /** For what is rehearsed concerns nobody. */
    @Test
    void shouldEndWithItsFirstErrorAndSayIt()
    {
        rehearsal.onIdle(1);
        rehearsal.host().core().skip(rehearsal.host().core().lastSequence() + 1);
        rehearsal.onIdle(1 + INTERVAL_NS);
        rehearsal.onIdle(1 + 2 * INTERVAL_NS);

        assertThat(errors).singleElement().satisfies((error) -> assertThat(error).hasMessage("no more rehearsals")
            .cause().hasMessageContaining("inputs must be contiguous"));
        assertThat(rehearsal.orders()).isEqualTo(1);
    }

    @Test
    void shouldGoOnForEver()
    {
        for (int step = 0; step < 2 * STEPS; step++)
        {
            rehearsal.step();
        }

        assertThat(rehearsal.orders()).isEqualTo(STEPS);
        assertThat(rehearsal.host().riskRejects()).isZero();
        assertThat(rehearsal.host().core().impossibleOrderEvents()).isZero();
        assertThat(rehearsal.host().core().unknownOrders()).isZero();
        assertThat(Math.abs(rehearsal.host().core().position(0).netLots())).isLessThanOrEqualTo(1);
    }

    /** Once everything has grown and is compiled; the least of several runs, for the compiler's thread is not the only other. */
    @Test
    void shouldAllocateNothing()
    {
        final com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean)ManagementFactory
            .getThreadMXBean();
        final long threadId = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int run = 0; run < RUNS; run++)
        {
            final long before = threads.getThreadAllocatedBytes(threadId);
            for (int step = 0; step < STEPS; step++)
            {
                rehearsal.step();
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(threadId) - before);
        }

        assertThat(least).isZero();
    }
}
