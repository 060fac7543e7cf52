package io.lockstep.perf.work;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.gateways.generator.SplitMix64;
import io.lockstep.sbe.AssignStrategyEncoder;
import io.lockstep.sbe.BarEncoder;
import io.lockstep.sbe.BestBidOfferDecoder;
import io.lockstep.sbe.BestBidOfferEncoder;
import io.lockstep.sbe.BookSnapshotEncoder;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.BookUpdateEncoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.InstrumentDefinitionEncoder;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.SetLimitEncoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TradeEncoder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Ten instruments around one price, with books of so many levels a side, and the messages of a feed about them.
 */
final class SampleMarket
{
    static final int INSTRUMENTS = 10;
    static final int FEED_SOURCE = 1;
    static final int VENUE_SOURCE = 2;
    static final long MID_TICKS = 10_000;
    /** Books start with update id 0, and no book update bears this or a multiple but those that are told to. */
    static final long ORDER_EVERY = 1L << 20;

    private static final int TAPE_LENGTH = 1_024;
    private static final int LOTS_MAX = 100;

    private final int levels;
    private final SplitMix64 random = new SplitMix64(1);
    private final long[] updateIds = new long[INSTRUMENTS];

    /**
     * @param levels of each side of each book.
     */
    SampleMarket(final int levels)
    {
        this.levels = levels;
    }

    static Instrument instrument(final int id)
    {
        return new Instrument(id, "S" + id, "PERF", ContractType.LINEAR, new Increment(1, -2), new Increment(1, -1), 1,
            1, new Increment(1, 0), "S" + id, "USD", "USD");
    }

    /** Definitions, limits that none of what is done here reaches, the strategy and the first books. */
    InputTape start(final long orderEvery, final long orderLots, final boolean limited)
    {
        final InputTape tape = new InputTape();
        for (int id = 0; id < INSTRUMENTS; id++)
        {
            define(tape, id);
            assign(tape, id, orderEvery, orderLots);
            snapshot(tape, id);
        }
        if (limited)
        {
            limit(tape, Nulls.NULL_INSTRUMENT_ID, LimitType.MAX_ORDER_QUANTITY, 1_000);
            limit(tape, Nulls.NULL_INSTRUMENT_ID, LimitType.MAX_ORDER_NOTIONAL, 1_000_000);
            limit(tape, Nulls.NULL_INSTRUMENT_ID, LimitType.MAX_POSITION_QUANTITY, 10_000);
            limit(tape, Nulls.NULL_INSTRUMENT_ID, LimitType.MAX_POSITION_NOTIONAL, 10_000_000);
            limit(tape, Nulls.NULL_INSTRUMENT_ID, LimitType.MAX_OPEN_ORDERS, 1_000);
            limit(tape, Nulls.NULL_INSTRUMENT_ID, LimitType.MAX_ORDERS_PER_SECOND, 10_000);
            limit(tape, Nulls.NULL_INSTRUMENT_ID, LimitType.PRICE_COLLAR_BPS, 500);
            limit(tape, Nulls.NULL_INSTRUMENT_ID, LimitType.MAX_MARKET_DATA_AGE_MS, 60_000);
            limit(tape, Nulls.NULL_INSTRUMENT_ID, LimitType.MAX_TOTAL_OPEN_ORDERS, 10_000);
            limit(tape, Nulls.NULL_INSTRUMENT_ID, LimitType.MAX_TOTAL_ORDERS_PER_SECOND, 10_000);
            limit(tape, Nulls.NULL_INSTRUMENT_ID, LimitType.MAX_TOTAL_NOTIONAL, 100_000_000);
        }
        return tape;
    }

    private static void define(final InputTape tape, final int id)
    {
        // It writes its own header; that the tape has written it before does no harm.
        final InstrumentDefinitionEncoder definition = tape.begin(new InstrumentDefinitionEncoder());
        instrument(id).encode(definition.wrapAndApplyHeader(
            tape.buffer(), definition.offset() - MessageHeaderEncoder.ENCODED_LENGTH, new MessageHeaderEncoder()));
        tape.end(0);
    }

