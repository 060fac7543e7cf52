package io.lockstep.gateways.recording.message;

import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.BarEncoder;
import io.lockstep.sbe.BestBidOfferEncoder;
import io.lockstep.sbe.BookSnapshotEncoder;
import io.lockstep.sbe.BookUpdateEncoder;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.FeedStatusEncoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TradeEncoder;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Encodes one market data message after another into its own buffer, from offset 0. Each method returns the message's
 * length with its messageHeader. Allocates only to grow.
 */
public final class MarketEncoder
{
    /** Price levels as whole ticks and lots. */
    public static final class TickLevels
    {
        private long[] priceTicks = new long[256];
        private long[] quantityLots = new long[256];
        private int count;

        public int count()
        {
            return count;
        }

        public void clear()
        {
            count = 0;
        }

        public void add(final long price, final long quantity)
        {
            if (count == priceTicks.length)
            {
                priceTicks = Arrays.copyOf(priceTicks, 2 * count);
                quantityLots = Arrays.copyOf(quantityLots, 2 * count);
            }
            priceTicks[count] = price;
            quantityLots[count] = quantity;
            count++;
        }
    }

    /** What one group of the wire can count. */
    public static final int LEVELS_MAX = 65_534;
    /** Levels of both sides in one chunk of a snapshot: such a chunk is about 16 KiB. */
    static final int CHUNK_LEVELS_MAX = 1_000;

