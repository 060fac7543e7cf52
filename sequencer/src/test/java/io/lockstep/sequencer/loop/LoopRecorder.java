package io.lockstep.sequencer.loop;

import io.lockstep.codecs.RecordBatch;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.host.Outbox;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sequencer.RecordText;
import io.lockstep.sequencer.egress.Egress;
import io.lockstep.sequencer.ingress.Ingress;
import io.lockstep.sequencer.ingress.InputSink;
import io.lockstep.sequencer.journal.Journal;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Both ends of a loop and its journal, in memory: gives the sequencer what a test says and writes down, in order, what the
 * sequencer does with them.
 * <pre>
 *  journal I3:Trade                 a document
 *  outbox D3.1:NewOrderSingle       a decision that leaves, while the core decides
 *  applied I3:Trade                 the core is done with the input
 *  flush                            what is in the outbox leaves
 *  journaled                        the ingress may acknowledge
 * </pre>
 */
public final class LoopRecorder implements Ingress, Egress, Outbox, Journal
{
    private int batchLengthMax = Integer.MAX_VALUE;
    private final Deque<List<Consumer<InputSink>>> turns = new ArrayDeque<>();
    private final List<String> events = new ArrayList<>();
    private final List<UnsafeBuffer> records = new ArrayList<>();

    /** What one poll finds. */
    public void turn(final DirectBuffer... inputs)
    {
        final List<Consumer<InputSink>> turn = new ArrayList<>();
        for (final DirectBuffer input : inputs)
        {
            turn.add((sink) -> sink.onInput(input, 0, input.capacity()));
        }
        turns.add(turn);
    }

    void turnOf(final List<Consumer<InputSink>> calls)
    {
        turns.add(calls);
    }

    public List<String> takeEvents()
    {
        final List<String> taken = List.copyOf(events);
        events.clear();
        return taken;
    }

    /** All records journaled. */
    public List<UnsafeBuffer> records()
    {
        return records;
    }

    @Override
    public int poll(final InputSink sink, final int limit, final long wallTimeNs)
    {
        final List<Consumer<InputSink>> turn = turns.poll();
        if (turn == null)
        {
            return 0;
        }
        turn.forEach((call) -> call.accept(sink));
        return turn.size();
    }

    @Override
    public void onJournaled(final boolean idle)
    {
        events.add(idle ? "idle" : "journaled");
    }

    @Override
    public void append(final RecordBatch batch)
    {
        events.add("journal " + String.join(" ", RecordText.all(batch.buffer(), batch.length())));
        for (int offset = 0; offset < batch.length();)
        {
            final int length = RecordDescriptor.recordLength(batch.buffer(), offset);
            final byte[] bytes = new byte[length];
            batch.buffer().getBytes(offset, bytes);
            records.add(new UnsafeBuffer(bytes));
            offset += length;
        }
    }

    @Override
    public void sync()
    {
        events.add("sync");
    }

    @Override
    public void onApplied(final DirectBuffer buffer, final int offset, final CommandReason reason)
    {
        events.add("applied " + RecordText.of(buffer, offset));
    }

    @Override
    public void flush()
    {
        events.add("flush");
    }

    @Override
    public int doWork(final long wallTimeNs)
    {
        return 0;
    }

    @Override
    public void add(final int venueId, final DirectBuffer buffer, final int offset)
    {
        events.add("outbox " + RecordText.of(buffer, offset));
    }

    @Override
    public void release(final int venueId, final long egressSequence)
    {
        events.add("release " + egressSequence);
    }

    @Override
    public void close()
    {
        // In memory.
    }

    /** For the sequencer that is made next. */
    public void batchLengthMax(final int newBatchLengthMax)
    {
        batchLengthMax = newBatchLengthMax;
    }

    @Override
    public int batchLengthMax()
    {
        return batchLengthMax;
    }
}
