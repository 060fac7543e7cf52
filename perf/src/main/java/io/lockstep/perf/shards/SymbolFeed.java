package io.lockstep.perf.shards;

import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.BookSnapshotEncoder;
import io.lockstep.sbe.BookUpdateEncoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sequencer.ingress.Ingress;
import io.lockstep.sequencer.ingress.InputSink;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * Market data made in memory for a sequencer to take as if it came from a link: a snapshot of each symbol, then book updates of
 * two bids and two offers, each of a symbol drawn at random, all as likely. One thread; a poll allocates nothing.
 */
final class SymbolFeed implements Ingress
{
    static final int LEVELS_A_SIDE = 2;
    static final int BATCH = 64;

    private static final long MID_TICKS = 1_000_000;
    private static final long QUANTITY_LOTS = 100;
    private static final int QUANTITIES = 64;
    private static final long INTERVAL_NS = 1_000;
    private static final int SOURCE_ID = 1;
    private static final int BUFFER_LENGTH = 1 << 16;

    private final UnsafeBuffer record = new UnsafeBuffer(ByteBuffer.allocateDirect(BUFFER_LENGTH));
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final BookSnapshotEncoder snapshot = new BookSnapshotEncoder();
    private final BookUpdateEncoder update = new BookUpdateEncoder();
    private final SplittableRandom random = new SplittableRandom(1);
    private final int depth;
    private final long[] updateIds;
    private int snapshots;
    private long remaining;
    private long sequence;

    /**
     * @param depth levels on each side of a book.
     */
    SymbolFeed(final int symbols, final int depth)
    {
        this.depth = depth;
        updateIds = new long[symbols];
    }

    /** So many book updates more, and nothing after them. */
    void allow(final long updates)
    {
        remaining = updates;
    }

    boolean isExhausted()
    {
        return remaining == 0 && snapshots == updateIds.length;
    }

    @Override
    public int poll(final InputSink sink, final int limit, final long wallTimeNs)
    {
        int polled = 0;
        while (polled < Math.min(limit, BATCH) && !isExhausted())
        {
            final int messageLength = snapshots < updateIds.length ? encodeSnapshot(snapshots++) : encodeUpdate();
            final int length = RecordDescriptor.begin(record, 0, RecordKind.INPUT, messageLength);
            RecordDescriptor.sourceId(record, 0, SOURCE_ID);
            RecordDescriptor.sourceSession(record, 0, 1);
            RecordDescriptor.sourceSequence(record, 0, ++sequence);
            RecordDescriptor.gatewayTimeNs(record, 0, sequence * INTERVAL_NS);
            sink.onInput(record, 0, length);
            polled++;
        }
        return polled;
    }

    private int encodeSnapshot(final int instrumentId)
    {
        snapshot.wrapAndApplyHeader(record, RecordDescriptor.HEADER_LENGTH, header)
            .instrumentId(instrumentId).chunkIndex(0).chunkCount(1).updateId(0)
            .feedDelayNs(Nulls.NULL_TIME_NS);
        final BookSnapshotEncoder.BidsEncoder bids = snapshot.bidsCount(depth);
        for (int level = 1; level <= depth; level++)
        {
            bids.next().priceTicks(MID_TICKS - level).quantityLots(QUANTITY_LOTS);
        }
        final BookSnapshotEncoder.AsksEncoder asks = snapshot.asksCount(depth);
        for (int level = 1; level <= depth; level++)
        {
            asks.next().priceTicks(MID_TICKS + level).quantityLots(QUANTITY_LOTS);
        }
        return MessageHeaderEncoder.ENCODED_LENGTH + snapshot.encodedLength();
    }

    private int encodeUpdate()
    {
        remaining--;
        final int instrumentId = random.nextInt(updateIds.length);
        final long previous = updateIds[instrumentId]++;
        update.wrapAndApplyHeader(record, RecordDescriptor.HEADER_LENGTH, header)
            .instrumentId(instrumentId).updateId(previous + 1).previousUpdateId(previous)
            .feedDelayNs(Nulls.NULL_TIME_NS);
        // Drawn, for a level that follows from the one before would be foreseen with one symbol, and with thousands not.
        final long first = random.nextInt(depth - 1) + 1;
        final long lots = QUANTITY_LOTS + random.nextInt(QUANTITIES);
        final BookUpdateEncoder.BidsEncoder bids = update.bidsCount(LEVELS_A_SIDE);
        bids.next().priceTicks(MID_TICKS - first).quantityLots(lots);
        bids.next().priceTicks(MID_TICKS - first - 1).quantityLots(lots);
        final BookUpdateEncoder.AsksEncoder asks = update.asksCount(LEVELS_A_SIDE);
        asks.next().priceTicks(MID_TICKS + first).quantityLots(lots);
        asks.next().priceTicks(MID_TICKS + first + 1).quantityLots(lots);
        return MessageHeaderEncoder.ENCODED_LENGTH + update.encodedLength();
    }

    @Override
    public void onJournaled(final boolean idle)
    {
    }
}
