package io.lockstep.perf.latency.load;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.BookSnapshotEncoder;
import io.lockstep.sbe.BookUpdateEncoder;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sequencer.config.ConfiguredInstrument;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A made market: book updates of two bids and two offers each, in books of twenty levels a side, over ten instruments in turn.
 * Every so many updates one makes an order. One thread; no allocation.
 */
public final class GeneratedWorkload implements Workload
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
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final BookSnapshotEncoder snapshot = new BookSnapshotEncoder();
    private final BookUpdateEncoder update = new BookUpdateEncoder();
    private long updateId;

    public GeneratedWorkload(final int orderEvery)
    {
        this.orderEvery = orderEvery;
        updateLength = prepareUpdates();
    }

    /** What every path is loaded with. */
    public static Load load(final int orderEvery)
    {
        return new Load(Map.of("load", MIX), instruments(), orderEvery, BUFFER_LENGTH, Load.ENDLESS,
            () -> new GeneratedWorkload(orderEvery));
    }

    private static List<ConfiguredInstrument> instruments()
    {
        return IntStream.range(0, SYMBOLS).mapToObj((number) -> new ConfiguredInstrument(
            new Instrument(Nulls.NULL_INSTRUMENT_ID, "S" + number, "PERF", ContractType.LINEAR, new Increment(1, -2),
                new Increment(1, -1), 1, 1, new Increment(1, 0), "S" + number, "USD", "USD"),
            List.of())).toList();
    }

    /** Of the record that an update comes in. */
    public static int eventLength()
    {
        return RecordDescriptor.recordLength(new GeneratedWorkload(1).next());
    }

    @Override
    public int firstBooks()
    {
        return SYMBOLS;
    }

    @Override
    public int firstBook(final int instrumentId)
    {
        market.wrap(snapshots);
        snapshot.wrapAndApplyHeader(market, 0, header)
            .instrumentId(instrumentId).chunkIndex(0).chunkCount(1).updateId(0)
            .feedDelayNs(Nulls.NULL_TIME_NS);
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

    /** All are of the same length. */
    @Override
    public int next()
    {
        updateId++;
        // Not the id alone: then every order would be of the same instrument.
        final int instrumentId = (int)((updateId + updateId / orderEvery) % SYMBOLS);
        final int offset = (int)(updateId % PREPARED) * BUFFER_LENGTH;
        market.wrap(updates, offset, updateLength);
        update.wrap(market, MessageHeaderEncoder.ENCODED_LENGTH)
            .instrumentId(instrumentId).updateId(updateId).previousUpdateId(updateIds[instrumentId])
            .feedDelayNs(Nulls.NULL_TIME_NS);
        updateIds[instrumentId] = updateId;
        return updateLength;
    }

    @Override
    public boolean makesOrder()
    {
        return Workload.makesOrder(updateId, orderEvery);
    }

    @Override
    public DirectBuffer market()
    {
        return market;
    }
}
