package io.lockstep.perf;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.gateways.link.LinkClient;
import io.lockstep.gateways.link.LinkListener;
import io.lockstep.sbe.BestBidOfferEncoder;
import io.lockstep.sbe.DecisionAcknowledgementEncoder;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportEncoder;
import io.lockstep.sbe.LiquidityIndicator;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TradeEncoder;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Sends trades at a fixed rate, whether or not answers have come, and takes the orders they cause; sender and receiver share
 * this thread. Sequenced time is the recording's, so the intended send time travels as the event's time and comes back in the
 * order as TransactTime: the difference to now is the latency, and nothing has to be matched.
 */
final class OpenLoopProbe implements LinkListener
{
    /** What a run saw; a sender that fell behind is part of the latency, for it counts from the intended time. */
    record Outcome(Histogram latency, long sent, long received, long behindMaxNs)
    {
    }

    private static final long MAX_NS = TimeUnit.SECONDS.toNanos(10);
    private static final int SYMBOLS = 10;

    private final LinkClient feed;
    private final LinkClient venue;
    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(512));
    private final UnsafeBuffer reply = new UnsafeBuffer(ByteBuffer.allocateDirect(512));
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final TradeEncoder trade = new TradeEncoder();
    private final BestBidOfferEncoder quote = new BestBidOfferEncoder();
    private final NewOrderSingleDecoder order = new NewOrderSingleDecoder();
    private final ExecutionReportEncoder report = new ExecutionReportEncoder();
    private final DecisionAcknowledgementEncoder acknowledgement = new DecisionAcknowledgementEncoder();

    private Histogram latency = new Histogram(MAX_NS, 3);
    private long received;
    private long updateId;

    OpenLoopProbe(
        final Function<LinkListener, LinkClient> feedLink, final Function<LinkListener, LinkClient> venueLink)
    {
        feed = feedLink.apply(new LinkListener()
        {
        });
        venue = venueLink.apply(this);
    }

    void awaitLinked()
    {
        while (!feed.isLinked() || !venue.isLinked())
        {
            poll();
        }
        for (int instrumentId = 0; instrumentId < SYMBOLS; instrumentId++)
        {
            quote.wrapAndApplyHeader(buffer, 0, headerEncoder)
                .instrumentId(instrumentId).updateId(++updateId)
                .bidPriceTicks(9_999).bidQuantityLots(100).askPriceTicks(10_001).askQuantityLots(100);
            feed.offer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + quote.encodedLength(), 0, System.nanoTime());
        }
    }

    void poll()
    {
        final long nowNs = System.nanoTime();
        feed.poll(nowNs);
        venue.poll(nowNs);
    }

    Outcome run(final int rate, final int seconds)
    {
        latency = new Histogram(MAX_NS, 3);
        received = 0;
        final long total = (long)rate * seconds;
        final long intervalNs = TimeUnit.SECONDS.toNanos(1) / rate;
        final long startNs = System.nanoTime();
        long behindMaxNs = 0;
        for (long sent = 0; sent < total;)
        {
            final long intendedNs = startNs + sent * intervalNs;
            final long nowNs = System.nanoTime();
            if (nowNs >= intendedNs && send(sent, intendedNs))
            {
                behindMaxNs = Math.max(behindMaxNs, nowNs - intendedNs);
                sent++;
            }
            poll();
        }
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (received < total && System.nanoTime() < deadlineNs)
        {
            poll();
        }
        return new Outcome(latency, total, received, behindMaxNs);
    }

    private boolean send(final long count, final long intendedNs)
    {
        trade.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .instrumentId((int)(count % SYMBOLS)).tradeId(count).priceTicks(10_000).quantityLots(1)
            .aggressorSide(Side.BUY);
        return feed.offer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + trade.encodedLength(), intendedNs,
            intendedNs);
    }

    @Override
    public void onDecision(final DirectBuffer message, final int offset, final int length, final long egressSequence)
    {
        final long nowNs = System.nanoTime();
        order.wrapAndApplyHeader(message, offset, header);
        latency.recordValue(Math.min(Math.max(0, nowNs - order.transactTimeNs()), MAX_NS));
        received++;
        reject(message, egressSequence);
    }

    /** So that the order does not stay open. */
    private void reject(final DirectBuffer message, final long egressSequence)
    {
        report.wrapAndApplyHeader(reply, 0, headerEncoder)
            .execType(ExecType.REJECTED).ordStatus(OrdStatus.REJECTED).side(order.side())
            .ordRejReason(OrdRejReason.NO_LIQUIDITY).liquidity(LiquidityIndicator.NONE)
            .instrumentId(order.instrumentId()).orderId(egressSequence).execId(egressSequence)
            .lastPxTicks(ExecutionReportEncoder.lastPxTicksNullValue()).lastQtyLots(0).leavesQtyLots(0).cumQtyLots(0)
            .commission(0);
        final int body = MessageHeaderEncoder.ENCODED_LENGTH;
        reply.putBytes(body + ExecutionReportEncoder.clOrdIdEncodingOffset(), message,
            order.offset() + NewOrderSingleDecoder.clOrdIdEncodingOffset(), ClOrdIds.LENGTH);
        reply.setMemory(body + ExecutionReportEncoder.origClOrdIdEncodingOffset(), ClOrdIds.LENGTH, (byte)0);
        venue.offer(reply, 0, body + report.encodedLength(), 0, order.transactTimeNs());
        if (egressSequence % 64 == 0)
        {
            acknowledgement.wrapAndApplyHeader(reply, 0, headerEncoder).egressSequence(egressSequence);
            venue.offer(reply, 0, body + acknowledgement.encodedLength(), 0, order.transactTimeNs());
        }
    }
}
