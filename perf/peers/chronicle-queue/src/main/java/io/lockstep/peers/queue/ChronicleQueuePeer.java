package io.lockstep.peers.queue;

import io.lockstep.peers.Peer;
import io.lockstep.peers.PeerPlan;
import io.lockstep.peers.PeerRun;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;
import net.openhft.chronicle.wire.DocumentContext;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Two queues: the sender appends each event to one, a thread tails it and appends the answers to the other, which the sender
 * tails.
 */
public final class ChronicleQueuePeer implements Peer
{
    /** Large, so that mapping the next block is rare. */
    private static final long BLOCK_LENGTH = 256 << 20;

    private final Answers receiver;
    private final Path directory;
    private final Bytes<?> event;
    private final Bytes<?> answer;
    private final ChronicleQueue events;
    private final ChronicleQueue answers;
    private final ExcerptAppender eventAppender;
    private final ExcerptTailer answerTailer;
    private final Bytes<?> received;
    private final Thread thread = new Thread(this::run, "queue-consumer");
    private volatile boolean isStopping;

    private ChronicleQueuePeer(final PeerPlan plan, final Path directory, final Answers receiver)
    {
        this.receiver = receiver;
        this.directory = directory;
        event = zeros(plan.eventLength());
        answer = zeros(plan.answerLength());
        received = Bytes.allocateDirect(Math.max(plan.eventLength(), plan.answerLength()));
        events = open(directory.resolve("events"));
        answers = open(directory.resolve("answers"));
        eventAppender = events.createAppender();
        answerTailer = answers.createTailer();
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * @param args of a {@link PeerPlan}.
     */
    public static void main(final String[] args) throws IOException
    {
        PeerRun.run(args, ChronicleQueuePeer::new);
    }

    private static Bytes<?> zeros(final int length)
    {
        return Bytes.allocateDirect(length).zeroOut(0, length).readLimit(length);
    }

    private static ChronicleQueue open(final Path path)
    {
        return SingleChronicleQueueBuilder.binary(path)
            .rollCycle(LegacyRollCycles.DAILY).timeProvider(() -> 0).blockSize(BLOCK_LENGTH).build();
    }

    @Override
    public boolean offer(final long number, final boolean isAsking, final long intendedNs)
    {
        append(eventAppender, event, isAsking, intendedNs);
        return true;
    }

    private static void append(
        final ExcerptAppender appender, final Bytes<?> bytes, final boolean isAsking, final long intendedNs)
    {
        try (DocumentContext document = appender.writingDocument())
        {
            document.wire().bytes().writeLong(intendedNs).writeBoolean(isAsking).write(bytes, 0L, bytes.readLimit());
        }
    }

    private void run()
    {
        final Bytes<?> taken = Bytes.allocateDirect(event.readLimit());
        final ExcerptTailer tailer = events.createTailer();
        final ExcerptAppender appender = answers.createAppender();
        while (!isStopping)
        {
            try (DocumentContext document = tailer.readingDocument())
            {
                if (document.isPresent())
                {
                    final Bytes<?> bytes = document.wire().bytes();
                    final long intendedNs = bytes.readLong();
                    final boolean isAsking = bytes.readBoolean();
                    bytes.read(taken.clear(), (int)event.readLimit());
                    if (isAsking)
                    {
                        append(appender, answer, false, intendedNs);
                    }
                }
            }
        }
    }

    @Override
    public void poll()
    {
        try (DocumentContext document = answerTailer.readingDocument())
        {
            if (document.isPresent())
            {
                final Bytes<?> bytes = document.wire().bytes();
                final long intendedNs = bytes.readLong();
                bytes.readBoolean();
                bytes.read(received.clear(), (int)answer.readLimit());
                receiver.onAnswer(intendedNs);
            }
        }
    }

    /** What is applied is read and copied, no more. */
    @Override
    public long restart() throws InterruptedException
    {
        stop();
        final long startNs = System.nanoTime();
        try (ChronicleQueue queue = open(directory.resolve("events")); ExcerptTailer tailer = queue.createTailer())
        {
            while (next(tailer))
            {
                // Copied, and that is all.
            }
        }
        return System.nanoTime() - startNs;
    }

    private boolean next(final ExcerptTailer tailer)
    {
        try (DocumentContext document = tailer.readingDocument())
        {
            if (document.isPresent())
            {
                document.wire().bytes().readSkip(Long.BYTES + 1).read(received.clear(), (int)event.readLimit());
            }
            return document.isPresent();
        }
    }

    private void stop() throws InterruptedException
    {
        isStopping = true;
        thread.join();
        events.close();
        answers.close();
    }

    @Override
    public void close()
    {
        // The process ends.
        isStopping = true;
    }
}
