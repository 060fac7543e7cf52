package io.lockstep.perf.work;

import io.lockstep.codecs.RecordBatch;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.host.CoreHost;
import io.lockstep.core.host.Outbox;
import io.lockstep.sequencer.config.SequencedTime;
import io.lockstep.sequencer.egress.Egress;
import io.lockstep.sequencer.ingress.Ingress;
import io.lockstep.sequencer.ingress.InputSink;
import io.lockstep.sequencer.journal.Journal;
import io.lockstep.sequencer.loop.Sequencer;
import io.lockstep.sequencer.loop.SequencerMonitor;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A turn of the sequencer: takes a batch of book updates, stamps and seals them, has them journaled and gives them to the
 * core. The journal is memory that each batch is copied into; there is no link at either end.
 */
public final class LoopWork implements Work
{
    private static final int JOURNAL_LENGTH = 1 << 22;
    private static final int LEVELS_CHANGED = 4;

    private final SampleMarket market = new SampleMarket(20);
    private final InputTape start = market.start(SampleMarket.ORDER_EVERY, 1, true);
    private final InputTape updates = market.bookUpdates(LEVELS_CHANGED);
    private final int batch;
    private final Sequencer sequencer;
    private long wallNs = 1_767_225_600_000_000_000L;

    /**
     * @param batch inputs of each turn.
     */
    public LoopWork(final int batch)
    {
        this.batch = batch;
        final CoreHost host = new CoreHost(List.of(new SampleStrategy.Factory()), Outbox.MUTED);
        final StartIngress starting = new StartIngress();
        new Sequencer(host, starting, Journal.NONE, Egress.NONE, () -> wallNs, SequencedTime.WALL,
            SequencerMonitor.NONE, 0, 1, 0).doWork();
        sequencer = new Sequencer(host, new TapeIngress(), new MemoryJournal(), Egress.NONE, () -> wallNs,
            SequencedTime.WALL, SequencerMonitor.NONE, 0, 1, 0);
    }

    @Override
    public long step()
    {
        // Short of the timer that the strategies have set.
        wallNs++;
        sequencer.doWork();
        return sequencer.chain();
    }

    /** Inputs so far. */
    long inputs()
    {
        return sequencer.sequence();
    }

    /** Definitions and first books, all at once. */
    private final class StartIngress implements Ingress
    {
        @Override
        public int poll(final InputSink sink, final int limit, final long wallTimeNs)
        {
            for (int i = 0; i < start.count(); i++)
            {
                final int record = start.offset(i);
                sink.onInput(start.buffer(), record, RecordDescriptor.recordLength(start.buffer(), record));
            }
            return start.count();
        }

        @Override
        public void onJournaled(final boolean idle)
        {
            // Nobody waits for an acknowledgement.
        }
    }

    private final class TapeIngress implements Ingress
    {
        @Override
        public int poll(final InputSink sink, final int limit, final long wallTimeNs)
        {
            for (int i = 0; i < batch; i++)
            {
                final int record = updates.next();
                market.number(updates.buffer(), record);
                sink.onInput(updates.buffer(), record, RecordDescriptor.recordLength(updates.buffer(), record));
            }
            return batch;
        }

        @Override
        public void onJournaled(final boolean idle)
        {
            // Nobody waits for an acknowledgement.
        }
    }

    /** Goes round in memory of its own. */
    private static final class MemoryJournal implements Journal
    {
        private final UnsafeBuffer memory = new UnsafeBuffer(ByteBuffer.allocateDirect(JOURNAL_LENGTH));
        private int position;

        @Override
        public void append(final RecordBatch batch)
        {
            position = position + batch.length() > JOURNAL_LENGTH ? 0 : position;
            memory.putBytes(position, batch.buffer(), 0, batch.length());
            position += batch.length();
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
}
