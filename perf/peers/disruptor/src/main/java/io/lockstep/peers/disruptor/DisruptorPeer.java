package io.lockstep.peers.disruptor;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.RingBuffer;
import io.lockstep.peers.Peer;
import io.lockstep.peers.PeerPlan;
import io.lockstep.peers.PeerRun;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A hand-off there and back: the sender copies the event into a ring, a thread looks at it and puts the answer into a second
 * ring, which the sender polls.
 */
public final class DisruptorPeer implements Peer
{
    private static final int CAPACITY = 1 << 16;

    /** An entry of a ring. */
    private static final class Entry
    {
        private final byte[] bytes;
        private long intendedNs;
        private boolean isAsking;

        private Entry(final int length)
        {
            bytes = new byte[length];
        }
    }

    private final byte[] event;
    private final byte[] answer;
    private final RingBuffer<Entry> events;
    private final RingBuffer<Entry> answers;
    private final BatchEventProcessor<Entry> processor;
    private final EventPoller<Entry> poller;
    private final EventPoller.Handler<Entry> handler;

    private DisruptorPeer(final PeerPlan plan, final Answers receiver)
    {
        event = new byte[plan.eventLength()];
        answer = new byte[plan.answerLength()];
        events = ring(plan.eventLength());
        answers = ring(plan.answerLength());
        processor = new BatchEventProcessorBuilder()
            .build(events, events.newBarrier(), (entry, sequence, endOfBatch) -> onEvent(entry));
        events.addGatingSequences(processor.getSequence());
        poller = answers.newPoller();
        answers.addGatingSequences(poller.getSequence());
        handler = (entry, sequence, endOfBatch) ->
        {
            receiver.onAnswer(entry.intendedNs);
            return true;
        };
        final Thread thread = new Thread(processor, "disruptor-consumer");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * @param args of a {@link PeerPlan}.
     */
    public static void main(final String[] args) throws IOException
    {
        PeerRun.run(args, (final PeerPlan plan, final Path directory, final Answers answers) -> new DisruptorPeer(
            plan, answers));
    }

    private static RingBuffer<Entry> ring(final int length)
    {
        return RingBuffer.createSingleProducer(() -> new Entry(length), CAPACITY, new BusySpinWaitStrategy());
    }

    @Override
    public boolean offer(final long number, final boolean isAsking, final long intendedNs)
    {
        return put(events, event, isAsking, intendedNs);
    }

    private void onEvent(final Entry entry)
    {
        while (entry.isAsking && !put(answers, answer, false, entry.intendedNs))
        {
            Thread.onSpinWait();
        }
    }

    private static boolean put(
        final RingBuffer<Entry> ring, final byte[] bytes, final boolean isAsking, final long intendedNs)
    {
        if (!ring.hasAvailableCapacity(1))
        {
            return false;
        }
        final long sequence = ring.next();
        final Entry entry = ring.get(sequence);
        System.arraycopy(bytes, 0, entry.bytes, 0, bytes.length);
        entry.isAsking = isAsking;
        entry.intendedNs = intendedNs;
        ring.publish(sequence);
        return true;
    }

    @Override
    public void poll()
    {
        try
        {
            poller.poll(handler);
        }
        catch (final Exception ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    @Override
    public long restart()
    {
        return 0;
    }

    @Override
    public void close()
    {
        processor.halt();
    }
}
