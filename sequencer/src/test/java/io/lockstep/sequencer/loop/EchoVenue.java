package io.lockstep.sequencer.loop;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.host.Outbox;
import io.lockstep.sbe.BookUpdateEncoder;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportEncoder;
import io.lockstep.sbe.LiquidityIndicator;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.OrderCancelRequestDecoder;
import io.lockstep.sbe.Side;
import io.lockstep.sequencer.WireRecords;
import io.lockstep.sequencer.ingress.Ingress;
import io.lockstep.sequencer.ingress.InputSink;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Both ends of a loop that keep it busy and allocate nothing: each turn a quote, a change of the book and a trade, then what the
 * venue says to the orders and cancels of the turn before. One order in eight waits for its cancel, the others are filled.
 */
final class EchoVenue implements Ingress, Outbox
{
    private static final int REQUESTS_MAX = 1024;

    private final UnsafeBuffer snapshot;
    private final UnsafeBuffer update;
    private final UnsafeBuffer quote;
    private final UnsafeBuffer trade;
    private final UnsafeBuffer report;
    private final BookUpdateEncoder updateEncoder = new BookUpdateEncoder();
    private final UnsafeBuffer requests = new UnsafeBuffer(new byte[REQUESTS_MAX * 2 * ClOrdIds.LENGTH]);
    private final boolean[] isCancel = new boolean[REQUESTS_MAX];
    private final Side[] sides = new Side[REQUESTS_MAX];
    private final ExecutionReportEncoder encoder = new ExecutionReportEncoder();
    private int requestCount;
    private long updateId;
    private long sequence;
    private long orders;
    private long fills;
    private long cancels;

    EchoVenue()
    {
        final WireRecords records = new WireRecords(7, 70);
        snapshot = records.snapshot(0, 0, 0, 1, 0, 50);
        update = records.bookUpdate(0, 20, 20);
        quote = records.quote(0, 99, 101);
        trade = records.trade(0, 100, 1);
        final ExecutionReportEncoder empty = records.begin(new ExecutionReportEncoder());
        report = records.input(empty);
    }

    @Override
    public int poll(final InputSink sink, final int limit, final long wallTimeNs)
    {
        if (sequence == 0)
        {
            give(sink, snapshot);
        }
        updateEncoder.wrap(update, RecordDescriptor.BODY_OFFSET).previousUpdateId(updateId).updateId(updateId + 1);
        updateId++;
        give(sink, update);
        give(sink, quote);
        give(sink, trade);
        final int count = requestCount;
        for (int i = 0; i < count; i++)
        {
            answer(sink, i);
        }
        requestCount = 0;
        return count;
    }

    private void answer(final InputSink sink, final int request)
    {
        if (isCancel[request])
        {
            cancels++;
            report(sink, request, ExecType.CANCELED, OrdStatus.CANCELED, 0, 0);
            return;
        }
        report(sink, request, ExecType.NEW, OrdStatus.NEW, 0, 1);
        if (++orders % 8 != 0)
        {
            fills++;
            report(sink, request, ExecType.TRADE, OrdStatus.FILLED, 1, 0);
        }
    }

    private void report(
        final InputSink sink,
        final int request,
        final ExecType execType,
        final OrdStatus ordStatus,
        final long filledLots,
        final long leavesLots)
    {
        report.putBytes(RecordDescriptor.BODY_OFFSET, requests, request * 2 * ClOrdIds.LENGTH, 2 * ClOrdIds.LENGTH);
        encoder.wrap(report, RecordDescriptor.BODY_OFFSET)
            .execType(execType)
            .ordStatus(ordStatus)
            .side(sides[request])
            .ordRejReason(OrdRejReason.NONE)
            .liquidity(LiquidityIndicator.MAKER)
            .instrumentId(0)
            .lastPxTicks(100)
            .lastQtyLots(filledLots)
            .leavesQtyLots(leavesLots)
            .cumQtyLots(filledLots)
            .commission(0)
            .commissionHigh(ExecutionReportEncoder.commissionHighNullValue())
            .execRefId(Nulls.NULL_LONG).refPxTicks(Nulls.NULL_PRICE_TICKS).refQtyLots(Nulls.NULL_LONG)
            .orderQtyLots(Nulls.NULL_LONG).priceTicks(Nulls.NULL_PRICE_TICKS);
        give(sink, report);
    }

    private void give(final InputSink sink, final UnsafeBuffer record)
    {
        RecordDescriptor.sourceSequence(record, 0, ++sequence);
        sink.onInput(record, 0, record.capacity());
    }

    @Override
    public void onJournaled(final boolean idle)
    {
        // Nothing is kept.
    }

    @Override
    public void add(final int venueId, final DirectBuffer buffer, final int offset)
    {
        final int templateId = RecordDescriptor.templateId(buffer, offset);
        isCancel[requestCount] = templateId == OrderCancelRequestDecoder.TEMPLATE_ID;
        if (isCancel[requestCount] || templateId == NewOrderSingleDecoder.TEMPLATE_ID)
        {
            sides[requestCount] = Side.get(buffer.getByte(offset + RecordDescriptor.BODY_OFFSET +
                (isCancel[requestCount]
                    ? OrderCancelRequestDecoder.sideEncodingOffset()
                    : NewOrderSingleDecoder.sideEncodingOffset())));
            final int at = requestCount++ * 2 * ClOrdIds.LENGTH;
            requests.setMemory(at, 2 * ClOrdIds.LENGTH, (byte)' ');
            requests.putBytes(at, buffer, offset + RecordDescriptor.BODY_OFFSET,
                templateId == NewOrderSingleDecoder.TEMPLATE_ID ? ClOrdIds.LENGTH : 2 * ClOrdIds.LENGTH);
        }
    }

    @Override
    public void release(final int venueId, final long egressSequence)
    {
        // Nothing is kept.
    }

    long fills()
    {
        return fills;
    }

    long cancels()
    {
        return cancels;
    }
}