    private static void assign(final InputTape tape, final int id, final long orderEvery, final long orderLots)
    {
        final AssignStrategyEncoder assign = tape.begin(new AssignStrategyEncoder()).instrumentId(id);
        final AssignStrategyEncoder.ParametersEncoder parameters = assign.parametersCount(2);
        parameters.next().name("every").value().mantissa(orderEvery).exponent((byte)0);
        parameters.next().name("lots").value().mantissa(orderLots).exponent((byte)0);
        assign.strategyName(SampleStrategy.NAME);
        tape.end(0);
    }

    static void limit(final InputTape tape, final int id, final LimitType type, final long value)
    {
        final SetLimitEncoder limit = tape.begin(new SetLimitEncoder()).instrumentId(id).limitType(type)
            .scope(LimitScope.NULL_VAL).scopedId(SetLimitEncoder.scopedIdNullValue())
            .configured(BooleanType.FALSE).strategyId(SetLimitEncoder.strategyIdNullValue());
        limit.value().mantissa(value).exponent((byte)0);
        limit.user("");
        tape.end(0);
    }

    private void snapshot(final InputTape tape, final int id)
    {
        encodeSnapshot(tape.begin(new BookSnapshotEncoder()), id);
        tape.end(FEED_SOURCE);
    }

    /** Into a message of its own, as a market takes it. */
    UnsafeBuffer snapshot(final int id)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1 << 16]);
        encodeSnapshot(
            new BookSnapshotEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()), id);
        return buffer;
    }

    private void encodeSnapshot(final BookSnapshotEncoder snapshot, final int id)
    {
        snapshot.instrumentId(id).chunkIndex(0).chunkCount(1).updateId(0)
            .feedDelayNs(Nulls.NULL_TIME_NS);
        final BookSnapshotEncoder.BidsEncoder bids = snapshot.bidsCount(levels);
        for (int level = 1; level <= levels; level++)
        {
            bids.next().priceTicks(MID_TICKS - level).quantityLots(LOTS_MAX);
        }
        final BookSnapshotEncoder.AsksEncoder asks = snapshot.asksCount(levels);
        for (int level = 1; level <= levels; level++)
        {
            asks.next().priceTicks(MID_TICKS + level).quantityLots(LOTS_MAX);
        }
    }

    /**
     * Book updates of so many levels, mostly near the touch, one change in eight a removal.
     */
    InputTape bookUpdates(final int levelsChanged)
    {
        final InputTape tape = new InputTape();
        for (int i = 0; i < TAPE_LENGTH; i++)
        {
            bookUpdate(tape, levelsChanged);
        }
        return tape;
    }

    private void bookUpdate(final InputTape tape, final int levelsChanged)
    {
        final BookUpdateEncoder update = tape.begin(new BookUpdateEncoder())
            .instrumentId(random.below(INSTRUMENTS)).updateId(0).previousUpdateId(0)
            .feedDelayNs(Nulls.NULL_TIME_NS);
        final int bidLevels = levelsChanged == 1 ? random.below(2) : levelsChanged / 2;
        final int first = Math.min(random.below(levels), random.below(levels)) % (levels - bidLevels + 1) + 1;
        final BookUpdateEncoder.BidsEncoder bids = update.bidsCount(bidLevels);
        for (int i = 0; i < bidLevels; i++)
        {
            bids.next().priceTicks(MID_TICKS - first - i).quantityLots(lots());
        }
        final int askLevels = levelsChanged - bidLevels;
        final BookUpdateEncoder.AsksEncoder asks = update.asksCount(askLevels);
        for (int i = 0; i < askLevels; i++)
        {
            asks.next().priceTicks(MID_TICKS + first + i).quantityLots(lots());
        }
        tape.end(FEED_SOURCE);
    }

    private long lots()
    {
        return random.below(8) == 0 ? 0 : 1 + random.below(LOTS_MAX);
    }

    InputTape quotes()
    {
        final InputTape tape = new InputTape();
        for (int i = 0; i < TAPE_LENGTH; i++)
        {
            tape.begin(new BestBidOfferEncoder()).instrumentId(random.below(INSTRUMENTS)).updateId(0)
                .bidPriceTicks(MID_TICKS - 1 - random.below(4)).bidQuantityLots(1 + random.below(LOTS_MAX))
                .askPriceTicks(MID_TICKS + 1 + random.below(4)).askQuantityLots(1 + random.below(LOTS_MAX))
                .feedDelayNs(Nulls.NULL_TIME_NS);
            tape.end(FEED_SOURCE);
        }
        return tape;
    }

    InputTape trades()
    {
        return trades(0);
    }

    /** From an instrument on; ids that are not defined give trades of unknown instruments. */
    InputTape trades(final int firstInstrument)
    {
        final InputTape tape = new InputTape();
        for (int i = 0; i < TAPE_LENGTH; i++)
        {
            trade(tape, firstInstrument);
        }
        return tape;
    }

    void trade(final InputTape tape, final int firstInstrument)
    {
        tape.begin(new TradeEncoder()).instrumentId(firstInstrument + random.below(INSTRUMENTS)).tradeId(1)
            .feedDelayNs(Nulls.NULL_TIME_NS)
            .priceTicks(MID_TICKS - 4 + random.below(8)).quantityLots(1 + random.below(LOTS_MAX))
            .aggressorSide(random.below(2) == 0 ? Side.BUY : Side.SELL);
        tape.end(FEED_SOURCE);
    }

    InputTape bars()
    {
        final InputTape tape = new InputTape();
        for (int i = 0; i < TAPE_LENGTH; i++)
        {
            final long close = MID_TICKS - 4 + random.below(8);
            tape.begin(new BarEncoder()).instrumentId(random.below(INSTRUMENTS)).openTimeNs(0)
                .feedDelayNs(Nulls.NULL_TIME_NS).openTicks(MID_TICKS)
                .highTicks(MID_TICKS + 8).lowTicks(MID_TICKS - 8).closeTicks(close)
                .volumeLots(random.below(LOTS_MAX));
            tape.end(FEED_SOURCE);
        }
        return tape;
    }

    /** An operator's limits, one instrument after the other. */
    InputTape limits()
    {
        final InputTape tape = new InputTape();
        for (int i = 0; i < TAPE_LENGTH; i++)
        {
            final LimitType type = switch (random.below(4))
            {
                case 0 -> LimitType.MAX_ORDER_QUANTITY;
                case 1 -> LimitType.MAX_POSITION_NOTIONAL;
                case 2 -> LimitType.PRICE_COLLAR_BPS;
                default -> LimitType.MAX_OPEN_ORDERS;
            };
            limit(tape, random.below(INSTRUMENTS), type, 500 + random.below(500));
        }
        return tape;
    }

    /** Makes a book update the next of its book, one that makes no order of {@link #ORDER_EVERY}. */
    void number(final MutableDirectBuffer buffer, final int record)
    {
        final int id = buffer.getInt(
            record + RecordDescriptor.BODY_OFFSET + BookUpdateDecoder.instrumentIdEncodingOffset());
        final long next = updateIds[id] + 1;
        number(buffer, record, id, next % ORDER_EVERY == 0 ? next + 1 : next);
    }

    /** Makes a book update the next of its book, one that makes an order of {@link #ORDER_EVERY}. */
    void numberAsOrder(final MutableDirectBuffer buffer, final int record, final int instrumentId)
    {
        final int body = record + RecordDescriptor.BODY_OFFSET;
        buffer.putInt(body + BookUpdateDecoder.instrumentIdEncodingOffset(), instrumentId);
        number(buffer, record, instrumentId, (updateIds[instrumentId] / ORDER_EVERY + 1) * ORDER_EVERY);
    }

    private void number(final MutableDirectBuffer buffer, final int record, final int id, final long updateId)
    {
        final int body = record + RecordDescriptor.BODY_OFFSET;
        buffer.putLong(body + BookUpdateDecoder.previousUpdateIdEncodingOffset(), updateIds[id]);
        buffer.putLong(body + BookUpdateDecoder.updateIdEncodingOffset(), updateId);
        updateIds[id] = updateId;
    }

    /** Makes a quote newer than its book. */
    void numberQuote(final MutableDirectBuffer buffer, final int record)
    {
        final int body = record + RecordDescriptor.BODY_OFFSET;
        final int id = buffer.getInt(body + BestBidOfferDecoder.instrumentIdEncodingOffset());
        buffer.putLong(body + BestBidOfferDecoder.updateIdEncodingOffset(), ++updateIds[id]);
    }
}
