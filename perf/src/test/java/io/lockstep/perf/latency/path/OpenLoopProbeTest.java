package io.lockstep.perf.latency.path;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.peers.Tally;
import io.lockstep.perf.latency.load.GeneratedWorkload;
import io.lockstep.perf.latency.load.Workload;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The load is open: it does not wait, it counts from the intended time, and it knows when it was late. On a clock of its own. */
class OpenLoopProbeTest
{
    private static final int RATE = 1_000;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long TURN_NS = 1_000;

    private long clockNs = SECOND_NS;
    private long stallAtNs = Long.MAX_VALUE;
    private long stallNs;

    private final Ends ends = new Ends();
    private final Tally tally = new Tally();
    private final OpenLoopProbe probe = new OpenLoopProbe(ends, new GeneratedWorkload(1), this::nowNs);

    /** Each look takes a microsecond; once, as long as the test says. */
    private long nowNs()
    {
        clockNs += TURN_NS;
        if (clockNs >= stallAtNs)
        {
            stallAtNs = Long.MAX_VALUE;
            clockNs += stallNs;
        }
        return clockNs;
    }

    /** Makes the order for each market message at the next poll. */
    private static final class Ends implements PipeEnds
    {
        private final PreparedOrder prepared = new PreparedOrder();
        private OrderHandler handler;
        private long intendedNs = -1;
        private long orders;
        private long replies;
        private boolean loseOne;

        @Override
        public void orderHandler(final OrderHandler newHandler)
        {
            handler = newHandler;
        }

        @Override
        public boolean offerMarket(final DirectBuffer message, final int length, final long newIntendedNs)
        {
            intendedNs = Workload.updateId(message, 0) > 0 ? newIntendedNs : -1;
            return true;
        }

        @Override
        public boolean offerReply(final DirectBuffer message, final int length, final long timeNs)
        {
            replies++;
            return true;
        }

        @Override
        public void poll(final long nowNs)
        {
            if (intendedNs >= 0 && !loseOne)
            {
                prepared.next(intendedNs);
                handler.onOrder(prepared.buffer(), RecordDescriptor.HEADER_LENGTH, ++orders);
            }
            loseOne &= intendedNs < 0;
            intendedNs = -1;
        }
    }

    private Histogram run()
    {
        probe.sendFirstBooks();
        probe.slice(RATE, SECOND_NS / 10, SECOND_NS, tally);
        return tally.endSlice();
    }

    @Test
    void shouldSendAtTheRateAndRecordWhatComesAfterTheLeadIn()
    {
        final Histogram latency = run();

        assertThat(tally.events()).isEqualTo(RATE);
        assertThat(tally.sent()).isEqualTo(RATE);
        assertThat(tally.received()).isEqualTo(RATE);
        assertThat(latency.getTotalCount()).isEqualTo(RATE);
        assertThat(ends.replies).isEqualTo(RATE + RATE / 10);
        assertThat(tally.late()).isZero();
        assertThat(latency.getMaxValue()).isLessThan(10 * TURN_NS);
        assertThat(Tally.isBehind(tally.late(), tally.events())).isFalse();
    }

    @Test
    void shouldCountAStallForEveryEventThatItKeptBack()
    {
        stallAtNs = SECOND_NS + SECOND_NS / 2;
        stallNs = SECOND_NS / 10;

        final Histogram latency = run();

        // A tenth of a second at a thousand a second: a hundred events, a half of which waited more than a half of it.
        assertThat(tally.events()).isEqualTo(RATE);
        assertThat(tally.late()).isBetween(95L, 100L);
        assertThat(tally.behindMaxNs()).isBetween(stallNs * 98 / 100, stallNs);
        assertThat(latency.getCountBetweenValues(stallNs / 2, stallNs)).isBetween(48L, 52L);
        assertThat(Tally.isBehind(tally.late(), tally.events())).isTrue();
    }

    @Test
    void shouldForgiveOneLateEventInAHundred()
    {
        assertThat(Tally.isBehind(10, 1_000)).isFalse();
        assertThat(Tally.isBehind(11, 1_000)).isTrue();
        assertThat(Tally.isBehind(0, 0)).isFalse();
    }

    @Test
    void shouldMissAnOrderThatDidNotComeBack()
    {
        probe.sendFirstBooks();
        probe.slice(RATE, 0, SECOND_NS, tally);
        ends.loseOne = true;
        probe.slice(RATE, 0, SECOND_NS, tally);

        assertThat(tally.sent()).isEqualTo(2 * RATE);
        assertThat(tally.received()).isEqualTo(2 * RATE - 1);
    }

    @Test
    void shouldRecordEveryGapOfTheIdleMachine()
    {
        stallAtNs = SECOND_NS + SECOND_NS / 2;
        stallNs = 5_000_000;

        OpenLoopProbe.hiccup(this::nowNs, SECOND_NS, tally);

        assertThat(tally.endSlice().getMaxValue()).isBetween(stallNs, stallNs + stallNs / 100);
        assertThat(tally.total().getValueAtPercentile(50)).isEqualTo(TURN_NS);
    }
}