    private static final int PREVIOUS_UPDATE_ID_OFFSET = MessageHeaderEncoder.ENCODED_LENGTH
        + BookUpdateEncoder.previousUpdateIdEncodingOffset();

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1 << 12);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final BookUpdateEncoder bookUpdate = new BookUpdateEncoder();
    private final BookSnapshotEncoder bookSnapshot = new BookSnapshotEncoder();
    private final BestBidOfferEncoder bestBidOffer = new BestBidOfferEncoder();
    private final TradeEncoder trade = new TradeEncoder();
    private final BarEncoder bar = new BarEncoder();
    private final FeedStatusEncoder feedStatus = new FeedStatusEncoder();

    public MutableDirectBuffer buffer()
    {
        return buffer;
    }

    /** Chunks that {@link #bookSnapshot} splits a snapshot into. */
    public static int chunkCount(final TickLevels bids, final TickLevels asks)
    {
        return Math.max(1, (bids.count + asks.count + CHUNK_LEVELS_MAX - 1) / CHUNK_LEVELS_MAX);
    }

    /** Replaces previousUpdateId in an encoded BookUpdate. */
    public static void previousUpdateId(final MutableDirectBuffer message, final int offset,
        final long previousUpdateId)
    {
        message.putLong(offset + PREVIOUS_UPDATE_ID_OFFSET, previousUpdateId, ByteOrder.LITTLE_ENDIAN);
    }

    public int bookUpdate(
        final int instrumentId,
        final long updateId,
        final long previousUpdateId,
        final TickLevels bids,
        final TickLevels asks)
    {
        bookUpdate.wrapAndApplyHeader(buffer, 0, header)
            .instrumentId(instrumentId)
            .updateId(updateId)
            .previousUpdateId(previousUpdateId)
            .feedDelayNs(Nulls.NULL_TIME_NS);
        final BookUpdateEncoder.BidsEncoder bidsEncoder = bookUpdate.bidsCount(bids.count);
        for (int i = 0; i < bids.count; i++)
        {
            bidsEncoder.next().priceTicks(bids.priceTicks[i]).quantityLots(bids.quantityLots[i]);
        }
        final BookUpdateEncoder.AsksEncoder asksEncoder = bookUpdate.asksCount(asks.count);
        for (int i = 0; i < asks.count; i++)
        {
            asksEncoder.next().priceTicks(asks.priceTicks[i]).quantityLots(asks.quantityLots[i]);
        }
        return MessageHeaderEncoder.ENCODED_LENGTH + bookUpdate.encodedLength();
    }

    /** One chunk: chunks are cut from the bids followed by the asks. */
    public int bookSnapshot(
        final int instrumentId,
        final long updateId,
        final int chunkIndex,
        final TickLevels bids,
        final TickLevels asks)
    {
        final int from = chunkIndex * CHUNK_LEVELS_MAX;
        final int to = from + CHUNK_LEVELS_MAX;
        final int bidsFrom = Math.min(from, bids.count);
        final int bidsTo = Math.min(to, bids.count);
        final int asksFrom = Math.min(Math.max(from - bids.count, 0), asks.count);
        final int asksTo = Math.min(Math.max(to - bids.count, 0), asks.count);
        bookSnapshot.wrapAndApplyHeader(buffer, 0, header)
            .instrumentId(instrumentId)
            .chunkIndex(chunkIndex)
            .chunkCount(chunkCount(bids, asks))
            .updateId(updateId)
            .feedDelayNs(Nulls.NULL_TIME_NS);
        final BookSnapshotEncoder.BidsEncoder bidsEncoder = bookSnapshot.bidsCount(bidsTo - bidsFrom);
        for (int i = bidsFrom; i < bidsTo; i++)
        {
            bidsEncoder.next().priceTicks(bids.priceTicks[i]).quantityLots(bids.quantityLots[i]);
        }
        final BookSnapshotEncoder.AsksEncoder asksEncoder = bookSnapshot.asksCount(asksTo - asksFrom);
        for (int i = asksFrom; i < asksTo; i++)
        {
            asksEncoder.next().priceTicks(asks.priceTicks[i]).quantityLots(asks.quantityLots[i]);
        }
        return MessageHeaderEncoder.ENCODED_LENGTH + bookSnapshot.encodedLength();
    }

    /** A price or a quantity of 0 is how the venue says that a side is empty. */
    public int bestBidOffer(
        final int instrumentId,
        final long updateId,
        final long bidPriceTicks,
        final long bidQuantityLots,
        final long askPriceTicks,
        final long askQuantityLots)
    {
        bestBidOffer.wrapAndApplyHeader(buffer, 0, header)
            .instrumentId(instrumentId)
            .updateId(updateId)
            .bidPriceTicks(bidPriceTicks == 0 || bidQuantityLots == 0 ? Nulls.NULL_PRICE_TICKS : bidPriceTicks)
            .bidQuantityLots(bidQuantityLots)
            .askPriceTicks(askPriceTicks == 0 || askQuantityLots == 0 ? Nulls.NULL_PRICE_TICKS : askPriceTicks)
            .askQuantityLots(askQuantityLots)
            .feedDelayNs(Nulls.NULL_TIME_NS);
        return MessageHeaderEncoder.ENCODED_LENGTH + bestBidOffer.encodedLength();
    }

    public int trade(
        final int instrumentId,
        final long tradeId,
        final long priceTicks,
        final long quantityLots,
        final Side aggressorSide)
    {
        trade.wrapAndApplyHeader(buffer, 0, header)
            .instrumentId(instrumentId)
            .tradeId(tradeId)
            .priceTicks(priceTicks)
            .quantityLots(quantityLots)
            .aggressorSide(aggressorSide)
            .feedDelayNs(Nulls.NULL_TIME_NS);
        return MessageHeaderEncoder.ENCODED_LENGTH + trade.encodedLength();
    }

    public int bar(
        final int instrumentId,
        final long openTimeNs,
        final long openTicks,
        final long highTicks,
        final long lowTicks,
        final long closeTicks,
        final long volumeLots)
    {
        bar.wrapAndApplyHeader(buffer, 0, header)
            .instrumentId(instrumentId)
            .openTimeNs(openTimeNs)
            .openTicks(openTicks)
            .highTicks(highTicks)
            .lowTicks(lowTicks)
            .closeTicks(closeTicks)
            .volumeLots(volumeLots)
            .feedDelayNs(Nulls.NULL_TIME_NS);
        return MessageHeaderEncoder.ENCODED_LENGTH + bar.encodedLength();
    }

    public int feedStatus(
        final int instrumentId,
        final FeedCondition condition,
        final FeedReason reason,
        final long expected,
        final long actual)
    {
        feedStatus.wrapAndApplyHeader(buffer, 0, header)
            .instrumentId(instrumentId)
            .condition(condition)
            .reason(reason)
            .expected(expected)
            .actual(actual);
        return MessageHeaderEncoder.ENCODED_LENGTH + feedStatus.encodedLength();
    }
}
