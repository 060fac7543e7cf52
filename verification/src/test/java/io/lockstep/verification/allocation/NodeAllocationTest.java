package io.lockstep.verification.allocation;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.host.CoreHost;
import io.lockstep.sbe.BarDecoder;
import io.lockstep.sbe.BestBidOfferDecoder;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.DecisionAcknowledgementDecoder;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.FeedStatusDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrderCancelReplaceRequestDecoder;
import io.lockstep.sbe.OrderCancelRequestDecoder;
import io.lockstep.sbe.ScheduleTimerDecoder;
import io.lockstep.sbe.SetLimitDecoder;
import io.lockstep.sbe.TimerFiredDecoder;
import io.lockstep.sbe.TradeDecoder;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.loop.Stage;
import io.lockstep.sequencer.node.Node;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2IntCounterMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A whole node allocates nothing once it is warm, nor do its gateways: a mix of everything that arrives live, over Aeron, with
 * journal, follower and operator. {@code -Dlockstep.allocation.events} sets how many market events; the journal lies in memory.
 */
class NodeAllocationTest
{
    private static final int EVENTS = Integer.getInteger("lockstep.allocation.events", 1_600_000);
    private static final int WARM_UP_EVENTS = 400_000;
    private static final int WINDOW_EVENTS = 100_000;
    private static final int COMMANDS = 10;

    /** What a segment's change, a mapped block or a constant that is resolved allocates: far less than one object in a thousand. */
    private static final int EVENTS_PER_BYTE = 20;
    private static final List<String> PASSED = List.of(LoadedNode.LOOP, LoadedNode.FEED, LoadedNode.VENUE);

    private Path directory;

    /** Sees everything and keeps nothing. */
    private static class Silent implements LoadedNode.Watch
    {
        @Override
        public void onBatch(final int inputs, final CoreHost host, final long sequence, final long timeNs)
        {
        }

        @Override
        public void onTickToTrade(final long durationNs)
        {
        }

        @Override
        public void onTimeBackwards(final long byNs)
        {
        }

        @Override
        public void onRequest(final DirectBuffer buffer, final int offset, final int length)
        {
        }

        @Override
        public void onReport(final DirectBuffer buffer, final int offset, final int length)
        {
        }
    }

    /** Keeps one object in a thousand. */
    private static final class Leak extends Silent
    {
        private static final int EVERY = 1_000;

        private int stages;
        private int reports;
        private int messages;
        private Object ofLoop;
        private Object ofVenue;
        private Object ofFeed;

        @Override
        public void onStage(final Stage stage)
        {
            ofLoop = ++stages % EVERY == 0 ? new Object() : ofLoop;
        }

        @Override
        public void onReport(final DirectBuffer buffer, final int offset, final int length)
        {
            ofVenue = ++reports % EVERY == 0 ? new Object() : ofVenue;
        }

        void onMessage()
        {
            ofFeed = ++messages % EVERY == 0 ? new Object() : ofFeed;
        }
    }

    @BeforeEach
    void setUp() throws IOException
    {
        final Path memory = Path.of("/dev/shm");
        directory = Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "lockstep-allocation-")
            : Files.createTempDirectory("lockstep-allocation-");
    }

    @AfterEach
    void tearDown() throws IOException
    {
        try (Stream<Path> paths = Files.walk(directory))
        {
            for (final Path path : paths.sorted(Comparator.reverseOrder()).toList())
            {
                Files.delete(path);
            }
        }
    }

    /** What each thread allocated in each window. */
    private static Map<String, List<Long>> windows(final LoadedNode node, final int count)
    {
        final Map<String, List<Long>> bytesByThread = new TreeMap<>();
        for (int i = 0; i < count; i++)
        {
            final Map<String, Long> before = ThreadAllocation.bytesByThread();
            node.window(WINDOW_EVENTS, COMMANDS);
            final Map<String, Long> after = ThreadAllocation.bytesByThread();
            before.forEach((thread, bytes) -> bytesByThread.computeIfAbsent(thread, (name) -> new ArrayList<>())
                .add(after.getOrDefault(thread, bytes) - bytes));
        }
        return bytesByThread;
    }

    @Test
    void shouldAllocateNothingOnTheThreadsThatEventsPass()
    {
        final Map<String, List<Long>> bytesByThread;
        final Node.Result result;
        try (LoadedNode node = new LoadedNode(directory, new Silent(), (market) -> market))
        {
            node.window(WARM_UP_EVENTS, COMMANDS);
            bytesByThread = windows(node, EVENTS / WINDOW_EVENTS);
            result = node.stop();
        }
        assertThat(result.inputs()).isGreaterThan(WARM_UP_EVENTS + EVENTS);
        assertMixed();
        System.out.println("Bytes allocated by each thread in each " + WINDOW_EVENTS + " market events, of " +
            result.inputs() + " inputs and " + result.decisions() + " decisions:");
        bytesByThread.forEach((thread, bytes) -> System.out.println(thread + " " + bytes));
        for (final String thread : PASSED)
        {
            assertThat(bytesByThread.get(thread)).as(thread).contains(0L);
            assertThat(bytesByThread.get(thread).stream().mapToLong(Long::longValue).sum()).as(thread)
                .isLessThan(EVENTS / EVENTS_PER_BYTE);
        }
    }

    /** That the test above can fail: one object of each thread in a thousand stages, reports or messages. */
    @Test
    void shouldSeeOneObjectInAThousand()
    {
        final Map<String, List<Long>> bytesByThread;
        final Leak leak = new Leak();
        try (LoadedNode node = new LoadedNode(directory, leak, (market) -> market.observed(leak::onMessage)))
        {
            node.window(WINDOW_EVENTS, COMMANDS);
            bytesByThread = windows(node, 2);
            node.stop();
        }
        for (final String thread : PASSED)
        {
            assertThat(bytesByThread.get(thread)).as(thread).doesNotContain(0L);
        }
    }

    private void assertMixed()
    {
        final Int2IntCounterMap records = new Int2IntCounterMap(0);
        try (JournalReader reader = new JournalReader(new NodeDirectory(directory)))
        {
            while (reader.next())
            {
                records.incrementAndGet(RecordDescriptor.templateId(reader.buffer(), reader.offset()));
            }
        }
        for (final int templateId : new int[]{BookUpdateDecoder.TEMPLATE_ID, BestBidOfferDecoder.TEMPLATE_ID,
            TradeDecoder.TEMPLATE_ID,
            BarDecoder.TEMPLATE_ID, FeedStatusDecoder.TEMPLATE_ID, ExecutionReportDecoder.TEMPLATE_ID,
            TimerFiredDecoder.TEMPLATE_ID,
            NewOrderSingleDecoder.TEMPLATE_ID, OrderCancelRequestDecoder.TEMPLATE_ID,
            OrderCancelReplaceRequestDecoder.TEMPLATE_ID, ScheduleTimerDecoder.TEMPLATE_ID})
        {
            assertThat(records.get(templateId)).as("templateId=" + templateId).isGreaterThan(1_000);
        }
        // Acknowledgements come by time, so a faster machine has fewer; commands come by window.
        assertThat(records.get(DecisionAcknowledgementDecoder.TEMPLATE_ID)).isGreaterThan(COMMANDS);
        assertThat(records.get(SetLimitDecoder.TEMPLATE_ID)).isGreaterThan(COMMANDS);
    }
}
