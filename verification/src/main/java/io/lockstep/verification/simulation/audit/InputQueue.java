package io.lockstep.verification.simulation.audit;

import io.lockstep.codecs.RecordDescriptor;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Inputs as they were journaled, which wait until a decision shows that the core has had them: inputs are journaled in batches, and
 * before what is decided on them.
 */
final class InputQueue
{
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private final UnsafeBuffer record = new UnsafeBuffer(0, 0);

    void add(final DirectBuffer buffer, final int offset)
    {
        final byte[] bytes = new byte[RecordDescriptor.recordLength(buffer, offset)];
        buffer.getBytes(offset, bytes);
        waiting.addLast(bytes);
    }

    /** Gives the records up to this sequence to the handler, each from offset 0 on. */
    void takeUpTo(final long sequence, final Consumer<DirectBuffer> handler)
    {
        while (!waiting.isEmpty())
        {
            record.wrap(waiting.peekFirst());
            if (RecordDescriptor.sequence(record, 0) > sequence)
            {
                return;
            }
            waiting.removeFirst();
            handler.accept(record);
        }
    }
}
