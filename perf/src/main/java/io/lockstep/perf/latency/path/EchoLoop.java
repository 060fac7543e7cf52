package io.lockstep.perf.latency.path;

import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.perf.latency.load.Workload;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * Aeron and nothing else: a prepared order goes out from within the poll of the message that asks for it.
 */
public final class EchoLoop implements PathLoop
{
    private static final int POLL_LIMIT = 256;

    private final Subscription subscription;
    private final ExclusivePublication publication;
    private final PreparedOrder prepared;
    private final int orderMultiple;
    private final FragmentHandler handler;
    private final IdleStrategy idle = BusySpinIdleStrategy.INSTANCE;

    /**
     * @param assembly makes of a handler of whole records one of what is polled.
     */
    public EchoLoop(
        final Subscription subscription,
        final ExclusivePublication publication,
        final PreparedOrder prepared,
        final int orderMultiple,
        final UnaryOperator<FragmentHandler> assembly)
    {
        this.subscription = subscription;
        this.publication = publication;
        this.prepared = prepared;
        this.orderMultiple = orderMultiple;
        handler = assembly.apply(
            (buffer, offset, length, header) -> onRecord(buffer, offset));
    }

    @Override
    public void run(final BooleanSupplier isWanted)
    {
        while (isWanted.getAsBoolean())
        {
            idle.idle(subscription.poll(handler, POLL_LIMIT));
        }
    }

    private void onRecord(final DirectBuffer buffer, final int offset)
    {
        final long updateId = Workload.updateId(buffer, offset + RecordDescriptor.HEADER_LENGTH);
        if (updateId > 0 && Workload.makesOrder(updateId, orderMultiple))
        {
            prepared.next(RecordDescriptor.gatewayTimeNs(buffer, offset));
            while (publication.offer(prepared.buffer(), 0, prepared.length()) < 0)
            {
                Thread.onSpinWait();
            }
        }
    }
}
