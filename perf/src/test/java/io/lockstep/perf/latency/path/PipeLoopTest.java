package io.lockstep.perf.latency.path;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.lockstep.codecs.RecordBatch;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.Xxh64;
import io.lockstep.perf.latency.load.GeneratedWorkload;
import io.lockstep.perf.latency.load.Workload;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sequencer.aeron.DriverClient;
import io.lockstep.sequencer.aeron.EmbeddedDriver;
import io.lockstep.sequencer.config.Channel;
import io.lockstep.sequencer.journal.Journal;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What the floor writes and sends is what a node with an empty core would; on one thread. */
class PipeLoopTest
{
    private static final String IPC = "aeron:ipc";
    private static final Channel IN = new Channel(IPC, 1);
    private static final Channel OUT = new Channel(IPC, 2);
    private static final int ORDER_MULTIPLE = 10;
    private static final long REHEARSE_NS = 20_000;
    private static final int EVENTS = 200;
    private static final int TURNS = 20;

    @TempDir
    private Path directory;

    private final CopyingJournal journal = new CopyingJournal();
    private final List<Long> orderTimesNs = new ArrayList<>();
    private final FillEncoder fills = new FillEncoder();
    private MediaDriver driver;
    private Aeron aeron;
    private LinkedEnds ends;
    private PipeLoop loop;

    /** Keeps each record apart. */
    private static final class CopyingJournal implements Journal
    {
        private final List<UnsafeBuffer> records = new ArrayList<>();

        @Override
        public void append(final RecordBatch batch)
        {
            for (int offset = 0; offset < batch.length();)
            {
                final int length = RecordDescriptor.recordLength(batch.buffer(), offset);
                final UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
                copy.putBytes(0, batch.buffer(), offset, length);
                records.add(copy);
                offset += length;
            }
        }

        @Override
        public void sync()
        {
            // Memory.
        }

        @Override
        public void close()
        {
            // Memory.
        }
    }

    @BeforeEach
    void setUp()
    {
        driver = EmbeddedDriver.launch(directory.resolve("driver"), Throwable::printStackTrace);
        aeron = DriverClient.connect(new Aeron.Context().aeronDirectoryName(driver.aeronDirectoryName()));
        loop = new PipeLoop(aeron.addSubscription(IN.uri(), IN.streamId()),
            aeron.addExclusivePublication(OUT.uri(), OUT.streamId()), journal, new PreparedOrder(), ORDER_MULTIPLE,
            REHEARSE_NS);
        ends = new LinkedEnds(aeron, IN, OUT);
        ends.orderHandler(this::onOrder);
        while (!ends.isLinked())
        {
            turn();
        }
    }

    @AfterEach
    void tearDown()
    {
        aeron.close();
        driver.close();
    }

    private void onOrder(final DirectBuffer buffer, final int offset, final long egressSequence)
    {
        final NewOrderSingleDecoder order = new NewOrderSingleDecoder()
            .wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
        orderTimesNs.add(order.transactTimeNs());
        assertThat(egressSequence).isEqualTo(orderTimesNs.size());
        assertThat(ends.offerReply(fills.reply(), fills.fill(order, egressSequence), order.transactTimeNs())).isTrue();
    }

    private void turn()
    {
        final int[] left = {TURNS};
        loop.run(() -> left[0]-- > 0);
        ends.poll(System.nanoTime());
    }

    @Test
    void shouldWriteSealedRecordsOfOneChain()
    {
        final Workload workload = GeneratedWorkload.load(ORDER_MULTIPLE).workloads().get();
        for (int i = 1; i <= EVENTS; i++)
        {
            final int length = workload.next();
            assertThat(ends.offerMarket(workload.market(), length, i)).isTrue();
            turn();
        }
        turn();

        assertThat(orderTimesNs).hasSize(EVENTS / ORDER_MULTIPLE);
        long chain = 0;
        long sequence = 0;
        int decisions = 0;
        for (final UnsafeBuffer record : journal.records)
        {
            final boolean isInput = RecordDescriptor.kind(record, 0) == RecordKind.INPUT.value();
            sequence += isInput ? 1 : 0;
            decisions += isInput ? 0 : 1;
            assertThat(RecordDescriptor.sequence(record, 0)).isEqualTo(sequence);
            assertThat(RecordDescriptor.ordinal(record, 0)).isEqualTo(isInput ? 0 : 1);
            assertThat(RecordDescriptor.checksum(record, 0)).isEqualTo(RecordDescriptor.computeChecksum(record, 0));
            chain = Xxh64.chain(chain, RecordDescriptor.checksum(record, 0));
            assertThat(RecordDescriptor.chain(record, 0)).isEqualTo(chain);
        }
        assertThat(decisions).isEqualTo(orderTimesNs.size());
        // The events, and a fill for each order.
        assertThat(sequence).isEqualTo(EVENTS + decisions);
        for (int i = 0; i < orderTimesNs.size(); i++)
        {
            assertThat(orderTimesNs.get(i)).isEqualTo((i + 1L) * ORDER_MULTIPLE);
        }
    }
}
