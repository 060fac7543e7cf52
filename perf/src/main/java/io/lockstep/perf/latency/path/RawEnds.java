package io.lockstep.perf.latency.path;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.RecordKind;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;

/**
 * The ends of a pipe without a link: the same records on the same number of publications, and no ring, no acknowledgement
 * and no numbering beyond what the records hold.
 */
public final class RawEnds implements PipeEnds, AutoCloseable
{
    private static final int POLL_LIMIT = 64;

    private final ExclusivePublication market;
    private final ExclusivePublication replies;
    private final Subscription orders;
    private final FragmentHandler fragmentHandler = (buffer, offset, length, header) -> onFragment(buffer, offset);
    private final UnsafeBuffer scratch;
    private OrderHandler handler;
    private long marketSequence;
    private long replySequence;

    /**
     * @param messageLengthMax of the market's messages.
     */
    public RawEnds(
        final Aeron aeron,
        final String channel,
        final int inStream,
        final int outStream,
        final int messageLengthMax)
    {
        scratch = new UnsafeBuffer(ByteBuffer.allocateDirect(
            RecordDescriptor.recordLength(Math.max(messageLengthMax, FillEncoder.LENGTH_MAX))));
        market = aeron.addExclusivePublication(channel, inStream);
        replies = aeron.addExclusivePublication(channel, inStream);
        orders = aeron.addSubscription(channel, outStream);
    }

    /** Whether there is someone at the other ends. */
    public boolean isConnected()
    {
        return market.isConnected() && replies.isConnected() && orders.isConnected();
    }

    @Override
    public void orderHandler(final OrderHandler newHandler)
    {
        handler = newHandler;
    }

    @Override
    public boolean offerMarket(final DirectBuffer message, final int length, final long intendedNs)
    {
        if (market.offer(scratch, 0, record(message, length, LinkedEnds.FEED, marketSequence + 1, intendedNs)) < 0)
        {
            return false;
        }
        marketSequence++;
        return true;
    }

    @Override
    public boolean offerReply(final DirectBuffer message, final int length, final long timeNs)
    {
        if (replies.offer(scratch, 0, record(message, length, LinkedEnds.VENUE, replySequence + 1, timeNs)) < 0)
        {
            return false;
        }
        replySequence++;
        return true;
    }

    private int record(
        final DirectBuffer message, final int length, final int sourceId, final long sequence, final long timeNs)
    {
        final int recordLength = RecordDescriptor.begin(scratch, 0, RecordKind.INPUT, length);
        scratch.putBytes(RecordDescriptor.HEADER_LENGTH, message, 0, length);
        RecordDescriptor.sourceId(scratch, 0, sourceId);
        RecordDescriptor.sourceSession(scratch, 0, 1);
        RecordDescriptor.sourceSequence(scratch, 0, sequence);
        RecordDescriptor.gatewayTimeNs(scratch, 0, timeNs);
        return recordLength;
    }

    @Override
    public void poll(final long nowNs)
    {
        orders.poll(fragmentHandler, POLL_LIMIT);
    }

    private void onFragment(final DirectBuffer buffer, final int offset)
    {
        handler.onOrder(
            buffer, offset + RecordDescriptor.HEADER_LENGTH, RecordDescriptor.sourceSequence(buffer, offset));
    }

    @Override
    public void close()
    {
        market.close();
        replies.close();
        orders.close();
    }
}
