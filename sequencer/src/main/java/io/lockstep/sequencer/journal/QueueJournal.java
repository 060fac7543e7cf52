package io.lockstep.sequencer.journal;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.PointerBytesStore;
import net.openhft.chronicle.core.time.SetTimeProvider;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;
import net.openhft.chronicle.wire.DocumentContext;

import java.nio.file.Path;

/**
 * A Chronicle Queue of one incarnation, written by one thread. A directory is written by the process that made it and by no
 * other: a dead process's queue is only ever read, so that none of its locks is waited for.
 * <p>
 * The queue is given a clock that stands still: reading the wall clock at each append costs more than the append, and a queue
 * that rolls by wall clock would make its next file on the hot thread.
 */
public final class QueueJournal implements Journal
{
    /** Mapped at a time; a batch must fit in a quarter of it. */
    static final long BLOCK_SIZE = 64L << 20;

    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final PointerBytesStore batchBytes = new PointerBytesStore();

    /**
     * @param directory does not exist or is empty.
     */
    public QueueJournal(final Path directory)
    {
        final SetTimeProvider clock = new SetTimeProvider(System.currentTimeMillis() * 1_000_000L);
        queue = SingleChronicleQueueBuilder.binary(directory)
            .rollCycle(LegacyRollCycles.DAILY)
            .blockSize(BLOCK_SIZE)
            .timeProvider(clock)
            .build();
        appender = queue.createAppender();
    }

    @Override
    public void append(final RecordBatch batch)
    {
        batchBytes.set(batch.buffer().addressOffset(), batch.length());
        try (DocumentContext document = appender.writingDocument())
        {
            final Bytes<?> bytes = document.wire().bytes();
            bytes.write(batchBytes, 0L, batch.length());
        }
    }

    @Override
    public void close()
    {
        appender.close();
        queue.close();
    }
}
