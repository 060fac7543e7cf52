package io.lockstep.gateways.orders;

import com.sun.management.ThreadMXBean;
import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.transport.MessageHandler;
import io.lockstep.codecs.transport.MessageReceiver;
import io.lockstep.codecs.transport.MessageSender;
import io.lockstep.gateways.link.LinkClient;
import io.lockstep.sbe.AcknowledgementEncoder;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportEncoder;
import io.lockstep.sbe.LiquidityIndicator;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.NewOrderSingleEncoder;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.OrderCancelReplaceRequestDecoder;
import io.lockstep.sbe.OrderCancelRequestDecoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.ResumeEncoder;
import io.lockstep.sbe.Side;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** From the node's request to its journaled answer, log and compactions included, nothing is allocated. */
class OrderGatewayAllocationTest implements MessageSender, MessageReceiver, VenueSession
{
    private static final int SOURCE = 2;
    private static final int SESSION = 9;
    private static final int WARM_UP_REQUESTS = 60_000;
    private static final int MEASURED_REQUESTS = 20_000;
    private static final int RUNS_MAX = 10;

    @TempDir
    private Path directory;

    private final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final UnsafeBuffer resume = new UnsafeBuffer(new byte[256]);
    private final UnsafeBuffer acknowledgement = new UnsafeBuffer(new byte[256]);
    private final AcknowledgementEncoder acknowledgementEncoder = new AcknowledgementEncoder();
    private final UnsafeBuffer order = new UnsafeBuffer(new byte[512]);
    private final UnsafeBuffer report = new UnsafeBuffer(new byte[512]);
    private final ExecutionReportEncoder reportEncoder = new ExecutionReportEncoder();
    private VenueSessionListener listener;
    private boolean isLinked;
    private boolean isStarted;
    private boolean isAnswerDue;
    private long received;
    private long number;
    private long nowNs = TimeUnit.HOURS.toNanos(1);
    private Object leaked;

    @Test
    void shouldAllocateNothingForARequest() throws IOException
    {
        encode();
        try (RequestLog log = RequestLog.open(directory, LogFixture.IDENTITY, LogFixture.OPTIONS))
        {
            final OrderGateway gateway = new OrderGateway(log,
                (link) -> new LinkClient(this, this, link, SOURCE, SESSION, true, 1 << 16), (venue) ->
                {
                    listener = venue;
                    return this;
                }, new OrderGatewayContext(1, 0, false), () -> nowNs, new HeardNotices(new ArrayList<>()));
            trade(gateway, WARM_UP_REQUESTS);
            final long compactions = log.compactions();
            assertThat(leastAllocated(() -> trade(gateway, MEASURED_REQUESTS))).isZero();
            assertThat(log.compactions() - compactions).isGreaterThan(50);
            assertThat(gateway.counters().handedOver()).isEqualTo(number);
            assertThat(leastAllocated(() ->
            {
                trade(gateway, MEASURED_REQUESTS);
                leaked = new Object();
            })).as("what the measurement sees").isPositive();
            assertThat(leaked).isNotNull();
        }
    }

    private void trade(final OrderGateway gateway, final int requests)
    {
        final long until = number + requests;
        while (number < until)
        {
            nowNs += 1_000_000;
            gateway.doWork();
        }
    }

