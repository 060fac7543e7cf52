package io.lockstep.perf.latency.load;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.TradingCore;
import io.lockstep.core.book.OrderBook;
import io.lockstep.core.market.Market;
import io.lockstep.core.position.CashRule;
import io.lockstep.sbe.BestBidOfferDecoder;
import io.lockstep.sbe.BookSnapshotDecoder;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.LimitType;
import io.lockstep.sequencer.config.ConfiguredInstrument;
import io.lockstep.sequencer.config.Limit;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.TreeMap;

/**
 * One instrument while a tape is recorded: the core's own market of it, which says what each message does, and its ids.
 */
final class TapeInstrument
{
    private static final long NOW_NS = 0;
    /** All of a tape is of one. */
    static final int SOURCE_ID = 1;
    private static final int LIMIT_MARGIN = 2;
    private static final int LIMIT_DIGITS = 18;

    private final Instrument instrument;
    private final Market market;
    private final TreeMap<TapeId, TapeId> ids = new TreeMap<>();
    private int era;
    private long bookIdMax = Nulls.NULL_UPDATE_ID;
    private TapeId bookId;
    private long orderTicksMax;

    TapeInstrument(final Instrument instrument)
    {
        this.instrument = instrument;
        market = new Market(instrument, TradingCore.BOOK_LEVELS_MAX);
    }

    Market market()
    {
        return market;
    }

    /** Returns its id, or null when it is older than the book and changes nothing. */
    TapeId onSnapshot(final BookSnapshotDecoder snapshot)
    {
        final OrderBook book = market.book();
        final long updateId = snapshot.updateId();
        final boolean isOld = book.isSynchronised() && updateId < book.updateId();
        market.onBookSnapshot(snapshot, SOURCE_ID, NOW_NS, NOW_NS);
        if (isOld)
        {
            return null;
        }
        final TapeId id = idOfBook(updateId, updateId < bookIdMax);
        if (book.isSynchronised())
        {
            bookId = id;
        }
        return id;
    }

    /** Id of the book that an update would build on, or null when there is none. */
    TapeId bookId()
    {
        return market.book().isSynchronised() ? bookId : null;
    }

    /**
     * Returns its id, or null when it does not apply and changes nothing.
     *
     * @param mayOrder whether it makes an order, if it can.
     */
    TapeId onUpdate(final BookUpdateDecoder update, final boolean mayOrder)
    {
        final OrderBook book = market.book();
        final long updateId = update.updateId();
        final long previousUpdateId = update.previousUpdateId();
        final boolean wasSynchronised = book.isSynchronised();
        final boolean applies = wasSynchronised && previousUpdateId != Nulls.NULL_UPDATE_ID &&
            previousUpdateId == book.updateId();
        market.onBookUpdate(update, SOURCE_ID, NOW_NS, NOW_NS);
        if (wasSynchronised && !book.isSynchronised())
        {
            throw new IllegalStateException("the reader places what follows and holds back the rest: instrument=" +
                instrument.name() + " updateId=" + updateId + " previousUpdateId=" + previousUpdateId);
        }
        if (!applies)
        {
            return null;
        }
        // One of its own, also where it has that of the snapshot before it: orders are told by ids alone.
        bookId = idOfBook(updateId, updateId <= bookIdMax);
        if (mayOrder && canOrder())
        {
            bookId.makeOrder();
            orderTicksMax = Math.max(orderTicksMax, Math.max(market.bestBidTicks(), market.bestAskTicks()));
        }
        return bookId;
    }

    /** With both sides in the book too: on the tape it is newer than a quote of the time before the venue counted anew. */
    private boolean canOrder()
    {
        return market.isLive() && market.hasBestBidOffer() &&
            market.bestBidTicks() > 0 && market.bestAskTicks() > 0 &&
            market.book().bestBidTicks() > 0 && market.book().bestAskTicks() > 0;
    }

    /** Returns its id, or null when it has none. */
    TapeId onQuote(final BestBidOfferDecoder quote)
    {
        market.onBestBidOffer(quote, SOURCE_ID, NOW_NS, NOW_NS);
        return quote.updateId() == Nulls.NULL_UPDATE_ID ? null : id(quote.updateId());
    }

    /** A book taken with an id that is not above those before it: the venue counts anew. */
    private TapeId idOfBook(final long updateId, final boolean isOfNewEra)
    {
        if (isOfNewEra)
        {
            era++;
            bookIdMax = updateId;
        }
        bookIdMax = Math.max(bookIdMax, updateId);
        return id(updateId);
    }

    private TapeId id(final long venueId)
    {
        return ids.computeIfAbsent(new TapeId(era, venueId), (id) -> id);
    }

    /** Gives the ids their numbers; returns how many there are. */
    int number()
    {
        int rank = 0;
        for (final TapeId id : ids.keySet())
        {
            rank++;
            id.rank(rank);
        }
        return ids.size();
    }

    /** As a node is to be configured with it: with limits that let the tape's orders pass, at whatever price. */
    ConfiguredInstrument configured()
    {
        if (orderTicksMax == 0)
        {
            return new ConfiguredInstrument(instrument, List.of());
        }
        final CashRule cashRule = new CashRule(instrument);
        final BigDecimal notional = new BigDecimal(
            cashRule.quoteNotional(orderTicksMax, instrument.orderLots(), new MutableInt128()).toBigInteger(),
            -cashRule.quoteExponent()).multiply(BigDecimal.valueOf(LIMIT_MARGIN));
        return new ConfiguredInstrument(instrument, List.of(limit(LimitType.MAX_ORDER_NOTIONAL, notional),
            limit(LimitType.MAX_POSITION_NOTIONAL,
                notional.multiply(BigDecimal.valueOf(TradingCore.OPEN_ORDERS_MAX)))));
    }

    private static Limit limit(final LimitType type, final BigDecimal value)
    {
        final BigDecimal rounded = value.round(new MathContext(LIMIT_DIGITS, RoundingMode.CEILING));
        return new Limit(type, new Decimal(rounded.unscaledValue().longValueExact(), -rounded.scale()));
    }
}
