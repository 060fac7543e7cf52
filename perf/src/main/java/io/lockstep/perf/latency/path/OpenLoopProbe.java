package io.lockstep.perf.latency.path;

import io.lockstep.peers.OpenLoop;
import io.lockstep.perf.latency.load.Workload;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;

/**
 * Sends market events of the {@link Workload} and takes and answers the orders, on one thread. The intended send time travels
 * with the event and comes back in the order as its TransactTime.
 */
public final class OpenLoopProbe extends OpenLoop
{
    private final PipeEnds ends;
    private final Workload workload;
    private final FillEncoder fills = new FillEncoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final NewOrderSingleDecoder order = new NewOrderSingleDecoder();

    private int messageLength;

    public OpenLoopProbe(final PipeEnds ends, final Workload workload, final NanoClock clock)
    {
        super(clock::nanoTime);
        this.ends = ends;
        this.workload = workload;
        ends.orderHandler(this::onOrder);
    }

    /** Sends the books that are there before anything is measured. */
    public void sendFirstBooks()
    {
        for (int i = 0; i < workload.firstBooks(); i++)
        {
            final int length = workload.firstBook(i);
            while (!ends.offerMarket(workload.market(), length, nowNs()))
            {
                poll();
            }
        }
        advance();
    }

    @Override
    protected boolean send(final long intendedNs)
    {
        return ends.offerMarket(workload.market(), messageLength, intendedNs);
    }

    @Override
    protected boolean isAsking()
    {
        return workload.makesOrder();
    }

    @Override
    protected void advance()
    {
        messageLength = workload.next();
    }

    @Override
    protected void poll(final long nowNs)
    {
        ends.poll(nowNs);
    }

    private void onOrder(final DirectBuffer buffer, final int offset, final long egressSequence)
    {
        final long nowNs = nowNs();
        order.wrapAndApplyHeader(buffer, offset, header);
        final long intendedNs = order.transactTimeNs();
        onAnswer(intendedNs, nowNs);
        final int length = fills.fill(order, egressSequence);
        while (!ends.offerReply(fills.reply(), length, intendedNs))
        {
            Thread.onSpinWait();
        }
    }
}
