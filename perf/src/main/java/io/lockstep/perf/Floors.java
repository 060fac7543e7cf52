package io.lockstep.perf;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sequencer.journal.RecordBatch;
import io.lockstep.sequencer.journal.QueueJournal;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What the parts cost on their own, on this machine, in this run: nothing built of them can be faster.
 */
final class Floors
{
    private static final int STREAM_PING = 9001;
    private static final int STREAM_PONG = 9002;
    private static final long MAX_NS = TimeUnit.SECONDS.toNanos(10);

    private Floors()
    {
    }

    /** Gaps between two looks at the clock of a thread that does nothing else: what the machine itself takes away. */
    static Histogram hiccup(final long durationNs)
    {
        final Histogram histogram = new Histogram(MAX_NS, 3);
        final long endNs = System.nanoTime() + durationNs;
        long lastNs = System.nanoTime();
        while (lastNs < endNs)
        {
            final long nowNs = System.nanoTime();
            histogram.recordValue(Math.min(nowNs - lastNs, MAX_NS));
            lastNs = nowNs;
        }
        return histogram;
    }

    /** Appending one document with one record of so many bytes, each. */
    static Histogram append(final Path directory, final int messageLength, final int count)
    {
        final Histogram histogram = new Histogram(MAX_NS, 3);
        final RecordBatch batch = new RecordBatch();
        batch.addMessage(RecordKind.INPUT, new UnsafeBuffer(new byte[messageLength]), 0, messageLength);
        try (QueueJournal journal = new QueueJournal(directory))
        {
            for (int i = 0; i < count; i++)
            {
                final long startNs = System.nanoTime();
                journal.append(batch);
                if (i >= count / 5)
                {
                    histogram.recordValue(Math.min(System.nanoTime() - startNs, MAX_NS));
                }
            }
        }
        return histogram;
    }

    /** A message to another thread and back over IPC, one at a time. */
    static Histogram echo(final Aeron aeron, final int messageLength, final int count) throws InterruptedException
    {
        final Histogram histogram = new Histogram(MAX_NS, 3);
        final AtomicBoolean running = new AtomicBoolean(true);
        final Thread echo = new Thread(() -> echoLoop(aeron, running), "echo");
        echo.start();
        try (ExclusivePublication ping = aeron.addExclusivePublication("aeron:ipc", STREAM_PING);
            Subscription pong = aeron.addSubscription("aeron:ipc", STREAM_PONG))
        {
            final UnsafeBuffer message = new UnsafeBuffer(ByteBuffer.allocateDirect(messageLength));
            final FragmentHandler ignore = (buffer, offset, length, header) ->
            {
            };
            for (int i = 0; i < count; i++)
            {
                final long startNs = System.nanoTime();
                while (ping.offer(message, 0, messageLength) < 0)
                {
                    Thread.onSpinWait();
                }
                while (pong.poll(ignore, 1) == 0)
                {
                    Thread.onSpinWait();
                }
                if (i >= count / 5)
                {
                    histogram.recordValue(Math.min(System.nanoTime() - startNs, MAX_NS));
                }
            }
        }
        finally
        {
            running.set(false);
            echo.join();
        }
        return histogram;
    }

    private static void echoLoop(final Aeron aeron, final AtomicBoolean running)
    {
        try (Subscription ping = aeron.addSubscription("aeron:ipc", STREAM_PING);
            ExclusivePublication pong = aeron.addExclusivePublication("aeron:ipc", STREAM_PONG))
        {
            final FragmentHandler reply = (buffer, offset, length, header) ->
            {
                while (pong.offer(buffer, offset, length) < 0 && running.get())
                {
                    Thread.onSpinWait();
                }
            };
            while (running.get())
            {
                if (ping.poll(reply, 1) == 0)
                {
                    Thread.onSpinWait();
                }
            }
        }
    }
}
