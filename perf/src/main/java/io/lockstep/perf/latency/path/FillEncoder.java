package io.lockstep.perf.latency.path;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportEncoder;
import io.lockstep.sbe.LiquidityIndicator;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.OrdStatus;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;

/**
 * The venue's answers: every order is filled. One thread; no allocation.
 */
public final class FillEncoder
{
    static final int LENGTH_MAX = 512;

    private final UnsafeBuffer reply = new UnsafeBuffer(ByteBuffer.allocateDirect(LENGTH_MAX));
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ExecutionReportEncoder report = new ExecutionReportEncoder();

    /** Encodes the fill of the order, whole and at its price; returns its length. */
    public int fill(final NewOrderSingleDecoder order, final long execId)
    {
        report.wrapAndApplyHeader(reply, 0, header)
            .execType(ExecType.TRADE).ordStatus(OrdStatus.FILLED).side(order.side())
            .ordRejReason(OrdRejReason.NONE).liquidity(LiquidityIndicator.TAKER)
            .instrumentId(order.instrumentId()).orderId(execId).execId(execId)
            .lastPxTicks(order.priceTicks()).lastQtyLots(order.orderQtyLots()).leavesQtyLots(0)
            .cumQtyLots(order.orderQtyLots()).commission(0)
            .commissionHigh(ExecutionReportEncoder.commissionHighNullValue())
            .commissionExponent(ExecutionReportEncoder.commissionExponentNullValue())
            .execRefId(Nulls.NULL_LONG).refPxTicks(Nulls.NULL_PRICE_TICKS).refQtyLots(Nulls.NULL_LONG)
            .orderQtyLots(Nulls.NULL_LONG).priceTicks(Nulls.NULL_PRICE_TICKS)
            .venueExecId("").commissionAsset("").venueExecRefId("");
        final int body = MessageHeaderEncoder.ENCODED_LENGTH;
        reply.putBytes(body + ExecutionReportEncoder.clOrdIdEncodingOffset(), order.buffer(),
            order.offset() + NewOrderSingleDecoder.clOrdIdEncodingOffset(), ClOrdIds.LENGTH);
        reply.setMemory(body + ExecutionReportEncoder.origClOrdIdEncodingOffset(), ClOrdIds.LENGTH, (byte)0);
        return body + report.encodedLength();
    }

    /** What {@link #fill} encodes into, from 0. */
    public DirectBuffer reply()
    {
        return reply;
    }
}
