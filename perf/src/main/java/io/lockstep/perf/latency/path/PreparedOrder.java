package io.lockstep.perf.latency.path;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.MachineState;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.NewOrderSingleEncoder;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;

/**
 * The record of an order as the core writes them, made once. Before each use its number and its time are set.
 */
public final class PreparedOrder
{
    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(512));
    private final NewOrderSingleEncoder order = new NewOrderSingleEncoder();
    private final int length;
    private long egressSequence;

    public PreparedOrder()
    {
        order.wrapAndApplyHeader(buffer, RecordDescriptor.HEADER_LENGTH, new MessageHeaderEncoder())
            .side(Side.BUY).ordType(OrdType.LIMIT).timeInForce(TimeInForce.IMMEDIATE_OR_CANCEL)
            .execInst(ExecInst.NONE).reason(OrderReason.SIGNAL).state(MachineState.WATCH)
            .instrumentId(0).priceTicks(10_001).orderQtyLots(1).transactTimeNs(0)
            .strategyId(1).signalCode(NewOrderSingleEncoder.signalCodeNullValue());
        buffer.setMemory(order.offset() + NewOrderSingleEncoder.clOrdIdEncodingOffset(), ClOrdIds.LENGTH, (byte)'0');
        length = RecordDescriptor.begin(
            buffer, 0, RecordKind.DECISION, MessageHeaderEncoder.ENCODED_LENGTH + order.encodedLength());
    }

    void next(final long transactTimeNs)
    {
        order.transactTimeNs(transactTimeNs);
        RecordDescriptor.sourceSequence(buffer, 0, ++egressSequence);
    }

    MutableDirectBuffer buffer()
    {
        return buffer;
    }

    /** Of the record. */
    public int length()
    {
        return length;
    }
}