    /** The least of several equal runs: what the code allocates itself is there in every run. */
    private long leastAllocated(final Runnable run)
    {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < RUNS_MAX && least > 0; i++)
        {
            final long before = threads.getCurrentThreadAllocatedBytes();
            run.run();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    private void encode()
    {
        final ResumeEncoder resumeEncoder = new ResumeEncoder();
        resumeEncoder.wrapAndApplyHeader(resume, RecordDescriptor.HEADER_LENGTH, header).sourceId(SOURCE)
            .sourceSession(SESSION).incarnation(1).lastSourceSequence(0).decisionsAcknowledged(0).definitions(0);
        begin(resume, RecordKind.LINK, resumeEncoder.encodedLength());
        acknowledgementEncoder.wrapAndApplyHeader(acknowledgement, RecordDescriptor.HEADER_LENGTH, header)
            .sourceId(SOURCE).sourceSession(SESSION);
        begin(acknowledgement, RecordKind.LINK, acknowledgementEncoder.encodedLength());
        final NewOrderSingleEncoder orderEncoder = new NewOrderSingleEncoder();
        orderEncoder.wrapAndApplyHeader(order, RecordDescriptor.HEADER_LENGTH, header).side(Side.BUY).orderQtyLots(1);
        begin(order, RecordKind.DECISION, orderEncoder.encodedLength());
        reportEncoder.wrapAndApplyHeader(report, 0, header).execType(ExecType.NEW).ordStatus(OrdStatus.NEW)
            .side(Side.BUY).ordRejReason(OrdRejReason.NONE).liquidity(LiquidityIndicator.NONE)
            .lastPxTicks(Nulls.NULL_PRICE_TICKS).putVenueExecId(report, 0, 0).putCommissionAsset(report, 0, 0)
            .putVenueExecRefId(report, 0, 0);
    }

    private static void begin(final UnsafeBuffer record, final RecordKind kind, final int encodedLength)
    {
        RecordDescriptor.begin(record, 0, kind, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength);
        RecordDescriptor.incarnation(record, 0, 1);
    }

    // ---- the node: one order a turn, and everything is journaled at once

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length)
    {
        received = Math.max(received, RecordDescriptor.sourceSequence(buffer, offset));
        return 1;
    }

    @Override
    public int poll(final MessageHandler handler, final int limit)
    {
        if (!isLinked)
        {
            isLinked = true;
            handler.onMessage(resume, 0, RecordDescriptor.recordLength(resume, 0), 1);
            return 1;
        }
        acknowledgementEncoder.sourceSequence(received);
        handler.onMessage(acknowledgement, 0, RecordDescriptor.recordLength(acknowledgement, 0), 1);
        if (isStarted)
        {
            number++;
            ClOrdIds.encode(order, RecordDescriptor.BODY_OFFSET, 0, 1, number, 0);
            RecordDescriptor.sourceSequence(order, 0, number);
            RecordDescriptor.sequence(order, 0, number);
            handler.onMessage(order, 0, RecordDescriptor.recordLength(order, 0), 1);
        }
        return 2;
    }

    // ---- the venue: the answer comes with the next turn

    @Override
    public int poll(final long newNowNs)
    {
        if (!isStarted)
        {
            isStarted = true;
            listener.onConnected();
            listener.onExecutionsEnd(0, 0);
        }
        if (isAnswerDue)
        {
            isAnswerDue = false;
            reportEncoder.execId(number);
            ClOrdIds.encode(report, MessageHeaderEncoder.ENCODED_LENGTH, 0, 1, number, 0);
            listener.onReport(report, 0, reportEncoder.limit(), number);
        }
        return 0;
    }

    @Override
    public boolean isConnected()
    {
        return true;
    }

    @Override
    public void define(final Instrument instrument)
    {
    }

    @Override
    public boolean send(final NewOrderSingleDecoder newOrder)
    {
        isAnswerDue = true;
        return true;
    }

    @Override
    public boolean send(final OrderCancelRequestDecoder cancel)
    {
        return true;
    }

    @Override
    public boolean send(final OrderCancelReplaceRequestDecoder replace)
    {
        return true;
    }

    @Override
    public boolean ask(final LoggedRequest request)
    {
        return true;
    }

    @Override
    public boolean requestExecutions(final long afterExecId)
    {
        return true;
    }

    @Override
    public boolean requestOpenOrders()
    {
        return true;
    }

    @Override
    public boolean cancelOpenOrders()
    {
        return true;
    }

    @Override
    public long settleNs()
    {
        return 1;
    }

    @Override
    public void close()
    {
    }
}
