package io.lockstep.perf.latency;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.RecordDescriptor;
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
    private static final int BUFFER_LENGTH = 1024;
    /** Of each part of the book with four sizes. */
    private static final int PREPARED = 4 * DEPTH / LEVELS_A_SIDE;

    private final int orderEvery;
    private final long[] updateIds = new long[SYMBOLS];
    private final UnsafeBuffer snapshots = new UnsafeBuffer(ByteBuffer.allocateDirect(BUFFER_LENGTH));
    private final UnsafeBuffer updates = new UnsafeBuffer(ByteBuffer.allocateDirect(PREPARED * BUFFER_LENGTH));
    private final UnsafeBuffer market = new UnsafeBuffer(snapshots);
    private final int updateLength;
    private final UnsafeBuffer reply = new UnsafeBuffer(ByteBuffer.allocateDirect(BUFFER_LENGTH));
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final BookSnapshotEncoder snapshot = new BookSnapshotEncoder();
    private final BookUpdateEncoder update = new BookUpdateEncoder();
    private final ExecutionReportEncoder report = new ExecutionReportEncoder();
    private long updateId;

    public Workload(final int orderEvery)
    {
        this.orderEvery = orderEvery;
        updateLength = prepareUpdates();
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
        market.wrap(snapshots);
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

    /** Updates from the top of the book to its bottom, in a few sizes: encoded once, so that the load is cheaper than what it loads. */
    private int prepareUpdates()
    {
        int length = 0;
        for (int i = 0; i < PREPARED; i++)
        {
            final long first = (long)i * LEVELS_A_SIDE % DEPTH + 1;
            final long lots = QUANTITY_LOTS + i;
            update.wrapAndApplyHeader(updates, i * BUFFER_LENGTH, header);
            final BookUpdateEncoder.BidsEncoder bids = update.bidsCount(LEVELS_A_SIDE);
            bids.next().priceTicks(MID_TICKS - first).quantityLots(lots);
            bids.next().priceTicks(MID_TICKS - first - 1).quantityLots(lots);
            final BookUpdateEncoder.AsksEncoder asks = update.asksCount(LEVELS_A_SIDE);
            asks.next().priceTicks(MID_TICKS + first).quantityLots(lots);
            asks.next().priceTicks(MID_TICKS + first + 1).quantityLots(lots);
            length = MessageHeaderEncoder.ENCODED_LENGTH + update.encodedLength();
        }
        return length;
    }

    /** Prepares the next update; returns its length, which is the same for all. */
    int next()
    {
        updateId++;
        // Not the id alone: then every order would be of the same instrument.
        final int instrumentId = (int)((updateId + updateId / orderEvery) % SYMBOLS);
        final int offset = (int)(updateId % PREPARED) * BUFFER_LENGTH;
        market.wrap(updates, offset, updateLength);
        update.wrap(market, MessageHeaderEncoder.ENCODED_LENGTH)
            .instrumentId(instrumentId).updateId(updateId).previousUpdateId(updateIds[instrumentId]);
        updateIds[instrumentId] = updateId;
        return updateLength;
    }

    /** Of the record that an update comes in. */
    static int eventLength()
    {
        return RecordDescriptor.recordLength(new Workload(1).next());
    }

    /** Whether the update encoded last makes an order. */
    boolean makesOrder()
    {
        return makesOrder(updateId, orderEvery);
    }

    /** What {@link #snapshot} or {@link #next} has made, from 0. */
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
