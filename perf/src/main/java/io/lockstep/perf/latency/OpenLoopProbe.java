package io.lockstep.perf.latency;

import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;

import java.util.concurrent.TimeUnit;

/**
 * Sends market events at a fixed rate, whether or not orders have come, and takes and answers the orders; sender and receiver
 * share this thread. The intended send time travels with the event and comes back in the order as its TransactTime: the
 * difference to now is the latency, and nothing has to be matched.
 */
public final class OpenLoopProbe
{
    private static final long DRAIN_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(2);
    private static final int BURST = 16;

    private final PipeEnds ends;
    private final Workload workload;
    private final NanoClock clock;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final NewOrderSingleDecoder order = new NewOrderSingleDecoder();

    private Tally tally = new Tally();
    private long recordFromNs;
    private long ordersSent;
    private long ordersReceived;
    private long lastReceivedNs;
    private int messageLength;

    public OpenLoopProbe(final PipeEnds ends, final Workload workload, final NanoClock clock)
    {
        this.ends = ends;
        this.workload = workload;
        this.clock = clock;
        ends.orderHandler(this::onOrder);
    }

    /** Gives every instrument its first book. */
    public void sendSnapshots()
    {
        for (int id = 0; id < Workload.SYMBOLS; id++)
        {
            final int length = workload.snapshot(id);
            while (!ends.offerMarket(workload.market(), length, clock.nanoTime()))
            {
                poll();
            }
        }
        messageLength = workload.next();
    }

    public void poll()
    {
        ends.poll(clock.nanoTime());
    }

    /**
     * Sends for so long at the rate, then waits for the orders that are still to come.
     *
     * @param leadInNs at the beginning, not recorded: caches and predictors get used to the path.
     * @param newTally takes what is seen.
     */
    public void slice(final int rate, final long leadInNs, final long durationNs, final Tally newTally)
    {
        tally = newTally;
        tally.beginSlice();
        final double intervalNs = 1e9 / rate;
        final long total = (long)((leadInNs + durationNs) / intervalNs);
        final long startNs = clock.nanoTime();
        recordFromNs = startNs + leadInNs;
        for (long i = 0; i < total;)
        {
            final long intendedNs = startNs + (long)(i * intervalNs);
            final long nowNs = clock.nanoTime();
            if (nowNs - intendedNs >= 0 && send(intendedNs))
            {
                if (intendedNs - recordFromNs >= 0)
                {
                    tally.onSent(workload.makesOrder(), nowNs - intendedNs);
                }
                messageLength = workload.next();
                i++;
            }
            ends.poll(nowNs);
        }
        drain();
    }

    /**
     * Sends as fast as it goes in for so long.
     *
     * @return events a second, from the first that went in to the last order that came out.
     */
    public double flatOut(final long durationNs)
    {
        final long startNs = clock.nanoTime();
        recordFromNs = Long.MAX_VALUE;
        long events = 0;
        for (long nowNs = startNs; nowNs - startNs < durationNs; nowNs = clock.nanoTime())
        {
            for (int i = 0; i < BURST && send(nowNs); i++)
            {
                messageLength = workload.next();
                events++;
            }
            ends.poll(nowNs);
        }
        drain();
        return events * 1e9 / (lastReceivedNs - startNs);
    }

    private boolean send(final long intendedNs)
    {
        if (!ends.offerMarket(workload.market(), messageLength, intendedNs))
        {
            return false;
        }
        ordersSent += workload.makesOrder() ? 1 : 0;
        return true;
    }

    private void drain()
    {
        final long deadlineNs = clock.nanoTime() + DRAIN_TIMEOUT_NS;
        while (ordersReceived < ordersSent && clock.nanoTime() - deadlineNs < 0)
        {
            poll();
        }
        // One that has not come by now is missing in the tally, and is not waited for again.
        ordersSent = ordersReceived;
    }

    private void onOrder(final DirectBuffer buffer, final int offset, final long egressSequence)
    {
        final long nowNs = clock.nanoTime();
        order.wrapAndApplyHeader(buffer, offset, header);
        final long intendedNs = order.transactTimeNs();
        if (intendedNs - recordFromNs >= 0)
        {
            tally.onReceived(nowNs - intendedNs);
        }
        lastReceivedNs = nowNs;
        ordersReceived++;
        final int length = workload.fill(order, egressSequence);
        while (!ends.offerReply(workload.reply(), length, intendedNs))
        {
            Thread.onSpinWait();
        }
    }

    /** The gaps between two looks at the clock, for so long. */
    public static void hiccup(final NanoClock clock, final long durationNs, final Tally tally)
    {
        tally.beginSlice();
        final long endNs = clock.nanoTime() + durationNs;
        for (long lastNs = clock.nanoTime(); lastNs - endNs < 0;)
        {
            final long nowNs = clock.nanoTime();
            tally.onGap(nowNs - lastNs);
            lastNs = nowNs;
        }
    }
}
