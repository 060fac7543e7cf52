package io.lockstep.perf.work;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.gateways.generator.SplitMix64;
import io.lockstep.sbe.BookUpdateEncoder;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportEncoder;
import io.lockstep.sbe.LiquidityIndicator;
import io.lockstep.sbe.MachineState;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.NewOrderSingleEncoder;
import io.lockstep.sbe.OffsetUnit;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import io.lockstep.sbe.TriggerSource;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;

/**
 * Encodes a message and begins the record around it.
 */
public final class EncodeWork implements Work
{
    /** Which one. */
    public enum Message
    {
        /** Of two levels a side. */
        BOOK_UPDATE, NEW_ORDER, EXECUTION_REPORT
    }

    private static final int VALUES = 4_096;

    private final Message message;
    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(4_096));
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final BookUpdateEncoder bookUpdate = new BookUpdateEncoder();
    private final NewOrderSingleEncoder newOrder = new NewOrderSingleEncoder();
    private final ExecutionReportEncoder report = new ExecutionReportEncoder();
    private final long[] values = new long[VALUES];
    private int next;

    public EncodeWork(final Message message)
    {
        this.message = message;
        final SplitMix64 random = new SplitMix64(7);
        for (int i = 0; i < VALUES; i++)
        {
            values[i] = SampleMarket.MID_TICKS + random.below(1_000);
        }
    }

    @Override
    public long step()
    {
        final long value = values[next];
        next = next + 1 == VALUES ? 0 : next + 1;
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + switch (message)
        {
            case BOOK_UPDATE -> bookUpdate(value);
            case NEW_ORDER -> newOrder(value);
            case EXECUTION_REPORT -> report(value);
        };
        return RecordDescriptor.begin(buffer, 0, RecordKind.INPUT, length) +
            buffer.getLong(RecordDescriptor.HEADER_LENGTH + length - Long.BYTES);
    }

    private int bookUpdate(final long value)
    {
        bookUpdate.wrapAndApplyHeader(buffer, RecordDescriptor.HEADER_LENGTH, header)
            .instrumentId((int)value).updateId(value).previousUpdateId(value - 1)
            .feedDelayNs(Nulls.NULL_TIME_NS);
        bookUpdate.bidsCount(2)
            .next().priceTicks(value - 1).quantityLots(value)
            .next().priceTicks(value - 2).quantityLots(value);
        bookUpdate.asksCount(2)
            .next().priceTicks(value + 1).quantityLots(value)
            .next().priceTicks(value + 2).quantityLots(value);
        return bookUpdate.encodedLength();
    }

    private int newOrder(final long value)
    {
        newOrder.wrapAndApplyHeader(buffer, RecordDescriptor.HEADER_LENGTH, header)
            .side((value & 1) == 0 ? Side.BUY : Side.SELL).ordType(OrdType.LIMIT)
            .timeInForce(TimeInForce.GOOD_TILL_CANCEL).execInst(ExecInst.NONE).reason(OrderReason.SIGNAL)
            .state(MachineState.WATCH).instrumentId((int)value).priceTicks(value).orderQtyLots(value)
            .transactTimeNs(value).strategyId(1).signalCode((int)value)
            .triggerSource(TriggerSource.NULL_VAL).offsetUnit(OffsetUnit.NULL_VAL)
            .triggerPxTicks(Nulls.NULL_PRICE_TICKS).trailingOffset(Nulls.NULL_LONG).limitOffsetTicks(Nulls.NULL_LONG)
            .activationPxTicks(Nulls.NULL_PRICE_TICKS).displayQtyLots(Nulls.NULL_LONG).expireTimeNs(value)
            .listId((int)value);
        ClOrdIds.encode(
            buffer, newOrder.offset() + NewOrderSingleEncoder.clOrdIdEncodingOffset(), 0, 1, value, 1);
        newOrder.flags().clear();
        return newOrder.encodedLength();
    }

    private int report(final long value)
    {
        report.wrapAndApplyHeader(buffer, RecordDescriptor.HEADER_LENGTH, header)
            .execType((value & 1) == 0 ? ExecType.NEW : ExecType.TRADE).ordStatus(OrdStatus.NEW).side(Side.BUY)
            .ordRejReason(OrdRejReason.NONE).liquidity(LiquidityIndicator.MAKER).instrumentId((int)value)
            .orderId(value).execId(value).lastPxTicks(value).lastQtyLots(value).leavesQtyLots(value)
            .cumQtyLots(value).commission(value)
            .commissionHigh(ExecutionReportEncoder.commissionHighNullValue())
            .commissionExponent(ExecutionReportEncoder.commissionExponentNullValue())
            .execRefId(Nulls.NULL_LONG).refPxTicks(Nulls.NULL_PRICE_TICKS).refQtyLots(Nulls.NULL_LONG)
            .orderQtyLots(Nulls.NULL_LONG).priceTicks(Nulls.NULL_PRICE_TICKS)
            .venueExecId("").commissionAsset("").venueExecRefId("");
        ClOrdIds.encode(buffer, report.offset() + ExecutionReportEncoder.clOrdIdEncodingOffset(), 0, 1, value, 1);
        return report.encodedLength();
    }
}
