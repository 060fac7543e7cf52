package io.lockstep.core;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.market.Market;
import io.lockstep.sbe.BookUpdateEncoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

/** A thousand symbols in one core, each with a book of a thousand levels and a strategy: what they cost, once and then. */
class ManySymbolsTest
{
    private static final int SYMBOLS = 1_000;
    private static final int LEVELS = 500;
    private static final int UPDATES = 10_000_000;
    private static final int WARM_UP_UPDATES = 500_000;
    private static final int BYTES_PER_SYMBOL_MAX = 64 * 1024;
    private static final long MID_TICKS = 100_000;

    private final CoreScenario scenario = new CoreScenario().forgetful();
    private final DecisionCounter decisions = new DecisionCounter();
    private final SplittableRandom random = new SplittableRandom(5);
    private final MutableDirectBuffer buffer = new UnsafeBuffer(new byte[1_024]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final BookUpdateEncoder update = new BookUpdateEncoder();
    private long nowNs = CoreScenario.START_NS;

    @Test
    void shouldHoldAThousandSymbolsInBoundedMemory(final TestReporter reporter)
    {
        scenario.tap(decisions);
        final String bids = levels(MID_TICKS, -1);
        final String asks = levels(MID_TICKS + 1, 1);
        final long before = usedBytes();
        for (int id = 0; id < SYMBOLS; id++)
        {
            scenario.define(CoreScenario.LINEAR)
                .assign(CoreScenario.CROSSING, "source=1", "fast=10", "slow=50", "orderNotional=1000000")
                .snapshot(1, bids, asks);
        }
        final long bytesPerSymbol = (usedBytes() - before) / SYMBOLS;
        reporter.publishEntry("bytesPerSymbol", String.valueOf(bytesPerSymbol));
        // Prices and quantities alone are 16 bytes a level: less than that would mean that nothing was measured.
        assertThat(bytesPerSymbol).isBetween(2L * LEVELS * 16, (long)BYTES_PER_SYMBOL_MAX);
        assertBooks();

        final long allocated = allocatedBy(WARM_UP_UPDATES, UPDATES);

        assertThat(allocated).isZero();
        assertThat((usedBytes() - before) / SYMBOLS).isLessThan(BYTES_PER_SYMBOL_MAX);
        assertThat(decisions.templateIds()).contains(20, 21);
        assertBooks();
    }

    private static String levels(final long firstTicks, final int step)
    {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < LEVELS; i++)
        {
            text.append(firstTicks + (long)step * i).append("x").append(10 + i).append(" ");
        }
        return text.toString().strip();
    }

    private void assertBooks()
    {
        for (int id = 0; id < SYMBOLS; id++)
        {
            final Market market = scenario.core().market(id);
            assertThat(market.isLive()).isTrue();
            assertThat(market.book().bidDepth()).isBetween(LEVELS - 10, LEVELS + 10);
            assertThat(market.book().askDepth()).isBetween(LEVELS - 10, LEVELS + 10);
        }
    }

    private long allocatedBy(final int warmUpUpdates, final int updates)
    {
        update(warmUpUpdates);
        return AllocationProbe.allocatedBytes(0, () -> update(updates / 2));
    }

    /** Changes one level on each side of a symbol, mostly near the touch; a level taken away comes back in time. */
    private void update(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            final int bidDepth = depth();
            final int askDepth = depth();
            update.wrapAndApplyHeader(buffer, RecordDescriptor.HEADER_LENGTH, header)
                .instrumentId(random.nextInt(SYMBOLS)).updateId(1).previousUpdateId(1)
                .bidsCount(1).next().priceTicks(MID_TICKS - bidDepth).quantityLots(quantity(bidDepth));
            update.asksCount(1).next().priceTicks(MID_TICKS + 1 + askDepth).quantityLots(quantity(askDepth));
            nowNs += 1_000;
            RecordDescriptor.sequence(buffer, 0, scenario.core().lastSequence() + 1);
            RecordDescriptor.incarnation(buffer, 0, 1);
            RecordDescriptor.sequencerTimeNs(buffer, 0, nowNs);
            scenario.core().onInput(buffer, 0);
        }
    }

    private int depth()
    {
        return random.nextInt(4) == 0 ? random.nextInt(LEVELS) : random.nextInt(5);
    }

    /** Only the five best levels ever go, so that a book keeps its size. */
    private long quantity(final int depth)
    {
        return depth < 5 ? random.nextInt(3) : 1 + random.nextInt(100);
    }

    private static long usedBytes()
    {
        for (int i = 0; i < 3; i++)
        {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
