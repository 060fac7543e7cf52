package io.lockstep.perf.latency;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.sbe.BookSnapshotEncoder;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.BookUpdateEncoder;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportEncoder;
import io.lockstep.sbe.LiquidityIndicator;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.OrdStatus;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The market that every path is given, and the venue's answers: book updates of two bids and two offers each, in books of
 * twenty levels a side, over ten instruments in turn. Every so many updates one makes an order, told by its update id; the
 * order is filled. One thread; no allocation.
 */
public final class Workload
{
    public static final int SYMBOLS = 10;
    static final int DEPTH = 20;
    static final int LEVELS_A_SIDE = 2;
    public static final String MIX = "book updates of " + 2 * LEVELS_A_SIDE + " levels, books of " + DEPTH +
        " levels a side, " + SYMBOLS + " instruments";

    private static final long MID_TICKS = 10_000;
    private static final long QUANTITY_LOTS = 100;
    private static final int BUFFER_LENGTH = 4096;

    private final int orderEvery;
    private final long[] updateIds = new long[SYMBOLS];
    private final UnsafeBuffer market = new UnsafeBuffer(ByteBuffer.allocateDirect(BUFFER_LENGTH));
    private final UnsafeBuffer reply = new UnsafeBuffer(ByteBuffer.allocateDirect(BUFFER_LENGTH));
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final BookSnapshotEncoder snapshot = new BookSnapshotEncoder();
    private final BookUpdateEncoder update = new BookUpdateEncoder();
    private final ExecutionReportEncoder report = new ExecutionReportEncoder();
    private long updateId;

    public Workload(final int orderEvery)
    {
        this.orderEvery = orderEvery;
        Arrays.fill(updateIds, 0);
    }

    /** Whether the update with this id makes an order. */
    static boolean makesOrder(final long updateId, final int orderEvery)
    {
        return updateId % orderEvery == 0;
    }

    /** The update id within an SBE message at the offset, or -1 for any other message. */
    static long updateId(final DirectBuffer message, final int offset)
    {
        final int body = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        return message
            .getShort(offset + MessageHeaderDecoder.templateIdEncodingOffset()) == BookUpdateDecoder.TEMPLATE_ID
                ? message.getLong(body + BookUpdateDecoder.updateIdEncodingOffset())
                : -1;
    }

    /** Encodes an instrument's first book; returns its length. */
    int snapshot(final int instrumentId)
    {
        snapshot.wrapAndApplyHeader(market, 0, header)
            .instrumentId(instrumentId).chunkIndex(0).chunkCount(1).updateId(0);
        final BookSnapshotEncoder.BidsEncoder bids = snapshot.bidsCount(DEPTH);
        for (int level = 1; level <= DEPTH; level++)
        {
            bids.next().priceTicks(MID_TICKS - level).quantityLots(QUANTITY_LOTS);
        }
        final BookSnapshotEncoder.AsksEncoder asks = snapshot.asksCount(DEPTH);
        for (int level = 1; level <= DEPTH; level++)
        {
            asks.next().priceTicks(MID_TICKS + level).quantityLots(QUANTITY_LOTS);
        }
        return MessageHeaderEncoder.ENCODED_LENGTH + snapshot.encodedLength();
    }

    /** Encodes the next update; returns its length, which is the same for all. */
    int next()
    {
        updateId++;
        // Not the id alone: then every order would be of the same instrument.
        final int instrumentId = (int)((updateId + updateId / orderEvery) % SYMBOLS);
        update.wrapAndApplyHeader(market, 0, header)
            .instrumentId(instrumentId).updateId(updateId).previousUpdateId(updateIds[instrumentId]);
        updateIds[instrumentId] = updateId;
        final long first = updateId * LEVELS_A_SIDE % DEPTH + 1;
        final long lots = QUANTITY_LOTS + updateId % 64;
        final BookUpdateEncoder.BidsEncoder bids = update.bidsCount(LEVELS_A_SIDE);
        bids.next().priceTicks(MID_TICKS - first).quantityLots(lots);
        bids.next().priceTicks(MID_TICKS - first - 1).quantityLots(lots);
        final BookUpdateEncoder.AsksEncoder asks = update.asksCount(LEVELS_A_SIDE);
        asks.next().priceTicks(MID_TICKS + first).quantityLots(lots);
        asks.next().priceTicks(MID_TICKS + first + 1).quantityLots(lots);
        return MessageHeaderEncoder.ENCODED_LENGTH + update.encodedLength();
    }

    /** Whether the update encoded last makes an order. */
    boolean makesOrder()
    {
        return makesOrder(updateId, orderEvery);
    }

    /** What {@link #snapshot} and {@link #next} encode into, from 0. */
    DirectBuffer market()
    {
        return market;
    }

    /** Encodes the fill of the order, whole and at its price; returns its length. */
    int fill(final NewOrderSingleDecoder order, final long execId)
    {
        report.wrapAndApplyHeader(reply, 0, header)
            .execType(ExecType.TRADE).ordStatus(OrdStatus.FILLED).side(order.side())
            .ordRejReason(OrdRejReason.NONE).liquidity(LiquidityIndicator.TAKER)
            .instrumentId(order.instrumentId()).orderId(execId).execId(execId)
            .lastPxTicks(order.priceTicks()).lastQtyLots(order.orderQtyLots()).leavesQtyLots(0)
            .cumQtyLots(order.orderQtyLots()).commission(0);
        final int body = MessageHeaderEncoder.ENCODED_LENGTH;
        reply.putBytes(body + ExecutionReportEncoder.clOrdIdEncodingOffset(), order.buffer(),
            order.offset() + NewOrderSingleDecoder.clOrdIdEncodingOffset(), ClOrdIds.LENGTH);
        reply.setMemory(body + ExecutionReportEncoder.origClOrdIdEncodingOffset(), ClOrdIds.LENGTH, (byte)0);
        return body + report.encodedLength();
    }

    /** What {@link #fill} encodes into, from 0. */
    DirectBuffer reply()
    {
        return reply;
    }
}
