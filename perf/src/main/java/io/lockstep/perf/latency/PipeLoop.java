package io.lockstep.perf.latency;

import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sequencer.journal.Journal;
import io.lockstep.sequencer.journal.RecordBatch;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * A loop with an empty core, in the node's phases: poll a batch, append it as one document, append the decisions prepared for
 * it as one document, send them. What comes is copied once, into the batch; nothing is checked, numbered, stamped or summed.
 * All that is written into a prepared decision is when its input was meant to be sent, and its number.
 */
final class PipeLoop implements PathLoop
{
    private static final int POLL_LIMIT = 256;

    private final Subscription subscription;
    private final ExclusivePublication publication;
    private final Journal journal;
    private final PreparedOrder prepared;
    private final int orderMultiple;
    private final FragmentHandler handler;
    private final IdleStrategy idle = BusySpinIdleStrategy.INSTANCE;
    private final RecordBatch inputs = new RecordBatch();
    private final RecordBatch decisions = new RecordBatch();

    /**
     * @param assembly makes of a handler of whole records one of what is polled.
     */
    PipeLoop(
        final Subscription subscription,
        final ExclusivePublication publication,
        final Journal journal,
        final PreparedOrder prepared,
        final int orderMultiple,
        final UnaryOperator<FragmentHandler> assembly)
    {
        this.subscription = subscription;
        this.publication = publication;
        this.journal = journal;
        this.prepared = prepared;
        this.orderMultiple = orderMultiple;
        handler = assembly.apply(
            (buffer, offset, length, header) -> onRecord(buffer, offset, length));
    }

    @Override
    public void run(final BooleanSupplier isWanted)
    {
        while (isWanted.getAsBoolean())
        {
            idle.idle(doWork());
        }
    }

    private int doWork()
    {
        final int work = subscription.poll(handler, POLL_LIMIT);
        if (!inputs.isEmpty())
        {
            append(inputs);
            if (!decisions.isEmpty())
            {
                append(decisions);
                send();
                decisions.clear();
            }
            inputs.clear();
        }
        return work;
    }

    private void append(final RecordBatch batch)
    {
        if (journal.isSegmentDue(batch.length(), 0))
        {
            journal.startSegment();
        }
        journal.append(batch);
    }

    private void onRecord(final DirectBuffer buffer, final int offset, final int length)
    {
        inputs.addRecord(buffer, offset, length);
        final long updateId = Workload.updateId(buffer, offset + RecordDescriptor.HEADER_LENGTH);
        if (updateId > 0 && Workload.makesOrder(updateId, orderMultiple))
        {
            prepared.next(RecordDescriptor.gatewayTimeNs(buffer, offset));
            decisions.addRecord(prepared.buffer(), 0, prepared.length());
        }
    }

    private void send()
    {
        for (int offset = 0; offset < decisions.length(); offset += prepared.length())
        {
            while (publication.offer(decisions.buffer(), offset, prepared.length()) < 0)
            {
                Thread.onSpinWait();
            }
        }
    }
}
