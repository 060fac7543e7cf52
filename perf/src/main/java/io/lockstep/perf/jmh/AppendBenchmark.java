package io.lockstep.perf.jmh;

import io.lockstep.codecs.RecordBatch;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sequencer.config.JournalContext;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.SegmentedJournal;
import net.openhft.chronicle.bytes.PointerBytesStore;
import net.openhft.chronicle.core.time.SetTimeProvider;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A record of 208 bytes as a document of its own: in our journal, all of whose pages are touched before; in a Chronicle Queue by its
 * own appender, which sees the pages of its file first; and copied into memory that is there.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 10)
@Measurement(iterations = 20)
public class AppendBenchmark
{
    private static final int OPERATIONS = 200_000;
    private static final int MESSAGE_LENGTH = 120;
    private static final int MEMORY_LENGTH = 64 << 20;

    private final RecordBatch batch = new RecordBatch();
    private final PointerBytesStore batchBytes = new PointerBytesStore();
    private final UnsafeBuffer memory = new UnsafeBuffer(ByteBuffer.allocateDirect(MEMORY_LENGTH));
    private Path directory;
    private SegmentedJournal journal;
    private SingleChronicleQueue queue;
    private ExcerptAppender appender;

    /** A record, and where files are kept: in memory, where there is such a file system. */
    @Setup
    public void setup()
    {
        batch.addMessage(RecordKind.INPUT, new UnsafeBuffer(new byte[MESSAGE_LENGTH]), 0, MESSAGE_LENGTH);
        batchBytes.set(batch.buffer().addressOffset(), batch.length());
    }

    @Setup(Level.Iteration)
    public void open() throws IOException
    {
        final Path shared = Path.of("/dev/shm");
        directory = Files.isWritable(shared)
            ? Files.createTempDirectory(shared, "lockstep-append-")
            : Files.createTempDirectory("lockstep-append-");
        journal = SegmentedJournal.open(new NodeDirectory(directory), 1,
            JournalContext.DEFAULT.withReserveAhead(MEMORY_LENGTH).withTouchAhead(MEMORY_LENGTH), (error) ->
            {
                throw new IllegalStateException(error);
            });
        queue = SingleChronicleQueueBuilder.binary(directory.resolve("queue"))
            .rollCycle(LegacyRollCycles.DAILY).blockSize(MEMORY_LENGTH).timeProvider(new SetTimeProvider(0)).build();
        appender = queue.createAppender();
        memory.setMemory(0, MEMORY_LENGTH, (byte)1);
    }

    @TearDown(Level.Iteration)
    public void close()
    {
        journal.close();
        appender.close();
        queue.close();
        IoUtil.delete(directory.toFile(), false);
    }

    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public void journal()
    {
        for (int i = 0; i < OPERATIONS; i++)
        {
            journal.append(batch);
        }
    }

    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public void chronicle()
    {
        for (int i = 0; i < OPERATIONS; i++)
        {
            appender.writeBytes(batchBytes);
        }
    }

    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public int copy()
    {
        int offset = 0;
        for (int i = 0; i < OPERATIONS; i++)
        {
            memory.putBytes(offset + Integer.BYTES, batch.buffer(), 0, batch.length());
            memory.putIntRelease(offset, batch.length());
            offset += Integer.BYTES + batch.length();
        }
        return offset;
    }
}
